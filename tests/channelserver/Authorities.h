// Which channel service speaks for a domain: found by service discovery, remembered in the store (buddycloud.md 2.2, 6.1).
#pragma once

#include "ServiceSettings.h"

#include <QHash>

#include <functional>

namespace cumulet::channelserver {

struct ServiceState;

/// What is to be done once the service of a domain is known; an empty address: it has none that can be found.
using WithAuthority = std::function<void(ServiceState &, Outcome &, const QString &authority)>;

/// The searches that are under way.
struct AuthoritySearches
{
    struct Search
    {
        int openQuestions = 0;
        qint64 begun = 0; ///< ms since 1970
        QList<WithAuthority> waiting;
    };
    struct Question
    {
        QString domain; ///< whose service is looked for
        QString asked; ///< only its answer counts
    };
    QHash<QString, Search> byDomain;
    QHash<QString, Question> questions; ///< by the id of the stanza
};

/// The address that was found before; empty: not looked for yet, or forgotten.
QString authorityOf(ServiceState &service, const QString &domain);
/// Does it at once where the address is known, otherwise when it is found; the questions go into outcome.
void findAuthority(ServiceState &service, Outcome &outcome, const QString &domain, const WithAuthority &then);
/// It did not answer as a channel service: the next one looks again.
void forgetAuthority(ServiceState &service, const QString &domain);
/// Takes the answer to one of our questions. False: it is none.
bool takeAuthorityAnswer(ServiceState &service, Outcome &outcome, const Element &stanza);
/// Searches begun before that time end without a result.
void expireSearches(ServiceState &service, Outcome &outcome, qint64 before);

} // namespace cumulet::channelserver
