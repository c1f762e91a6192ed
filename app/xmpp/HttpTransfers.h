#pragma once

#include "domain/Async.h"

#include <QNetworkReply>
#include <QPointer>
#include <QSslCertificate>
#include <QUrl>

#include <functional>
#include <memory>

class QHttpMultiPart;
class QNetworkAccessManager;

namespace cumulet {

/// Requests of the web, each with bounds: bytes, 30 s of silence, redirects within the same origin only, no cookies.
class HttpTransfers : public QObject
{
    Q_OBJECT

public:
    /// An answer that will come, and the way to give it up.
    struct Transfer
    {
        Future<QByteArray> answer;
        QPointer<QNetworkReply> reply;
    };
    /// Set on a reply before it is aborted: nobody wants it any more.
    static constexpr auto givenUp = "cumuletGivenUp";
    using Progress = std::function<void(qint64 done, qint64 total)>;

    explicit HttpTransfers(const QList<QSslCertificate> &certificates, QObject *parent = nullptr);
    ~HttpTransfers() override;

    /// authorization: a whole header, may be empty. TooLarge: the answer has more than mostBytes.
    Transfer get(const QUrl &url, const QByteArray &authorization, qint64 mostBytes);
    Transfer post(const QUrl &url, const QByteArray &authorization, std::unique_ptr<QHttpMultiPart> form,
        const Progress &progress);
    Transfer remove(const QUrl &url, const QByteArray &authorization);
    QNetworkAccessManager *network() const { return m_network; }

private:
    Transfer follow(QNetworkReply *reply, qint64 mostBytes);

    QNetworkAccessManager *m_network;
};

} // namespace cumulet
