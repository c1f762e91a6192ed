#pragma once

#include "wire/ChannelWire.h"
#include "xmpp/PubsubRequests.h"

#include <QStringList>

namespace cumulet {

/// TXT records of a DNS name. An error or no record: an empty list.
using TextRecordLookup = std::function<Future<QStringList>(const QString &name)>;

/// Asks the system's resolver, at most 3 s. Names that are never in the DNS (RFC 6761: localhost and its like, names
/// without a dot) are answered at once.
Future<QStringList> lookUpTextRecords(const QString &name);

/// How long a search waits.
struct DiscoLimits
{
    std::chrono::milliseconds info{8'000}; ///< for each answer
    std::chrono::milliseconds earlierItems{250}; ///< for services that come before the one found, in list order
    std::chrono::milliseconds topics{2'000}; ///< for the topics domain once the service is known
};

/// One search for the channel service of a domain (buddycloud.md 2.2 to 2.4): the remembered one is checked first, then
/// disco#items of the domain and disco#info of each, in parallel; then DNS. The topics domain is the one whose only
/// item is the service; it is silent otherwise. Deletes itself when it has answered.
class DiscoSearch : public QObject
{
    Q_OBJECT

public:
    /// requests must outlive the search; make it the parent.
    DiscoSearch(PubsubRequests *requests, TextRecordLookup lookUp, DiscoLimits limits);

    /// Answers once. ErrorKind::NotFound: the domain has no channel service; another kind: we could not find out.
    Future<ChannelServiceAddress> start(const Jid &domain, const Jid &remembered);

private:
    enum class Answer { None, Service, Other, Refused };
    struct Item
    {
        Jid jid;
        Answer info = Answer::None;
    };

    Future<bool> ask(const Jid &jid);
    void takeItems(const Result<QDomElement> &answer);
    void takeInfo(qsizetype index, const Result<bool> &answer);
    void takeRemembered(const Jid &remembered, const Result<bool> &answer);
    void decide();
    bool areAllAnswered() const;
    qsizetype firstService() const;
    void choose(const Jid &service);
    void searchTopics();
    void searchDns();
    void takeTextRecords(const QStringList &records);
    void finish(Result<ChannelServiceAddress> result);

    PubsubRequests *m_requests;
    TextRecordLookup m_lookUp;
    DiscoLimits m_limits;
    QPromise<Result<ChannelServiceAddress>> m_promise;
    Jid m_domain;
    QList<Item> m_items;
    bool m_hasItems = false;
    bool m_isRememberedOpen = false;
    bool m_isDnsAsked = false;
    Error m_failure{ErrorKind::NotFound, {}};
    QTimer m_grace;
    ChannelServiceAddress m_found;
    int m_openTopics = 0;
    bool m_isFinished = false;
};

} // namespace cumulet
