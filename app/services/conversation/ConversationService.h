#pragma once

#include "domain/Async.h"
#include "domain/Conversation.h"
#include "domain/NodeId.h"
#include "domain/Paging.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace cumulet {

class Accounts;
class ConversationStore;

/// The one list of chats and channels of all accounts, with unread counters and drafts.
class ConversationService : public QObject
{
    Q_OBJECT

public:
    ConversationService(ConversationStore &store, Accounts &accounts, QObject *parent = nullptr);

    /// Reads the list; reset() follows. Needs no network.
    Future<Done> load();
    const QHash<ConversationId, Conversation> &entries() const { return m_entries; }
    std::optional<Conversation> entry(ConversationId id) const;
    int totalUnread() const;

    /// The chat or channel of that address, made if there is none; it is not put into the list by merely being opened
    /// when it is a channel that is not followed.
    Future<Conversation> open(AccountId account, Conversation::Kind kind, const Jid &jid);
    Future<Done> close(ConversationId id);
    Future<Done> setNotices(ConversationId id, Conversation::Notices notices);
    Future<Done> setInHome(ConversationId id, bool isInHome);

    Future<Done> markRead(ConversationId id, const Cursor &upTo);
    /// Everything that is stored of it has been read.
    Future<Done> markAllRead(ConversationId id);
    Future<Cursor> readPosition(ConversationId id);
    Future<Done> setDraft(ConversationId id, const ItemId &thread, const QString &text);
    Future<QString> draft(ConversationId id, const ItemId &thread = {});
    Future<QHash<ItemId, QString>> commentDrafts(ConversationId id);
    /// Puts text below what is unsent in the main composer.
    Future<Done> appendDraft(ConversationId id, const QString &text);
    Future<Done> setAnchor(ConversationId id, const QString &anchor);
    Future<QString> anchor(ConversationId id);

    /// Reads these entries again; called when a service says so.
    void refresh(const QList<ConversationId> &ids);

Q_SIGNALS:
    void reset();
    void entryChanged(const cumulet::Conversation &entry); ///< added or changed
    void entryRemoved(cumulet::ConversationId id);
    void totalUnreadChanged(int unread);
    void failed(const cumulet::Error &error);

private:
    void followAccount(AccountId id);
    void forgetAccount(AccountId id);
    Future<Done> refreshAfter(Future<Done> change, ConversationId id);
    void readStale();
    void keep(const Conversation &entry);
    void drop(ConversationId id);
    void tellTotal();

    ConversationStore &m_store;
    Accounts &m_accounts;
    QHash<ConversationId, Conversation> m_entries;
    QSet<ConversationId> m_stale; // read again in the next turn of the event loop, all at once
    int m_total = 0;
};

} // namespace cumulet
