#pragma once

#include "domain/Async.h"
#include "domain/Conversation.h"
#include "domain/NodeId.h"
#include "domain/Paging.h"

#include <QHash>
#include <QList>

namespace cumulet {

class Database;

/// The one list of chats and followed channels, with unread counters, drafts and read positions.
class ConversationStore
{
public:
    explicit ConversationStore(Database &database)
        : m_database(database)
    {
    }

    /// Every entry that is not hidden, by last activity, newest first: chats of all accounts, and channels that are
    /// followed, asked for or invited to. At most limit rows; the whole list of a person is a few hundred.
    Future<QList<Conversation>> list(int limit = 2000);
    /// Some entries again, after a change; entries that are gone or hidden are left out.
    Future<QList<Conversation>> entries(const QList<ConversationId> &ids);
    Future<Conversation> entry(ConversationId id);
    /// The chat or channel of that address; made (and no longer hidden) if there is none.
    Future<Conversation> ensure(AccountId account, Conversation::Kind kind, const Jid &jid);
    Future<Done> setHidden(ConversationId id, bool hidden);
    Future<Done> setNotices(ConversationId id, Conversation::Notices notices);
    /// Whether the posts of a channel are in Home.
    Future<Done> setInHome(ConversationId id, bool isInHome);

    /// Everything up to that place has been read; only ever moves forward. Gives the entry as it is now.
    Future<Conversation> markRead(ConversationId id, const Cursor &upTo);
    /// The newest of what is unread; a zero cursor: nothing is.
    Future<Cursor> newestUnread(ConversationId id);
    /// Where reading ended: rows after it are unread. A zero cursor: nothing was read yet.
    Future<Cursor> readPosition(ConversationId id);

    /// Unsent text of a composer: the main one (empty thread) or that of a comment. Empty text removes it.
    Future<Done> setDraft(ConversationId id, const ItemId &thread, const QString &text);
    Future<QString> draft(ConversationId id, const ItemId &thread = {});
    /// All unsent comments of a channel, by thread.
    Future<QHash<ItemId, QString>> commentDrafts(ConversationId id);
    /// Adds text below what is unsent in the main composer.
    Future<Done> appendDraft(ConversationId id, const QString &text);

    /// Where the reader was: an opaque text of the view, kept over restarts.
    Future<Done> setAnchor(ConversationId id, const QString &anchor);
    Future<QString> anchor(ConversationId id);

private:
    Database &m_database;
};

} // namespace cumulet
