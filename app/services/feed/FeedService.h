#pragma once

#include "domain/Async.h"
#include "domain/Feed.h"
#include "domain/Paging.h"

#include <QObject>

namespace cumulet {

class Accounts;
class ConversationService;
class FeedStore;

/// Timelines across the channels of all accounts: Home, what we wrote, where we were mentioned. Needs no network:
/// every channel keeps its own posts up to date.
class FeedService : public QObject
{
    Q_OBJECT

public:
    FeedService(FeedStore &store, Accounts &accounts, ConversationService &conversations, QObject *parent = nullptr);

    /// account 0: of all accounts.
    Future<Page<FeedThread>> page(Feed feed, AccountId account, const PageRequest &request);
    /// Those of these threads that belong in the feed.
    Future<QList<FeedThread>> threads(Feed feed, AccountId account, const QList<PostRow> &starts);
    /// These threads were read, and nothing else of their channels.
    Future<Done> markRead(const QList<PostRow> &starts);

Q_SIGNALS:
    /// In any channel of any account, whether it belongs in a feed or not.
    void threadsChanged(const QList<cumulet::PostRow> &inserted, const QList<cumulet::PostRow> &changed,
        const QList<cumulet::PostRow> &removed);

private:
    void followAccount(AccountId id);

    FeedStore &m_store;
    Accounts &m_accounts;
    ConversationService &m_conversations;
};

} // namespace cumulet
