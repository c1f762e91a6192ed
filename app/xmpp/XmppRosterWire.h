#pragma once

#include "wire/RosterWire.h"

#include <QSet>

class QDomElement;
class QXmppClient;
class QXmppPresence;

namespace cumulet {

class XmppSession;

/// RosterWire with requests of our own (RFC 6121 section 2). Asks for the roster at each new session; pushes count
/// from our own account only. Strangers who ask our software for its name or features get the answer of somebody
/// who is not there.
class XmppRosterWire : public RosterWire
{
    Q_OBJECT

public:
    static constexpr int mostItems = 10'000;
    static constexpr int mostGroups = 100; ///< of one contact
    static constexpr int longestName = 1024;

    explicit XmppRosterWire(XmppSession *session, QObject *parent = nullptr);

    Future<Done> setItem(const RosterItem &item) override;
    Future<Done> removeItem(const Jid &jid) override;
    void subscribe(const Jid &jid, const QString &text = {}) override;
    void unsubscribe(const Jid &jid) override;
    void allowSubscription(const Jid &jid) override;
    void refuseSubscription(const Jid &jid) override;

private:
    void fetch();
    bool take(const QDomElement &stanza);
    bool takePush(const QDomElement &iq);
    bool refuseStranger(const QDomElement &iq);
    void takePresence(const QDomElement &stanza);
    bool isOwnAccount(const QString &from) const;
    void sendPresence(int type, const Jid &to, const QString &text = {});

    XmppSession *const m_session;
    QXmppClient *const m_client;
    QSet<Jid> m_seers; ///< contacts who may see our presence
};

} // namespace cumulet
