#include "xmpp/ServiceSurvey.h"

#include "xmpp/PubsubAnswers.h"
#include "xmpp/PubsubElements.h"
#include "xmpp/PubsubPayloads.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qsizetype mostServices = 50;
static constexpr qsizetype mostFeatures = 200;
static constexpr qsizetype mostForms = 10;
static constexpr qsizetype longestWord = 1024;

DiscoveredService readDiscoveredService(const Jid &jid, const QDomElement &iq)
{
    DiscoveredService service;
    service.jid = jid;
    const auto query = childNamed(iq, u"query");
    for (const auto &feature : childrenNamed(query, u"feature", mostFeatures)) {
        service.features.append(feature.attribute(u"var"_s).left(longestWord));
    }
    for (const auto &form : childrenNamed(query, u"x", mostForms)) {
        const auto fields = readForm(form);
        const auto endpoint = fields.value(u"endpoint"_s).trimmed();
        const auto scheme = QUrl(endpoint, QUrl::StrictMode).scheme();
        // by the form, not by the name (buddycloud.md 2.5)
        if (fields.value(u"FORM_TYPE"_s) == "http://buddycloud.org/v1/api"_L1 && endpoint.size() <= longestWord
            && (scheme == "https"_L1 || scheme == "http"_L1)) {
            service.mediaEndpoint = endpoint;
        }
    }
    return service;
}

ServiceSurvey::ServiceSurvey(PubsubRequests *requests, std::chrono::milliseconds limit)
    : QObject(requests)
    , m_requests(requests)
    , m_limit(limit)
{
    m_promise.start();
}

Future<QList<DiscoveredService>> ServiceSurvey::start(const Jid &domain)
{
    auto answer = m_promise.future();
    whenDone(m_requests->request(domain, QXmppIq::Get, payload::discoItems(), m_limit), this,
        [this](const Result<QDomElement> &items) { takeItems(items); });
    return answer;
}

void ServiceSurvey::takeItems(const Result<QDomElement> &answer)
{
    if (!answer) {
        finish(answer.error());
        return;
    }
    m_asked = readServices(*answer, mostServices);
    m_open = m_asked.size();
    for (const auto &jid : std::as_const(m_asked)) {
        whenDone(m_requests->request(jid, QXmppIq::Get, payload::discoInfo(), m_limit), this,
            [this, jid](const Result<QDomElement> &info) { takeInfo(jid, info); });
    }
    if (m_asked.isEmpty()) {
        finish(m_found);
    }
}

void ServiceSurvey::takeInfo(const Jid &jid, const Result<QDomElement> &answer)
{
    if (answer) {
        m_found.append(readDiscoveredService(jid, *answer));
    }
    if (--m_open == 0) {
        std::sort(m_found.begin(), m_found.end(), [this](const DiscoveredService &one, const DiscoveredService &other) {
            return m_asked.indexOf(one.jid) < m_asked.indexOf(other.jid);
        });
        finish(m_found);
    }
}

void ServiceSurvey::finish(const Result<QList<DiscoveredService>> &result)
{
    m_promise.addResult(result);
    m_promise.finish();
    deleteLater();
}

} // namespace cumulet
