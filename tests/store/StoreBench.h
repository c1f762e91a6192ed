#pragma once

#include "store/AccountStore.h"
#include "store/ChannelStore.h"
#include "store/ConversationStore.h"
#include "store/Database.h"
#include "store/FeedStore.h"
#include "store/MessageStore.h"
#include "store/PreferenceStore.h"
#include "store/RosterStore.h"
#include "store/SearchStore.h"
#include "store/sql/Connection.h"

#include "store/Answer.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace cumulet::tests {

/// answerOf() where an error is a fault of the test.
template <typename T> T valueOf(Future<T> future)
{
    const auto result = answerOf(future);
    if (!result) {
        QTest::qFail(qPrintable(result.error().detail), __FILE__, __LINE__);
        return T();
    }
    return *result;
}

/// A database in a real temporary file with the account romeo@example.org, and all stores over it.
class StoreBench
{
public:
    StoreBench();
    ~StoreBench();

    void reopen(); ///< as after a restart of the program
    QString file() const { return m_folder.filePath(QStringLiteral("store.sqlite")); }

    /// Runs a question that gives one number, for looking behind the stores.
    qint64 ask(const QString &sql);
    /// All rows of all tables that matter, as text: to compare two ways to the same state.
    QStringList content(bool withRowIds = true);
    ConversationId chatWith(const Jid &peer);

    /// A quarter of an hour after the account was added, plus so many seconds: not just now, which has rules of its own.
    QDateTime at(int seconds) const { return m_start.addSecs(900 + seconds); }
    /// A live message of juliet.
    IncomingMessage message(const QString &id, const QString &body, int seconds) const;
    /// The same with an archive id, as the archive gives it.
    static IncomingMessage archived(IncomingMessage message, const QString &archiveId);
    /// One of ours from another device.
    IncomingMessage own(const QString &id, const QString &body, int seconds) const;
    IncomingMessage correction(const QString &id, const QString &replaces, const QString &body, int seconds) const;
    Post post(const QString &item, const QString &body, int seconds, const QString &inReplyTo = {}) const;

    QList<Message> messages(ConversationId chat);

    const Jid self = Jid::fromTrusted(QStringLiteral("romeo@example.org"));
    const Jid juliet = Jid::fromTrusted(QStringLiteral("juliet@example.org"));
    const Jid mallory = Jid::fromTrusted(QStringLiteral("mallory@example.net"));
    const NodeId node = NodeId::of(Jid::fromTrusted(QStringLiteral("cooking@topics.example.org")));
    AccountId account = 0;

    std::unique_ptr<Database> database;
    std::unique_ptr<AccountStore> accounts;
    std::unique_ptr<RosterStore> rosters;
    std::unique_ptr<ConversationStore> conversations;
    std::unique_ptr<MessageStore> chats;
    std::unique_ptr<ChannelStore> channels;
    std::unique_ptr<FeedStore> feeds;
    std::unique_ptr<SearchStore> search;
    std::unique_ptr<PreferenceStore> preferences;

private:
    QTemporaryDir m_folder;
    QDateTime m_start;
};

} // namespace cumulet::tests
