#include "Authorities.h"

#include "ServiceState.h"
#include "Xmlns.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static constexpr int mostCandidates = 100;

static void ask(ServiceState &service, Outcome &outcome, const QString &domain, const QString &to, const QString &what)
{
    const auto id = service.newQuestionId();
    service.searches.questions.insert(id, {domain, to});
    ++service.searches.byDomain[domain].openQuestions;
    Element iq(u"iq"_s);
    iq.set(u"type"_s, u"get"_s).set(u"id"_s, id).set(u"from"_s, service.settings.domain).set(u"to"_s, to);
    outcome.stanzas.append(iq.add(Element(u"query"_s, what)));
}

static void conclude(ServiceState &service, Outcome &outcome, const QString &domain, const QString &authority)
{
    const auto search = service.searches.byDomain.take(domain);
    service.searches.questions.removeIf([&](const auto &question) { return question.value().domain == domain; });
    if (!authority.isEmpty()) {
        service.store.database().run(
            u"INSERT OR REPLACE INTO authority(domain, service) VALUES(?, ?)"_s, {domain, authority});
    }
    for (const auto &then : search.waiting)
        then(service, outcome, authority);
}

QString authorityOf(ServiceState &service, const QString &domain)
{
    return service.store.database().value(u"SELECT service FROM authority WHERE domain = ?"_s, {domain}).toString();
}

void findAuthority(ServiceState &service, Outcome &outcome, const QString &domain, const WithAuthority &then)
{
    if (const auto known = authorityOf(service, domain); !known.isEmpty()) {
        then(service, outcome, known);
        return;
    }
    const bool isNew = !service.searches.byDomain.contains(domain);
    auto &search = service.searches.byDomain[domain];
    search.waiting.append(then);
    if (isNew) {
        search.begun = service.nowMs();
        ask(service, outcome, domain, domain, xmlns::discoItems);
    }
}

void forgetAuthority(ServiceState &service, const QString &domain)
{
    service.store.database().run(u"DELETE FROM authority WHERE domain = ?"_s, {domain});
}

// Every item may be it; one that calls itself so is taken at its word, as servers do.
static void takeItems(ServiceState &service, Outcome &outcome, const QString &domain, const Element &query)
{
    QStringList candidates;
    for (const auto &item : query.children()) {
        const auto address = item.attribute(u"jid"_s);
        if (item.name() != "item"_L1 || address.isEmpty() || item.has(u"node"_s))
            continue;
        if (item.attribute(u"name"_s) == "buddycloud-server"_L1)
            return conclude(service, outcome, domain, address);
        candidates.append(address);
    }
    candidates.resize(std::min<qsizetype>(candidates.size(), mostCandidates));
    for (const auto &candidate : std::as_const(candidates))
        ask(service, outcome, domain, candidate, xmlns::discoInfo);
}

static bool isChannelService(const Element &query)
{
    const auto parts = query.children();
    return std::ranges::any_of(parts, [](const Element &part) {
        return part.name() == "identity"_L1 && part.attribute(u"category"_s) == "pubsub"_L1
            && part.attribute(u"type"_s) == "channels"_L1;
    });
}

bool takeAuthorityAnswer(ServiceState &service, Outcome &outcome, const Element &stanza)
{
    const auto known = service.searches.questions.constFind(stanza.attribute(u"id"_s));
    if (known == service.searches.questions.cend() || known->asked != stanza.attribute(u"from"_s))
        return false;
    const auto question = *known;
    service.searches.questions.erase(known);
    --service.searches.byDomain[question.domain].openQuestions;
    const auto query = stanza.child(u"query"_s);
    if (stanza.attribute(u"type"_s) == "result"_L1) {
        if (query.xmlns() == xmlns::discoItems)
            takeItems(service, outcome, question.domain, query);
        else if (isChannelService(query))
            conclude(service, outcome, question.domain, question.asked);
    }
    const auto search = service.searches.byDomain.constFind(question.domain);
    if (search != service.searches.byDomain.cend() && search->openQuestions == 0)
        conclude(service, outcome, question.domain, {});
    return true;
}

void expireSearches(ServiceState &service, Outcome &outcome, qint64 before)
{
    const auto domains = service.searches.byDomain.keys();
    for (const auto &domain : domains) {
        if (service.searches.byDomain.value(domain).begun < before)
            conclude(service, outcome, domain, {});
    }
}

} // namespace cumulet::channelserver
