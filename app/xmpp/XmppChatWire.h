#pragma once

#include "wire/ChatWire.h"

#include <QHash>
#include <QList>
#include <QQueue>

class QDomElement;
class QXmppClient;

namespace cumulet {

template <typename T> class RequestTimer;
class XmppSession;
struct MessageContent;

/// ChatWire with QXmpp. Carbons are taken from our own bare JID only (XEP-0280 section 11); an error counts only
/// when it comes from the address that a message of this session was sent to.
class XmppChatWire : public ChatWire
{
    Q_OBJECT

public:
    explicit XmppChatWire(XmppSession *session, QObject *parent = nullptr);
    ~XmppChatWire() override;

    Future<Done> send(const OutgoingMessage &message) override;
    void sendNotice(const Jid &peer, const MessageId &message, DeliveryState state) override;
    void sendChatState(const Jid &peer, ChatState state) override;

private:
    bool take(const QDomElement &stanza);
    bool takeError(const QDomElement &stanza);
    bool takeCarbon(const QDomElement &stanza, const QDomElement &carbon);
    void report(const MessageContent &content);
    void remember(const OriginId &originId, const Jid &to);
    void onDisconnected();

    XmppSession *const m_session;
    QXmppClient *const m_client;
    QList<RequestTimer<Done>> m_pending;
    QHash<OriginId, Jid> m_sent; ///< bare addressees of what this session sent, for errors that come back
    QQueue<OriginId> m_sentOrder;
};

} // namespace cumulet
