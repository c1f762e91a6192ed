#pragma once

#include "domain/Conversation.h"
#include "domain/Message.h"
#include "domain/Post.h"
#include "kit/Waiting.h"
#include "services/account/Accounts.h"
#include "wire/SessionWire.h"
#include "xmpp/XmppOptions.h"

#include <QObject>

#include <memory>
#include <optional>

namespace cumulet {
class ConversationService;
}

namespace cumulet::tests {

/// What an answer came to; Canceled where none came within the time of a live test.
template <typename T> Result<T> outcome(const Future<T> &future)
{
    return waitForAnswer(future, 2 * liveLimit) ? future.result()
                                                : Result<T>(Error{ErrorKind::Canceled, QStringLiteral("no answer")});
}

/// The whole program of one person, but for windows, keyring and desktop: a profile folder, its database, all stores
/// and all services of one account. Deleting it is quitting the program; another one on the same profile starts it again.
/// Every call that waits runs the event loop and ends as soon as it has its answer.
class LiveClient : public QObject
{
    Q_OBJECT

public:
    /// profile: a folder that is there and stays; empty: a temporary one.
    LiveClient(const SessionSettings &settings, const XmppOptions &options, const QString &profile = {},
        QObject *parent = nullptr);
    ~LiveClient() override;

    /// Opens the profile, adds the account if it is not there, and begins to connect.
    bool start();
    bool waitOnline();
    /// Online, and the channel service is ready.
    bool waitForChannels();
    void goOffline();
    void goOnline();
    /// From now on, without the waiting that spares servers.
    void reconnectAtOnce();
    /// Why the last call failed.
    const QString &error() const { return m_error; }

    /// For another client of the same account.
    const SessionSettings &settings() const { return m_settings; }
    Jid jid() const { return m_settings.jid; }
    /// The channel that everybody has.
    NodeId ownChannel() const { return NodeId::of(jid()); }
    const AccountServices &services() const;
    ConversationService &conversations() const;
    Accounts &accounts() const;

    std::optional<Conversation> openChat(const Jid &jid);
    std::optional<Conversation> openChannel(const NodeId &node);
    /// True: it is in the outbox.
    bool send(const Jid &to, const QString &body, MessageRow corrects = 0);
    bool post(const NodeId &node, const QString &body, const ItemId &inReplyTo = {});
    /// Nothing waits to be sent any more, in chats and in channels.
    bool waitUntilSent(int milliseconds = liveLimit);

    /// All stored messages of a chat, oldest first.
    QList<Message> messages(const Jid &peer);
    QStringList bodies(const Jid &peer);
    /// The newest message of that text; row 0: there is none.
    Message message(const Jid &peer, const QString &body);
    /// All stored threads of a channel, those with the oldest start first, with all that is stored of their comments.
    QList<Thread> threads(const NodeId &node);
    /// Posts of a channel as lines: "text", and "text < comment" for each comment, threads by their start.
    QStringList lines(const NodeId &node);
    /// A post or comment by its text; row 0: there is none.
    Post postOf(const NodeId &node, const QString &body);

private:
    struct Parts;
    bool fail(const QString &what, const Error &error);

    const SessionSettings m_settings;
    QString m_error;
    std::unique_ptr<Parts> d;
};

} // namespace cumulet::tests
