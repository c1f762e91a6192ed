#pragma once

#include "domain/Identifier.h"
#include "domain/Jid.h"

#include <QDateTime>
#include <QMetaType>

namespace cumulet {

/// One entry of the list: a chat with a contact, or a channel.
struct Conversation
{
    enum class Kind { Chat = 0, Channel = 1 };
    /// What is told on the desktop. Usual: all in chats; in channels what is in our own one, mentions us or answers us.
    enum class Notices { Usual = 0, Everything = 1, FirstUntilSeen = 2, ForUs = 3, Nothing = 4 };
    /// What is unusual about our standing in a channel; chats are always Usual.
    enum class Standing { Usual, Pending, Invited, Banned, Gone };

    ConversationId id = 0;
    AccountId account = 0;
    Kind kind = Kind::Chat;
    Jid jid; ///< bare JID of the contact, or of the channel
    QString title; ///< name from the roster or the channel's title; may be empty
    bool isOwnChannel = false;
    QDateTime lastActivity;
    QString preview; ///< newest message or post, one line, at most 200 characters
    QString previewAuthor; ///< bare address of whose it is; empty in a chat with one other person
    bool previewIsOwn = false;
    int previewState = 0; ///< DeliveryState of the newest message
    QString draft; ///< unsent text of the main composer
    int unread = 0;
    int mentions = 0;
    Notices notices = Notices::Usual;
    bool isInHome = true; ///< its posts are in the merged timeline; only for channels
    Standing standing = Standing::Usual;
    bool isHidden = false; ///< closed by the user until something new comes

    QString displayTitle() const { return title.isEmpty() ? jid.shortName() : title; }
    bool operator==(const Conversation &) const = default;
};

} // namespace cumulet

Q_DECLARE_METATYPE(cumulet::Conversation)
