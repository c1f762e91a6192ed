#pragma once

#include "domain/Result.h"
#include "xmpp/StanzaCutter.h"

#include <QObject>

#include <functional>

class QSslSocket;
class QXmppClient;
class QXmppOutgoingClient;

namespace cumulet {

/// Stands between the socket of a QXmppClient and its parser and hands over whole elements only. QXmpp 1.10
/// decodes each network read by itself, which destroys letters on read borders, takes white-space keep-alives for
/// errors, goes deaf on broken XML and has no limits.
/// What it needs of QXmpp is exported but not in an installed header, so it is looked up at run time; where it is
/// missing, isGuarded() is false and QXmpp reads by itself. Belongs to the client's thread.
class StreamGuard : public QObject
{
    Q_OBJECT

public:
    explicit StreamGuard(QXmppClient *client, QObject *parent = nullptr);

    bool isGuarded() const { return m_processData != nullptr; }
    /// Called with each whole element before QXmpp sees it; false drops the element.
    void setFilter(std::function<bool(const QString &element)> filter) { m_filter = std::move(filter); }

    /// Makes QXmpp forget the stanzas that were never acknowledged (XEP-0198), except for those up to handled.
    /// Otherwise it sends them again on the next stream, and what had arrived would be there twice.
    void forgetUnacknowledged(quint32 handled = 0);

Q_SIGNALS:
    /// Some bytes came.
    void bytesReceived();
    /// The stream broke a rule and cannot be read any further: drop the connection.
    void violated(const cumulet::Error &error);

private:
    using ProcessData = void (*)(void *socket, const QString &element);
    using SetAcknowledged = void (*)(void *acknowledgements, unsigned int handled);
    using ResetCache = void (*)(void *acknowledgements);

    void read();

    QXmppOutgoingClient *m_stream = nullptr;
    QSslSocket *m_socket = nullptr;
    void *m_reader = nullptr; ///< QXmpp's XmppSocket
    ProcessData m_processData = nullptr;
    SetAcknowledged m_setAcknowledged = nullptr;
    ResetCache m_resetCache = nullptr;
    StanzaCutter m_cutter;
    std::function<bool(const QString &)> m_filter;
};

} // namespace cumulet
