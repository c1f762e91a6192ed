#include "services/channel/ChannelChecks.h"

#include "services/channel/ChannelDirectory.h"
#include "services/channel/ChannelService.h"

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

// where it was found is told by a word: the UI has the sentence
QString wayWord(ChannelServiceAddress::Way way)
{
    switch (way) {
    case ChannelServiceAddress::Way::Listed:
        return u"listed"_s;
    case ChannelServiceAddress::Way::Remembered:
        return u"remembered"_s;
    case ChannelServiceAddress::Way::NameService:
        return u"dns"_s;
    case ChannelServiceAddress::Way::Chosen:
        return u"chosen"_s;
    }
    return {};
}

Future<QString> askService(ChannelService &channels)
{
    return andThen(channels.lookForService(), &channels, [](const ChannelServiceAddress &found) -> Result<QString> {
        return u"%1 %2"_s.arg(found.service.text(), wayWord(found.way));
    });
}

Future<QString> askMediaServer(ChannelService &channels)
{
    return andThen(
        channels.domainServices(), &channels, [](const QList<DiscoveredService> &services) -> Result<QString> {
            for (const auto &service : services) {
                if (!service.mediaEndpoint.isEmpty()) {
                    return service.mediaEndpoint;
                }
            }
            return Error{ErrorKind::NotFound, u"no service has the form of a media server"_s};
        });
}

Future<QString> withoutDetail(Future<Done> done, QObject *context)
{
    return andThen(done, context, [](Done) -> Result<QString> { return QString(); });
}

} // namespace

QList<ServerCheck::Step> channelChecks(ChannelService &channels, ChannelDirectory &directory)
{
    auto *const service = &channels;
    auto *const finder = &directory;
    const auto own = NodeId::of(channels.ownJid());
    return {
        {QString::fromLatin1(channelCheck::service), [service] { return askService(*service); }, true},
        {QString::fromLatin1(channelCheck::registration),
            [service] { return withoutDetail(service->registerAgain(), service); }, false},
        {QString::fromLatin1(channelCheck::ownChannel),
            [service, own] {
                return andThen(service->preview(own), service,
                    [](const Channel &channel) -> Result<QString> { return channel.node.channel().text(); });
            },
            false},
        {QString::fromLatin1(channelCheck::directory), [finder] { return withoutDetail(finder->find(), finder); },
            false},
        {QString::fromLatin1(channelCheck::mediaServer), [service] { return askMediaServer(*service); }, false},
        {QString::fromLatin1(channelCheck::search),
            [finder] {
                return andThen(finder->followedPosts(u"cumulet"_s, 0), finder,
                    [](const FoundPosts &) -> Result<QString> { return QString(); });
            },
            false},
        {QString::fromLatin1(channelCheck::archive),
            [service] { return withoutDetail(service->askForMissed(), service); }, false},
        {QString::fromLatin1(channelCheck::temporary),
            [service] { return withoutDetail(service->askForTemporary(), service); }, false},
    };
}

} // namespace cumulet
