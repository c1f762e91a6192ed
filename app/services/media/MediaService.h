#pragma once

#include "domain/Async.h"
#include "domain/Identifier.h"
#include "domain/Media.h"
#include "domain/NodeId.h"
#include "services/media/MediaFiles.h"
#include "wire/MediaWire.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace cumulet {

class ChannelStore;

/// Pictures and files of channels: those of others from media servers, with what was fetched before kept on disk, and
/// those that we attach to drafts. Sending them is the outbox's.
class MediaService : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 largestPreview = 8 * 1024 * 1024; ///< bytes
    static constexpr int previewPixels = 1024;

    /// profile: where copies are kept; empty: nothing can be attached.
    MediaService(MediaWire &wire, ChannelStore &store, const QString &profile, QObject *parent = nullptr);

    // ---- of others
    /// What is known of a file without asking.
    std::optional<MediaDescription> known(const MediaAddress &address) const;
    Future<MediaDescription> describe(const MediaAddress &address);
    /// Bytes of a picture of it, at most previewPixels wide and high.
    Future<QByteArray> preview(const MediaAddress &address);
    /// The file itself.
    Future<QByteArray> file(const MediaAddress &address);
    /// The picture of a channel.
    Future<QByteArray> channelPicture(const Jid &channel) { return m_wire.fetchAvatar(channel, 256); }

    // ---- of ours, before they are sent
    /// Unsupported: there is no place for files. Offline: not known before we are connected.
    Future<UploadPlace> uploadPlace();
    /// Adds a copy of a file to a draft. TooLarge, NotFound, Storage.
    Future<Attachment> attachFile(
        ConversationId conversation, const ItemId &thread, const QString &path, const MediaDescription &description);
    Future<Attachment> attachBytes(ConversationId conversation, const ItemId &thread, const QByteArray &bytes,
        const MediaDescription &description);
    Future<QList<Attachment>> draft(ConversationId conversation, const ItemId &thread);
    Future<Done> describeAttachment(qint64 attachment, const QString &text);
    Future<Done> detach(qint64 attachment);
    QString pathOf(const Attachment &attachment) const { return m_files.pathOf(attachment.file); }
    /// How much of an upload is done, 0 to 100; -1: it does not run.
    int progressOf(qint64 attachment) const { return m_progress.value(attachment, -1); }

Q_SIGNALS:
    void progressed(qint64 attachment);

private:
    Future<QByteArray> cachedOr(const QString &name, const std::function<Future<QByteArray>()> &ask);
    Future<Attachment> add(ConversationId conversation, const ItemId &thread, const Future<MediaFiles::Kept> &copied,
        const MediaDescription &description);
    void note(const MediaAddress &address, const MediaDescription &description);

    MediaWire &m_wire;
    ChannelStore &m_store;
    MediaFiles m_files;
    QHash<QString, MediaDescription> m_known;
    QHash<qint64, int> m_progress;
};

} // namespace cumulet
