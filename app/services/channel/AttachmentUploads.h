#pragma once

#include "services/channel/ChannelParts.h"

#include <QObject>

namespace cumulet {

class ChannelIntake;

/// Brings the files of a waiting post to where they will lie, one after the other, before the post is published
/// (buddycloud.md 7.2). Each is noted in the store when it is there, so that a restart goes on with the next.
class AttachmentUploads : public QObject
{
    Q_OBJECT

public:
    AttachmentUploads(const ChannelParts &parts, ChannelIntake &intake, QObject *parent = nullptr);

    /// Whether a file of that post is not on its server yet.
    static bool isNeeded(const OutgoingPost &post);
    /// Uploads the next file of the post.
    Future<Done> uploadNext(const WaitingPost &waiting);
    /// The post will not be published: what was uploaded for it is deleted, what is under way is given up.
    void withdraw(const QList<Attachment> &attachments);
    /// The same for a post that stays, to be sent again some day: its files have to be uploaded anew then.
    Future<Done> withdrawFor(const WaitingPost &waiting);

private:
    Future<Done> note(qint64 attachment, const UploadedFile &uploaded);

    ChannelParts m_parts;
    ChannelIntake &m_intake;
};

} // namespace cumulet
