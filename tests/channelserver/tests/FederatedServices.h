// Two services that federate, a.test and b.test, and the servers between them.
#pragma once

#include "../ChannelService.h"

#include <QMultiMap>

#include <map>

namespace cumulet::tests {

/// Users are "ann@a.test"; each has one resource, "here". A third domain, evil.test, has a service that says nothing,
/// for stanzas of its own.
class FederatedServices
{
public:
    /// behaviour of both
    explicit FederatedServices(const QString &behaviour = {});

    static QString serviceOf(const QString &user) { return QStringLiteral("channels.") + user.section(u'@', 1); }
    static QString postsOf(const QString &user) { return QStringLiteral("/user/%1/posts").arg(user); }

    /// Sends an IQ to the user's own service, lets everything settle, and gives the answer; null: silence.
    channelserver::Element ask(const QString &user, const QString &type, const QString &payload);
    channelserver::Element get(const QString &user, const QString &verb, const QString &set = {});
    channelserver::Element set(const QString &user, const QString &verb, bool asOwner = false);
    /// ok, silence, or the conditions of the error.
    QString outcomeOf(const channelserver::Element &answer) const;
    /// The local id of the new post; empty: it was refused.
    QString post(const QString &user, const QString &node, const QString &text, const QString &replyTo = {});
    QString follow(const QString &user, const QString &node);
    QStringList texts(const QString &user, const QString &node);
    /// Registered and announced.
    void arrive(const QString &user);
    /// Events to that user since the last call, as XML.
    QStringList takeEvents(const QString &user);

    /// The IQs among it, oldest first.
    QList<channelserver::Element> takeAnswers(const QString &user);

    /// Hands a stanza to wherever it is addressed to, and everything that comes of it.
    void deliver(const channelserver::Element &stanza);
    /// Nobody is connected as its channel service any more, or again.
    void setGone(const QString &domain, bool isGone) { m_gone[domain] = isGone; }
    void letTimePass(qint64 milliseconds) { m_time = m_time.addMSecs(milliseconds); }
    int askedOf(const QString &domain) const { return m_deliveries.value(domain); }
    /// What came to evil.test's service.
    QList<channelserver::Element> atEvil;

private:
    QList<channelserver::Element> takeMail(const QString &user);
    void bounce(const channelserver::Element &stanza);
    void describe(const channelserver::Element &stanza, const QString &domain);

    std::map<QString, std::unique_ptr<channelserver::ChannelService>> m_services; // by their address
    QHash<QString, bool> m_gone;
    QHash<QString, int> m_deliveries;
    QMultiMap<QString, channelserver::Element> m_mail; // by full address
    QDateTime m_time;
    int m_lastId = 0;
    int m_lastRequest = 0;
};

} // namespace cumulet::tests
