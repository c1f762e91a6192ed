#include "xmpp/XmppAvatarWire.h"

#include "xmpp/Namespaces.h"
#include "xmpp/StanzaListener.h"
#include "xmpp/Tasks.h"
#include "xmpp/XmlIq.h"
#include "xmpp/XmppSession.h"

#include <QXmppClient.h>

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

constexpr qsizetype sha1Length = 40;

// lower-case hex, or nothing
QByteArray readSha1(const QString &text)
{
    const auto hex = text.toLatin1().toLower();
    const bool isHex = std::all_of(hex.begin(), hex.end(),
        [](char digit) { return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f'); });
    return text.size() == sha1Length && isHex ? hex : QByteArray();
}

QString readMediaType(const QString &text)
{
    return text.startsWith("image/"_L1) && text.size() <= 100 ? text : QString();
}

Result<Avatar> readPicture(const QDomElement &base64, const QString &mediaType)
{
    const auto text = base64.text();
    // four characters carry three bytes, and some line breaks
    if (text.size() > XmppAvatarWire::largestPicture * 3 / 2) {
        return Error{ErrorKind::TooLarge, u"a picture of more than 512 KiB"_s};
    }
    Avatar avatar;
    avatar.data = QByteArray::fromBase64(text.toLatin1());
    if (avatar.data.size() > XmppAvatarWire::largestPicture) {
        return Error{ErrorKind::TooLarge, u"a picture of more than 512 KiB"_s};
    }
    if (avatar.data.isEmpty()) {
        return Error{ErrorKind::NotFound, u"no picture"_s};
    }
    avatar.sha1 = QCryptographicHash::hash(avatar.data, QCryptographicHash::Sha1).toHex();
    avatar.mediaType = mediaType;
    return avatar;
}

// the newest item of a node, or the one of that id
XmlIq makeItemsRequest(const Jid &jid, QStringView node, const QByteArray &itemId = {})
{
    return XmlIq(QXmppIq::Get, jid.text(), [node, itemId](QXmlStreamWriter *writer) {
        writer->writeStartElement(u"pubsub"_s);
        writer->writeDefaultNamespace(ns::pubsub);
        writer->writeStartElement(u"items"_s);
        writer->writeAttribute(u"node"_s, node);
        if (itemId.isEmpty()) {
            writer->writeAttribute(u"max_items"_s, u"1"_s);
        } else {
            writer->writeStartElement(u"item"_s);
            writer->writeAttribute(u"id"_s, QString::fromLatin1(itemId));
            writer->writeEndElement();
        }
        writer->writeEndElement();
        writer->writeEndElement();
    });
}

QDomElement itemsIn(const QDomElement &parent, QStringView nameSpace, QStringView node)
{
    const auto items = child(parent, u"items", nameSpace);
    return items.attribute(u"node"_s) == node ? items : QDomElement();
}

} // namespace

XmppAvatarWire::XmppAvatarWire(XmppSession *session, QObject *parent)
    : AvatarWire(parent)
    , m_session(session)
    , m_client(session->client())
{
    m_client->insertExtension(0,
        new StanzaListener(this, [this](const QDomElement &stanza) { return take(stanza); },
            {ns::avatarMetadata.toString() + "+notify"_L1}));
}

Future<Avatar> XmppAvatarWire::fetch(const Jid &jid)
{
    const auto bare = jid.bare();
    return eitherWay(fetchMetadata(bare), this, [this, bare](const Result<Description> &description) -> Future<Avatar> {
        if (description) {
            return fetchData(bare, *description);
        }
        const auto kind = description.error().kind;
        if (kind == ErrorKind::Offline || kind == ErrorKind::Timeout || kind == ErrorKind::Canceled) {
            return failed<Avatar>(description.error());
        }
        return fetchVcard(bare);
    });
}

Result<XmppAvatarWire::Description> XmppAvatarWire::readMetadata(const QDomElement &items)
{
    const auto item = items.firstChildElement(u"item"_s);
    const auto metadata = child(item, u"metadata", ns::avatarMetadata);
    for (auto info = metadata.firstChildElement(u"info"_s); !info.isNull(); info = info.nextSiblingElement(u"info"_s)) {
        const auto sha1 = readSha1(info.attribute(u"id"_s));
        // an address means that the picture is on the web: nobody shall see who looks at it
        if (sha1.isEmpty() || info.hasAttribute(u"url"_s)) {
            continue;
        }
        if (info.attribute(u"bytes"_s).toLongLong() > largestPicture) {
            return Error{ErrorKind::TooLarge, u"a picture of more than 512 KiB"_s};
        }
        return Description{sha1, readMediaType(info.attribute(u"type"_s))};
    }
    return Error{ErrorKind::NotFound, u"no picture"_s};
}

Future<XmppAvatarWire::Description> XmppAvatarWire::fetchMetadata(const Jid &jid)
{
    return andThen(request(m_client, makeItemsRequest(jid, ns::avatarMetadata)), this, [](const QDomElement &answer) {
        return readMetadata(itemsIn(child(answer, u"pubsub", ns::pubsub), ns::pubsub, ns::avatarMetadata));
    });
}

Future<Avatar> XmppAvatarWire::fetchData(const Jid &jid, const Description &description)
{
    return andThen(request(m_client, makeItemsRequest(jid, ns::avatarData, description.sha1)), this,
        [description](const QDomElement &answer) -> Result<Avatar> {
            const auto pubsub = child(answer, u"pubsub", ns::pubsub);
            const auto item = itemsIn(pubsub, ns::pubsub, ns::avatarData).firstChildElement(u"item"_s);
            auto avatar = readPicture(child(item, u"data", ns::avatarData), description.mediaType);
            if (avatar && avatar->sha1 != description.sha1) {
                return Error{ErrorKind::Malformed, u"a picture that does not match its hash"_s};
            }
            return avatar;
        });
}

Future<Avatar> XmppAvatarWire::fetchVcard(const Jid &jid)
{
    XmlIq get(QXmppIq::Get, jid.text(), [](QXmlStreamWriter *writer) {
        writer->writeStartElement(u"vCard"_s);
        writer->writeDefaultNamespace(ns::vcard);
        writer->writeEndElement();
    });
    return request(m_client, std::move(get)).then(this, [](const Result<QDomElement> &answer) -> Result<Avatar> {
        if (!answer) {
            const auto &error = answer.error();
            const bool isMissing = error.kind == ErrorKind::Unsupported || error.kind == ErrorKind::NotAllowed;
            return isMissing ? Error{ErrorKind::NotFound, error.detail} : error;
        }
        const auto photo = child(child(*answer, u"vCard", ns::vcard), u"PHOTO", ns::vcard);
        return readPicture(child(photo, u"BINVAL", ns::vcard), readMediaType(child(photo, u"TYPE", ns::vcard).text()));
    });
}

bool XmppAvatarWire::take(const QDomElement &stanza)
{
    if (stanza.tagName() == u"presence") {
        takePresence(stanza);
        return false;
    }
    if (stanza.tagName() != u"message" || stanza.attribute(u"type"_s) == u"error") {
        return false;
    }
    const auto items = itemsIn(child(stanza, u"event", ns::pubsubEvent), ns::pubsubEvent, ns::avatarMetadata);
    if (items.isNull()) {
        return false;
    }
    // PEP speaks with the bare JID of the person (XEP-0163 section 4.3.1)
    const auto fromText = stanza.attribute(u"from"_s);
    const auto from = fromText.isEmpty() ? m_session->boundJid().bare() : Jid::parse(fromText);
    if (from && from->isBare()) {
        const auto description = readMetadata(items);
        Q_EMIT avatarAnnounced(*from, description ? description->sha1 : QByteArray());
    }
    return true;
}

// XEP-0153; an empty photo is no news, since the person may have a picture in PEP
void XmppAvatarWire::takePresence(const QDomElement &stanza)
{
    if (!stanza.attribute(u"type"_s).isEmpty() || !child(stanza, u"x", ns::mucUser).isNull()) {
        return;
    }
    const auto update = child(stanza, u"x", ns::vcardUpdate);
    const auto sha1 = readSha1(child(update, u"photo", ns::vcardUpdate).text());
    const auto from = Jid::parse(stanza.attribute(u"from"_s));
    if (from && !sha1.isEmpty()) {
        Q_EMIT avatarAnnounced(from->bare(), sha1);
    }
}

} // namespace cumulet
