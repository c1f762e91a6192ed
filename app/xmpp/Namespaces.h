// Names of XML namespaces and of the DOM walks that every reader of stanzas needs.
#pragma once

#include <QDomElement>
#include <QString>

namespace cumulet::ns {

inline constexpr QStringView client = u"jabber:client";
inline constexpr QStringView stream = u"http://etherx.jabber.org/streams";
inline constexpr QStringView stanzaErrors = u"urn:ietf:params:xml:ns:xmpp-stanzas";
inline constexpr QStringView bind = u"urn:ietf:params:xml:ns:xmpp-bind";
inline constexpr QStringView roster = u"jabber:iq:roster";
inline constexpr QStringView discoInfo = u"http://jabber.org/protocol/disco#info";
inline constexpr QStringView dataForms = u"jabber:x:data";
inline constexpr QStringView rsm = u"http://jabber.org/protocol/rsm";
inline constexpr QStringView mam = u"urn:xmpp:mam:2";
inline constexpr QStringView forward = u"urn:xmpp:forward:0";
inline constexpr QStringView carbons = u"urn:xmpp:carbons:2";
inline constexpr QStringView delay = u"urn:xmpp:delay";
inline constexpr QStringView stanzaIds = u"urn:xmpp:sid:0";
inline constexpr QStringView receipts = u"urn:xmpp:receipts";
inline constexpr QStringView markers = u"urn:xmpp:chat-markers:0";
inline constexpr QStringView chatStates = u"http://jabber.org/protocol/chatstates";
inline constexpr QStringView correction = u"urn:xmpp:message-correct:0";
inline constexpr QStringView mucUser = u"http://jabber.org/protocol/muc#user";
inline constexpr QStringView pubsub = u"http://jabber.org/protocol/pubsub";
inline constexpr QStringView pubsubEvent = u"http://jabber.org/protocol/pubsub#event";
inline constexpr QStringView avatarData = u"urn:xmpp:avatar:data";
inline constexpr QStringView avatarMetadata = u"urn:xmpp:avatar:metadata";
inline constexpr QStringView vcard = u"vcard-temp";
inline constexpr QStringView vcardUpdate = u"vcard-temp:x:update";
inline constexpr QStringView httpAuth = u"http://jabber.org/protocol/http-auth";
inline constexpr QStringView ping = u"urn:xmpp:ping";

} // namespace cumulet::ns

namespace cumulet {

/// The first child element of that name and namespace; null where there is none.
/// QDomElement::firstChildElement() alone does not look at namespaces.
inline QDomElement child(const QDomElement &parent, QStringView name, QStringView nameSpace)
{
    for (auto element = parent.firstChildElement(); !element.isNull(); element = element.nextSiblingElement()) {
        if (element.tagName() == name && element.namespaceURI() == nameSpace) {
            return element;
        }
    }
    return {};
}

} // namespace cumulet
