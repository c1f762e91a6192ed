#include "ui/models/ThreadsModel.h"

#include "services/channel/ChannelService.h"
#include "services/roster/RosterService.h"
#include "text/Spans.h"

#include <algorithm>

namespace cumulet {

static constexpr int mostRows = 300;

ThreadsModel::ThreadsModel(QObject *parent)
    : TimelineModel(parent)
{
    connect(&m_holding, &HoldingClock::ticked, this, &ThreadsModel::countDown);
}

Cursor ThreadsModel::activityOf(const Thread &thread)
{
    return {thread.lastActivity.toMSecsSinceEpoch(), thread.start.row};
}

void ThreadsModel::loadNewest()
{
    whenDone(askPage({.from = {}, .limit = pageSize}), this, [this](const Result<Page<Thread>> &page) {
        if (page) {
            replaceWindow(*page);
        } else {
            Q_EMIT failed(page.error());
        }
        Q_EMIT loaded();
    });
}

void ThreadsModel::clearWindow()
{
    beginWindow(Page<Thread>{{}, true, true});
    m_entries.clear();
}

void ThreadsModel::changeLook()
{
    ++m_look;
    if (!m_entries.empty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    }
}

void ThreadsModel::replaceWindow(const Page<Thread> &page)
{
    beginResetModel();
    beginWindow(page);
    m_entries.clear();
    m_alone = 0;
    for (auto thread = page.rows.crbegin(); thread != page.rows.crend(); ++thread) {
        m_entries.push_back({*thread, false});
        watchHeld(*thread);
    }
    if (m_firstUnread == 0 && m_hasUnread) {
        // the line stands below the unread threads, above the first that was read
        for (const Entry &entry : m_entries) {
            if (placeOf(entry.thread) <= m_readPosition) {
                m_firstUnread = entry.thread.start.row;
                m_unreadSince = QDateTime::fromMSecsSinceEpoch(m_readPosition.time);
                break;
            }
        }
    }
    endResetModel();
    placeGaps();
}

int ThreadsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

QVariant ThreadsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Entry &entry = m_entries[size_t(index.row())];
    switch (role) {
    case TimelineRoles::RowIdRole:
        return QVariant::fromValue<qint64>(entry.thread.start.row);
    case TimelineRoles::RevisionRole:
        return revisionOf(entry);
    case TimelineRoles::KindRole:
        return int(entry.isGap() ? TimelineRoles::Notice : TimelineRoles::Thread);
    case TimelineRoles::RowRole:
        if (entry.isGap()) {
            return QVariant::fromValue(noticeOf(entry));
        }
        return QVariant::fromValue(rowAt(entry));
    case TimelineRoles::StartsUnreadRole:
        return entry.thread.start.row == m_firstUnread && index.row() > 0;
    case TimelineRoles::StartsDayRole:
        return QDate();
    case TimelineRoles::TextLengthRole: {
        qsizetype length = entry.thread.start.body.size();
        for (const Post &comment : entry.thread.comments) {
            length += comment.body.size();
        }
        return int(length);
    }
    case Qt::DisplayRole:
        return entry.thread.start.body;
    default:
        return {};
    }
}

void ThreadsModel::countDown()
{
    for (const qint64 rowId : std::exchange(m_heldRows, {})) {
        if (const int row = rowOf(rowId); row >= 0) {
            watchHeld(m_entries[size_t(row)].thread);
            Q_EMIT dataChanged(index(row), index(row));
        }
    }
}

void ThreadsModel::watchHeld(const Thread &thread)
{
    if (m_holding.watches(thread)) {
        m_heldRows.insert(thread.start.row);
    }
}

int ThreadsModel::revisionOf(const Entry &entry) const
{
    size_t hash = qHashMulti(0, entry.thread.start.revision, entry.thread.earlierComments, entry.isExpanded, m_look,
        m_drafts.value(entry.thread.start.item), entry.thread.start.ratings.count, entry.thread.start.ratings.sum,
        entry.thread.start.ratings.own, m_fillingGaps.contains(entry.thread.start.row),
        m_holding.secondsLeft(entry.thread.start), entry.thread.notices);
    for (const Post &comment : entry.thread.comments) {
        hash = qHashMulti(hash, comment.row, comment.revision, comment.ratings.count, comment.ratings.sum,
            comment.ratings.own, comment.targetAuthor, m_holding.secondsLeft(comment));
    }
    return int(hash);
}

PostItem ThreadsModel::itemOf(const Post &post, const Thread &thread, const Setting &setting) const
{
    const auto &[services, channel, showsChannel] = setting;
    PostItem item;
    item.id = post.row;
    item.itemId = QString::number(post.row); // what waits has no id on the service yet
    item.accountJid = services.account.jid.text();
    item.authorJid = post.author.text();
    item.authorName = services.roster->nameOf(post.author);
    item.role = roleOf(post.author);
    item.title = post.title;
    item.body = post.body;
    item.spans = spansOf(post.body);
    item.attachments = post.attachments;
    item.waitsForFiles = std::any_of(post.attachments.cbegin(), post.attachments.cend(),
        [](const Attachment &attachment) { return attachment.media.isEmpty(); });
    item.time = post.published;
    item.place = post.place;
    item.state = post.state;
    item.error = post.error;
    item.heldSeconds = m_holding.secondsLeft(post);
    item.mayRetry = post.state == DeliveryState::Failed;
    item.own = post.author == services.account.jid;
    const ChannelStanding standing = services.channels->standingIn(channel);
    const bool isOnService = !post.item.isEmpty();
    item.mayDelete = isOnService
        && isAllowed(item.own ? ChannelOperation::DeleteOwnPost : ChannelOperation::DeleteAnyPost, standing);
    item.channelJid = channel.node.channel().text();
    if (showsChannel && post.isThreadStart()) {
        item.channelName = channel.displayTitle();
    }
    item.ratings = post.ratings;
    item.mayRate = isOnService && isAllowed(ChannelOperation::Rate, standing);
    if (!post.targetAuthor.isEmpty()) {
        const auto target = std::find_if(thread.comments.cbegin(), thread.comments.cend(),
            [&post](const Post &comment) { return comment.item == post.target; });
        item.replyTo = target == thread.comments.cend() ? 0 : target->row;
        item.replyToName = services.roster->nameOf(post.targetAuthor);
    }
    return item;
}

ThreadRow ThreadsModel::rowAt(const Entry &entry) const
{
    const Setting setting = settingOf(entry.thread);
    ThreadRow row;
    row.id = entry.thread.start.row;
    row.revision = revisionOf(entry);
    row.post = itemOf(entry.thread.start, entry.thread, setting);
    for (const Post &comment : entry.thread.comments) {
        row.comments.append(itemOf(comment, entry.thread, setting));
    }
    row.hiddenComments = entry.thread.earlierComments;
    row.commentCount = int(entry.thread.comments.size()) + entry.thread.earlierComments;
    row.mayComment = !entry.thread.start.item.isEmpty()
        && isAllowed(ChannelOperation::Comment, setting.services.channels->standingIn(setting.channel));
    row.notices = entry.thread.notices;
    row.commentDraft = m_drafts.value(entry.thread.start.item);
    row.startsUnread = row.id == m_firstUnread && &entry != m_entries.data();
    row.unreadSince = m_unreadSince;
    return row;
}

int ThreadsModel::rowOf(qint64 rowId) const
{
    const auto found = std::find_if(
        m_entries.cbegin(), m_entries.cend(), [rowId](const Entry &entry) { return entry.thread.start.row == rowId; });
    return found == m_entries.cend() ? -1 : int(found - m_entries.cbegin());
}

std::optional<Thread> ThreadsModel::thread(qint64 rowId) const
{
    const int row = rowOf(rowId);
    return row < 0 || rowId < 0 ? std::nullopt : std::optional(m_entries[size_t(row)].thread);
}

std::optional<Post> ThreadsModel::post(qint64 postRow) const
{
    for (const Entry &entry : m_entries) {
        if (entry.thread.start.row == postRow) {
            return entry.thread.start;
        }
        for (const Post &comment : entry.thread.comments) {
            if (comment.row == postRow) {
                return comment;
            }
        }
    }
    return std::nullopt;
}

void ThreadsModel::noteChanges(
    const QList<PostRow> &inserted, const QList<PostRow> &changed, const QList<PostRow> &removed)
{
    for (const PostRow start : removed) {
        if (const int row = rowOf(start); row >= 0) {
            beginRemoveRows({}, row, row);
            m_entries.erase(m_entries.begin() + row);
            endRemoveRows();
        }
    }
    QList<PostRow> wanted = m_alone != 0 ? QList<PostRow>() : inserted;
    for (const PostRow start : changed) {
        if (m_alone != 0 && start != m_alone) {
            continue;
        }
        const int row = rowOf(start);
        if (row >= 0 && m_entries[size_t(row)].isExpanded) {
            expand(start);
        } else {
            wanted.append(start); // a thread outside the window comes up when somebody comments on it
        }
    }
    if (wanted.isEmpty()) {
        return;
    }
    const int generation = m_generation;
    whenDone(askThreads(wanted), this, [this, generation](const Result<QList<Thread>> &threads) {
        if (!threads || generation != m_generation) {
            return;
        }
        QList<Thread> fresh;
        for (const Thread &thread : *threads) {
            if (rowOf(thread.start.row) >= 0) {
                update(thread);
            } else {
                fresh.append(thread);
            }
        }
        insert(fresh);
    });
}

void ThreadsModel::update(const Thread &thread)
{
    const int row = rowOf(thread.start.row);
    if (row >= 0) {
        m_entries[size_t(row)].thread = thread;
        watchHeld(thread);
        Q_EMIT dataChanged(index(row), index(row));
    }
}

void ThreadsModel::insert(const QList<Thread> &threads)
{
    for (const Thread &thread : threads) {
        // newest first; the entries may be out of order where a comment came under the reader's eyes
        const auto at = std::find_if(m_entries.cbegin(), m_entries.cend(),
            [this, &thread](const Entry &entry) { return placeOf(entry.thread) < placeOf(thread); });
        const int row = int(at - m_entries.cbegin());
        const bool isBeyondNewest = row == 0 && !m_atNewest;
        const bool isBeyondOldest = row == rowCount() && !m_atOldest && !m_entries.empty();
        if (isBeyondNewest || isBeyondOldest) {
            continue;
        }
        if (row == 0 && m_isAway && m_firstUnread == 0 && !m_entries.empty()) {
            m_firstUnread = m_entries.front().thread.start.row;
            m_unreadSince = QDateTime::currentDateTimeUtc();
        }
        beginInsertRows({}, row, row);
        m_entries.insert(m_entries.begin() + row, Entry{thread, false});
        watchHeld(thread);
        endInsertRows();
        if (row == 0 && rowCount() > 1) {
            Q_EMIT dataChanged(index(1), index(1)); // the unread line may stand above it now
        }
    }
}

void ThreadsModel::fetchOlderPage()
{
    const auto oldest = std::min_element(m_entries.cbegin(), m_entries.cend(),
        [this](const Entry &a, const Entry &b) { return placeOf(a.thread) < placeOf(b.thread); });
    const PageRequest request{.from = placeOf(oldest->thread), .direction = PageRequest::Before, .limit = pageSize};
    readPage(askPage(request), m_isFetchingOlder, [this](const Page<Thread> &page) { append(page); });
}

// older ones stand below
void ThreadsModel::append(const Page<Thread> &page)
{
    m_atOldest = page.atOldest;
    QList<Thread> older;
    for (auto thread = page.rows.crbegin(); thread != page.rows.crend(); ++thread) {
        if (rowOf(thread->start.row) < 0) {
            older.append(*thread);
        }
    }
    if (!older.isEmpty()) {
        beginInsertRows({}, rowCount(), rowCount() + int(older.size()) - 1);
        for (const Thread &thread : std::as_const(older)) {
            m_entries.push_back({thread, false});
        }
        endInsertRows();
    }
    if (rowCount() > mostRows) {
        const int surplus = rowCount() - mostRows;
        beginRemoveRows({}, 0, surplus - 1);
        m_entries.erase(m_entries.begin(), m_entries.begin() + surplus);
        m_atNewest = false;
        endRemoveRows();
    }
    placeGaps();
}

void ThreadsModel::fetchNewerPage()
{
    const PageRequest request{
        .from = placeOf(m_entries.front().thread), .direction = PageRequest::After, .limit = pageSize};
    readPage(askPage(request), m_isFetchingNewer, [this](const Page<Thread> &page) { prepend(page); });
}

void ThreadsModel::prepend(const Page<Thread> &page)
{
    m_atNewest = page.atNewest;
    for (const Thread &thread : page.rows) {
        if (rowOf(thread.start.row) < 0) {
            beginInsertRows({}, 0, 0);
            m_entries.insert(m_entries.begin(), Entry{thread, false});
            endInsertRows();
        }
    }
    if (rowCount() > mostRows) {
        beginRemoveRows({}, mostRows, rowCount() - 1);
        m_entries.erase(m_entries.begin() + mostRows, m_entries.end());
        m_atOldest = false;
        endRemoveRows();
    }
    placeGaps();
}

void ThreadsModel::expand(qint64 rowId)
{
    const int index = rowOf(rowId);
    if (index < 0) {
        return;
    }
    if (rowId < 0) {
        fillGap(rowId);
        return;
    }
    const int generation = m_generation;
    const Setting setting = settingOf(m_entries[size_t(index)].thread);
    whenDone(setting.services.channels->thread(rowId), this, [this, rowId, generation](const Result<Thread> &thread) {
        const int row = rowOf(rowId);
        if (row < 0 || generation != m_generation) {
            return;
        }
        if (!thread) {
            Q_EMIT failed(thread.error());
            return;
        }
        m_entries[size_t(row)].isExpanded = true;
        update(*thread);
    });
}

void ThreadsModel::setCommentDraft(qint64 rowId, const QString &draft)
{
    const int row = rowOf(rowId);
    const ItemId item = row < 0 ? ItemId() : m_entries[size_t(row)].thread.start.item;
    if (item.isEmpty() || m_drafts.value(item) == draft) {
        return;
    }
    if (draft.isEmpty()) {
        m_drafts.remove(item);
    } else {
        m_drafts.insert(item, draft);
    }
    Q_EMIT dataChanged(index(row), index(row));
}

void ThreadsModel::setCommentDrafts(const QHash<ItemId, QString> &drafts)
{
    m_drafts = drafts;
    changeLook();
}

void ThreadsModel::jumpTo(qint64 rowId)
{
    if (rowOf(rowId) >= 0) {
        Q_EMIT jumped(rowId);
    } else {
        bringAround(rowId);
    }
}

void ThreadsModel::bringAround(qint64 rowId)
{
    if (rowId < 0) {
        jumpToGap(rowId);
        return;
    }
    // brings the thread and its neighbours: those before it and itself
    const auto around = [this](const QList<Thread> &threads) -> Future<Page<Thread>> {
        if (threads.isEmpty()) {
            return cumulet::failed<Page<Thread>>({ErrorKind::NotFound, {}}); // not the signal
        }
        const Cursor place = placeOf(threads.first());
        return askPage(
            {.from = Cursor{place.time, place.row + 1}, .direction = PageRequest::Before, .limit = pageSize});
    };
    whenDone(andThen(askThreads({rowId}), this, around), this, [this, rowId](const Result<Page<Thread>> &page) {
        if (!page && m_alone != 0) {
            readNewest(); // the way back does not end in one thread
            return;
        }
        if (!page) {
            Q_EMIT failed(page.error());
            return;
        }
        replaceWindow(*page);
        Q_EMIT jumped(rowId);
    });
}

void ThreadsModel::jumpToNewest()
{
    if (!m_atNewest || m_alone != 0) {
        readNewest();
    } else if (!m_entries.empty()) {
        Q_EMIT jumped(m_entries.front().thread.start.row);
    }
}

void ThreadsModel::readNewest()
{
    whenDone(askPage({.from = {}, .limit = pageSize}), this, [this](const Result<Page<Thread>> &page) {
        if (page) {
            replaceWindow(*page);
            if (!m_entries.empty()) {
                Q_EMIT jumped(m_entries.front().thread.start.row);
            }
        }
    });
}

void ThreadsModel::showAlone(qint64 rowId)
{
    const int index = rowOf(rowId);
    if (index < 0 || m_entries[size_t(index)].isGap()) {
        return;
    }
    const Setting setting = settingOf(m_entries[size_t(index)].thread);
    whenDone(setting.services.channels->thread(rowId), this, [this, rowId](const Result<Thread> &thread) {
        if (!thread) {
            Q_EMIT failed(thread.error());
            return;
        }
        beginResetModel();
        beginWindow(Page<Thread>{{}, true, true});
        m_alone = rowId;
        m_entries.clear();
        m_entries.push_back({*thread, true});
        endResetModel();
        Q_EMIT jumped(rowId);
    });
}

void ThreadsModel::showAll(qint64 rowId)
{
    if (m_alone != 0) {
        rowId != 0 ? bringAround(rowId) : readNewest();
    }
}

std::optional<Cursor> ThreadsModel::newestOf(const QList<qint64> &rowIds) const
{
    std::optional<Cursor> newest;
    for (const Entry &entry : m_entries) {
        if (!entry.isGap() && rowIds.contains(entry.thread.start.row)) {
            newest = std::max(newest.value_or(Cursor()), activityOf(entry.thread));
        }
    }
    return newest;
}

} // namespace cumulet
