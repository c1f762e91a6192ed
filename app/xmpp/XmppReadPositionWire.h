#pragma once

#include "wire/ReadPositionWire.h"

class QDomElement;
class QXmppClient;

namespace cumulet {

class XmppSession;

/// ReadPositionWire with a node of personal eventing that is persistent and private (XEP-0163, XEP-0223): the item's id
/// is the name of the channel's node, its payload a time.
class XmppReadPositionWire : public ReadPositionWire
{
    Q_OBJECT

public:
    static constexpr int mostPositions = 1000; ///< of one answer

    explicit XmppReadPositionWire(XmppSession *session, QObject *parent = nullptr);

    Future<QList<ReadPosition>> positions() override;
    Future<Done> publish(const ReadPosition &position) override;

private:
    bool take(const QDomElement &stanza);

    XmppSession *const m_session;
    QXmppClient *const m_client;
};

} // namespace cumulet
