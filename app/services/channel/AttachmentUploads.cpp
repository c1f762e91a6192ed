#include "services/channel/AttachmentUploads.h"

#include "services/channel/ChannelIntake.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static bool isMissing(const Attachment &attachment)
{
    return attachment.media.isEmpty();
}

AttachmentUploads::AttachmentUploads(const ChannelParts &parts, ChannelIntake &intake, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_intake(intake)
{
}

bool AttachmentUploads::isNeeded(const OutgoingPost &post)
{
    return std::any_of(post.attachments.cbegin(), post.attachments.cend(), isMissing);
}

Future<Done> AttachmentUploads::uploadNext(const WaitingPost &waiting)
{
    const auto &attachments = waiting.post.attachments;
    const auto next = std::find_if(attachments.cbegin(), attachments.cend(), isMissing);
    if (next == attachments.cend()) {
        return ready(Done{});
    }
    if (!m_parts.media) {
        return failed<Done>({ErrorKind::Unsupported, u"nothing can be uploaded"_s});
    }
    const auto uploaded = m_parts.media->upload(
        next->row, waiting.post.node.channel(), m_parts.profile + u"/attachments/"_s + next->file, next->description);
    return andThen(uploaded, this, [this, row = next->row](const UploadedFile &file) { return note(row, file); });
}

Future<Done> AttachmentUploads::note(qint64 attachment, const UploadedFile &uploaded)
{
    const auto noted = uploaded.url.isEmpty() ? m_parts.store.noteUploaded(attachment, uploaded.media)
                                              : m_parts.store.noteLinked(attachment, uploaded.url);
    return andThen(noted, this, [this, uploaded](const PostChanges &changes) -> Result<Done> {
        if (changes.isEmpty() && !uploaded.media.isEmpty()) { // discarded meanwhile
            whenDone(m_parts.media->remove(uploaded.media), this, [](const Result<Done> &) {});
        }
        m_intake.tell(changes);
        return Done{};
    });
}

void AttachmentUploads::withdraw(const QList<Attachment> &attachments)
{
    if (!m_parts.media) {
        return;
    }
    for (const auto &attachment : attachments) {
        if (attachment.row > 0 && !attachment.media.isEmpty()) {
            // nobody can see it: if it cannot be deleted now, that is no news for the writer
            whenDone(m_parts.media->remove(attachment.media), this, [](const Result<Done> &) {});
        } else if (attachment.row > 0) {
            m_parts.media->cancelUpload(attachment.row);
        }
    }
}

Future<Done> AttachmentUploads::withdrawFor(const WaitingPost &waiting)
{
    if (waiting.post.attachments.isEmpty()) {
        return ready(Done{});
    }
    withdraw(waiting.post.attachments);
    return m_parts.store.forgetUploads(waiting.row);
}

} // namespace cumulet
