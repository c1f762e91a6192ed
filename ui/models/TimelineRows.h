// The values behind RowRole. Facts only: no widgets, pixmaps, colours or translated words; names and texts are
// foreign plain text and are painted as such.
#pragma once

#include "domain/Channel.h"
#include "domain/Message.h"
#include "domain/Post.h"
#include "domain/Result.h"
#include "text/TextSpan.h"

#include <QDate>
#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>

namespace cumulet {

/// One chat message.
struct ChatRow
{
    qint64 id = 0;
    int revision = 0;
    QString accountJid; ///< bare JID of the account that sees it
    QString senderJid;
    QString senderName;
    bool own = false;
    QString body;
    QList<TextSpan> spans;
    QDateTime time;
    DeliveryState state = DeliveryState::Received;
    Error error; ///< why it Failed; the detail is for "Details", never part of a sentence
    bool edited = false;
    bool retracted = false; ///< body is not shown
    bool mention = false;
    bool mayRetry = false; ///< Failed, and sending again could help
    bool groupStart = true; ///< first of consecutive messages of one sender
    bool groupEnd = true; ///< last of them
    bool showsSender = false; ///< name and picture belong beside it (rooms); one-to-one chats need neither
    QDate startsDay; ///< as StartsDayRole
    bool startsUnread = false; ///< as StartsUnreadRole
    QDateTime unreadSince; ///< the time in "New since 13:20"
};

/// One item of a channel: the post of a thread or one of its comments.
struct PostItem
{
    qint64 id = 0; ///< stable and unique within the timeline; the name of this text in selections
    QString itemId; ///< pubsub item id; for what is still queued, the id it will be published with
    QString accountJid;
    QString authorJid;
    QString authorName;
    Affiliation role = Affiliation::None; ///< Owner and Moderator get a word beside the name
    QString title; ///< plain pubsub posts may have one; Buddycloud posts do not
    QString body;
    QString place; ///< where the author says to be; foreign text of one line
    QList<TextSpan> spans; ///< of body
    QList<Attachment> attachments;
    bool waitsForFiles = false; ///< Queued, and not all of them are uploaded
    QDateTime time;
    bool edited = false;
    DeliveryState state = DeliveryState::Received;
    Error error;
    int heldSeconds = 0; ///< Queued, and can be taken back for so long
    bool mayRetry = false;
    bool own = false;
    bool mayDelete = false;
    bool mayEdit = false;
    bool retracted = false; ///< a tombstone keeps the thread's shape
    Ratings ratings;
    bool mayRate = false;
    QString replyToName; ///< "to Juliet": whose comment this one answers; empty: the post itself
    qint64 replyTo = 0; ///< PostItem::id of that comment; 0: it is not among those shown
    QString channelJid;
    QString channelName; ///< only filled in views that merge channels
};

/// A post with the comments shown below it, oldest first.
struct ThreadRow
{
    qint64 id = 0;
    int revision = 0;
    PostItem post;
    QList<PostItem> comments; ///< the newest few, or all once they were asked for
    int commentCount = 0; ///< all, shown or not
    int hiddenComments = 0; ///< earlier ones that "Show n earlier comments" would bring
    bool mayComment = false;
    ThreadNotices notices = ThreadNotices::Usual; ///< Followed and Muted get a word
    QString commentDraft; ///< a half-written comment; shown in the closed comment box
    QDate startsDay;
    bool startsUnread = false;
    QDateTime unreadSince;
};

/// A line that nobody wrote.
struct NoticeRow
{
    enum Kind {
        HistoryGap, ///< messages between the neighbours are missing here; the action ShowEarlier asks for them
        HistoryStart, ///< nothing is older
        HistoryUnavailable, ///< the server gives nothing older
        PostsMissing, ///< posts of a channel are missing here for certain; ShowEarlier asks for some of them
    };

    qint64 id = 0;
    int revision = 0;
    Kind kind = HistoryGap;
    QDateTime time;
    QDate startsDay;
    bool startsUnread = false;
    QDateTime unreadSince;
    bool isLoading = false; ///< it was asked for, and is on its way
};

} // namespace cumulet

Q_DECLARE_METATYPE(cumulet::ChatRow)
Q_DECLARE_METATYPE(cumulet::ThreadRow)
Q_DECLARE_METATYPE(cumulet::NoticeRow)
