#include "domain/Jid.h"

#include "domain/Identifier.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qsizetype partLimit = 1023; // bytes, RFC 7622 section 3.1

static bool fits(const QString &part)
{
    return part.size() <= partLimit && part.toUtf8().size() <= partLimit;
}

static bool hasControlCharacter(const QString &part)
{
    return std::any_of(part.cbegin(), part.cend(), [](QChar c) { return c.category() == QChar::Other_Control; });
}

// RFC 8264 section 9.14 and others: directions, joiners, private characters and halves of pairs, which nobody sees
static bool hasInvisibleCharacter(const QString &part)
{
    const auto characters = part.toUcs4();
    return !part.isValidUtf16() || std::any_of(characters.cbegin(), characters.cend(), [](char32_t c) {
        const auto category = QChar::category(c);
        return category == QChar::Other_Format || category == QChar::Other_PrivateUse;
    });
}

std::optional<Jid> Jid::parse(const QString &text)
{
    if (text.size() > 3 * partLimit + 2) {
        return std::nullopt;
    }
    Jid jid;
    const auto slash = text.indexOf(u'/');
    const QString bare = slash < 0 ? text : text.left(slash);
    const auto at = bare.indexOf(u'@');
    // RFC 7622 section 3.3: lower case and no compatibility variants; the excluded characters are of section 3.3.1
    jid.m_local = at < 0 ? QString() : bare.left(at).normalized(QString::NormalizationForm_KC).toLower();
    jid.m_domain = bare.mid(at + 1).normalized(QString::NormalizationForm_KC).toLower();
    jid.m_resource = slash < 0 ? QString() : text.mid(slash + 1).normalized(QString::NormalizationForm_C);
    if (jid.m_domain.endsWith(u'.')) {
        jid.m_domain.chop(1);
    }
    static const QString forbiddenInLocal = u"\"&'/:<>@ "_s;
    static const QString forbiddenInDomain = u"\"&'/<>@ ,;\\"_s;
    const auto contains = [](const QString &part, const QString &characters) {
        return std::any_of(part.cbegin(), part.cend(), [&](QChar c) { return c.isSpace() || characters.contains(c); });
    };
    const bool isWhole = (at < 0 || !jid.m_local.isEmpty()) && (slash < 0 || !jid.m_resource.isEmpty());
    if (!isWhole || jid.m_domain.isEmpty() || contains(jid.m_local, forbiddenInLocal)
        || contains(jid.m_domain, forbiddenInDomain) || hasControlCharacter(text) || hasInvisibleCharacter(jid.m_local)
        || hasInvisibleCharacter(jid.m_domain) || !fits(jid.m_local) || !fits(jid.m_domain) || !fits(jid.m_resource)) {
        return std::nullopt;
    }
    return jid;
}

QString Jid::text() const
{
    QString whole = m_local.isEmpty() ? m_domain : m_local + u'@' + m_domain;
    return m_resource.isEmpty() ? whole : whole + u'/' + m_resource;
}

Jid Jid::bare() const
{
    Jid jid = *this;
    jid.m_resource.clear();
    return jid;
}

Jid Jid::withResource(const QString &resource) const
{
    Jid jid = *this;
    jid.m_resource = resource;
    return jid;
}

OriginId makeOriginId()
{
    return OriginId(QUuid::createUuid().toString(QUuid::WithoutBraces));
}

} // namespace cumulet
