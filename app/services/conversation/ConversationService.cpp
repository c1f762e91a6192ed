#include "services/conversation/ConversationService.h"

#include "services/account/Accounts.h"
#include "services/channel/ChannelService.h"
#include "services/chat/ChatService.h"
#include "services/roster/RosterService.h"
#include "store/ConversationStore.h"

#include <QTimeZone>

namespace cumulet {

ConversationService::ConversationService(ConversationStore &store, Accounts &accounts, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_accounts(accounts)
{
    connect(&accounts, &Accounts::added, this, &ConversationService::followAccount);
    connect(&accounts, &Accounts::aboutToRemove, this, &ConversationService::forgetAccount);
    for (const auto id : accounts.ids()) {
        followAccount(id);
    }
}

void ConversationService::followAccount(AccountId id)
{
    const auto *services = m_accounts.of(id);
    if (!services) {
        return;
    }
    if (services->chat) {
        connect(services->chat, &ChatService::conversationsChanged, this, &ConversationService::refresh);
    }
    if (services->channels) {
        connect(services->channels, &ChannelService::conversationsChanged, this, &ConversationService::refresh);
    }
    if (services->roster) {
        // a chat's title is the contact's name
        const auto rename = [this, id](const Jid &jid) {
            for (const auto &entry : std::as_const(m_entries)) {
                if (entry.account == id && entry.kind == Conversation::Kind::Chat
                    && (jid.isEmpty() || entry.jid == jid.bare())) {
                    refresh({entry.id});
                }
            }
        };
        connect(services->roster, &RosterService::itemChanged, this, rename);
        connect(services->roster, &RosterService::rosterReplaced, this, [rename] { rename(Jid()); });
    }
}

void ConversationService::forgetAccount(AccountId id)
{
    const auto entries = m_entries;
    for (const auto &entry : entries) {
        if (entry.account == id) {
            drop(entry.id);
        }
    }
    tellTotal();
}

Future<Done> ConversationService::load()
{
    return andThen(m_store.list(), this, [this](const QList<Conversation> &list) -> Result<Done> {
        m_entries.clear();
        for (const auto &entry : list) {
            m_entries.insert(entry.id, entry);
        }
        Q_EMIT reset();
        tellTotal();
        return Done{};
    });
}

std::optional<Conversation> ConversationService::entry(ConversationId id) const
{
    const auto known = m_entries.constFind(id);
    return known == m_entries.cend() ? std::nullopt : std::optional(*known);
}

int ConversationService::totalUnread() const
{
    return m_total;
}

Future<Conversation> ConversationService::open(AccountId account, Conversation::Kind kind, const Jid &jid)
{
    return andThen(m_store.ensure(account, kind, jid.bare()), this,
        [this](const Conversation &conversation) -> Result<Conversation> {
            refresh({conversation.id}); // the store says whether it belongs in the list
            return conversation;
        });
}

Future<Done> ConversationService::close(ConversationId id)
{
    return andThen(m_store.setHidden(id, true), this, [this, id](Done) -> Result<Done> {
        drop(id);
        tellTotal();
        return Done{};
    });
}

Future<Done> ConversationService::refreshAfter(Future<Done> change, ConversationId id)
{
    return andThen(std::move(change), this, [this, id](Done) -> Result<Done> {
        refresh({id});
        return Done{};
    });
}

Future<Done> ConversationService::setNotices(ConversationId id, Conversation::Notices notices)
{
    return refreshAfter(m_store.setNotices(id, notices), id);
}

Future<Done> ConversationService::setInHome(ConversationId id, bool isInHome)
{
    return refreshAfter(m_store.setInHome(id, isInHome), id);
}

Future<Done> ConversationService::markRead(ConversationId id, const Cursor &upTo)
{
    return andThen(
        m_store.markRead(id, upTo), this, [this, id, upTo](const Conversation &conversation) -> Result<Done> {
            const auto *services = m_accounts.of(conversation.account);
            if (conversation.kind == Conversation::Kind::Channel && services && services->channels) {
                const auto time = QDateTime::fromMSecsSinceEpoch(upTo.time, QTimeZone::UTC);
                services->channels->noteRead(NodeId::of(conversation.jid), time);
            }
            if (m_entries.contains(id)) { // a channel that is only looked at is not in the list
                keep(conversation);
                tellTotal();
            }
            return Done{};
        });
}

Future<Done> ConversationService::markAllRead(ConversationId id)
{
    return andThen(m_store.newestUnread(id), this,
        [this, id](const Cursor &newest) { return newest == Cursor() ? ready(Done{}) : markRead(id, newest); });
}

Future<Cursor> ConversationService::readPosition(ConversationId id)
{
    return m_store.readPosition(id);
}

Future<Done> ConversationService::setDraft(ConversationId id, const ItemId &thread, const QString &text)
{
    return refreshAfter(m_store.setDraft(id, thread, text), id);
}

Future<QString> ConversationService::draft(ConversationId id, const ItemId &thread)
{
    return m_store.draft(id, thread);
}

Future<QHash<ItemId, QString>> ConversationService::commentDrafts(ConversationId id)
{
    return m_store.commentDrafts(id);
}

Future<Done> ConversationService::appendDraft(ConversationId id, const QString &text)
{
    return refreshAfter(m_store.appendDraft(id, text), id);
}

Future<Done> ConversationService::setAnchor(ConversationId id, const QString &anchor)
{
    return m_store.setAnchor(id, anchor);
}

Future<QString> ConversationService::anchor(ConversationId id)
{
    return m_store.anchor(id);
}

void ConversationService::refresh(const QList<ConversationId> &ids)
{
    const bool isDue = !m_stale.isEmpty();
    for (const auto id : ids) {
        if (id != 0) {
            m_stale.insert(id);
        }
    }
    if (!isDue && !m_stale.isEmpty()) {
        QMetaObject::invokeMethod(this, &ConversationService::readStale, Qt::QueuedConnection);
    }
}

void ConversationService::readStale()
{
    const auto ids = std::exchange(m_stale, {}).values();
    whenDone(m_store.entries(ids), this, [this, ids](const Result<QList<Conversation>> &entries) {
        if (!entries) {
            Q_EMIT failed(entries.error());
            return;
        }
        QSet<ConversationId> gone(ids.cbegin(), ids.cend());
        for (const auto &entry : *entries) {
            gone.remove(entry.id);
            keep(entry);
        }
        for (const auto id : std::as_const(gone)) {
            drop(id);
        }
        tellTotal();
    });
}

void ConversationService::keep(const Conversation &entry)
{
    auto &known = m_entries[entry.id];
    if (known != entry) {
        known = entry;
        Q_EMIT entryChanged(entry);
    }
}

void ConversationService::drop(ConversationId id)
{
    if (m_entries.remove(id)) {
        Q_EMIT entryRemoved(id);
    }
}

void ConversationService::tellTotal()
{
    int total = 0;
    for (const auto &entry : std::as_const(m_entries)) {
        total += entry.unread;
    }
    if (total != m_total) {
        m_total = total;
        Q_EMIT totalUnreadChanged(total);
    }
}

} // namespace cumulet
