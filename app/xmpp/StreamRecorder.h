#pragma once

#include "domain/StreamRecord.h"

#include <QObject>

class QXmppClient;
class QXmppLogger;

namespace cumulet {

/// Tells what goes over the stream of a client as long as somebody listens, for the protocol console. The login is not
/// told, and what is a secret afterwards (passwords of XEP-0077, headers of upload slots of XEP-0363) is left out.
/// QXmpp pays nothing for it while it is off.
class StreamRecorder : public QObject
{
    Q_OBJECT

public:
    /// The client must outlive it or be gone for good.
    explicit StreamRecorder(QXmppClient &client, QObject *parent = nullptr);
    ~StreamRecorder() override;

    /// Only between login and goodbye anything is told.
    void setOpen(bool isOpen) { m_isOpen = isOpen; }

    /// Text of the stream without its secrets, cut to what a record may have.
    static QString withoutSecrets(const QString &text);

Q_SIGNALS:
    void recorded(const cumulet::StreamRecord &record);

private:
    QXmppClient &m_client;
    QXmppLogger *m_logger;
    bool m_isOpen = false;
};

} // namespace cumulet
