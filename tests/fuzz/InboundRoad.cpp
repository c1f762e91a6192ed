#include "fuzz/InboundRoad.h"

#include "services/channel/ChannelService.h"
#include "services/chat/ChatService.h"
#include "services/conversation/ConversationService.h"
#include "services/session/SessionService.h"
#include "xmpp/StanzaCutter.h"

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace cumulet::tests {

namespace {

constexpr auto fencer = "fence@kit.invalid"_L1;
constexpr auto mostWaiting = 60s;
constexpr auto goodbyeLimit = 5s; // after an error the stream is closed by the server, or given up after 3 s
constexpr auto streamHeader = "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";

// A real event loop: QTest::qWaitFor() sleeps between its looks, and this is done thousands of times.
template <typename Condition> bool runUntil(Condition condition, std::chrono::seconds limit = mostWaiting)
{
    QDeadlineTimer deadline(limit);
    QTimer wake; // a loop that waits for events would not see the end of the time
    wake.start(1s);
    while (!condition()) {
        if (deadline.hasExpired()) {
            return false;
        }
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

// the same for an answer, which comes from another thread and wakes nobody by itself
template <typename T> bool runUntilAnswered(const Future<T> &future)
{
    bool isThere = false;
    QObject context;
    whenDone(future, &context, [&isThere](const Result<T> &) { isThere = true; });
    return runUntil([&isThere] { return isThere; });
}

bool endsInsideAnElement(const QByteArray &bytes)
{
    StanzaCutter cutter;
    cutter.append(QByteArray(streamHeader) + bytes);
    while (cutter.next()) {}
    return !cutter.hasFailed() && cutter.hasPartial();
}

} // namespace

InboundRoad::InboundRoad() = default;
InboundRoad::~InboundRoad() = default;

bool InboundRoad::fail(const QString &what)
{
    m_error = what + u": "_s + (m_romeo ? m_romeo->error() : QString());
    return false;
}

bool InboundRoad::open()
{
    if (!m_domain.isOpen()) {
        return fail(u"the server does not listen"_s);
    }
    m_domain.server.hurry();
    m_domain.befriend(u"romeo"_s, u"juliet"_s);
    m_domain.befriend(u"romeo"_s, u"nurse"_s);
    m_domain.server.addAccount(u"nurse"_s);
    const auto juliet = m_domain.client(u"juliet"_s);
    m_channel = juliet->ownChannel();
    if (!juliet->start() || !juliet->waitForChannels() || !juliet->post(m_channel, u"Wherefore art thou Romeo?"_s)
        || !juliet->waitUntilSent()) {
        return fail(u"juliet: "_s + juliet->error());
    }
    juliet->goOffline();
    m_romeo = m_domain.client(u"romeo"_s, m_profile.path());
    if (!m_romeo->start() || !m_romeo->waitForChannels()) {
        return fail(u"login"_s);
    }
    if (!outcome(m_romeo->services().channels->follow(m_channel))
        || !runUntil([this] { return m_romeo->lines(m_channel).size() == 1; })) {
        return fail(u"the channel"_s);
    }
    connect(m_romeo->services().session, &SessionService::statusChanged, this, [this](const ConnectionStatus &status) {
        if (status.state == ConnectionState::Waiting || status.state == ConnectionState::Failed) {
            m_end = status.error;
            SessionService *session = m_romeo->services().session;
            QMetaObject::invokeMethod(session, [session] { session->retryNow(); }, Qt::QueuedConnection);
        }
    });
    connect(m_romeo->services().chat, &ChatService::arrived, this, [this](const QList<Message> &messages) {
        for (const auto &message : messages) {
            m_isOver =
                m_isOver || (message.sender.bare().text() == fencer && message.body == QString::number(m_fences));
        }
    });
    connect(&m_domain.server, &LoopbackServer::stanzaReceived, this, [this](const QDomElement &stanza) {
        if (m_romeo && stanza.attribute(u"from"_s) == m_romeo->services().session->boundJid().text()) {
            m_sent.append(toXml(stanza));
        }
    });
    m_screen = std::make_unique<Screen>(*m_romeo, fencer);
    push("<message from='juliet@example.org/balcony' to='romeo@example.org' type='chat' id='m1'>"
         "<body>O Romeo</body></message>");
    if (say(u"Shall I hear more"_s).isEmpty() || !m_screen->openNew()) {
        return fail(u"the chat"_s);
    }
    // once more, so that later logins find nothing new
    push("</stream:stream>");
    if (!restUntilUnchanged()) {
        return fail(u"the end of the login"_s);
    }
    (void)takeSent();
    return true;
}

// What a login sets going comes to its end: member lists and descriptions are asked for one after the other.
bool InboundRoad::restUntilUnchanged()
{
    auto before = store();
    for (int unchanged = 0; unchanged < 3; ++unchanged) {
        if (!runUntilAnswered(m_romeo->services().channels->fetchNewest(m_channel)) || !fence()) {
            return false;
        }
        settle();
        auto now = store();
        if (!StoreSnapshot::changes(before, now).isEmpty()) {
            unchanged = -1;
        }
        before = std::move(now);
    }
    return true;
}

QString InboundRoad::say(const QString &text)
{
    const Jid juliet = Jid::fromTrusted(u"juliet@example.org"_s);
    const auto sent = std::make_shared<QString>();
    const auto watching =
        connect(&m_domain.server, &LoopbackServer::stanzaReceived, this, [sent](const QDomElement &stanza) {
            if (stanza.tagName() == u"message" && !stanza.firstChildElement(u"body"_s).isNull()) {
                *sent = stanza.attribute(u"id"_s);
            }
        });
    if (!m_chat) {
        const auto chat = m_romeo->openChat(juliet);
        m_chat = chat ? chat->id : 0;
    }
    const bool isSent = runUntilAnswered(m_romeo->services().chat->send(m_chat, text))
        && runUntil([&] { return !sent->isEmpty() && m_romeo->services().chat->waiting() == 0; });
    disconnect(watching);
    settle();
    return m_own = isSent ? *sent : QString();
}

QByteArray InboundRoad::filled(QByteArray text) const
{
    text.replace("@me@", m_romeo->services().session->boundJid().text().toUtf8());
    text.replace("@own@", m_romeo->jid().text().toUtf8());
    text.replace("@m1@", "m1");
    text.replace("@out@", m_own.toUtf8());
    return text;
}

bool InboundRoad::waitOnline()
{
    const SessionService &session = *m_romeo->services().session;
    const ChannelService &channels = *m_romeo->services().channels;
    return runUntil(
        [&] { return (session.isOnline() && channels.status().state == ChannelServiceStatus::Ready) || m_end; });
}

// Stanzas keep their order: when a last message is stored, all before it was dealt with, or the connection is over.
bool InboundRoad::fence()
{
    m_isOver = false;
    ++m_fences;
    m_domain.server.send(u"romeo"_s,
        u"<message from='%1/x' to='romeo@example.org' type='chat' id='fence-%2'><body>%2</body></message>"_s.arg(fencer)
            .arg(m_fences));
    return runUntil([this] { return m_isOver || m_end; });
}

InboundRoad::Outcome InboundRoad::push(const QByteArray &bytes)
{
    Outcome result;
    result.isUnfinished = endsInsideAnElement(bytes);
    (void)waitOnline(); // the end may have come after the push before this one
    m_end.reset();
    m_domain.server.sendBytes(u"romeo"_s, bytes);
    if (result.isUnfinished) {
        m_domain.server.hangUp();
        result.isDeaf = !runUntil([this] { return m_end.has_value(); });
    } else {
        result.isDeaf = !fence();
        if (bytes.contains("<stream:error")) {
            (void)runUntil([this] { return m_end.has_value(); }, goodbyeLimit);
        }
        result.hasEnded = m_end.has_value();
        result.error = m_end.value_or(Error{});
    }
    while (m_end && !result.isDeaf) {
        m_end.reset();
        result.isDeaf = !waitOnline() || (!m_end && !fence());
    }
    settle();
    return result;
}

void InboundRoad::settle()
{
    // what is set going may set going more: the list reads again what a message has changed
    for (int round = 0; round < 6; ++round) {
        (void)runUntilAnswered(m_romeo->conversations().draft(1));
        QCoreApplication::processEvents();
    }
}

StoreSnapshot InboundRoad::store() const
{
    return StoreSnapshot::of(m_profile.filePath(u"cumulet.sqlite"_s), fencer);
}

QStringList InboundRoad::screen()
{
    if (!m_screen->openNew()) {
        return {u"a timeline could not be read"_s};
    }
    settle();
    return m_screen->lines();
}

QStringList InboundRoad::takeSent()
{
    return std::exchange(m_sent, {});
}

} // namespace cumulet::tests
