#pragma once

#include "domain/Jid.h"
#include "xmpp/Tasks.h"
#include "xmpp/XmlIq.h"

#include <QHash>
#include <QObject>

#include <chrono>

class QXmppClient;

namespace cumulet {

/// Requests to a channel service, each with a time limit. QXmpp's own tracking is not used, because it hides the
/// conditions of an error and reports a second answer to nobody: here the whole stanza is seen, the first answer
/// counts and all others are dropped (buddycloud.md section 0, rules 3 and 4). Lives in the client's thread.
class PubsubRequests : public QObject
{
    Q_OBJECT

public:
    using Send = std::function<bool(const QXmppStanza &stanza)>;

    /// client must outlive this object. send: how a stanza leaves; false when it cannot.
    PubsubRequests(QXmppClient *client, Send send, QObject *parent);
    /// Open requests end as Canceled.
    ~PubsubRequests() override;

    /// Answers with the whole <iq/> of type result. ErrorKind::Offline: it was not sent, or the stream on which
    /// the answer would have come is lost; Timeout: silence; else what the service says (PubsubErrors).
    Future<QDomElement> request(
        const Jid &to, QXmppIq::Type type, XmlIq::Writer payload, std::chrono::milliseconds limit = requestLimit);
    /// As request(), where only success matters.
    Future<Done> requestDone(const Jid &to, QXmppIq::Type type, XmlIq::Writer payload);

    /// Gives an incoming stanza to whoever waits for it. True: it was an answer to us, nobody else needs to see it.
    bool take(const QDomElement &stanza);

private:
    struct Pending
    {
        Jid to;
        RequestTimer<QDomElement> timer;
        bool isFromLostStream = false;
    };

    bool isFrom(const QDomElement &stanza, const Jid &jid) const;
    void dropFinished();
    void markLostStream();
    void failLostStream();

    QXmppClient *m_client;
    Send m_send;
    QHash<QString, Pending> m_pending;
    QString m_idPrefix; ///< random: nobody else can guess an id of ours
    quint64 m_count = 0;
};

} // namespace cumulet
