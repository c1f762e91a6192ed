// A service in memory with a clock and ids of its own, and short ways to ask it something.
#pragma once

#include "../ChannelService.h"

#include <QMultiMap>

namespace cumulet::tests {

/// Users are named by the first part of their address; each has one resource, "here". Users announce presence only
/// by announce().
class ServiceBench
{
public:
    explicit ServiceBench(const QString &behaviour = {});

    channelserver::ChannelService service;

    /// Sends an IQ and gives the first answer to it; null if there is none. Everything else goes to mail().
    channelserver::Element ask(const QString &user, const QString &type, const QString &payload);
    channelserver::Element get(const QString &user, const QString &verb, const QString &set = {});
    channelserver::Element set(const QString &user, const QString &verb);
    channelserver::Element setAsOwner(const QString &user, const QString &verb);

    void announce(const QString &user);
    /// register, announce, and forget the mail
    void arrive(const QStringList &users);
    void follow(const QString &user, const QString &node);
    void makeChannel(const QString &owner, const QString &node, const QString &accessModel = QStringLiteral("open"));
    void setRole(const QString &by, const QString &node, const QString &user, const QString &role);
    /// Publishes text and gives the local id; empty if it was refused.
    QString post(const QString &user, const QString &node, const QString &text, const QString &replyTo = {},
        const QString &more = {});

    /// What came besides the asked-for answers since the last call, by user.
    QMultiMap<QString, channelserver::Element> takeMail();
    /// The events among it for one user, as XML.
    QStringList takeEvents(const QString &user);

    static QString jid(const QString &user) { return user + QStringLiteral("@capulet.example"); }
    static QString postsOf(const QString &user) { return QStringLiteral("/user/%1/posts").arg(jid(user)); }
    /// The conditions of an error answer, "forbidden closed-node"; "ok" for a result, "silence" for no answer.
    static QString outcomeOf(const channelserver::Element &answer);
    /// The texts of the posts in an answer, in order.
    static QStringList texts(const channelserver::Element &answer);

private:
    QMultiMap<QString, channelserver::Element> m_mail;
    QDateTime m_time;
    int m_lastId = 0;
    int m_lastRequest = 0;
};

} // namespace cumulet::tests
