#include "services/media/MediaService.h"

#include "store/ChannelStore.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qsizetype mostKnown = 5000;

static QString nameOf(const MediaAddress &address)
{
    return address.channel.text() + u'/' + address.id;
}

static QByteArray toJson(const MediaDescription &description)
{
    const QJsonObject object{{u"name"_s, description.name}, {u"type"_s, description.mediaType},
        {u"size"_s, description.size}, {u"text"_s, description.text}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

static MediaDescription fromJson(const QByteArray &json)
{
    const auto object = QJsonDocument::fromJson(json).object();
    return {object.value(u"name"_s).toString(), object.value(u"type"_s).toString(),
        object.value(u"size"_s).toInteger(-1), object.value(u"text"_s).toString()};
}

MediaService::MediaService(MediaWire &wire, ChannelStore &store, const QString &profile, QObject *parent)
    : QObject(parent)
    , m_wire(wire)
    , m_store(store)
    , m_files(profile)
{
    connect(&wire, &MediaWire::uploadProgressed, this, [this](qint64 id, qint64 sent, qint64 total) {
        const int percent = total > 0 ? int(100 * sent / total) : 0;
        if (progressOf(id) != percent) {
            m_progress.insert(id, percent);
            Q_EMIT progressed(id);
        }
    });
    if (m_files.canKeep()) {
        whenDone(store.attachmentFiles(), this, [this](const Result<QSet<QString>> &needed) {
            if (needed) {
                m_files.sweep(*needed);
            }
        });
    }
}

std::optional<MediaDescription> MediaService::known(const MediaAddress &address) const
{
    const auto found = m_known.constFind(nameOf(address));
    return found == m_known.constEnd() ? std::nullopt : std::optional(*found);
}

void MediaService::note(const MediaAddress &address, const MediaDescription &description)
{
    if (m_known.size() >= mostKnown) {
        m_known.clear(); // they are still on disk
    }
    m_known.insert(nameOf(address), description);
}

Future<MediaDescription> MediaService::describe(const MediaAddress &address)
{
    if (const auto found = known(address)) {
        return ready(*found);
    }
    const QString name = nameOf(address) + u"/description"_s;
    return eitherWay(
        m_files.cached(name), this, [this, address, name](const Result<QByteArray> &kept) -> Future<MediaDescription> {
            if (kept) {
                note(address, fromJson(*kept));
                return ready(fromJson(*kept));
            }
            return andThen(m_wire.describe(address), this,
                [this, address, name](const MediaDescription &description) -> Result<MediaDescription> {
                    note(address, description);
                    m_files.cache(name, toJson(description));
                    return description;
                });
        });
}

Future<QByteArray> MediaService::cachedOr(const QString &name, const std::function<Future<QByteArray>()> &ask)
{
    return eitherWay(
        m_files.cached(name), this, [this, name, ask](const Result<QByteArray> &kept) -> Future<QByteArray> {
            if (kept) {
                return ready(*kept);
            }
            return andThen(ask(), this, [this, name](const QByteArray &bytes) -> Result<QByteArray> {
                m_files.cache(name, bytes);
                return bytes;
            });
        });
}

Future<QByteArray> MediaService::preview(const MediaAddress &address)
{
    return cachedOr(nameOf(address) + u"/preview"_s,
        [this, address] { return m_wire.fetch(address, previewPixels, largestPreview); });
}

Future<QByteArray> MediaService::file(const MediaAddress &address)
{
    return m_wire.fetch(address, 0, MediaWire::largestFile);
}

Future<UploadPlace> MediaService::uploadPlace()
{
    if (!m_files.canKeep()) {
        return ready(UploadPlace{});
    }
    return m_wire.uploadPlace();
}

Future<Attachment> MediaService::attachFile(
    ConversationId conversation, const ItemId &thread, const QString &path, const MediaDescription &description)
{
    return add(conversation, thread, m_files.copy(path, MediaWire::largestFile), description);
}

Future<Attachment> MediaService::attachBytes(
    ConversationId conversation, const ItemId &thread, const QByteArray &bytes, const MediaDescription &description)
{
    if (bytes.size() > MediaWire::largestFile) {
        return failed<Attachment>({ErrorKind::TooLarge, u"more than a media server takes"_s});
    }
    return add(conversation, thread, m_files.keep(bytes), description);
}

// The copy is there before the draft names it.
Future<Attachment> MediaService::add(ConversationId conversation, const ItemId &thread,
    const Future<MediaFiles::Kept> &copied, const MediaDescription &description)
{
    return andThen(copied, this, [this, conversation, thread, description](const MediaFiles::Kept &file) {
        Attachment attachment;
        attachment.file = file.name;
        attachment.description = description;
        attachment.description.size = file.size;
        return m_store.attach(conversation, thread, attachment);
    });
}

Future<QList<Attachment>> MediaService::draft(ConversationId conversation, const ItemId &thread)
{
    return m_store.draftAttachments(conversation, thread);
}

Future<Done> MediaService::describeAttachment(qint64 attachment, const QString &text)
{
    return m_store.describeAttachment(attachment, text);
}

Future<Done> MediaService::detach(qint64 attachment)
{
    return m_store.detach(attachment);
}

} // namespace cumulet
