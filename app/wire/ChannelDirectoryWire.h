#pragma once

#include "domain/Async.h"
#include "domain/FoundChannel.h"

#include <QObject>

namespace cumulet {

/// Where channels and posts are found: the channel directory of our domain (buddycloud.md 7.1), and what the channel
/// service itself can tell without one (2.6, 4.20). All that comes is bounded, and taken from the asked component
/// alone; each request has a time limit. Pages begin at an index, 0 for the first.
class ChannelDirectoryWire : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Looks for the directory among the services of our domain, once in a session; later calls know. The questions
    /// below do it by themselves. ErrorKind::NotFound: the domain has none; another kind: we could not find out.
    virtual Future<Jid> findDirectory() = 0;

    /// Channels with these words in title, description or name.
    virtual Future<FoundChannels> channelsByWords(const QString &words, int index) = 0;
    /// Posts with these words, in channels that anybody can read.
    virtual Future<FoundPosts> postsByWords(const QString &words, int index) = 0;
    /// Those with the most posts in that many days.
    virtual Future<FoundChannels> mostActive(int days, int index) = 0;
    /// What may please us; it may hold what we follow already.
    virtual Future<FoundChannels> recommended(int index) = 0;
    virtual Future<FoundChannels> similarTo(const Jid &channel, int index) = 0;

    /// All channels that the service lists (2.6): posts nodes only, at most 5,000, in the order given.
    virtual Future<QList<NodeId>> channelsOf(const Jid &service) = 0;
    /// Posts with all these words in the channels that we follow, as the service has them (4.20); case counts there.
    virtual Future<FoundPosts> followedPostsByWords(const Jid &service, const QString &words, int index) = 0;
};

} // namespace cumulet
