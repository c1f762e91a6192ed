#include "text/XmppAddress.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qsizetype longestUri = 8192;
static constexpr qsizetype longestBody = 4096;

static bool isHexDigit(QChar c)
{
    const auto lower = c.toLower();
    return (c >= u'0' && c <= u'9') || (lower >= u'a' && lower <= u'f');
}

// Percent-decoding that refuses what is not an encoding or not UTF-8, where QUrl would guess.
static std::optional<QString> decoded(QStringView text)
{
    for (auto at = text.indexOf(u'%'); at >= 0; at = text.indexOf(u'%', at + 1)) {
        if (at + 2 >= text.size() || !isHexDigit(text.at(at + 1)) || !isHexDigit(text.at(at + 2))) {
            return std::nullopt;
        }
    }
    const auto plain = QUrl::fromPercentEncoding(text.toUtf8());
    if (plain.contains(QChar::ReplacementCharacter) || plain.contains(QChar::Null)) {
        return std::nullopt;
    }
    return plain;
}

// "xmpp://account@host/contact" names the account to use as well, which we leave to the user
static QStringView withoutAuthority(QStringView path)
{
    if (!path.startsWith("//"_L1)) {
        return path;
    }
    const auto slash = path.indexOf(u'/', 2);
    return slash < 0 ? path.sliced(2) : path.sliced(slash + 1);
}

static bool readPair(QStringView pair, XmppAddress &address, QStringList &seen)
{
    const auto equals = pair.indexOf(u'=');
    if (equals < 0) {
        return true;
    }
    const auto key = pair.first(equals).toString().toLower();
    const auto value = decoded(pair.sliced(equals + 1));
    if (!value) {
        return false;
    }
    if (seen.contains(key)) {
        return true;
    }
    seen.append(key);
    if (key == "node"_L1) {
        address.node = NodeId::fromTrusted(*value);
    } else if (key == "item"_L1) {
        address.item = ItemId::fromWire(*value);
    } else if (key == "body"_L1) {
        address.body = value->left(longestBody);
    } else {
        seen.removeLast(); // only the known keys are kept, so that the list stays short
    }
    return true;
}

std::optional<XmppAddress> parseXmppAddress(const QString &uri)
{
    if (uri.size() > longestUri || !uri.startsWith("xmpp:"_L1, Qt::CaseInsensitive)) {
        return std::nullopt;
    }
    auto rest = QStringView(uri).sliced(5);
    if (const auto fragment = rest.indexOf(u'#'); fragment >= 0) {
        rest = rest.first(fragment);
    }
    const auto question = rest.indexOf(u'?');
    const auto path = decoded(withoutAuthority(question < 0 ? rest : rest.first(question)));
    const auto jid = path ? Jid::parse(*path) : std::nullopt;
    if (!jid) {
        return std::nullopt;
    }
    XmppAddress address;
    address.jid = *jid;
    if (question < 0) {
        return address;
    }
    QStringList seen;
    const auto parts = rest.sliced(question + 1).split(u';');
    address.action = parts.first().contains(u'=') ? QString() : parts.first().toString().toLower();
    const bool isReadable =
        std::all_of(parts.cbegin(), parts.cend(), [&](QStringView pair) { return readPair(pair, address, seen); });
    return isReadable ? std::optional(address) : std::nullopt;
}

static QString encoded(const QString &text, const QByteArray &kept)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text, kept));
}

QString xmppUri(const Jid &jid)
{
    return u"xmpp:"_s + encoded(jid.text(), "@/");
}

QString xmppUri(const Jid &service, const NodeId &node, const ItemId &item)
{
    const auto channel = xmppUri(service) + u"?pubsub;action=retrieve;node="_s + encoded(node.text(), "@/");
    return item.isEmpty() ? channel : channel + u";item="_s + encoded(item.text(), "@/");
}

} // namespace cumulet
