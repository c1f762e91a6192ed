// The service without a network, for tests; it can be made slow, wrong or silent.
#pragma once

#include "ChannelService.h"

#include <QDomElement>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace cumulet::channelserver {

/// Stands where an XMPP server would hand stanzas to the component: connect receive() and stanzaReady() to it.
/// Answers come later in the event loop, never from inside receive(), and in order.
///
/// A fault concerns requests (IQ get and set) of one operation, named by the element that asks for it: "publish",
/// "items", "subscribe", "recent-items", "query" ...; an empty name means all. Each is used up once for every request.
class InProcessFront : public QObject
{
    Q_OBJECT

public:
    /// The service must outlive the front.
    explicit InProcessFront(ChannelService *service, QObject *parent = nullptr);

    /// Everything the service sends is sent that much later (ms).
    void setDelay(int milliseconds) { m_delay = milliseconds; }
    /// While silent, stanzas are swallowed: nothing is done and nothing is sent.
    void setSilent(bool isSilent) { m_isSilent = isSilent; }
    /// The next requests are not performed and not answered.
    void swallow(int requests, const QString &operation = {});
    /// The next requests are performed, but their answers are lost; notifications are sent.
    void loseAnswers(int requests, const QString &operation = {});
    /// The next requests are performed and answered, but cause no notifications.
    void loseEvents(int requests, const QString &operation = {});
    /// The next requests are not performed and answered with that error of RFC 6120, 8.3.3.
    void refuse(int requests, const QString &operation = {},
        const QString &condition = QStringLiteral("internal-server-error"),
        const QString &type = QStringLiteral("wait"));
    /// The next requests are performed, but answered with a result that makes no sense.
    void garble(int requests, const QString &operation = {});
    /// Forgets all faults that are not used up, the delay and the silence.
    void behaveAgain();

    /// Requests that were received, by the name of their operation, since the front was made.
    int requestCount(const QString &operation) const { return m_requests.value(operation); }

    /// Takes a stanza to one of the service's addresses; others are ignored. "from" must be set.
    void receive(const QDomElement &stanza);

Q_SIGNALS:
    /// A stanza from the service; the element is the root of its document.
    void stanzaReady(const QDomElement &stanza);
    /// Habit::OutcastDies: the service lost its stream; it does not take anything until it is back.
    void streamEnded();
    void streamRestored();

private:
    enum class Fault { Swallow, LoseAnswer, LoseEvents, Refuse, Garble };
    struct Order
    {
        Fault fault;
        int left;
        QString operation;
        QString condition;
        QString type;
    };
    struct Waiting
    {
        qint64 due;
        Element stanza;
    };

    void order(
        Fault fault, int requests, const QString &operation, const QString &condition = {}, const QString &type = {});
    QList<Order> faultsFor(const QString &operation);
    Outcome perform(const Element &stanza);
    void enqueue(const Outcome &outcome);
    void emitDue();
    void endStream();

    ChannelService *m_service;
    QList<Order> m_orders;
    QList<Waiting> m_waiting;
    QHash<QString, int> m_requests;
    QElapsedTimer m_clock;
    QTimer m_timer;
    int m_delay = 0;
    bool m_isSilent = false;
    bool m_isGone = false;
};

} // namespace cumulet::channelserver
