// A Buddycloud-like channel service for tests and demonstrations: one stanza in, the stanzas to send out.
#pragma once

#include "ServiceSettings.h"

#include <QDateTime>

#include <functional>
#include <memory>

class QDomElement;

namespace cumulet::channelserver {

struct ServiceState;

/// The whole service behind one component address. It imitates buddycloud-server-java as captured, see README.md;
/// ServiceSettings::behaviour says how closely. It knows no network: a front hands stanzas in and sends what comes out.
/// To be used in one thread.
class ChannelService
{
    Q_DISABLE_COPY_MOVE(ChannelService)

public:
    explicit ChannelService(const ServiceSettings &settings);
    ~ChannelService();

    /// Opens the store, a file or ":memory:". Must succeed before anything else; *error says why it did not.
    bool open(const QString &storeFile, QString *error = nullptr);

    /// Time (UTC) and ids of new items, for tests that compare whole answers. The real ones by default.
    void setClock(std::function<QDateTime()> now);
    void setIdSource(std::function<QString()> newId);

    /// Deals with a stanza that came to the service's address (with the user's full JID in "from").
    Outcome receive(const Element &stanza);
    Outcome receive(const QDomElement &stanza);
    /// What the topics domain answers (buddycloud.md 2.4): disco#items, and nothing else.
    Outcome receiveForTopics(const Element &stanza);
    /// What the channel directory answers (buddycloud.md 7.1).
    Outcome receiveForDirectory(const Element &stanza);
    /// Deals with a stanza to whichever of its addresses is meant.
    Outcome receiveForAny(const Element &stanza);

    /// For fronts beside it: who may do what in the posts of a channel. user: any address; empty: somebody unknown.
    bool hasChannel(const QString &channel) const;
    bool mayRead(const QString &channel, const QString &user) const;
    bool mayPost(const QString &channel, const QString &user) const;
    bool mayModerate(const QString &channel, const QString &user) const;

    const ServiceSettings &settings() const;
    /// May be changed at any time.
    void setBehaviour(const Behaviour &behaviour);
    /// As after a restart of the service: nobody is online.
    void forgetPresence();

private:
    std::unique_ptr<ServiceState> m_state;
};

} // namespace cumulet::channelserver
