#include "ui/models/ChannelTimelineModel.h"

#include "services/conversation/ConversationService.h"
#include "services/roster/RosterService.h"
#include "text/Spans.h"

#include <algorithm>

namespace cumulet {

static constexpr int pageSize = 30;
static constexpr int mostRows = 300;

ChannelTimelineModel::ChannelTimelineModel(const AccountServices &services, ConversationService &conversations,
    const Conversation &conversation, QObject *parent)
    : TimelineModel(parent)
    , m_services(services)
    , m_conversations(conversations)
    , m_conversation(conversation)
    , m_node(NodeId::of(conversation.jid))
{
    m_channel.node = m_node;
    connect(services.channels, &ChannelService::threadsChanged, this,
        [this](ConversationId channel, const QList<PostRow> &inserted, const QList<PostRow> &changed,
            const QList<PostRow> &removed) {
            if (channel == m_conversation.id) {
                noteChanges(inserted, changed, removed);
            }
        });
    connect(services.channels, &ChannelService::membersChanged, this, [this](const NodeId &node) {
        if (node == m_node) {
            readRoles();
        }
    });
}

Cursor ChannelTimelineModel::placeOf(const Thread &thread)
{
    return {thread.lastActivity.toMSecsSinceEpoch(), thread.start.row};
}

void ChannelTimelineModel::load()
{
    const auto begin = [this](const Cursor &readPosition) {
        m_readPosition = readPosition;
        return m_services.channels->page(m_conversation.id, {.from = {}, .limit = pageSize});
    };
    whenDone(andThen(m_conversations.readPosition(m_conversation.id), this, begin), this,
        [this](const Result<Page<Thread>> &page) {
            if (page) {
                replaceWindow(*page);
            } else {
                Q_EMIT failed(page.error());
            }
            Q_EMIT loaded();
        });
    readRoles();
}

void ChannelTimelineModel::setChannel(const Channel &channel)
{
    if (channel == m_channel) {
        return;
    }
    m_channel = channel;
    ++m_look;
    if (!m_entries.empty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    }
}

void ChannelTimelineModel::readRoles()
{
    whenDone(m_services.channels->members(m_node), this, [this](const Result<QList<Membership>> &members) {
        if (!members) {
            return; // roles are an extra; without them nobody gets a word beside the name
        }
        QHash<Jid, Affiliation> roles;
        for (const Membership &member : *members) {
            if (member.affiliation >= Affiliation::Moderator) {
                roles.insert(member.jid, member.affiliation);
            }
        }
        if (roles != m_roles) {
            m_roles = roles;
            ++m_look;
            if (!m_entries.empty()) {
                Q_EMIT dataChanged(index(0), index(rowCount() - 1));
            }
        }
    });
}

void ChannelTimelineModel::replaceWindow(const Page<Thread> &page)
{
    beginResetModel();
    beginWindow(page);
    m_entries.clear();
    for (auto thread = page.rows.crbegin(); thread != page.rows.crend(); ++thread) {
        m_entries.push_back({*thread, false});
    }
    if (m_firstUnread == 0 && m_conversation.unread > 0) {
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
}

int ChannelTimelineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

QVariant ChannelTimelineModel::data(const QModelIndex &index, int role) const
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
        return int(TimelineRoles::Thread);
    case TimelineRoles::RowRole:
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

int ChannelTimelineModel::revisionOf(const Entry &entry) const
{
    size_t hash = qHashMulti(0, entry.thread.start.revision, entry.thread.earlierComments, entry.isExpanded, m_look,
        m_drafts.value(entry.thread.start.row));
    for (const Post &comment : entry.thread.comments) {
        hash = qHashMulti(hash, comment.row, comment.revision);
    }
    return int(hash);
}

PostItem ChannelTimelineModel::itemOf(const Post &post, const Thread &thread) const
{
    PostItem item;
    item.id = post.row;
    item.itemId = QString::number(post.row); // what waits has no id on the service yet
    item.accountJid = m_services.account.jid.text();
    item.authorJid = post.author.text();
    item.authorName = m_services.roster->nameOf(post.author);
    item.role = m_roles.value(post.author, Affiliation::None);
    item.title = post.title;
    item.body = post.body;
    item.spans = spansOf(post.body);
    item.time = post.published;
    item.state = post.state;
    item.error = post.error;
    item.mayRetry = post.state == DeliveryState::Failed;
    item.own = post.author == m_services.account.jid;
    const ChannelStanding standing = m_services.channels->standingIn(m_channel);
    const bool isOnService = !post.item.isEmpty();
    item.mayDelete = isOnService
        && isAllowed(item.own ? ChannelOperation::DeleteOwnPost : ChannelOperation::DeleteAnyPost, standing);
    item.channelJid = m_node.channel().text();
    if (!post.target.isEmpty() && post.target != post.inReplyTo) {
        const auto target = std::find_if(thread.comments.cbegin(), thread.comments.cend(),
            [&post](const Post &comment) { return comment.item == post.target; });
        if (target != thread.comments.cend()) {
            item.replyTo = target->row;
            item.replyToName = m_services.roster->nameOf(target->author);
        }
    }
    return item;
}

ThreadRow ChannelTimelineModel::rowAt(const Entry &entry) const
{
    ThreadRow row;
    row.id = entry.thread.start.row;
    row.revision = revisionOf(entry);
    row.post = itemOf(entry.thread.start, entry.thread);
    for (const Post &comment : entry.thread.comments) {
        row.comments.append(itemOf(comment, entry.thread));
    }
    row.hiddenComments = entry.thread.earlierComments;
    row.commentCount = int(entry.thread.comments.size()) + entry.thread.earlierComments;
    row.mayComment = !entry.thread.start.item.isEmpty()
        && isAllowed(ChannelOperation::Comment, m_services.channels->standingIn(m_channel));
    row.commentDraft = m_drafts.value(row.id);
    row.startsUnread = row.id == m_firstUnread && &entry != m_entries.data();
    row.unreadSince = m_unreadSince;
    return row;
}

int ChannelTimelineModel::rowOf(qint64 rowId) const
{
    const auto found = std::find_if(
        m_entries.cbegin(), m_entries.cend(), [rowId](const Entry &entry) { return entry.thread.start.row == rowId; });
    return found == m_entries.cend() ? -1 : int(found - m_entries.cbegin());
}

std::optional<Thread> ChannelTimelineModel::thread(qint64 rowId) const
{
    const int row = rowOf(rowId);
    return row < 0 ? std::nullopt : std::optional(m_entries[size_t(row)].thread);
}

std::optional<Post> ChannelTimelineModel::post(qint64 postRow) const
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

void ChannelTimelineModel::noteChanges(
    const QList<PostRow> &inserted, const QList<PostRow> &changed, const QList<PostRow> &removed)
{
    for (const PostRow start : removed) {
        if (const int row = rowOf(start); row >= 0) {
            beginRemoveRows({}, row, row);
            m_entries.erase(m_entries.begin() + row);
            endRemoveRows();
        }
    }
    QList<PostRow> wanted = inserted;
    for (const PostRow start : changed) {
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
    whenDone(m_services.channels->threads(wanted), this, [this, generation](const Result<QList<Thread>> &threads) {
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

void ChannelTimelineModel::update(const Thread &thread)
{
    const int row = rowOf(thread.start.row);
    if (row >= 0) {
        m_entries[size_t(row)].thread = thread;
        Q_EMIT dataChanged(index(row), index(row));
    }
}

void ChannelTimelineModel::insert(const QList<Thread> &threads)
{
    for (const Thread &thread : threads) {
        // newest first; the entries may be out of order where a comment came under the reader's eyes
        const auto at = std::find_if(m_entries.cbegin(), m_entries.cend(),
            [&thread](const Entry &entry) { return placeOf(entry.thread) < placeOf(thread); });
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
        endInsertRows();
        if (row == 0 && rowCount() > 1) {
            Q_EMIT dataChanged(index(1), index(1)); // the unread line may stand above it now
        }
    }
}

void ChannelTimelineModel::fetchOlderPage()
{
    const auto oldest = std::min_element(m_entries.cbegin(), m_entries.cend(),
        [](const Entry &a, const Entry &b) { return placeOf(a.thread) < placeOf(b.thread); });
    const PageRequest request{.from = placeOf(oldest->thread), .direction = PageRequest::Before, .limit = pageSize};
    readPage(m_services.channels->page(m_conversation.id, request), m_isFetchingOlder,
        [this](const Page<Thread> &page) { append(page); });
}

// older ones stand below
void ChannelTimelineModel::append(const Page<Thread> &page)
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
}

Future<Done> ChannelTimelineModel::askServer()
{
    return m_services.channels->fetchOlder(m_node);
}

void ChannelTimelineModel::fetchNewerPage()
{
    const PageRequest request{
        .from = placeOf(m_entries.front().thread), .direction = PageRequest::After, .limit = pageSize};
    readPage(m_services.channels->page(m_conversation.id, request), m_isFetchingNewer,
        [this](const Page<Thread> &page) { prepend(page); });
}

void ChannelTimelineModel::prepend(const Page<Thread> &page)
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
}

void ChannelTimelineModel::expand(qint64 rowId)
{
    const int generation = m_generation;
    whenDone(m_services.channels->thread(rowId), this, [this, rowId, generation](const Result<Thread> &thread) {
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

void ChannelTimelineModel::setCommentDraft(qint64 rowId, const QString &draft)
{
    if (m_drafts.value(rowId) == draft) {
        return;
    }
    if (draft.isEmpty()) {
        m_drafts.remove(rowId);
    } else {
        m_drafts.insert(rowId, draft);
    }
    if (const int row = rowOf(rowId); row >= 0) {
        Q_EMIT dataChanged(index(row), index(row));
    }
}

void ChannelTimelineModel::jumpTo(qint64 rowId)
{
    if (rowOf(rowId) >= 0) {
        Q_EMIT jumped(rowId);
        return;
    }
    // brings the thread and its neighbours: those before it and itself
    const auto around = [this](const QList<Thread> &threads) -> Future<Page<Thread>> {
        if (threads.isEmpty()) {
            return cumulet::failed<Page<Thread>>({ErrorKind::NotFound, {}}); // not the signal
        }
        const Cursor place = placeOf(threads.first());
        return m_services.channels->page(m_conversation.id,
            {.from = Cursor{place.time, place.row + 1}, .direction = PageRequest::Before, .limit = pageSize});
    };
    whenDone(andThen(m_services.channels->threads({rowId}), this, around), this,
        [this, rowId](const Result<Page<Thread>> &page) {
            if (!page) {
                Q_EMIT failed(page.error());
                return;
            }
            replaceWindow(*page);
            Q_EMIT jumped(rowId);
        });
}

void ChannelTimelineModel::jumpToNewest()
{
    if (m_atNewest) {
        if (!m_entries.empty()) {
            Q_EMIT jumped(m_entries.front().thread.start.row);
        }
        return;
    }
    whenDone(m_services.channels->page(m_conversation.id, {.from = {}, .limit = pageSize}), this,
        [this](const Result<Page<Thread>> &page) {
            if (page) {
                replaceWindow(*page);
                if (!m_entries.empty()) {
                    Q_EMIT jumped(m_entries.front().thread.start.row);
                }
            }
        });
}

void ChannelTimelineModel::markSeen(const QList<qint64> &rowIds)
{
    m_isAway = false;
    Cursor newest = m_readPosition;
    for (const Entry &entry : m_entries) {
        if (rowIds.contains(entry.thread.start.row)) {
            newest = std::max(newest, placeOf(entry.thread));
        }
    }
    if (newest > m_readPosition) {
        m_readPosition = newest;
        whenDone(m_conversations.markRead(m_conversation.id, newest), this, [this](const Result<Done> &done) {
            if (!done) {
                Q_EMIT failed(done.error());
            }
        });
    }
}

} // namespace cumulet
