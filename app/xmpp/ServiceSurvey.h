#pragma once

#include "wire/ChannelWire.h"
#include "xmpp/PubsubRequests.h"

namespace cumulet {

/// Asks all services of a domain what they are (XEP-0030), in parallel, and answers when the last one has spoken or its
/// time is over; silent ones are left out. Deletes itself when it has answered.
class ServiceSurvey : public QObject
{
    Q_OBJECT

public:
    /// requests must outlive the survey. limit: for each answer.
    ServiceSurvey(PubsubRequests *requests, std::chrono::milliseconds limit);

    /// Answers once, in the order of the domain's list. An error: the domain itself did not answer.
    Future<QList<DiscoveredService>> start(const Jid &domain);

private:
    void takeItems(const Result<QDomElement> &answer);
    void takeInfo(const Jid &jid, const Result<QDomElement> &answer);
    void finish(const Result<QList<DiscoveredService>> &result);

    PubsubRequests *m_requests;
    std::chrono::milliseconds m_limit;
    QPromise<Result<QList<DiscoveredService>>> m_promise;
    QList<Jid> m_asked;
    QList<DiscoveredService> m_found;
    qsizetype m_open = 0;
};

/// What an answer to disco#info says, bounded.
DiscoveredService readDiscoveredService(const Jid &jid, const QDomElement &iq);

} // namespace cumulet
