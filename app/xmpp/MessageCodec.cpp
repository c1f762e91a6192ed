#include "xmpp/MessageCodec.h"

#include "xmpp/Namespaces.h"
#include "xmpp/XmlText.h"

#include <QDomElement>
#include <QTimeZone>
#include <QUuid>

#include <array>

using namespace Qt::StringLiterals;

namespace cumulet::MessageCodec {

namespace {

QString readId(const QDomElement &element, const QString &attribute)
{
    const auto id = element.attribute(attribute);
    return id.size() <= longestId ? id : QString();
}

// The text for people. With bodies in several languages the one without a language, else the first; two of the same
// language are a trick on clients that disagree about them, and none is taken.
QString readBody(const QDomElement &stanza)
{
    QDomElement chosen;
    QStringList languages;
    for (auto body = stanza.firstChildElement(u"body"_s); !body.isNull(); body = body.nextSiblingElement(u"body"_s)) {
        if (body.namespaceURI() != ns::client) {
            continue;
        }
        const auto language = body.attributeNS(u"http://www.w3.org/XML/1998/namespace"_s, u"lang"_s);
        if (languages.contains(language)) {
            return {};
        }
        languages += language;
        if (chosen.isNull() || language.isEmpty()) {
            chosen = body;
        }
    }
    return cutText(chosen.text(), longestBody);
}

// XEP-0359: an id counts when our own server gave it, and only one
ArchiveId readArchiveId(const QDomElement &stanza, const Jid &ownBare)
{
    QString found;
    for (auto element = stanza.firstChildElement(u"stanza-id"_s); !element.isNull();
        element = element.nextSiblingElement(u"stanza-id"_s)) {
        if (element.namespaceURI() == ns::stanzaIds && element.attribute(u"by"_s) == ownBare.text()) {
            if (!found.isEmpty()) {
                return {};
            }
            found = readId(element, u"id"_s);
        }
    }
    return ArchiveId(found);
}

ChatState readChatState(const QDomElement &stanza)
{
    struct Known
    {
        QStringView name;
        ChatState state;
    };
    static constexpr std::array known{
        Known{u"active", ChatState::Active},
        Known{u"composing", ChatState::Composing},
        Known{u"paused", ChatState::Paused},
        Known{u"inactive", ChatState::Inactive},
        Known{u"gone", ChatState::Gone},
    };
    for (const auto &[name, state] : known) {
        if (!child(stanza, name, ns::chatStates).isNull()) {
            return state;
        }
    }
    return ChatState::None;
}

// what tells a message in a conversation of two from everything else that is a message stanza
bool isConversation(const QDomElement &stanza)
{
    if (stanza.tagName() != u"message" || stanza.namespaceURI() != ns::client) {
        return false;
    }
    const auto type = stanza.attribute(u"type"_s);
    if (type == u"error" || type == u"groupchat" || type == u"headline") {
        return false;
    }
    // private messages in rooms have the address of a room; channel services and PEP send events; web servers ask
    // whether we are who asks them (XEP-0070)
    return child(stanza, u"x", ns::mucUser).isNull() && child(stanza, u"event", ns::pubsubEvent).isNull()
        && child(stanza, u"confirm", ns::httpAuth).isNull();
}

struct Addresses
{
    Jid from;
    Jid peer;
    bool isOwn = false;
};

std::optional<Addresses> readAddresses(const QDomElement &stanza, const Jid &ownBare, MessageRoad road)
{
    const auto fromText = stanza.attribute(u"from"_s);
    const auto toText = stanza.attribute(u"to"_s);
    const auto from = fromText.isEmpty() ? ownBare : Jid::parse(fromText);
    const auto to = toText.isEmpty() ? ownBare : Jid::parse(toText);
    if (!from || !to) {
        return {};
    }
    Addresses addresses{*from, from->bare(), from->bare() == ownBare};
    if (addresses.isOwn && road != MessageRoad::Live) {
        addresses.peer = to->bare();
    } else if (to->bare() != ownBare) {
        return {};
    }
    return addresses;
}

QList<DeliveryNotice> readNotices(const QDomElement &stanza, const Addresses &addresses, const QDateTime &time)
{
    struct Known
    {
        QStringView name;
        QStringView nameSpace;
        DeliveryState state;
    };
    static constexpr std::array known{
        Known{u"received", ns::receipts, DeliveryState::Delivered},
        Known{u"received", ns::markers, DeliveryState::Delivered},
        Known{u"displayed", ns::markers, DeliveryState::Displayed},
        Known{u"acknowledged", ns::markers, DeliveryState::Displayed},
    };
    QList<DeliveryNotice> notices;
    for (const auto &[name, nameSpace, state] : known) {
        const auto element = child(stanza, name, nameSpace);
        const auto id = readId(element, u"id"_s);
        if (!id.isEmpty()) {
            notices += {addresses.peer, addresses.isOwn, MessageId(id), state, time};
        }
    }
    return notices;
}

QDateTime readTime(const QDomElement &stanza, const QDateTime &stamp)
{
    const auto time = stamp.isValid() ? stamp : readStamp(child(stanza, u"delay", ns::delay).attribute(u"stamp"_s));
    const auto now = QDateTime::currentDateTimeUtc();
    // the sender may write any delay; the future is a lie that would pin a message to the end of the chat
    return time.isValid() && time < now ? time : now;
}

QXmppMessage makeStanza(const Jid &to)
{
    QXmppMessage stanza({}, to.text());
    stanza.setType(QXmppMessage::Chat);
    stanza.setId(QUuid::createUuid().toString(QUuid::WithoutBraces));
    return stanza;
}

} // namespace

MessageContent read(const QDomElement &stanza, const Jid &ownBare, MessageRoad road, const QDateTime &stamp)
{
    if (!isConversation(stanza)) {
        return {};
    }
    const auto addresses = readAddresses(stanza, ownBare, road);
    if (!addresses) {
        return {};
    }
    const auto time = readTime(stanza, stamp);
    MessageContent content;
    content.peer = addresses->peer;
    content.from = addresses->from;
    content.notices = readNotices(stanza, *addresses, time);
    if (road == MessageRoad::Live && !addresses->isOwn) {
        content.chatState = readChatState(stanza);
    }
    const auto body = readBody(stanza);
    if (!body.isEmpty()) {
        IncomingMessage message;
        message.peer = addresses->peer;
        message.from = addresses->from;
        message.isOwn = addresses->isOwn;
        message.isFromArchive = road == MessageRoad::Archive;
        message.isCarbon = road == MessageRoad::Carbon;
        message.messageId = MessageId(readId(stanza, u"id"_s));
        message.originId = OriginId(readId(child(stanza, u"origin-id", ns::stanzaIds), u"id"_s));
        message.archiveId = readArchiveId(stanza, ownBare);
        message.body = body;
        message.time = time;
        message.replaces = MessageId(readId(child(stanza, u"replace", ns::correction), u"id"_s));
        message.wantsReceipt = !child(stanza, u"request", ns::receipts).isNull();
        message.isMarkable = !child(stanza, u"markable", ns::markers).isNull();
        content.message = std::move(message);
    }
    return content;
}

QDomElement forwarded(const QDomElement &wrapper, QDateTime *stamp)
{
    const auto forward = child(wrapper, u"forwarded", ns::forward);
    QDomElement message;
    for (auto element = forward.firstChildElement(); !element.isNull(); element = element.nextSiblingElement()) {
        if (element.tagName() == u"message" && element.namespaceURI() == ns::client) {
            if (!message.isNull()) {
                return {};
            }
            message = element;
        } else if (stamp && element.tagName() == u"delay" && element.namespaceURI() == ns::delay) {
            *stamp = readStamp(element.attribute(u"stamp"_s));
        }
    }
    return message;
}

QDateTime readStamp(const QString &text)
{
    if (text.isEmpty() || text.size() > 40) {
        return {};
    }
    auto stamp = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (stamp.isValid() && stamp.timeSpec() == Qt::LocalTime) {
        stamp.setTimeZone(QTimeZone::utc());
    }
    stamp = stamp.toUTC();
    const bool isPlausible =
        stamp.isValid() && stamp.toMSecsSinceEpoch() >= 0 && stamp <= QDateTime::currentDateTimeUtc().addDays(1);
    return isPlausible ? stamp : QDateTime();
}

QXmppMessage write(const OutgoingMessage &message)
{
    auto stanza = makeStanza(message.to);
    stanza.setId(message.originId.text());
    stanza.setOriginId(message.originId.text());
    stanza.setBody(xmlText(cutText(message.body, longestBody)));
    stanza.setReceiptRequested(message.requestReceipt);
    stanza.setMarkable(true);
    if (!message.replaces.isEmpty()) {
        stanza.setReplaceId(message.replaces.text());
    }
    return stanza;
}

QXmppMessage writeNotice(const Jid &peer, const MessageId &message, DeliveryState state)
{
    auto stanza = makeStanza(peer);
    if (state == DeliveryState::Displayed) {
        stanza.setMarker(QXmppMessage::Displayed);
        stanza.setMarkerId(xmlText(message.text()));
    } else {
        stanza.setReceiptId(xmlText(message.text()));
    }
    // other devices, now off-line, learn of it from the archive
    stanza.addHint(QXmppMessage::Store);
    return stanza;
}

QXmppMessage writeChatState(const Jid &peer, ChatState state)
{
    auto stanza = makeStanza(peer);
    switch (state) {
    case ChatState::Composing:
        stanza.setState(QXmppMessage::Composing);
        break;
    case ChatState::Paused:
        stanza.setState(QXmppMessage::Paused);
        break;
    case ChatState::Inactive:
        stanza.setState(QXmppMessage::Inactive);
        break;
    case ChatState::Gone:
        stanza.setState(QXmppMessage::Gone);
        break;
    case ChatState::Active:
    case ChatState::None:
        stanza.setState(QXmppMessage::Active);
        break;
    }
    stanza.addHint(QXmppMessage::NoStore);
    return stanza;
}

} // namespace cumulet::MessageCodec
