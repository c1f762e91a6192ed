#include "services/feed/FeedService.h"

#include "services/account/Accounts.h"
#include "services/channel/ChannelService.h"
#include "services/conversation/ConversationService.h"
#include "store/FeedStore.h"

namespace cumulet {

FeedService::FeedService(FeedStore &store, Accounts &accounts, ConversationService &conversations, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_accounts(accounts)
    , m_conversations(conversations)
{
    connect(&accounts, &Accounts::added, this, &FeedService::followAccount);
    for (const auto id : accounts.ids()) {
        followAccount(id);
    }
}

void FeedService::followAccount(AccountId id)
{
    const auto *services = m_accounts.of(id);
    if (services && services->channels) {
        connect(services->channels, &ChannelService::threadsChanged, this,
            [this](ConversationId, const QList<PostRow> &inserted, const QList<PostRow> &changed,
                const QList<PostRow> &removed) { Q_EMIT threadsChanged(inserted, changed, removed); });
    }
}

Future<Page<FeedThread>> FeedService::page(Feed feed, AccountId account, const PageRequest &request)
{
    return m_store.page(feed, account, request);
}

Future<QList<FeedThread>> FeedService::threads(Feed feed, AccountId account, const QList<PostRow> &starts)
{
    return m_store.threads(feed, account, starts);
}

Future<Done> FeedService::markRead(const QList<PostRow> &starts)
{
    return andThen(m_store.markRead(starts), this, [this](const QList<ConversationId> &changed) -> Result<Done> {
        m_conversations.refresh(changed);
        return Done{};
    });
}

} // namespace cumulet
