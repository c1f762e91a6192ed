// A channel wire without a network: what it sends is kept, what comes is handed to it as bytes say, odd namespaces
// included (a stream through a server would straighten them).
#pragma once

#include "xmpp/XmppChannelDirectoryWire.h"
#include "xmpp/XmppChannelWire.h"

#include <QXmppClient.h>

#include <QDomDocument>
#include <QFile>
#include <QTest>

namespace cumulet::tests {

/// The element that the text is; stanzas without a namespace are put into jabber:client.
QDomElement parsed(const QString &xml);
/// The element in tests/stanzas/channel/name.
QDomElement channelStanza(const QString &name);
/// The first element of that local name at any depth, in document order; null where there is none.
QDomElement deepest(const QDomElement &root, const QString &name);

class ChannelBench
{
public:
    /// own: full JID of the account that is logged in.
    explicit ChannelBench(const QString &own = QStringLiteral("ann@a.test/desk"),
        const QString &service = QStringLiteral("channels.a.test"));
    ~ChannelBench();

    /// Hands a stanza to the client's extensions, as a stream would. True: one of them took it.
    bool receive(const QDomElement &stanza);
    bool receive(const QString &xml) { return receive(parsed(xml)); }
    /// Answers a request from the service with a result or an error that holds content.
    bool answer(qsizetype request, const QString &content, const QString &type = QStringLiteral("result"));
    bool answerFrom(
        const QString &from, qsizetype request, const QString &content, const QString &type = QStringLiteral("result"));

    /// Everything that was sent, oldest first.
    const QList<QDomElement> &sent() const { return m_sent; }
    QString sentText(qsizetype index) const;

    bool isConnected = true;
    QDateTime now = QDateTime::fromString(QStringLiteral("2026-11-24T12:00:00Z"), Qt::ISODate);
    QHash<QString, QStringList> textRecords; ///< what DNS knows
    QStringList lookedUp;

    QXmppClient client{QXmppClient::NoExtensions};
    std::unique_ptr<XmppChannelWire> wire;
    std::unique_ptr<XmppChannelDirectoryWire> directory;

    /// The news that the wire told, one line each, for example "posts /user/ann@a.test/posts fac3".
    QStringList news;
    int lost = 0;
    int alive = 0;

private:
    void listen();
    void listenToMembers();
    ChannelSurroundings surroundings();

    QList<QDomElement> m_sent;
};

/// What a future came to, once it has come to something; Timeout in a kind of its own where it does not.
template <typename T> Result<T> outcome(Future<T> future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 5'000)) {
        return Error{ErrorKind::Canceled, QStringLiteral("the test waited in vain")};
    }
    return future.isCanceled() || future.resultCount() == 0 ? Result<T>() : future.result();
}

/// A post in one line.
QString lineOf(const Post &post);
/// An error's kind as a word.
QString wordOf(ErrorKind kind);

} // namespace cumulet::tests
