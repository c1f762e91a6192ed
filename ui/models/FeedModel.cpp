#include "ui/models/FeedModel.h"

#include "services/feed/FeedService.h"

namespace cumulet {

static constexpr qsizetype mostRemembered = 3000; // threads; the window has a tenth of it

FeedModel::FeedModel(FeedService &feeds, Accounts &accounts, Feed feed, AccountId account, QObject *parent)
    : ThreadsModel(parent)
    , m_feeds(feeds)
    , m_accounts(accounts)
    , m_feed(feed)
    , m_account(account)
{
    connect(&feeds, &FeedService::threadsChanged, this,
        [this](const QList<PostRow> &inserted, const QList<PostRow> &changed, const QList<PostRow> &removed) {
            for (const PostRow thread : changed) {
                m_seen.remove(thread); // it may have a comment that was not
            }
            noteChanges(inserted, changed, removed);
        });
    connect(&accounts, &Accounts::aboutToRemove, this, [this](AccountId id) {
        // its rows lose what they were shown with
        beginResetModel();
        clearWindow();
        endResetModel();
        if (m_account != id) {
            QMetaObject::invokeMethod(this, &FeedModel::load, Qt::QueuedConnection);
        }
    });
}

void FeedModel::load()
{
    loadNewest();
}

void FeedModel::setFeed(Feed feed)
{
    m_feed = feed;
    m_seen.clear();
    load();
}

QList<Thread> FeedModel::remember(const QList<FeedThread> &rows)
{
    QList<Thread> threads;
    threads.reserve(rows.size());
    for (const FeedThread &row : rows) {
        if (!m_accounts.of(row.account)) {
            continue; // removed in the meantime
        }
        m_origins.insert(row.conversation, {row.account, row.channel});
        if (!m_conversations.contains(row.thread.start.row)) {
            m_remembered.append(row.thread.start.row);
        }
        m_conversations.insert(row.thread.start.row, row.conversation);
        threads.append(row.thread);
    }
    forgetOld();
    return threads;
}

// what came last may still be on its way into the window
void FeedModel::forgetOld()
{
    while (m_remembered.size() > mostRemembered) {
        const PostRow oldest = m_remembered.takeFirst();
        if (rowOf(oldest) >= 0) {
            m_remembered.append(oldest);
        } else {
            m_conversations.remove(oldest);
            m_seen.remove(oldest);
        }
    }
}

Future<Page<Thread>> FeedModel::askPage(const PageRequest &request)
{
    return andThen(
        m_feeds.page(m_feed, m_account, request), this, [this](const Page<FeedThread> &page) -> Result<Page<Thread>> {
            return Page<Thread>{remember(page.rows), page.atOldest, page.atNewest};
        });
}

Future<QList<Thread>> FeedModel::askThreads(const QList<PostRow> &starts)
{
    return andThen(m_feeds.threads(m_feed, m_account, starts), this,
        [this](const QList<FeedThread> &rows) -> Result<QList<Thread>> { return remember(rows); });
}

// what is older than stored belongs to single channels
Future<Done> FeedModel::askServer()
{
    return cumulet::failed<Done>({ErrorKind::NotFound, {}}); // not the signal
}

ThreadsModel::Setting FeedModel::settingOf(const Thread &thread) const
{
    const auto origin = m_origins.constFind(m_conversations.value(thread.start.row));
    return {*m_accounts.of(origin->account), origin->channel, true};
}

std::optional<FeedThread> FeedModel::origin(qint64 rowId) const
{
    const auto known = thread(rowId);
    const auto origin = m_origins.constFind(m_conversations.value(rowId));
    return known && origin != m_origins.cend()
        ? std::optional(FeedThread{origin->account, origin.key(), origin->channel, *known})
        : std::nullopt;
}

void FeedModel::markSeen(const QList<qint64> &rowIds)
{
    m_isAway = false;
    QList<PostRow> fresh;
    for (const qint64 id : rowIds) {
        if (rowOf(id) >= 0 && !m_seen.contains(id)) {
            m_seen.insert(id);
            fresh.append(id);
        }
    }
    if (fresh.isEmpty()) {
        return;
    }
    whenDone(m_feeds.markRead(fresh), this, [this](const Result<Done> &done) {
        if (!done) {
            Q_EMIT failed(done.error());
        }
    });
}

} // namespace cumulet
