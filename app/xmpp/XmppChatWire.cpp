#include "xmpp/XmppChatWire.h"

#include "xmpp/MessageCodec.h"
#include "xmpp/Namespaces.h"
#include "xmpp/StanzaListener.h"
#include "xmpp/Tasks.h"
#include "xmpp/XmppSession.h"

#include <QXmppClient.h>
#include <QXmppMessage.h>
#include <QXmppOutgoingClient.h>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

constexpr qsizetype rememberedMessages = 2000;

} // namespace

XmppChatWire::XmppChatWire(XmppSession *session, QObject *parent)
    : ChatWire(parent)
    , m_session(session)
    , m_client(session->client())
{
    const QStringList features{
        ns::receipts.toString(), ns::markers.toString(), ns::chatStates.toString(), ns::correction.toString()};
    // before the carbon manager, which is there to switch carbons on
    m_client->insertExtension(
        0, new StanzaListener(this, [this](const QDomElement &stanza) { return take(stanza); }, features));
    connect(session, &SessionWire::disconnected, this, &XmppChatWire::onDisconnected);
}

XmppChatWire::~XmppChatWire() = default;

Future<Done> XmppChatWire::send(const OutgoingMessage &message)
{
    if (!m_client->isConnected()) {
        return failed<Done>({ErrorKind::Offline, u"not connected"_s});
    }
    remember(message.originId, message.to.bare());
    const RequestTimer<Done> answer(this, requestLimit);
    m_pending.removeIf([](const RequestTimer<Done> &pending) { return pending.isFinished(); });
    m_pending += answer;
    m_client->send(MessageCodec::write(message)).then(this, [this, answer](QXmpp::SendResult &&result) {
        const auto *success = std::get_if<QXmpp::SendSuccess>(&result);
        if (!success) {
            answer.finish(toError(std::get<QXmppError>(result)));
        } else if (success->acknowledged) {
            answer.finish(Done{});
        } else {
            // no stream management: what is answered after it tells that it arrived, stanzas keep their order
            whenDone(m_session->ping(), this, [answer](const Result<Done> &pong) { answer.finish(pong); });
        }
    });
    return answer.future();
}

void XmppChatWire::sendNotice(const Jid &peer, const MessageId &message, DeliveryState state)
{
    if (m_client->isConnected() && !message.isEmpty()) {
        m_client->send(MessageCodec::writeNotice(peer, message, state));
    }
}

void XmppChatWire::sendChatState(const Jid &peer, ChatState state)
{
    if (m_client->isConnected() && state != ChatState::None) {
        m_client->send(MessageCodec::writeChatState(peer, state));
    }
}

bool XmppChatWire::take(const QDomElement &stanza)
{
    if (stanza.tagName() != u"message" || stanza.namespaceURI() != ns::client) {
        return false;
    }
    if (stanza.attribute(u"type"_s) == u"error") {
        return takeError(stanza);
    }
    for (const QStringView name : {u"received", u"sent"}) {
        if (const auto carbon = child(stanza, name, ns::carbons); !carbon.isNull()) {
            return takeCarbon(stanza, carbon);
        }
    }
    const auto content = MessageCodec::read(stanza, m_session->boundJid().bare(), MessageRoad::Live);
    report(content);
    return !content.isEmpty();
}

bool XmppChatWire::takeError(const QDomElement &stanza)
{
    const OriginId originId(stanza.attribute(u"id"_s));
    const auto from = Jid::parse(stanza.attribute(u"from"_s));
    const auto sent = m_sent.constFind(originId);
    if (originId.isEmpty() || !from || sent == m_sent.constEnd() || *sent != from->bare()) {
        return false;
    }
    auto error = errorIn(stanza);
    if (error.kind == ErrorKind::Unsupported) {
        // here service-unavailable says that nobody is there who could get it (RFC 6121 section 8)
        error.kind = ErrorKind::Unreachable;
    }
    m_sent.erase(sent);
    Q_EMIT messageRefused(originId, error);
    return true;
}

bool XmppChatWire::takeCarbon(const QDomElement &stanza, const QDomElement &carbon)
{
    const auto ownBare = m_session->boundJid().bare();
    const auto from = stanza.attribute(u"from"_s);
    if (!from.isEmpty() && Jid::parse(from) != ownBare) {
        return true; // forged (CVE-2017-5603): nobody else shall believe it either
    }
    const auto message = MessageCodec::forwarded(carbon);
    if (!message.isNull()) {
        report(MessageCodec::read(message, ownBare, MessageRoad::Carbon));
    }
    return true;
}

void XmppChatWire::report(const MessageContent &content)
{
    if (content.message) {
        Q_EMIT messageReceived(*content.message);
    }
    for (const auto &notice : content.notices) {
        Q_EMIT noticeReceived(notice);
    }
    if (content.chatState != ChatState::None) {
        Q_EMIT chatStateReceived(content.peer, content.chatState);
    }
}

void XmppChatWire::remember(const OriginId &originId, const Jid &to)
{
    if (!m_sent.contains(originId)) {
        m_sentOrder.enqueue(originId);
    }
    m_sent.insert(originId, to);
    while (m_sentOrder.size() > rememberedMessages) {
        m_sent.remove(m_sentOrder.dequeue());
    }
}

void XmppChatWire::onDisconnected()
{
    // while the stream can be resumed, QXmpp sends again what was not acknowledged
    const auto *stream = m_client->findChild<QXmppOutgoingClient *>();
    if (stream && stream->c2sStreamManager().canResume()) {
        return;
    }
    for (const auto &pending : std::exchange(m_pending, {})) {
        pending.finish(Error{ErrorKind::Offline, u"the connection ended"_s});
    }
}

} // namespace cumulet
