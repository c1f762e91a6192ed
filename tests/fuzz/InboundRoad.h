#pragma once

#include "flows/FlowDomain.h"
#include "fuzz/Screen.h"
#include "fuzz/StoreSnapshot.h"
#include "kit/TemporaryProfile.h"

namespace cumulet::tests {

/// The whole inbound road of a client: bytes are written to its stream as if the server had sent them, and go through
/// stream guard, QXmpp, our wires, services, store and models. Romeo is logged in to example.org in this process.
/// He knows juliet and the nurse, has talked with juliet (her last words have the id "m1", his own Own) and follows her
/// channel, which has one post.
class InboundRoad : public QObject
{
public:
    /// What became of the stream after a push.
    struct Outcome
    {
        bool isUnfinished = false; ///< the bytes ended inside an element; the server then hung up
        bool hasEnded = false; ///< the client gave up the connection, or the bytes ended the stream
        Error error; ///< of that end
        bool isDeaf = false; ///< the client stayed, and heard nothing any more: never right
    };

    InboundRoad();
    ~InboundRoad() override;

    /// Logs in and makes that small world. False: see error().
    bool open();
    const QString &error() const { return m_error; }

    /// Writes bytes to romeo's stream, as they are; returns when everything of them was dealt with and he is logged in.
    Outcome push(const QByteArray &bytes);
    /// The same with placeholders: @me@ romeo's full address, @own@ his bare one, @m1@ and @out@ the ids of the last
    /// words of juliet and of his own.
    QByteArray filled(QByteArray text) const;

    StoreSnapshot store() const;
    /// What is on the screen, a line a row.
    QStringList screen();
    /// What the client has sent since this was asked last, without what it asks of servers at each login.
    QStringList takeSent();

    FlowDomain &domain() { return m_domain; }
    LiveClient &client() { return *m_romeo; }
    const NodeId &channel() const { return m_channel; }
    /// Says something to juliet; the id it has on the wire.
    QString say(const QString &text);
    /// Everything that was set going in the client has come to rest.
    void settle();

private:
    bool fail(const QString &what);
    bool fence();
    bool restUntilUnchanged();
    bool waitOnline();

    const TemporaryProfile m_profile;
    FlowDomain m_domain;
    std::unique_ptr<LiveClient> m_romeo;
    std::unique_ptr<Screen> m_screen;
    NodeId m_channel;
    QString m_error;
    ConversationId m_chat = 0; ///< with juliet
    QString m_own; ///< id of romeo's last words
    QStringList m_sent;
    std::optional<Error> m_end;
    bool m_isOver = false; ///< the last fence was seen
    int m_fences = 0;
};

} // namespace cumulet::tests
