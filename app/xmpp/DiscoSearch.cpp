#include "xmpp/DiscoSearch.h"

#include "xmpp/PubsubAnswers.h"
#include "xmpp/PubsubPayloads.h"

#include <QDnsLookup>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

constexpr qsizetype mostItems = 50;
constexpr std::chrono::seconds dnsLimit{3};

bool isNeverInDns(const QString &name)
{
    const QString domain = name.section(u'.', 2); // without "_service._proto."
    if (!domain.contains(u'.')) {
        return true;
    }
    const auto never = {"localhost"_L1, "test"_L1, "invalid"_L1, "example"_L1, "local"_L1};
    return std::any_of(never.begin(), never.end(), [&](QLatin1String top) { return domain.section(u'.', -1) == top; });
}

// "v=1.0 server=channels.example.org" (buddycloud.md 2.3)
Jid serviceIn(const QString &record)
{
    const auto words = record.split(u' ', Qt::SkipEmptyParts);
    for (QString word : words) {
        word.remove(u'"');
        if (word.startsWith("server="_L1)) {
            return Jid::fromTrusted(word.sliced(7)).bare();
        }
    }
    return {};
}

} // namespace

Future<QStringList> lookUpTextRecords(const QString &name)
{
    if (isNeverInDns(name)) {
        return ready(QStringList());
    }
    auto *lookup = new QDnsLookup(QDnsLookup::TXT, name);
    const RequestTimer<QStringList> timer(lookup, dnsLimit);
    QObject::connect(lookup, &QDnsLookup::finished, lookup, [lookup, timer] {
        QStringList texts;
        for (const auto &record : lookup->textRecords()) {
            texts.append(QString::fromUtf8(record.values().join(' ')));
        }
        timer.finish(texts);
        lookup->deleteLater();
    });
    // the answer in time, or none: the system's resolver itself cannot be hurried
    QTimer::singleShot(dnsLimit, lookup, [lookup] { lookup->abort(); });
    lookup->lookup();
    return timer.future();
}

DiscoSearch::DiscoSearch(PubsubRequests *requests, TextRecordLookup lookUp, DiscoLimits limits)
    : QObject(requests)
    , m_requests(requests)
    , m_lookUp(std::move(lookUp))
    , m_limits(limits)
{
    m_promise.start();
    m_grace.setSingleShot(true);
    m_grace.setInterval(m_limits.earlierItems);
    connect(&m_grace, &QTimer::timeout, this, [this] {
        if (const auto index = firstService(); index >= 0) {
            choose(m_items.at(index).jid);
        }
    });
}

Future<ChannelServiceAddress> DiscoSearch::start(const Jid &domain, const Jid &remembered)
{
    m_domain = domain;
    auto answer = m_promise.future();
    if (!remembered.isEmpty()) {
        m_isRememberedOpen = true;
        whenDone(ask(remembered), this,
            [this, remembered](const Result<bool> &isService) { takeRemembered(remembered, isService); });
    }
    whenDone(m_requests->request(domain, QXmppIq::Get, payload::discoItems(), m_limits.info), this,
        [this](const Result<QDomElement> &items) { takeItems(items); });
    return answer;
}

Future<bool> DiscoSearch::ask(const Jid &jid)
{
    return andThen(m_requests->request(jid, QXmppIq::Get, payload::discoInfo(), m_limits.info), this,
        [](const QDomElement &iq) { return Result(isChannelService(iq)); });
}

void DiscoSearch::takeRemembered(const Jid &remembered, const Result<bool> &answer)
{
    m_isRememberedOpen = false;
    if (answer && *answer) {
        m_found.way = ChannelServiceAddress::Way::Remembered;
        choose(remembered);
        return;
    }
    if (!answer && m_failure.kind == ErrorKind::NotFound) {
        m_failure = answer.error(); // it was there once: better to try again than to call it gone
    }
    decide();
}

void DiscoSearch::takeItems(const Result<QDomElement> &answer)
{
    m_hasItems = true;
    if (!answer) {
        m_failure = answer.error();
    } else {
        for (const auto &jid : readServices(*answer, mostItems)) {
            m_items.append({jid, Answer::None});
        }
    }
    if (!m_found.service.isEmpty()) {
        searchTopics();
        return;
    }
    for (qsizetype i = 0; i < m_items.size(); ++i) {
        whenDone(ask(m_items.at(i).jid), this, [this, i](const Result<bool> &isService) { takeInfo(i, isService); });
    }
    decide();
}

void DiscoSearch::takeInfo(qsizetype index, const Result<bool> &answer)
{
    m_items[index].info = !answer ? Answer::Refused : *answer ? Answer::Service : Answer::Other;
    decide();
}

void DiscoSearch::decide()
{
    if (!m_found.service.isEmpty() || m_isRememberedOpen || !m_hasItems || m_isDnsAsked) {
        return;
    }
    const auto index = firstService();
    if (index < 0) {
        if (areAllAnswered()) {
            searchDns();
        }
        return;
    }
    const bool isFirst = std::all_of(
        m_items.cbegin(), m_items.cbegin() + index, [](const Item &item) { return item.info != Answer::None; });
    if (isFirst) {
        choose(m_items.at(index).jid);
    } else if (!m_grace.isActive()) {
        m_grace.start(); // two services: the first in the list, unless it is silent as the topics domain is
    }
}

bool DiscoSearch::areAllAnswered() const
{
    return std::all_of(m_items.cbegin(), m_items.cend(), [](const Item &item) { return item.info != Answer::None; });
}

qsizetype DiscoSearch::firstService() const
{
    const auto found =
        std::find_if(m_items.cbegin(), m_items.cend(), [](const Item &item) { return item.info == Answer::Service; });
    return found == m_items.cend() ? -1 : found - m_items.cbegin();
}

void DiscoSearch::choose(const Jid &service)
{
    m_grace.stop();
    m_found.service = service;
    if (m_hasItems) {
        searchTopics();
    } else {
        QTimer::singleShot(m_limits.topics, this, [this] { finish(m_found); });
    }
}

void DiscoSearch::searchTopics()
{
    const auto limit = m_limits.topics;
    for (const auto &item : std::as_const(m_items)) {
        if (item.jid == m_found.service || item.info == Answer::Other) {
            continue; // the topics domain does not say what it is
        }
        ++m_openTopics;
        whenDone(m_requests->request(item.jid, QXmppIq::Get, payload::discoItems(), limit), this,
            [this, jid = item.jid](const Result<QDomElement> &answer) {
                --m_openTopics;
                if (answer && readServices(*answer, 2) == QList{m_found.service}) {
                    m_found.topicsDomain = jid;
                    finish(m_found);
                } else if (m_openTopics == 0) {
                    finish(m_found);
                }
            });
    }
    if (m_openTopics == 0) {
        finish(m_found);
    }
}

void DiscoSearch::searchDns()
{
    m_isDnsAsked = true;
    if (m_failure.kind == ErrorKind::Offline) {
        finish(m_failure);
        return;
    }
    whenDone(m_lookUp(u"_bcloud-server._tcp."_s + m_domain.domain()), this,
        [this](const Result<QStringList> &records) { takeTextRecords(records ? *records : QStringList()); });
}

void DiscoSearch::takeTextRecords(const QStringList &records)
{
    Jid service;
    for (const auto &record : records.first(std::min(records.size(), mostItems))) {
        if (service = serviceIn(record); !service.isEmpty()) {
            break;
        }
    }
    if (service.isEmpty()) {
        finish(m_failure);
        return;
    }
    // it must name itself a channel service before it is trusted
    whenDone(ask(service), this, [this, service](const Result<bool> &isService) {
        if (isService && *isService) {
            m_found.way = ChannelServiceAddress::Way::NameService;
            choose(service);
        } else {
            finish(isService ? m_failure : isService.error());
        }
    });
}

void DiscoSearch::finish(Result<ChannelServiceAddress> result)
{
    if (m_isFinished) {
        return;
    }
    m_isFinished = true;
    m_promise.addResult(std::move(result));
    m_promise.finish();
    deleteLater();
}

} // namespace cumulet
