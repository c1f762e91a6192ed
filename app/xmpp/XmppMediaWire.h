#pragma once

#include "domain/SharedAnswers.h"
#include "wire/MediaWire.h"
#include "xmpp/HttpTransfers.h"
#include "xmpp/MediaConfirmations.h"
#include "xmpp/MediaSearch.h"

#include <QDeadlineTimer>
#include <QSet>

class QXmppHttpUpload;
class QXmppHttpUploadManager;

namespace cumulet {

class XmppSession;

/// MediaWire over HTTP: servers are found by service discovery and remembered for the session, one that is not there for
/// an hour. In closed channels and for changes a request carries a token that the server asks us about over XMPP.
class XmppMediaWire : public MediaWire
{
    Q_OBJECT

public:
    explicit XmppMediaWire(XmppSession *session, const QList<QSslCertificate> &certificates, QObject *parent = nullptr);
    ~XmppMediaWire() override;

    Future<UploadPlace> uploadPlace() override;
    Future<UploadedFile> upload(
        qint64 id, const Jid &channel, const QString &path, const MediaDescription &description) override;
    void cancelUpload(qint64 id) override;
    Future<Done> remove(const MediaAddress &address) override;
    Future<MediaDescription> describe(const MediaAddress &address) override;
    Future<QByteArray> fetch(const MediaAddress &address, int mostPixels, qint64 mostBytes) override;

private:
    struct Known
    {
        MediaPlaces places;
        QDeadlineTimer until;
    };

    Future<MediaPlaces> placesOf(const Jid &domain);
    Future<MediaPlaces> search(const Jid &domain);
    Future<MediaPlaces> serverOf(const Jid &channel);
    Future<MediaPlaces> searchAndNote(const Jid &domain);
    bool isOwnDomain(const Jid &domain) const;
    Future<QByteArray> get(const MediaAddress &address, const QString &addition, qint64 mostBytes);
    Future<QByteArray> getWithToken(const MediaPlaces &places, const QUrl &url, qint64 mostBytes);
    Future<UploadedFile> uploadToServer(qint64 id, const MediaPlaces &places, const Jid &channel, const QString &path,
        const MediaDescription &description);
    Future<UploadedFile> uploadToStorage(
        qint64 id, const MediaPlaces &places, const QString &path, const MediaDescription &description);
    QByteArray authorize(const QString &transaction) const;

    XmppSession *m_session;
    PubsubRequests m_requests;
    MediaConfirmations m_confirmations;
    HttpTransfers m_http;
    QXmppHttpUploadManager *m_storage;
    QHash<Jid, Known> m_known;
    SharedAnswers<Jid, MediaPlaces> m_searches;
    QSet<Jid> m_closed; // channels whose files want a token
    QHash<qint64, std::function<void()>> m_cancels;
};

} // namespace cumulet
