#include "xmpp/XmppMediaWire.h"

#include "xmpp/MediaAnswers.h"
#include "xmpp/StanzaListener.h"
#include "xmpp/XmppSession.h"

#include <QXmppClient.h>
#include <QXmppHttpUploadManager.h>
#include <QXmppUploadRequestManager.h>

#include <QFile>
#include <QHttpMultiPart>
#include <QMimeDatabase>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace cumulet {

namespace {

constexpr auto discoLimit = 10s;
constexpr auto absence = 1h; // how long a domain counts as one without a media server
constexpr qint64 longestDescription = 64 * 1024;

QUrl urlOf(const QUrl &endpoint, const MediaAddress &address, const QString &addition = {})
{
    const auto part = [](const QString &text) { return QUrl::toPercentEncoding(text, "@"); };
    QByteArray url = endpoint.toEncoded() + '/' + part(address.channel.text());
    if (!address.id.isEmpty()) {
        url += '/' + part(address.id);
    }
    return QUrl::fromEncoded(url + addition.toLatin1(), QUrl::StrictMode);
}

QHttpPart textPart(const QString &name, const QString &value)
{
    QHttpPart part;
    part.setHeader(QNetworkRequest::ContentDispositionHeader, u"form-data; name=\"%1\""_s.arg(name));
    part.setBody(value.toUtf8());
    return part;
}

// buddycloud.md 7.2; null when the file cannot be read
std::unique_ptr<QHttpMultiPart> formOf(const QString &path, const MediaDescription &description)
{
    auto form = std::make_unique<QHttpMultiPart>(QHttpMultiPart::FormDataType);
    auto *file = new QFile(path, form.get());
    if (!file->open(QIODevice::ReadOnly)) {
        return nullptr;
    }
    form->append(textPart(u"filename"_s, description.name));
    form->append(textPart(u"content-type"_s, description.mediaType));
    form->append(textPart(u"content-length"_s, QString::number(file->size())));
    if (!description.text.isEmpty()) {
        form->append(textPart(u"title"_s, description.text));
        form->append(textPart(u"description"_s, description.text));
    }
    QHttpPart data;
    data.setHeader(QNetworkRequest::ContentTypeHeader, description.mediaType);
    data.setHeader(QNetworkRequest::ContentDispositionHeader,
        u"form-data; name=\"data\"; filename=\"%1\""_s.arg(QString(description.name).remove(u'"').remove(u'\\')));
    data.setBodyDevice(file);
    form->append(data);
    return form;
}

Error noServer()
{
    return {ErrorKind::Unsupported, u"no media server"_s};
}

} // namespace

XmppMediaWire::XmppMediaWire(XmppSession *session, const QList<QSslCertificate> &certificates, QObject *parent)
    : MediaWire(parent)
    , m_session(session)
    , m_requests(
          session->client(),
          [client = session->client()](const QXmppStanza &stanza) { return client->sendPacket(stanza); }, nullptr)
    , m_confirmations(session->client())
    , m_http(certificates)
    , m_storage(new QXmppHttpUploadManager(m_http.network()))
{
    auto *client = session->client();
    client->addNewExtension<QXmppUploadRequestManager>();
    client->addExtension(m_storage);
    client->insertExtension(
        0, new StanzaListener(this, [this](const QDomElement &stanza) { return m_requests.take(stanza); }));
}

XmppMediaWire::~XmppMediaWire() = default;

bool XmppMediaWire::isOwnDomain(const Jid &domain) const
{
    const QString own = m_session->boundJid().domain();
    return !own.isEmpty() && (domain.domain() == own || domain.domain().endsWith(u'.' + own));
}

Future<MediaPlaces> XmppMediaWire::placesOf(const Jid &domain)
{
    const auto known = m_known.constFind(domain);
    if (known != m_known.constEnd() && !known->until.hasExpired()) {
        return ready(known->places);
    }
    if (domain.isEmpty() || !m_session->client()->isConnected()) {
        return failed<MediaPlaces>({ErrorKind::Offline, u"not connected"_s});
    }
    return m_searches.once(domain, this, [this, domain] { return searchAndNote(domain); });
}

// A topics domain has no services of its own: those of the domain above it serve it.
Future<MediaPlaces> XmppMediaWire::search(const Jid &domain)
{
    auto *first = new MediaSearch(&m_requests, isOwnDomain(domain), discoLimit);
    return andThen(first->start(domain), this, [this, domain](const MediaPlaces &places) -> Future<MediaPlaces> {
        const QString above = domain.domain().section(u'.', 1);
        if (!places.mediaServer.isEmpty() || !above.contains(u'.')) {
            return ready(places);
        }
        const Jid parent = Jid::fromTrusted(above);
        auto *second = new MediaSearch(&m_requests, isOwnDomain(parent), discoLimit);
        return second->start(parent);
    });
}

Future<MediaPlaces> XmppMediaWire::searchAndNote(const Jid &domain)
{
    return andThen(search(domain), this, [this, domain](const MediaPlaces &found) -> Result<MediaPlaces> {
        const bool isThere = !found.mediaServer.isEmpty();
        m_known.insert(domain, {found, isThere ? QDeadlineTimer(QDeadlineTimer::Forever) : QDeadlineTimer(absence)});
        return found;
    });
}

Future<MediaPlaces> XmppMediaWire::serverOf(const Jid &channel)
{
    const auto places = placesOf(Jid::fromTrusted(channel.domain()));
    return andThen(places, this, [](const MediaPlaces &found) -> Result<MediaPlaces> {
        return found.mediaServer.isEmpty() ? Result<MediaPlaces>(noServer()) : Result<MediaPlaces>(found);
    });
}

Future<UploadPlace> XmppMediaWire::uploadPlace()
{
    const auto places = placesOf(Jid::fromTrusted(m_session->boundJid().domain()));
    return andThen(places, this, [](const MediaPlaces &found) -> Result<UploadPlace> {
        if (!found.mediaServer.isEmpty()) {
            return UploadPlace{UploadPlace::MediaServer, largestFile};
        }
        if (!found.webStorage.isEmpty()) {
            const qint64 largest = found.largest > 0 ? std::min(found.largest, largestFile) : largestFile;
            return UploadPlace{UploadPlace::WebStorage, largest};
        }
        return UploadPlace{};
    });
}

QByteArray XmppMediaWire::authorize(const QString &transaction) const
{
    const QByteArray token = (m_session->boundJid().text() + u':' + transaction).toUtf8();
    return "Basic " + token.toBase64(QByteArray::Base64UrlEncoding);
}

Future<QByteArray> XmppMediaWire::getWithToken(const MediaPlaces &places, const QUrl &url, qint64 mostBytes)
{
    const QString transaction = m_confirmations.expect(places.mediaServer);
    auto transfer = m_http.get(url, authorize(transaction), mostBytes);
    return eitherWay(transfer.answer, this, [this, transaction](const Result<QByteArray> &answer) {
        m_confirmations.forget(transaction);
        return answer;
    });
}

Future<QByteArray> XmppMediaWire::get(const MediaAddress &address, const QString &addition, qint64 mostBytes)
{
    return andThen(serverOf(address.channel), this,
        [this, address, addition, mostBytes](const MediaPlaces &places) -> Future<QByteArray> {
            const QUrl url = urlOf(places.endpoint, address, addition);
            if (m_closed.contains(address.channel) && m_session->client()->isConnected()) {
                return getWithToken(places, url, mostBytes);
            }
            auto transfer = m_http.get(url, {}, mostBytes);
            return eitherWay(transfer.answer, this,
                [this, address, places, url, mostBytes](const Result<QByteArray> &answer) -> Future<QByteArray> {
                    const bool wantsToken = !answer && answer.error().kind == ErrorKind::NotAllowed;
                    if (!wantsToken || !m_session->client()->isConnected()) {
                        return QtFuture::makeReadyValueFuture(answer);
                    }
                    m_closed.insert(address.channel);
                    return getWithToken(places, url, mostBytes);
                });
        });
}

Future<MediaDescription> XmppMediaWire::describe(const MediaAddress &address)
{
    return andThen(get(address, u"/metadata"_s, longestDescription), this,
        [](const QByteArray &json) { return readMediaDescription(json); });
}

Future<QByteArray> XmppMediaWire::fetch(const MediaAddress &address, int mostPixels, qint64 mostBytes)
{
    const QString addition = mostPixels > 0 ? u"?maxheight=%1&maxwidth=%1"_s.arg(mostPixels) : QString();
    return get(address, addition, mostBytes);
}

Future<UploadedFile> XmppMediaWire::upload(
    qint64 id, const Jid &channel, const QString &path, const MediaDescription &description)
{
    const auto own = placesOf(Jid::fromTrusted(m_session->boundJid().domain()));
    return andThen(
        own, this, [this, id, channel, path, description](const MediaPlaces &places) -> Future<UploadedFile> {
            if (!places.mediaServer.isEmpty()) {
                return uploadToServer(id, places, channel, path, description);
            }
            if (!places.webStorage.isEmpty()) {
                return uploadToStorage(id, places, path, description);
            }
            return failed<UploadedFile>(noServer());
        });
}

Future<UploadedFile> XmppMediaWire::uploadToServer(
    qint64 id, const MediaPlaces &places, const Jid &channel, const QString &path, const MediaDescription &description)
{
    auto form = formOf(path, description);
    if (!form) {
        return failed<UploadedFile>({ErrorKind::NotFound, u"the file cannot be read"_s});
    }
    const QString transaction = m_confirmations.expect(places.mediaServer);
    auto transfer = m_http.post(urlOf(places.endpoint, {channel, {}}), authorize(transaction), std::move(form),
        [this, id](qint64 done, qint64 total) { Q_EMIT uploadProgressed(id, done, total); });
    m_cancels.insert(id, [reply = transfer.reply] {
        if (reply) {
            reply->setProperty(HttpTransfers::givenUp, true);
            reply->abort();
        }
    });
    return eitherWay(transfer.answer, this,
        [this, id, transaction, channel](const Result<QByteArray> &answer) -> Result<UploadedFile> {
            m_confirmations.forget(transaction);
            m_cancels.remove(id);
            if (!answer) {
                return answer.error();
            }
            const auto media = readUploadedMedia(*answer, channel);
            return media ? Result<UploadedFile>(UploadedFile{*media, {}}) : Result<UploadedFile>(media.error());
        });
}

Future<UploadedFile> XmppMediaWire::uploadToStorage(
    qint64 id, const MediaPlaces &places, const QString &path, const MediaDescription &description)
{
    auto file = std::make_unique<QFile>(path);
    if (!file->open(QIODevice::ReadOnly)) {
        return failed<UploadedFile>({ErrorKind::NotFound, u"the file cannot be read"_s});
    }
    if (places.largest > 0 && file->size() > places.largest) {
        return failed<UploadedFile>({ErrorKind::TooLarge, u"more than %1 bytes"_s.arg(places.largest)});
    }
    const qint64 size = file->size();
    const auto mediaType = QMimeDatabase().mimeTypeForName(description.mediaType);
    const auto upload =
        m_storage->uploadFile(std::move(file), description.name, mediaType, size, places.webStorage.text());
    const auto promise = std::make_shared<QPromise<Result<UploadedFile>>>();
    promise->start();
    m_cancels.insert(id, [weak = std::weak_ptr(upload)] {
        if (const auto running = weak.lock()) {
            running->cancel();
        }
    });
    connect(upload.get(), &QXmppHttpUpload::progressChanged, this, [this, id, running = upload.get()] {
        Q_EMIT uploadProgressed(id, qint64(running->bytesSent()), qint64(running->bytesTotal()));
    });
    connect(upload.get(), &QXmppHttpUpload::finished, this, [this, id, promise](const QXmppHttpUpload::Result &result) {
        m_cancels.remove(id);
        if (const auto *url = std::get_if<QUrl>(&result)) {
            promise->addResult(UploadedFile{{}, QString::fromLatin1(url->toEncoded())});
        } else if (const auto *error = std::get_if<QXmppError>(&result)) {
            promise->addResult(toError(*error));
        } else {
            promise->addResult(Error{ErrorKind::Canceled, {}});
        }
        promise->finish();
    });
    return promise->future();
}

void XmppMediaWire::cancelUpload(qint64 id)
{
    if (const auto cancel = m_cancels.take(id)) {
        cancel();
    }
}

Future<Done> XmppMediaWire::remove(const MediaAddress &address)
{
    return andThen(serverOf(address.channel), this, [this, address](const MediaPlaces &places) -> Future<Done> {
        const QString transaction = m_confirmations.expect(places.mediaServer);
        auto transfer = m_http.remove(urlOf(places.endpoint, address), authorize(transaction));
        return eitherWay(transfer.answer, this, [this, transaction](const Result<QByteArray> &answer) -> Result<Done> {
            m_confirmations.forget(transaction);
            return answer ? Result<Done>(Done{}) : Result<Done>(answer.error());
        });
    });
}

} // namespace cumulet
