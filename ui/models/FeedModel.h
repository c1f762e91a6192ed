#pragma once

#include "domain/Feed.h"
#include "ui/models/ThreadsModel.h"

#include <QSet>

namespace cumulet {

class FeedService;

/// The threads of a feed, each with the name of its channel.
class FeedModel : public ThreadsModel
{
    Q_OBJECT

public:
    /// account 0: all of them.
    FeedModel(FeedService &feeds, Accounts &accounts, Feed feed, AccountId account, QObject *parent = nullptr);

    void load();
    void setFeed(Feed feed);
    Feed feed() const { return m_feed; }
    /// Where a thread of the window comes from; nothing for others.
    std::optional<FeedThread> origin(qint64 rowId) const;
    void markSeen(const QList<qint64> &rowIds) override;

protected:
    Setting settingOf(const Thread &thread) const override;
    Future<Page<Thread>> askPage(const PageRequest &request) override;
    Future<QList<Thread>> askThreads(const QList<PostRow> &starts) override;
    Future<Done> askServer() override;
    bool isFinal(ErrorKind) const override { return true; }

private:
    struct Origin
    {
        AccountId account = 0;
        Channel channel;
    };
    void forgetOld();
    QList<Thread> remember(const QList<FeedThread> &rows);

    FeedService &m_feeds;
    Accounts &m_accounts;
    Feed m_feed;
    AccountId m_account;
    QHash<ConversationId, Origin> m_origins; // of every channel seen here: some hundred
    QHash<PostRow, ConversationId> m_conversations; // of the threads in the window and some that left it
    QList<PostRow> m_remembered; // the keys of m_conversations, the oldest first
    QSet<PostRow> m_seen;
};

} // namespace cumulet
