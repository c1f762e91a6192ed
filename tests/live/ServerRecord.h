#pragma once

#include "domain/Message.h"
#include "domain/Post.h"
#include "wire/AccountWires.h"
#include "wire/SessionWire.h"
#include "xmpp/XmppOptions.h"

namespace cumulet::tests {

/// What the server itself has: read page by page over the bare wires, so that no store of ours can hide a double.
class ServerRecord
{
public:
    ServerRecord(const SessionSettings &settings, const XmppOptions &options);
    ~ServerRecord();

    bool logIn();
    const QString &error() const { return m_error; }

    /// The archive's messages with that peer, oldest first. start: only newer ones, may be invalid.
    std::optional<QList<IncomingMessage>> archive(const Jid &peer, const QDateTime &start = {});
    QStringList archivedBodies(const Jid &peer, const QDateTime &start = {});
    /// The items of a node, oldest first, posts and comments alike.
    std::optional<QList<Post>> items(const NodeId &node);
    QStringList itemBodies(const NodeId &node);

private:
    const SessionSettings m_settings;
    AccountWires m_wires;
    QString m_error;
};

} // namespace cumulet::tests
