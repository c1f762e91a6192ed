#pragma once

#include "domain/Async.h"
#include "domain/FoundChannel.h"

#include <QObject>
#include <QSet>

namespace cumulet {

class ChannelDirectoryWire;
class ChannelService;

/// Finding channels of an account: by the channel directory of the domain, and by what the channel service itself tells.
/// Nothing is stored. Pages begin at an index; FoundChannels::next is where the next one does. ErrorKind::NotFound: this
/// account has no directory (or no channel service); what needs it is not to be offered. Offline, Timeout: try later.
class ChannelDirectory : public QObject
{
    Q_OBJECT

public:
    ChannelDirectory(ChannelDirectoryWire &wire, ChannelService &channels, QObject *parent = nullptr);

    /// Whether there is a directory; NotFound: no.
    Future<Done> find();

    /// Channels and posts with these words, as the directory knows them.
    Future<FoundChannels> channels(const QString &words, int index);
    Future<FoundPosts> posts(const QString &words, int index);
    /// Posts with these words in what we follow, as the channel service has them; needs no directory.
    Future<FoundPosts> followedPosts(const QString &words, int index);
    /// The busiest channels of the last week.
    Future<FoundChannels> active(int index);
    /// What may please us, without what we follow already.
    Future<FoundChannels> suggested(int index);
    /// Others like this one, without it and without what we follow.
    Future<FoundChannels> similarTo(const NodeId &node);

    /// The channels of our own service, by address; needs no directory. words: only those with them in their address;
    /// then a list of before will do. The rows have addresses only: described() follows for each of them.
    Future<FoundChannels> here(const QString &words, int index);

Q_SIGNALS:
    /// More is known of a channel of here(): its title, description, type and role of new followers.
    void described(const cumulet::FoundChannel &channel);

private:
    /// The service's address, or why there is none.
    Result<Jid> service() const;
    FoundChannels withoutFollowed(FoundChannels found) const;
    FoundChannels pageOfHere(const QString &words, int index);
    void describeNext();

    ChannelDirectoryWire &m_wire;
    ChannelService &m_channels;
    QList<NodeId> m_here;
    QList<NodeId> m_toDescribe;
    int m_beingDescribed = 0;
};

} // namespace cumulet
