#include "ui/models/ChatTimelineModel.h"

#include "services/chat/ChatService.h"
#include "services/conversation/ConversationService.h"
#include "services/roster/RosterService.h"
#include "text/Spans.h"

#include <algorithm>

namespace cumulet {

static constexpr int pageSize = 60;
static constexpr int mostRows = 600; // about thirty screens; more is paged from the store again
// messages of one sender that follow within this time are drawn as one group
static constexpr qint64 groupingTime = 3 * 60 * 1000;

ChatTimelineModel::ChatTimelineModel(const AccountServices &services, ConversationService &conversations,
    const Conversation &conversation, QObject *parent)
    : TimelineModel(parent)
    , m_services(services)
    , m_conversations(conversations)
    , m_conversation(conversation)
{
    connect(services.chat, &ChatService::messagesChanged, this,
        [this](ConversationId changedIn, const QList<MessageRow> &inserted, const QList<MessageRow> &changed) {
            if (changedIn == m_conversation.id) {
                noteChanges(inserted, changed);
            }
        });
}

Cursor ChatTimelineModel::placeOf(const Message &message)
{
    return {message.time.toMSecsSinceEpoch(), message.row};
}

void ChatTimelineModel::load()
{
    const auto begin = [this](const Cursor &readPosition) {
        m_readPosition = readPosition;
        const bool isFarBehind = m_conversation.unread > pageSize / 2 && readPosition.row != 0;
        return isFarBehind ? m_services.chat->pageAround(m_conversation.id, readPosition.row, 2 * pageSize)
                           : m_services.chat->page(m_conversation.id, {.from = {}, .limit = pageSize});
    };
    whenDone(andThen(m_conversations.readPosition(m_conversation.id), this, begin), this,
        [this](const Result<Page<Message>> &page) {
            if (page) {
                replaceWindow(*page);
            } else {
                Q_EMIT failed(page.error());
            }
            Q_EMIT loaded();
        });
}

void ChatTimelineModel::replaceWindow(const Page<Message> &page)
{
    beginResetModel();
    beginWindow(page);
    m_messages.assign(page.rows.cbegin(), page.rows.cend());
    if (m_firstUnread == 0 && m_conversation.unread > 0) {
        const auto unread = std::find_if(m_messages.cbegin(), m_messages.cend(),
            [this](const Message &message) { return !message.isOwn && placeOf(message) > m_readPosition; });
        if (unread != m_messages.cend()) {
            placeUnreadLine(*unread);
        }
    }
    endResetModel();
}

void ChatTimelineModel::placeUnreadLine(const Message &message)
{
    m_firstUnread = message.row;
    m_unreadSince = message.time;
}

int ChatTimelineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_messages.size());
}

QVariant ChatTimelineModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Message &message = m_messages[size_t(index.row())];
    switch (role) {
    case TimelineRoles::RowIdRole:
        return QVariant::fromValue<qint64>(message.row);
    case TimelineRoles::RevisionRole:
        return message.revision * 2 + (message.row == m_firstUnread ? 1 : 0);
    case TimelineRoles::KindRole:
        return int(TimelineRoles::ChatMessage);
    case TimelineRoles::RowRole:
        return QVariant::fromValue(rowAt(index.row()));
    case TimelineRoles::StartsDayRole:
        return startsDay(index.row()) ? message.time.toLocalTime().date() : QDate();
    case TimelineRoles::StartsUnreadRole:
        return message.row == m_firstUnread;
    case TimelineRoles::TextLengthRole:
        return int(message.body.size());
    case Qt::DisplayRole:
        return message.body;
    default:
        return {};
    }
}

bool ChatTimelineModel::startsDay(int row) const
{
    const auto day = [this](int of) { return m_messages[size_t(of)].time.toLocalTime().date(); };
    return row == 0 || day(row) != day(row - 1);
}

// whether this row is drawn close to the one above it
bool ChatTimelineModel::continues(int row) const
{
    if (row <= 0 || row >= rowCount() || startsDay(row) || m_messages[size_t(row)].row == m_firstUnread) {
        return false;
    }
    const Message &above = m_messages[size_t(row - 1)];
    const Message &message = m_messages[size_t(row)];
    return above.isOwn == message.isOwn && above.time.msecsTo(message.time) < groupingTime;
}

ChatRow ChatTimelineModel::rowAt(int row) const
{
    const Message &message = m_messages[size_t(row)];
    ChatRow shown;
    shown.id = message.row;
    shown.revision = message.revision;
    shown.accountJid = m_services.account.jid.text();
    const Jid sender = message.isOwn ? m_services.account.jid : message.sender.bare();
    shown.senderJid = sender.text();
    shown.senderName = m_services.roster->nameOf(sender);
    shown.own = message.isOwn;
    shown.body = message.body;
    shown.spans = spansOf(message.body);
    shown.time = message.time;
    shown.state = message.state;
    shown.error = message.error;
    shown.edited = message.isCorrected;
    shown.mayRetry = message.state == DeliveryState::Failed;
    shown.groupStart = !continues(row);
    shown.groupEnd = !continues(row + 1);
    shown.startsDay = startsDay(row) ? message.time.toLocalTime().date() : QDate();
    shown.startsUnread = message.row == m_firstUnread;
    shown.unreadSince = m_unreadSince;
    return shown;
}

std::optional<Message> ChatTimelineModel::message(qint64 rowId) const
{
    const auto found = std::find_if(
        m_messages.cbegin(), m_messages.cend(), [rowId](const Message &message) { return message.row == rowId; });
    return found == m_messages.cend() ? std::nullopt : std::optional(*found);
}

// the first row that is not before place
int ChatTimelineModel::position(const Cursor &place) const
{
    const auto found = std::lower_bound(m_messages.cbegin(), m_messages.cend(), place,
        [](const Message &message, const Cursor &at) { return placeOf(message) < at; });
    return int(found - m_messages.cbegin());
}

void ChatTimelineModel::noteChanges(const QList<MessageRow> &inserted, const QList<MessageRow> &changed)
{
    const int generation = m_generation;
    whenDone(m_services.chat->messages(inserted + changed), this,
        [this, inserted, generation](const Result<QList<Message>> &messages) {
            if (!messages || generation != m_generation) {
                return; // another window was read in the meantime, with these rows in it
            }
            QList<Message> fresh;
            QList<Message> known;
            for (const Message &message : *messages) {
                (inserted.contains(message.row) ? fresh : known).append(message);
            }
            insertSorted(fresh);
            update(known);
        });
}

void ChatTimelineModel::insertSorted(const QList<Message> &messages)
{
    QList<Message> sorted = messages;
    std::sort(sorted.begin(), sorted.end(), [](const Message &a, const Message &b) { return placeOf(a) < placeOf(b); });
    for (qsizetype next = 0; next < sorted.size();) {
        const int at = position(placeOf(sorted.at(next)));
        const bool isBeyondOldest = at == 0 && !m_atOldest && !m_messages.empty();
        const bool isBeyondNewest = at == rowCount() && !m_atNewest;
        if (isBeyondOldest || isBeyondNewest
            || (at < rowCount() && m_messages[size_t(at)].row == sorted.at(next).row)) {
            ++next; // outside the window, or there already
            continue;
        }
        // all that belongs between the same two rows goes in as one range
        qsizetype end = next + 1;
        while (end < sorted.size() && position(placeOf(sorted.at(end))) == at
            && !(at < rowCount() && m_messages[size_t(at)].row == sorted.at(end).row)) {
            ++end;
        }
        if (m_isAway && m_firstUnread == 0) {
            const auto unread = std::find_if(
                sorted.cbegin() + next, sorted.cbegin() + end, [](const Message &message) { return !message.isOwn; });
            if (unread != sorted.cbegin() + end) {
                placeUnreadLine(*unread);
            }
        }
        beginInsertRows({}, at, at + int(end - next) - 1);
        m_messages.insert(m_messages.begin() + at, sorted.cbegin() + next, sorted.cbegin() + end);
        endInsertRows();
        const int below = at + int(end - next);
        if (at > 0) {
            Q_EMIT dataChanged(index(at - 1), index(at - 1)); // the group above goes on
        }
        if (below < rowCount()) {
            Q_EMIT dataChanged(index(below), index(below));
        }
        next = end;
    }
    if (m_atNewest && rowCount() > mostRows && !m_isAway) {
        trimOldest();
    }
}

void ChatTimelineModel::update(const QList<Message> &messages)
{
    for (const Message &message : messages) {
        const int at = position(placeOf(message));
        if (at < rowCount() && m_messages[size_t(at)].row == message.row) {
            m_messages[size_t(at)] = message;
            Q_EMIT dataChanged(index(at), index(at));
        } else if (const int old = indexOfRow(message.row); old >= 0) {
            // its time changed (the archive knew better): it moves
            beginRemoveRows({}, old, old);
            m_messages.erase(m_messages.begin() + old);
            endRemoveRows();
            insertSorted({message});
        }
    }
}

void ChatTimelineModel::fetchOlderPage()
{
    const PageRequest request{.from = placeOf(m_messages.front()), .direction = PageRequest::Before, .limit = pageSize};
    readPage(m_services.chat->page(m_conversation.id, request), m_isFetchingOlder,
        [this](const Page<Message> &page) { prepend(page); });
}

void ChatTimelineModel::prepend(const Page<Message> &page)
{
    m_atOldest = page.atOldest;
    if (!page.rows.isEmpty()) {
        beginInsertRows({}, 0, int(page.rows.size()) - 1);
        m_messages.insert(m_messages.begin(), page.rows.cbegin(), page.rows.cend());
        endInsertRows();
        const int below = int(page.rows.size());
        if (below < rowCount()) {
            Q_EMIT dataChanged(index(below), index(below)); // its day line may be above another row now
        }
        trimNewest();
    }
}

Future<Done> ChatTimelineModel::askServer()
{
    return m_services.chat->fetchOlder(m_conversation.id);
}

// nothing older, or no archive
bool ChatTimelineModel::isFinal(ErrorKind kind) const
{
    return kind == ErrorKind::NotFound || kind == ErrorKind::Unsupported;
}

void ChatTimelineModel::fetchNewerPage()
{
    const PageRequest request{.from = placeOf(m_messages.back()), .direction = PageRequest::After, .limit = pageSize};
    readPage(m_services.chat->page(m_conversation.id, request), m_isFetchingNewer,
        [this](const Page<Message> &page) { append(page); });
}

void ChatTimelineModel::append(const Page<Message> &page)
{
    m_atNewest = page.atNewest;
    if (!page.rows.isEmpty()) {
        const int at = rowCount();
        beginInsertRows({}, at, at + int(page.rows.size()) - 1);
        m_messages.insert(m_messages.end(), page.rows.cbegin(), page.rows.cend());
        endInsertRows();
        if (at > 0) {
            Q_EMIT dataChanged(index(at - 1), index(at - 1));
        }
        trimOldest();
    }
}

void ChatTimelineModel::trimNewest()
{
    if (rowCount() <= mostRows) {
        return;
    }
    beginRemoveRows({}, mostRows, rowCount() - 1);
    m_messages.erase(m_messages.begin() + mostRows, m_messages.end());
    m_atNewest = false;
    endRemoveRows();
}

void ChatTimelineModel::trimOldest()
{
    const int surplus = rowCount() - mostRows;
    if (surplus <= 0) {
        return;
    }
    beginRemoveRows({}, 0, surplus - 1);
    m_messages.erase(m_messages.begin(), m_messages.begin() + surplus);
    m_atOldest = false;
    endRemoveRows();
}

void ChatTimelineModel::jumpTo(qint64 rowId)
{
    if (indexOfRow(rowId) >= 0) {
        Q_EMIT jumped(rowId);
        return;
    }
    whenDone(m_services.chat->pageAround(m_conversation.id, rowId, 2 * pageSize), this,
        [this, rowId](const Result<Page<Message>> &page) {
            if (!page) {
                Q_EMIT failed(page.error());
                return;
            }
            replaceWindow(*page);
            Q_EMIT jumped(rowId);
        });
}

void ChatTimelineModel::jumpToNewest()
{
    if (m_atNewest) {
        if (!m_messages.empty()) {
            Q_EMIT jumped(m_messages.back().row);
        }
        return;
    }
    whenDone(m_services.chat->page(m_conversation.id, {.from = {}, .limit = pageSize}), this,
        [this](const Result<Page<Message>> &page) {
            if (page) {
                replaceWindow(*page);
                if (!m_messages.empty()) {
                    Q_EMIT jumped(m_messages.back().row);
                }
            }
        });
}

void ChatTimelineModel::markSeen(const QList<qint64> &rowIds)
{
    m_isAway = false;
    const Message *newest = nullptr;
    for (const Message &message : m_messages) {
        if (!message.isOwn && placeOf(message) > m_readPosition && rowIds.contains(message.row)) {
            newest = &message;
        }
    }
    if (newest) {
        m_readPosition = placeOf(*newest);
        m_services.chat->markSeen(m_conversation.id, *newest);
    }
}

} // namespace cumulet
