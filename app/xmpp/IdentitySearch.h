#pragma once

#include "domain/Async.h"
#include "domain/Jid.h"
#include "xmpp/PubsubRequests.h"

namespace cumulet {

/// One search for the service of a domain that says it is of that category and type (XEP-0030): disco#items of the
/// domain and disco#info of each, in parallel. Words are compared without case. The first to say so is taken: others
/// may be silent for ever. Deletes itself when it has answered.
class IdentitySearch : public QObject
{
    Q_OBJECT

public:
    /// requests must outlive the search. limit: for each answer.
    IdentitySearch(PubsubRequests *requests, QString category, QString type, std::chrono::milliseconds limit);

    /// Answers once. ErrorKind::NotFound: the domain has no such service; another kind: we could not find out.
    Future<Jid> start(const Jid &domain);

private:
    void takeItems(const Result<QDomElement> &answer);
    void takeInfo(const Jid &jid, const Result<QDomElement> &answer);
    bool isWanted(const QDomElement &iq) const;
    void finish(const Result<Jid> &result);

    PubsubRequests *m_requests;
    QString m_category;
    QString m_type;
    std::chrono::milliseconds m_limit;
    QPromise<Result<Jid>> m_promise;
    Error m_failure{ErrorKind::NotFound, {}};
    qsizetype m_open = 0;
    bool m_isFinished = false;
};

} // namespace cumulet
