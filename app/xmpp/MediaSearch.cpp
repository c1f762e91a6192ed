#include "xmpp/MediaSearch.h"

#include "xmpp/PubsubAnswers.h"
#include "xmpp/PubsubElements.h"
#include "xmpp/PubsubPayloads.h"

#include <QHostAddress>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace cumulet {

namespace {

constexpr qsizetype mostServices = 50;
constexpr qsizetype mostForms = 10;
constexpr auto grace = 500ms; // for the other place once one is found: topics domains are silent
constexpr qsizetype longestEndpoint = 1024;

bool isThisMachine(const QString &host)
{
    return host == "localhost"_L1 || QHostAddress(host).isLoopback();
}

// the form of that type
ChannelSettings formOf(const QDomElement &iq, QLatin1StringView type)
{
    for (const auto &form : childrenNamed(childNamed(iq, u"query"), u"x", mostForms)) {
        auto fields = readForm(form);
        if (fields.value(u"FORM_TYPE"_s) == type) {
            return fields;
        }
    }
    return {};
}

bool isWebStorage(const QDomElement &iq)
{
    const auto features = childrenNamed(childNamed(iq, u"query"), u"feature", 500);
    return std::any_of(features.cbegin(), features.cend(),
        [](const QDomElement &feature) { return feature.attribute(u"var"_s) == "urn:xmpp:http:upload:0"_L1; });
}

} // namespace

std::optional<QUrl> mediaEndpoint(const QDomElement &iq, bool isOwn)
{
    QString text = formOf(iq, "http://buddycloud.org/v1/api"_L1).value(u"endpoint"_s).trimmed();
    while (text.endsWith(u'/')) {
        text.chop(1);
    }
    const QUrl url(text, QUrl::StrictMode);
    const bool isWhole = text.size() <= longestEndpoint && url.isValid() && !url.host().isEmpty()
        && url.userInfo().isEmpty() && !url.hasQuery() && !url.hasFragment();
    const bool isSafe = url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isOwn && isThisMachine(url.host()));
    return isWhole && isSafe ? std::optional(url) : std::nullopt;
}

MediaSearch::MediaSearch(PubsubRequests *requests, bool isOwn, std::chrono::milliseconds limit)
    : QObject(requests)
    , m_requests(requests)
    , m_isOwn(isOwn)
    , m_limit(limit)
{
    m_promise.start();
    m_grace.setSingleShot(true);
    m_grace.setInterval(grace);
    connect(&m_grace, &QTimer::timeout, this, [this] { finish(m_found); });
}

Future<MediaPlaces> MediaSearch::start(const Jid &domain)
{
    auto answer = m_promise.future();
    whenDone(m_requests->request(domain, QXmppIq::Get, payload::discoItems(), m_limit), this,
        [this](const Result<QDomElement> &items) { takeItems(items); });
    return answer;
}

void MediaSearch::takeItems(const Result<QDomElement> &answer)
{
    if (!answer) {
        const auto kind = answer.error().kind;
        const bool isUnsure = kind == ErrorKind::Offline || kind == ErrorKind::Timeout || kind == ErrorKind::Canceled;
        finish(isUnsure ? Result<MediaPlaces>(answer.error()) : Result<MediaPlaces>(MediaPlaces{}));
        return;
    }
    const auto services = readServices(*answer, mostServices);
    m_open = services.size();
    for (const auto &jid : services) {
        whenDone(m_requests->request(jid, QXmppIq::Get, payload::discoInfo(), m_limit), this,
            [this, jid](const Result<QDomElement> &info) { takeInfo(jid, info); });
    }
    if (services.isEmpty()) {
        finish(m_found);
    }
}

void MediaSearch::takeInfo(const Jid &jid, const Result<QDomElement> &answer)
{
    --m_open;
    if (!answer && answer.error().kind == ErrorKind::Offline) {
        m_failure = answer.error();
        m_isUnsure = true;
    }
    if (answer && m_found.mediaServer.isEmpty()) {
        if (const auto endpoint = mediaEndpoint(*answer, m_isOwn)) {
            m_found.mediaServer = jid;
            m_found.endpoint = *endpoint;
        }
    }
    if (answer && m_found.webStorage.isEmpty() && isWebStorage(*answer)) {
        m_found.webStorage = jid;
        m_found.largest =
            std::max<qint64>(0, formOf(*answer, "urn:xmpp:http:upload:0"_L1).value(u"max-file-size"_s).toLongLong());
    }
    decide();
}

void MediaSearch::decide()
{
    const bool hasMedia = !m_found.mediaServer.isEmpty();
    if (m_open == 0 && m_isUnsure && !hasMedia) {
        finish(m_failure);
    } else if (m_open == 0 || (hasMedia && !m_found.webStorage.isEmpty())) {
        finish(m_found);
    } else if (hasMedia && !m_grace.isActive()) {
        m_grace.start();
    }
}

void MediaSearch::finish(const Result<MediaPlaces> &result)
{
    if (std::exchange(m_isFinished, true)) {
        return;
    }
    m_promise.addResult(result);
    m_promise.finish();
    deleteLater();
}

} // namespace cumulet
