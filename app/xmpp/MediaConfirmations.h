#pragma once

#include "domain/Jid.h"

#include <QHash>
#include <QObject>

class QDomElement;
class QXmppClient;

namespace cumulet {

/// Questions of web servers whether it is us who ask them (XEP-0070). One that a media server asks about a request that
/// we are just making is answered with yes, once; every other one is refused. None of them ever gets into a chat.
class MediaConfirmations : public QObject
{
    Q_OBJECT

public:
    /// client must outlive this object.
    explicit MediaConfirmations(QXmppClient *client, QObject *parent = nullptr);

    /// Makes the id of a request to that server: its question with it is answered with yes until forget().
    QString expect(const Jid &server);
    void forget(const QString &id) { m_expected.remove(id); }

private:
    bool take(const QDomElement &stanza);

    QXmppClient *m_client;
    QHash<QString, Jid> m_expected;
};

} // namespace cumulet
