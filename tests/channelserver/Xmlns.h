// The namespaces of the protocol.
#pragma once

#include <QString>

namespace cumulet::channelserver::xmlns {

inline const QString pubsub = QStringLiteral("http://jabber.org/protocol/pubsub");
inline const QString owner = QStringLiteral("http://jabber.org/protocol/pubsub#owner");
inline const QString event = QStringLiteral("http://jabber.org/protocol/pubsub#event");
inline const QString pubsubErrors = QStringLiteral("http://jabber.org/protocol/pubsub#errors");
inline const QString nodeConfig = QStringLiteral("http://jabber.org/protocol/pubsub#node_config");
inline const QString metaData = QStringLiteral("http://jabber.org/protocol/pubsub#meta-data");
inline const QString authorization = QStringLiteral("http://jabber.org/protocol/pubsub#subscribe_authorization");
inline const QString buddycloud = QStringLiteral("http://buddycloud.org/v1");
inline const QString buddycloudErrors = QStringLiteral("http://buddycloud.org/v1/errors");
inline const QString media = QStringLiteral("http://buddycloud.org/v1/media");
inline const QString atom = QStringLiteral("http://www.w3.org/2005/Atom");
inline const QString thread = QStringLiteral("http://purl.org/syndication/thread/1.0");
inline const QString activity = QStringLiteral("http://activitystrea.ms/spec/1.0/");
inline const QString review = QStringLiteral("http://activitystrea.ms/schema/1.0/review");
inline const QString tombstone = QStringLiteral("http://purl.org/atompub/tombstones/1.0");
inline const QString rsm = QStringLiteral("http://jabber.org/protocol/rsm");
inline const QString form = QStringLiteral("jabber:x:data");
inline const QString discoInfo = QStringLiteral("http://jabber.org/protocol/disco#info");
inline const QString discoItems = QStringLiteral("http://jabber.org/protocol/disco#items");
inline const QString registration = QStringLiteral("jabber:iq:register");
inline const QString search = QStringLiteral("jabber:iq:search");
inline const QString replay = QStringLiteral("urn:xmpp:mam:tmp");
inline const QString forward = QStringLiteral("urn:xmpp:forward:0");
inline const QString delay = QStringLiteral("urn:xmpp:delay");
inline const QString stanzaErrors = QStringLiteral("urn:ietf:params:xml:ns:xmpp-stanzas");

} // namespace cumulet::channelserver::xmlns
