#include "xmpp/PubsubRequests.h"

#include "xmpp/PubsubErrors.h"

#include <QXmppClient.h>

#include <QUuid>

#include <utility>

using namespace Qt::StringLiterals;

namespace cumulet {

PubsubRequests::PubsubRequests(QXmppClient *client, Send send, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_send(std::move(send))
    , m_idPrefix(QUuid::createUuid().toString(QUuid::Id128) + u'-')
{
    connect(client, &QXmppClient::disconnected, this, &PubsubRequests::markLostStream);
    connect(client, &QXmppClient::connected, this, [this] {
        // a resumed stream still brings the answers
        if (m_client->streamManagementState() != QXmppClient::ResumedStream) {
            failLostStream();
        }
    });
}

PubsubRequests::~PubsubRequests()
{
    // whoever hears of the end may ask again at once: from now on nothing is sent
    m_send = {};
    // one by one: the end of a request may end others
    while (!children().isEmpty()) {
        delete children().constFirst();
    }
    m_pending.clear();
}

Future<QDomElement> PubsubRequests::request(
    const Jid &to, QXmppIq::Type type, XmlIq::Writer payload, std::chrono::milliseconds limit)
{
    if (!m_send) {
        return failed<QDomElement>({ErrorKind::Canceled, {}});
    }
    if (to.isEmpty()) {
        return failed<QDomElement>({ErrorKind::Unreachable, u"no service"_s});
    }
    dropFinished();
    XmlIq iq(type, to.text(), std::move(payload));
    const QString id = m_idPrefix + QString::number(++m_count);
    iq.setId(id);
    const RequestTimer<QDomElement> timer(this, limit);
    m_pending.insert(id, {to, timer});
    if (!m_send(iq)) {
        m_pending.remove(id);
        return failed<QDomElement>({ErrorKind::Offline, u"not connected"_s});
    }
    return timer.future();
}

Future<Done> PubsubRequests::requestDone(const Jid &to, QXmppIq::Type type, XmlIq::Writer payload)
{
    return andThen(request(to, type, std::move(payload)), this, [](const QDomElement &) { return Result(Done{}); });
}

bool PubsubRequests::take(const QDomElement &stanza)
{
    if (stanza.tagName() != "iq"_L1) {
        return false;
    }
    const QString type = stanza.attribute(u"type"_s);
    const QString id = stanza.attribute(u"id"_s);
    if ((type != "result"_L1 && type != "error"_L1) || !id.startsWith(m_idPrefix)) {
        return false;
    }
    const auto pending = m_pending.constFind(id);
    if (pending == m_pending.cend() || !isFrom(stanza, pending->to)) {
        return true; // a second or late answer, or a forged one
    }
    const auto timer = pending->timer;
    m_pending.erase(pending);
    if (type == "error"_L1) {
        timer.finish(pubsubErrorIn(stanza));
    } else {
        timer.finish(stanza);
    }
    return true;
}

bool PubsubRequests::isFrom(const QDomElement &stanza, const Jid &jid) const
{
    const QString from = stanza.attribute(u"from"_s);
    if (from.isEmpty()) {
        // our own server may leave its name out (RFC 6120 section 8.1.2.1)
        const auto own = Jid::fromTrusted(m_client->configuration().jidBare());
        return jid == own || jid.text() == own.domain();
    }
    return Jid::parse(from) == jid;
}

void PubsubRequests::dropFinished()
{
    m_pending.removeIf([](const auto &entry) { return entry.value().timer.isFinished(); });
}

void PubsubRequests::markLostStream()
{
    for (auto &pending : m_pending) {
        pending.isFromLostStream = true;
    }
}

void PubsubRequests::failLostStream()
{
    QList<RequestTimer<QDomElement>> lost;
    m_pending.removeIf([&lost](const auto &entry) {
        if (entry.value().isFromLostStream) {
            lost.append(entry.value().timer);
        }
        return entry.value().isFromLostStream;
    });
    for (const auto &timer : std::as_const(lost)) {
        timer.finish(Error{ErrorKind::Offline, u"the stream was lost"_s});
    }
}

} // namespace cumulet
