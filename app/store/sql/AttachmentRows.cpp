#include "store/sql/AttachmentRows.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace cumulet {

static const QString columns = u"id, file, name, media_type, size, description, media"_s;

static MediaAddress addressIn(const QString &line)
{
    const auto space = line.indexOf(u' ');
    return space < 0 ? MediaAddress{} : MediaAddress{Jid::fromTrusted(line.left(space)), line.sliced(space + 1)};
}

QString mediaLines(const QList<Attachment> &attachments)
{
    QStringList lines;
    for (const auto &attachment : attachments) {
        if (!attachment.media.isEmpty()) {
            lines += attachment.media.channel.text() + u' ' + attachment.media.id;
        }
    }
    return lines.join(u'\n');
}

QList<Attachment> attachmentsIn(const QString &lines)
{
    QList<Attachment> attachments;
    const auto split = lines.split(u'\n', Qt::SkipEmptyParts);
    for (const auto &line : split) {
        attachments += Attachment{.media = addressIn(line)};
    }
    return attachments;
}

static QList<Attachment> readAll(Statement &select)
{
    QList<Attachment> attachments;
    while (select.next()) {
        Attachment attachment;
        attachment.row = select.integer(0);
        attachment.file = select.text(1);
        attachment.description = {select.text(2), select.text(3), select.integer(4), select.text(5)};
        attachment.media = addressIn(select.text(6));
        attachments += attachment;
    }
    return attachments;
}

QList<Attachment> attachmentsOfPost(Connection &connection, PostRow post)
{
    auto select = connection.statement(u"SELECT "_s + columns + u" FROM attachment WHERE post = ? ORDER BY id"_s);
    select.run(post);
    return readAll(select);
}

QList<Attachment> attachmentsOfDraft(Connection &connection, ConversationId conversation, const ItemId &thread)
{
    auto select = connection.statement(
        u"SELECT "_s + columns + u" FROM attachment WHERE conversation = ? AND thread = ? ORDER BY id"_s);
    select.run(conversation, thread.text());
    return readAll(select);
}

void giveAttachments(Connection &connection, const QList<Attachment> &attachments, PostRow post)
{
    auto give = connection.statement(
        u"UPDATE attachment SET post = ?, conversation = NULL, thread = NULL WHERE id = ? AND post IS NULL"_s);
    for (const auto &attachment : attachments) {
        give.run(post, attachment.row);
    }
}

void settleAttachments(Connection &connection, PostRow post)
{
    const auto attachments = attachmentsOfPost(connection, post);
    if (attachments.isEmpty()) {
        return;
    }
    connection.statement(u"UPDATE post SET media = ? WHERE id = ?"_s).run(mediaLines(attachments), post);
    connection.statement(u"DELETE FROM attachment WHERE post = ?"_s).run(post);
}

void takeAttachmentsBack(Connection &connection, PostRow post, ConversationId conversation, const ItemId &thread)
{
    auto take = connection.statement(
        u"UPDATE attachment SET post = NULL, conversation = ?, thread = ?, media = NULL WHERE post = ?"_s);
    take.run(conversation, thread.text(), post);
}

} // namespace cumulet
