#include "InProcessFront.h"

#include "Xmlns.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

InProcessFront::InProcessFront(ChannelService *service, QObject *parent)
    : QObject(parent)
    , m_service(service)
{
    m_clock.start();
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &InProcessFront::emitDue);
}

void InProcessFront::order(
    Fault fault, int requests, const QString &operation, const QString &condition, const QString &type)
{
    m_orders.append({fault, requests, operation, condition, type});
}

void InProcessFront::swallow(int requests, const QString &operation)
{
    order(Fault::Swallow, requests, operation);
}

void InProcessFront::loseAnswers(int requests, const QString &operation)
{
    order(Fault::LoseAnswer, requests, operation);
}

void InProcessFront::loseEvents(int requests, const QString &operation)
{
    order(Fault::LoseEvents, requests, operation);
}

void InProcessFront::refuse(int requests, const QString &operation, const QString &condition, const QString &type)
{
    order(Fault::Refuse, requests, operation, condition, type);
}

void InProcessFront::garble(int requests, const QString &operation)
{
    order(Fault::Garble, requests, operation);
}

void InProcessFront::behaveAgain()
{
    m_orders.clear();
    m_delay = 0;
    m_isSilent = false;
}

static bool isRequest(const Element &stanza)
{
    const auto type = stanza.attribute(u"type"_s);
    return stanza.name() == "iq"_L1 && (type == "get"_L1 || type == "set"_L1);
}

// The element that asks: the first one inside <pubsub/>, or the payload itself.
static QString operationOf(const Element &stanza)
{
    const auto payloads = stanza.children();
    if (payloads.isEmpty())
        return {};
    const auto verbs = payloads.first().children();
    return payloads.first().name() == "pubsub"_L1 && !verbs.isEmpty() ? verbs.first().name() : payloads.first().name();
}

// The oldest order that is meant for it; one that loses answers and one that loses events are for the same request.
QList<InProcessFront::Order> InProcessFront::faultsFor(const QString &operation)
{
    const auto isMeant = [&operation](const Order &order) {
        return order.left > 0 && (order.operation.isEmpty() || order.operation == operation);
    };
    const auto isLoss = [](const Order &order) {
        return order.fault == Fault::LoseAnswer || order.fault == Fault::LoseEvents;
    };
    QList<Order> faults;
    for (auto &order : m_orders) {
        const bool fits = faults.isEmpty()
            || (faults.size() == 1 && isLoss(order) && isLoss(faults.first()) && order.fault != faults.first().fault);
        if (isMeant(order) && fits) {
            --order.left;
            faults.append(order);
        }
    }
    return faults;
}

static Element answerTo(const Element &request, const QString &type)
{
    Element iq(u"iq"_s);
    iq.set(u"type"_s, type).set(u"id"_s, request.attribute(u"id"_s)).set(u"to"_s, request.attribute(u"from"_s));
    return iq.set(u"from"_s, request.attribute(u"to"_s));
}

static Element refusalOf(const Element &request, const QString &condition, const QString &type)
{
    Element error(u"error"_s);
    error.set(u"type"_s, type).add(Element(condition, xmlns::stanzaErrors));
    return answerTo(request, u"error"_s).add(error);
}

static Element garbage(const Element &request)
{
    Element pubsub(u"pubsub"_s, xmlns::pubsub);
    pubsub.add(Element(u"items"_s).add(Element(u"item"_s)).addText(u"?"_s)).add(Element(u"publish"_s));
    pubsub.add(Element(u"set"_s, xmlns::rsm).addLeaf(u"count"_s, u"-many"_s));
    return answerTo(request, u"result"_s).add(pubsub);
}

Outcome InProcessFront::perform(const Element &stanza)
{
    if (!isRequest(stanza))
        return m_service->receiveForAny(stanza);
    const auto operation = operationOf(stanza);
    ++m_requests[operation];
    const auto faults = faultsFor(operation);
    const auto isOrdered = [&faults](
                               Fault fault) { return std::ranges::find(faults, fault, &Order::fault) != faults.end(); };
    if (isOrdered(Fault::Swallow))
        return {};
    if (isOrdered(Fault::Refuse))
        return {{refusalOf(stanza, faults.first().condition, faults.first().type)}};
    auto outcome = m_service->receiveForAny(stanza);
    const bool losesAnswer = isOrdered(Fault::LoseAnswer) || isOrdered(Fault::Garble);
    outcome.stanzas.removeIf(
        [&](const Element &sent) { return sent.name() == "iq"_L1 ? losesAnswer : isOrdered(Fault::LoseEvents); });
    if (isOrdered(Fault::Garble))
        outcome.stanzas.prepend(garbage(stanza));
    return outcome;
}

void InProcessFront::receive(const QDomElement &dom)
{
    const auto stanza = Element::fromDom(dom);
    const auto to = stanza.attribute(u"to"_s);
    const auto &settings = m_service->settings();
    const bool isOurs =
        to == settings.domain || (!to.isEmpty() && (to == settings.topicsDomain || to == settings.directoryDomain));
    if (m_isSilent || m_isGone || !isOurs)
        return;
    const auto outcome = perform(stanza);
    enqueue(outcome);
    if (outcome.endsStream)
        endStream();
}

void InProcessFront::enqueue(const Outcome &outcome)
{
    const auto due = m_clock.elapsed() + m_delay + outcome.delay;
    for (const auto &stanza : outcome.stanzas) {
        const auto place = std::ranges::upper_bound(m_waiting, due, {}, &Waiting::due);
        m_waiting.insert(place, {due, stanza});
    }
    if (!m_waiting.isEmpty())
        m_timer.start(int(std::max<qint64>(0, m_waiting.first().due - m_clock.elapsed())));
}

void InProcessFront::emitDue()
{
    while (!m_waiting.isEmpty() && m_waiting.first().due <= m_clock.elapsed()) {
        const auto document = m_waiting.takeFirst().stanza.toDom();
        Q_EMIT stanzaReady(document.documentElement());
    }
    if (!m_waiting.isEmpty())
        m_timer.start(int(std::max<qint64>(0, m_waiting.first().due - m_clock.elapsed())));
}

void InProcessFront::endStream()
{
    m_isGone = true;
    m_waiting.clear();
    m_service->forgetPresence();
    QTimer::singleShot(m_service->settings().behaviour.restartDelay, this, [this] {
        m_isGone = false;
        Q_EMIT streamRestored();
    });
    Q_EMIT streamEnded();
}

} // namespace cumulet::channelserver
