// What ChannelStore knows of files that wait.
#include "store/ChannelStore.h"

#include "store/Database.h"
#include "store/sql/AttachmentRows.h"
#include "store/sql/PostRows.h"
#include "store/sql/SearchIndex.h"

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int mostOfDraft = 10;

// the thread that a waiting file of ours is shown in has changed
static PostChanges changesAround(Connection &connection, qint64 attachment)
{
    PostChangeList changes;
    auto select = connection.statement(u"SELECT p.channel, coalesce(p.thread, p.id) FROM attachment a "
                                       "JOIN post p ON p.id = a.post WHERE a.id = ?"_s);
    if (select.run(attachment) && select.next()) {
        changes.changeThread(select.integer(0), select.integer(1));
    }
    connection
        .statement(u"UPDATE post SET revision = revision + 1 WHERE id = (SELECT post FROM attachment WHERE id = ?)"_s)
        .run(attachment);
    return changes.finish(connection);
}

Future<Attachment> ChannelStore::attach(ConversationId conversation, const ItemId &thread, const Attachment &attachment)
{
    return m_database.run<Attachment>(
        [=](Connection &connection) -> Result<Attachment> {
            if (attachmentsOfDraft(connection, conversation, thread).size() >= mostOfDraft) {
                return Error{ErrorKind::TooLarge, u"more files than a post can have"_s};
            }
            auto insert = connection.statement(
                u"INSERT INTO attachment (conversation, thread, file, name, media_type, size, description) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)"_s);
            const auto &about = attachment.description;
            insert.run(
                conversation, thread.text(), attachment.file, about.name, about.mediaType, about.size, about.text);
            Attachment stored = attachment;
            stored.row = insert.insertedRow();
            return stored;
        },
        Database::Safety::Power);
}

Future<QList<Attachment>> ChannelStore::draftAttachments(ConversationId conversation, const ItemId &thread)
{
    return m_database.run<QList<Attachment>>([=](Connection &connection) -> Result<QList<Attachment>> {
        return attachmentsOfDraft(connection, conversation, thread);
    });
}

Future<Done> ChannelStore::describeAttachment(qint64 attachment, const QString &text)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        connection.statement(u"UPDATE attachment SET description = ? WHERE id = ?"_s).run(text, attachment);
        return Done{};
    });
}

Future<Done> ChannelStore::detach(qint64 attachment)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        connection.statement(u"DELETE FROM attachment WHERE id = ? AND post IS NULL"_s).run(attachment);
        return Done{};
    });
}

Future<QSet<QString>> ChannelStore::attachmentFiles()
{
    return m_database.run<QSet<QString>>([=](Connection &connection) -> Result<QSet<QString>> {
        QSet<QString> files;
        auto select = connection.statement(u"SELECT file FROM attachment"_s);
        select.run();
        while (select.next()) {
            files += select.text(0);
        }
        return files;
    });
}

Future<PostChanges> ChannelStore::noteUploaded(qint64 attachment, const MediaAddress &media)
{
    return m_database.run<PostChanges>([=](Connection &connection) -> Result<PostChanges> {
        const QString line = media.channel.text() + u' ' + media.id;
        connection.statement(u"UPDATE attachment SET media = ? WHERE id = ?"_s).run(line, attachment);
        return changesAround(connection, attachment);
    });
}

Future<PostChanges> ChannelStore::noteLinked(qint64 attachment, const QString &url)
{
    return m_database.run<PostChanges>([=](Connection &connection) -> Result<PostChanges> {
        auto select = connection.statement(u"SELECT post FROM attachment WHERE id = ? AND post IS NOT NULL"_s);
        if (!select.run(attachment) || !select.next()) {
            return PostChanges{};
        }
        const PostRow post = select.integer(0);
        connection
            .statement(u"UPDATE post SET body = CASE body WHEN '' THEN ? ELSE body || char(10) || ? END WHERE id = ?"_s)
            .run(url, url, post);
        indexSoon(connection, post, true);
        const auto changes = changesAround(connection, attachment);
        connection.statement(u"DELETE FROM attachment WHERE id = ?"_s).run(attachment);
        return changes;
    });
}

Future<Done> ChannelStore::forgetUploads(PostRow post)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        connection.statement(u"UPDATE attachment SET media = NULL WHERE post = ?"_s).run(post);
        return Done{};
    });
}

} // namespace cumulet
