#include "text/Links.h"

#include "text/XmppAddress.h"

#include <QUrl>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qsizetype mostLinks = 2000;
static constexpr qsizetype longestLink = 4096;

static bool isDirectionMark(QChar c)
{
    const auto code = c.unicode();
    return code == 0x061c || code == 0x200e || code == 0x200f || (code >= 0x202a && code <= 0x202e)
        || (code >= 0x2066 && code <= 0x2069);
}

static bool endsLink(QChar c)
{
    return c.isSpace() || c.category() == QChar::Other_Control || isDirectionMark(c) || c == u'<' || c == u'>'
        || c == u'"' || c.unicode() == 0x200b || c.unicode() == 0xfeff || c.unicode() == 0xfffc;
}

// RFC 3986 section 3.1; other scripts do not put a space before an address
static bool continuesScheme(QChar c)
{
    return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'+' || c == u'-' || c == u'.');
}

// the scheme that ends right before the colon, or nothing
static QStringView schemeBefore(QStringView text, qsizetype colon)
{
    static constexpr std::array schemes{"https"_L1, "http"_L1, "xmpp"_L1, "mailto"_L1};
    for (const auto scheme : schemes) {
        const auto start = colon - scheme.size();
        if (start >= 0 && text.sliced(start, scheme.size()).compare(scheme, Qt::CaseInsensitive) == 0
            && (start == 0 || !continuesScheme(text.at(start - 1)))) {
            return text.sliced(start, scheme.size());
        }
    }
    return {};
}

static QChar openerOf(QChar closer)
{
    switch (closer.unicode()) {
    case u')':
        return u'(';
    case u']':
        return u'[';
    case u'}':
        return u'{';
    default:
        return {};
    }
}

// Cuts what belongs to the sentence and not to the address. before: the character in front of the address.
static QStringView withoutTail(QStringView link, QChar before)
{
    static constexpr QStringView punctuation = u".,;:!?'\u2019\u201d\u00bb\u2026\u3002\u3001\uff0c";
    std::array<int, 3> surplus{}; // closing brackets without an opening one
    for (const QChar c : link) {
        const auto kind = qsizetype(QStringView(u"()[]{}").indexOf(c));
        if (kind >= 0) {
            surplus[size_t(kind / 2)] += kind % 2 == 1 ? 1 : -1;
        }
    }
    while (!link.isEmpty()) {
        const QChar last = link.back();
        // styling around an address (XEP-0393); only "_" is a usual end of addresses too
        const bool isMark = last == u'*' || last == u'~' || last == u'`' || (last == u'_' && before == u'_');
        if (!openerOf(last).isNull()) {
            auto &open = surplus[size_t(QStringView(u")]}").indexOf(last))];
            if (open <= 0) {
                break;
            }
            --open;
        } else if (!punctuation.contains(last) && !isMark) {
            break;
        }
        link.chop(1);
    }
    return link;
}

// a quick look at what follows the colon, so that most that is no link costs nothing
static bool mayBegin(QStringView rest, QStringView scheme)
{
    if (scheme.front().toLower() != u'h') {
        return !rest.isEmpty() && !endsLink(rest.front());
    }
    return rest.size() > 2 && rest.startsWith("//"_L1)
        && (rest.at(2).isLetterOrNumber() || rest.at(2) == u'[' || rest.at(2).isSurrogate());
}

static bool isWholeLink(QStringView link, qsizetype schemeLength)
{
    const auto rest = link.sliced(schemeLength + 1);
    switch (link.front().toLower().unicode()) {
    case u'h':
        return mayBegin(rest, link.first(schemeLength));
    case u'm':
        return rest.indexOf(u'@') > 0 && !rest.endsWith(u'@');
    default:
        return parseXmppAddress(link.toString()).has_value();
    }
}

QList<TextSpan> linksOf(const QString &text)
{
    QList<TextSpan> links;
    const QStringView whole(text);
    qsizetype from = 0;
    while (links.size() < mostLinks) {
        const auto colon = whole.indexOf(u':', from);
        if (colon < 0) {
            break;
        }
        const auto scheme = schemeBefore(whole, colon);
        const auto start = colon - scheme.size();
        from = colon + 1;
        if (scheme.isEmpty() || !mayBegin(whole.sliced(colon + 1), scheme)) {
            continue;
        }
        auto end = from;
        while (end < whole.size() && !endsLink(whole.at(end))) {
            ++end;
        }
        const auto before = start > 0 ? whole.at(start - 1) : QChar();
        const auto link = withoutTail(whole.sliced(start, end - start), before);
        if (link.size() > scheme.size() + 1 && link.size() <= longestLink && isWholeLink(link, scheme.size())) {
            links.append({TextSpan::Link, int(start), int(link.size()), link.toString()});
            from = start + link.size();
        } else {
            from = end; // looked at once, whatever it holds: the time stays linear
        }
    }
    return links;
}

bool isSafeAddress(const QString &address)
{
    const auto colon = address.indexOf(u':');
    if (colon < 0 || address.size() > longestLink || schemeBefore(address, colon).size() != colon) {
        return false;
    }
    return std::none_of(address.cbegin(), address.cend(), endsLink) && isWholeLink(address, colon);
}

QString plainAddress(const QString &address)
{
    const auto isAscii = [](QStringView part) {
        return std::all_of(part.cbegin(), part.cend(), [](QChar c) { return c.unicode() < 0x80; });
    };
    const auto slashes = address.indexOf("://"_L1);
    if (slashes < 0 || isAscii(address)) {
        return address;
    }
    const auto start = slashes + 3;
    auto end = start;
    while (end < address.size() && !QStringView(u"/?#").contains(address.at(end))) {
        ++end;
    }
    const auto at = address.lastIndexOf(u'@', end - 1);
    const auto hostStart = at >= start ? at + 1 : start;
    const auto colon = address.indexOf(u':', hostStart);
    const auto hostEnd = colon >= 0 && colon < end ? colon : end;
    const auto host = address.sliced(hostStart, hostEnd - hostStart);
    if (isAscii(host)) {
        return address;
    }
    const auto ace = QUrl::toAce(host, QUrl::IgnoreIDNWhitelist);
    // a host that cannot be written that way cannot be reached either
    return ace.isEmpty() ? address : address.left(hostStart) + QString::fromLatin1(ace) + address.sliced(hostEnd);
}

} // namespace cumulet
