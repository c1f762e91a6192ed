#include "xmpp/IdentitySearch.h"

#include "xmpp/PubsubAnswers.h"
#include "xmpp/PubsubElements.h"
#include "xmpp/PubsubPayloads.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

constexpr qsizetype mostServices = 50;
constexpr qsizetype mostIdentities = 50;

} // namespace

IdentitySearch::IdentitySearch(
    PubsubRequests *requests, QString category, QString type, std::chrono::milliseconds limit)
    : QObject(requests)
    , m_requests(requests)
    , m_category(std::move(category))
    , m_type(std::move(type))
    , m_limit(limit)
{
    m_promise.start();
}

Future<Jid> IdentitySearch::start(const Jid &domain)
{
    auto answer = m_promise.future();
    whenDone(m_requests->request(domain, QXmppIq::Get, payload::discoItems(), m_limit), this,
        [this](const Result<QDomElement> &items) { takeItems(items); });
    return answer;
}

void IdentitySearch::takeItems(const Result<QDomElement> &answer)
{
    if (!answer) {
        finish(answer.error());
        return;
    }
    const auto services = readServices(*answer, mostServices);
    m_open = services.size();
    for (const auto &jid : services) {
        whenDone(m_requests->request(jid, QXmppIq::Get, payload::discoInfo(), m_limit), this,
            [this, jid](const Result<QDomElement> &info) { takeInfo(jid, info); });
    }
    if (services.isEmpty()) {
        finish(m_failure);
    }
}

void IdentitySearch::takeInfo(const Jid &jid, const Result<QDomElement> &answer)
{
    --m_open;
    if (answer && isWanted(*answer)) {
        finish(jid);
        return;
    }
    if (!answer && answer.error().kind == ErrorKind::Offline) {
        m_failure = answer.error(); // it was not asked
    }
    if (m_open == 0) {
        finish(m_failure);
    }
}

bool IdentitySearch::isWanted(const QDomElement &iq) const
{
    const auto identities = childrenNamed(childNamed(iq, u"query"), u"identity", mostIdentities);
    return std::any_of(identities.cbegin(), identities.cend(), [this](const QDomElement &identity) {
        return identity.attribute(u"category"_s).compare(m_category, Qt::CaseInsensitive) == 0
            && identity.attribute(u"type"_s).compare(m_type, Qt::CaseInsensitive) == 0;
    });
}

void IdentitySearch::finish(const Result<Jid> &result)
{
    if (std::exchange(m_isFinished, true)) {
        return;
    }
    m_promise.addResult(result);
    m_promise.finish();
    deleteLater();
}

} // namespace cumulet
