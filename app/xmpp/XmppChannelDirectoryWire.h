#pragma once

#include "wire/ChannelDirectoryWire.h"
#include "xmpp/DirectoryPayloads.h"
#include "xmpp/XmppChannelWire.h"

#include <optional>

namespace cumulet {

/// A channel directory through QXmpp (reference buddycloud.md 7.1). Lives in the client's thread; the client must
/// outlive it.
class XmppChannelDirectoryWire : public ChannelDirectoryWire
{
    Q_OBJECT

public:
    explicit XmppChannelDirectoryWire(
        QXmppClient *client, QObject *parent = nullptr, ChannelSurroundings surroundings = {});

    Future<Jid> findDirectory() override;
    Future<FoundChannels> channelsByWords(const QString &words, int index) override;
    Future<FoundPosts> postsByWords(const QString &words, int index) override;
    Future<FoundChannels> mostActive(int days, int index) override;
    Future<FoundChannels> recommended(int index) override;
    Future<FoundChannels> similarTo(const Jid &channel, int index) override;
    Future<QList<NodeId>> channelsOf(const Jid &service) override;
    Future<FoundPosts> followedPostsByWords(const Jid &service, const QString &words, int index) override;

private:
    Jid ownJid() const;
    Future<QDomElement> ask(const Jid &to, QXmppIq::Type type, XmlIq::Writer payload);
    Future<QDomElement> askDirectory(XmlIq::Writer payload);
    Future<FoundChannels> askForChannels(const payload::DirectoryPage &page, XmlIq::Writer payload);
    void noteFound(const Result<Jid> &found);

    QXmppClient *m_client;
    ChannelSurroundings m_surroundings;
    PubsubRequests m_requests;
    std::optional<Result<Jid>> m_directory; ///< what is known in this session
    QList<std::shared_ptr<QPromise<Result<Jid>>>> m_waiting; ///< for the search under way
};

} // namespace cumulet
