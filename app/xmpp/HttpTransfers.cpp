#include "xmpp/HttpTransfers.h"

#include <QHttpMultiPart>
#include <QNetworkAccessManager>
#include <QNetworkCookieJar>
#include <QNetworkRequest>
#include <QSslConfiguration>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace cumulet {

namespace {

constexpr auto silence = 30s;
constexpr qint64 longestWord = 64 * 1024; // bytes of an answer that is no file

// Trusts the certificates that the stream trusts, and keeps no cookies.
class Network : public QNetworkAccessManager
{
public:
    Network(const QList<QSslCertificate> &certificates, QObject *parent)
        : QNetworkAccessManager(parent)
        , m_security(QSslConfiguration::defaultConfiguration())
    {
        m_security.addCaCertificates(certificates);
    }

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &asked, QIODevice *data) override
    {
        QNetworkRequest request(asked);
        request.setSslConfiguration(m_security);
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::SameOriginRedirectPolicy);
        request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
        request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
        request.setMaximumRedirectsAllowed(3);
        request.setTransferTimeout(silence);
        request.setRawHeader("Accept-Encoding", "identity"); // nothing that unfolds to more than it says
        return QNetworkAccessManager::createRequest(operation, request, data);
    }

private:
    QSslConfiguration m_security;
};

QNetworkRequest requestFor(const QUrl &url, const QByteArray &authorization)
{
    QNetworkRequest request(url);
    if (!authorization.isEmpty()) {
        request.setRawHeader("Authorization", authorization);
    }
    return request;
}

ErrorKind kindOf(int status)
{
    switch (status) {
    case 401:
    case 403:
        return ErrorKind::NotAllowed;
    case 404:
    case 410:
        return ErrorKind::NotFound;
    case 413:
        return ErrorKind::TooLarge;
    case 429:
        return ErrorKind::SlowDown;
    case 502:
    case 503:
    case 504:
        return ErrorKind::Unreachable;
    default:
        return ErrorKind::Rejected;
    }
}

Error errorOf(const QNetworkReply &reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QString detail = u"HTTP %1 %2"_s.arg(status).arg(reply.errorString());
    if (status >= 400) {
        return {kindOf(status), detail};
    }
    switch (reply.error()) {
    case QNetworkReply::OperationCanceledError: // by us, or after the silence
        return {reply.property(HttpTransfers::givenUp).toBool() ? ErrorKind::Canceled : ErrorKind::Timeout, detail};
    case QNetworkReply::TimeoutError:
        return {ErrorKind::Timeout, detail};
    default:
        return {ErrorKind::Unreachable, detail};
    }
}

} // namespace

HttpTransfers::HttpTransfers(const QList<QSslCertificate> &certificates, QObject *parent)
    : QObject(parent)
    , m_network(new Network(certificates, this))
{
    m_network->setAutoDeleteReplies(true);
}

HttpTransfers::~HttpTransfers() = default;

HttpTransfers::Transfer HttpTransfers::follow(QNetworkReply *reply, qint64 mostBytes)
{
    const auto promise = std::make_shared<QPromise<Result<QByteArray>>>();
    promise->start();
    const auto isTooLarge = std::make_shared<bool>(false);
    connect(reply, &QNetworkReply::downloadProgress, this, [reply, isTooLarge, mostBytes](qint64 done, qint64 total) {
        if ((done > mostBytes || total > mostBytes) && !*isTooLarge) {
            *isTooLarge = true;
            reply->abort();
        }
    });
    connect(reply, &QNetworkReply::finished, this, [reply, promise, isTooLarge, mostBytes] {
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (*isTooLarge) {
            promise->addResult(Error{ErrorKind::TooLarge, u"more than %1 bytes"_s.arg(mostBytes)});
        } else if (reply->error() != QNetworkReply::NoError || status < 200 || status > 299) {
            promise->addResult(errorOf(*reply));
        } else {
            promise->addResult(reply->read(mostBytes));
        }
        promise->finish();
    });
    return {promise->future(), reply};
}

HttpTransfers::Transfer HttpTransfers::get(const QUrl &url, const QByteArray &authorization, qint64 mostBytes)
{
    return follow(m_network->get(requestFor(url, authorization)), mostBytes);
}

HttpTransfers::Transfer HttpTransfers::post(
    const QUrl &url, const QByteArray &authorization, std::unique_ptr<QHttpMultiPart> form, const Progress &progress)
{
    QNetworkReply *reply = m_network->post(requestFor(url, authorization), form.get());
    form.release()->setParent(reply);
    connect(reply, &QNetworkReply::uploadProgress, this, progress);
    return follow(reply, longestWord);
}

HttpTransfers::Transfer HttpTransfers::remove(const QUrl &url, const QByteArray &authorization)
{
    return follow(m_network->deleteResource(requestFor(url, authorization)), longestWord);
}

} // namespace cumulet
