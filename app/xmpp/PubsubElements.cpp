#include "xmpp/PubsubElements.h"

#include <QTimeZone>

namespace cumulet {

QString localName(const QDomElement &element)
{
    const QString tag = element.tagName();
    return tag.sliced(tag.indexOf(u':') + 1);
}

QDomElement childNamed(const QDomElement &parent, QStringView name)
{
    for (auto element = parent.firstChildElement(); !element.isNull(); element = element.nextSiblingElement()) {
        if (localName(element) == name) {
            return element;
        }
    }
    return {};
}

QList<QDomElement> childrenNamed(const QDomElement &parent, QStringView name, qsizetype limit)
{
    QList<QDomElement> found;
    for (auto element = parent.firstChildElement(); !element.isNull() && found.size() < limit;
         element = element.nextSiblingElement()) {
        if (localName(element) == name) {
            found.append(element);
        }
    }
    return found;
}

QString textOf(const QDomElement &element, qsizetype limit)
{
    QString text = element.text();
    if (text.size() > limit) {
        const bool isInPair = limit > 0 && text.at(limit - 1).isHighSurrogate();
        text.truncate(isInPair ? limit - 1 : limit);
    }
    return text;
}

Jid bareJidIn(const QDomElement &element, const QString &attribute)
{
    return Jid::parse(element.attribute(attribute)).value_or(Jid()).bare();
}

std::optional<NodeId> nodeIn(const QDomElement &element, const QString &attribute)
{
    return NodeId::parse(element.attribute(attribute));
}

QDateTime timeFrom(const QString &text)
{
    constexpr qsizetype longestTime = 64;
    if (text.size() > longestTime) {
        return {};
    }
    auto time = QDateTime::fromString(text.trimmed(), Qt::ISODateWithMs);
    if (time.timeSpec() == Qt::LocalTime) {
        time.setTimeZone(QTimeZone::UTC);
    }
    return time.toUTC();
}

QString xmlSafe(const QString &text)
{
    QString safe;
    safe.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate()) {
            safe += c;
            safe += text.at(++i);
            continue;
        }
        const bool isControl = c < u' ' && c != u'\t' && c != u'\n' && c != u'\r';
        const bool isNoCharacter = c == QChar(0xFFFE) || c == QChar(0xFFFF);
        if (!isControl && !isNoCharacter && !c.isSurrogate()) {
            safe += c;
        }
    }
    return safe;
}

} // namespace cumulet
