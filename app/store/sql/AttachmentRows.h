#pragma once

#include "domain/Post.h"
#include "store/sql/Connection.h"

#include <QList>

namespace cumulet {

/// Files on media servers as column post.media holds them: "channel id" lines.
QString mediaLines(const QList<Attachment> &attachments);
QList<Attachment> attachmentsIn(const QString &lines);

/// Files that wait with a post of ours, in the order in which they were added.
QList<Attachment> attachmentsOfPost(Connection &connection, PostRow post);
/// Files of a draft, in the order in which they were added.
QList<Attachment> attachmentsOfDraft(Connection &connection, ConversationId conversation, const ItemId &thread);

/// The files of a draft go with a post that was just written.
void giveAttachments(Connection &connection, const QList<Attachment> &attachments, PostRow post);
/// The service took the post: what was uploaded with it stays known by its address alone.
void settleAttachments(Connection &connection, PostRow post);
/// The post will not be sent: its files belong to a draft again.
void takeAttachmentsBack(Connection &connection, PostRow post, ConversationId conversation, const ItemId &thread);

} // namespace cumulet
