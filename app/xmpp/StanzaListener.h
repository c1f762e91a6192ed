#pragma once

#include <QXmppClientExtension.h>

#include <QDomElement>
#include <QPointer>
#include <QStringList>

#include <functional>

namespace cumulet {

/// Lets a wire see each incoming stanza before QXmpp makes an object of it. Owned by the QXmppClient it is added to.
class StanzaListener : public QXmppClientExtension
{
    Q_OBJECT

public:
    /// True: the stanza is taken, nobody else sees it.
    using Taker = std::function<bool(const QDomElement &stanza)>;

    /// taker is not called once context is gone. features are announced in service discovery.
    StanzaListener(QObject *context, Taker taker, const QStringList &features = {})
        : m_context(context)
        , m_taker(std::move(taker))
        , m_features(features)
    {
    }

    QStringList discoveryFeatures() const override { return m_features; }
    using QXmppClientExtension::handleStanza;
    bool handleStanza(const QDomElement &stanza) override { return m_context && m_taker(stanza); }

private:
    QPointer<QObject> m_context;
    Taker m_taker;
    QStringList m_features;
};

} // namespace cumulet
