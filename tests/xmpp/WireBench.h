// One account's wires, logged in to a server in this process.
#pragma once

#include "kit/loopback/LoopbackServer.h"
#include "xmpp/XmppArchiveWire.h"
#include "xmpp/XmppAvatarWire.h"
#include "xmpp/XmppChatWire.h"
#include "xmpp/XmppRosterWire.h"
#include "xmpp/XmppSession.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

namespace cumulet::tests {

/// The text of a file in tests/stanzas/chat.
inline QString chatStanza(const QString &name)
{
    QFile file(QStringLiteral(CUMULET_SOURCE_DIR "/tests/stanzas/chat/") + name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).trimmed() : QString();
}

/// Runs the event loop until the answer is there; gives up after five seconds.
template <typename T> Result<T> wait(const Future<T> &future)
{
    (void)QTest::qWaitFor([&] { return future.isFinished(); }, 5000);
    return future.isFinished() && future.resultCount() > 0 ? future.result()
                                                           : Result<T>(Error{ErrorKind::Canceled, {}});
}

struct WireBench
{
    WireBench()
    {
        server.addAccount(QStringLiteral("romeo"));
        server.addAccount(QStringLiteral("juliet"));
    }

    /// Logs romeo in.
    bool logIn()
    {
        QSignalSpy connected(&session, &SessionWire::connected);
        QSignalSpy rosters(&roster, &RosterWire::rosterReceived);
        if (!server.port() && !server.listen()) {
            return false;
        }
        session.open(server.settingsFor(QStringLiteral("romeo")));
        return connected.wait() && (rosters.count() > 0 || rosters.wait());
    }

    /// Writes XML to romeo's stream; %me stands for his full JID, %own for his bare one.
    void push(QString xml, int chunk = 0)
    {
        xml.replace(QStringLiteral("%me"), session.boundJid().text());
        xml.replace(QStringLiteral("%own"), session.boundJid().bare().text());
        server.send(QStringLiteral("romeo"), xml, chunk);
    }

    /// Returns when everything pushed before was read: stanzas keep their order.
    bool settle()
    {
        QSignalSpy messages(&chat, &ChatWire::messageReceived);
        push(QStringLiteral("<message from='fence@example.org' type='chat'><body>fence</body></message>"));
        // a real event loop: QTest::qWaitFor() sleeps between its looks
        while (messages.isEmpty() || messages.last().first().value<IncomingMessage>().body != QStringLiteral("fence")) {
            if (!messages.wait(10'000)) {
                return false;
            }
        }
        return true;
    }

    LoopbackServer server;
    XmppSession session{LoopbackServer::options()};
    XmppChatWire chat{&session};
    XmppRosterWire roster{&session};
    XmppAvatarWire avatars{&session};
    XmppArchiveWire archive{&session};
};

} // namespace cumulet::tests
