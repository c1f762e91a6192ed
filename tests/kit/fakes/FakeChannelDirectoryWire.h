#pragma once

#include "kit/fakes/FakeChannelServer.h"
#include "wire/ChannelDirectoryWire.h"

#include <QStringList>

namespace cumulet::tests {

/// A directory over a FakeChannelServer. Answers come in a later turn of the event loop. Like real ones it also recommends
/// what is followed already.
class FakeChannelDirectoryWire : public ChannelDirectoryWire
{
    Q_OBJECT

public:
    explicit FakeChannelDirectoryWire(FakeChannelServer &server, QObject *parent = nullptr);

    bool hasDirectory = true;
    bool isOnline = true; ///< false: every question fails as Offline
    int pageSize = 20;
    bool turnsInCircles = false; ///< the first page is given for ever
    QStringList asked; ///< "kind details", in order

    Future<Jid> findDirectory() override;
    Future<FoundChannels> channelsByWords(const QString &words, int index) override;
    Future<FoundPosts> postsByWords(const QString &words, int index) override;
    Future<FoundChannels> mostActive(int days, int index) override;
    Future<FoundChannels> recommended(int index) override;
    Future<FoundChannels> similarTo(const Jid &channel, int index) override;
    Future<QList<NodeId>> channelsOf(const Jid &service) override;
    Future<FoundPosts> followedPostsByWords(const Jid &service, const QString &words, int index) override;

private:
    template <typename T> Future<T> later(const QString &question, bool needsDirectory, const T &answer);
    FoundChannels page(const QList<Channel> &faces, int index) const;
    FoundPosts postsWith(const QString &words, int index) const;
    QList<Channel> openFaces() const;

    FakeChannelServer &m_server;
};

} // namespace cumulet::tests
