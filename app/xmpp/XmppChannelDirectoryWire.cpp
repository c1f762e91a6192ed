#include "xmpp/XmppChannelDirectoryWire.h"

#include "xmpp/DirectoryAnswers.h"
#include "xmpp/IdentitySearch.h"
#include "xmpp/PubsubPayloads.h"
#include "xmpp/StanzaListener.h"

#include <QXmppClient.h>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

constexpr int pageSize = 20;
constexpr qsizetype mostChannels = 5'000;
constexpr qsizetype longestWords = 1'000;
constexpr qsizetype mostWords = 20;

PubsubRequests::Send sendThrough(QXmppClient *client, PubsubRequests::Send given)
{
    return given ? given : [client](const QXmppStanza &stanza) { return client->sendPacket(stanza); };
}

AskedRows rowsOf(const payload::DirectoryPage &page)
{
    return {page.index, page.max};
}

} // namespace

XmppChannelDirectoryWire::XmppChannelDirectoryWire(
    QXmppClient *client, QObject *parent, ChannelSurroundings surroundings)
    : ChannelDirectoryWire(parent)
    , m_client(client)
    , m_surroundings(std::move(surroundings))
    , m_requests(client, sendThrough(client, m_surroundings.send), nullptr)
{
    m_client->insertExtension(
        0, new StanzaListener(this, [this](const QDomElement &stanza) { return m_requests.take(stanza); }));
    connect(m_client, &QXmppClient::connected, this, [this] {
        if (m_client->streamManagementState() != QXmppClient::ResumedStream) {
            m_directory.reset(); // a new session
        }
    });
}

Jid XmppChannelDirectoryWire::ownJid() const
{
    return Jid::fromTrusted(m_client->configuration().jidBare());
}

Future<Jid> XmppChannelDirectoryWire::findDirectory()
{
    if (m_directory) {
        return QtFuture::makeReadyValueFuture(*m_directory);
    }
    const auto domain = Jid::fromTrusted(ownJid().domain());
    if (domain.isEmpty()) {
        return failed<Jid>({ErrorKind::Offline, u"no account"_s});
    }
    auto promise = std::make_shared<QPromise<Result<Jid>>>();
    promise->start();
    m_waiting.append(promise);
    if (m_waiting.size() == 1) {
        auto *search = new IdentitySearch(&m_requests, u"Search"_s, u"Directory"_s, m_surroundings.discoLimits.info);
        whenDone(search->start(domain), this, [this](const Result<Jid> &found) { noteFound(found); });
    }
    return promise->future();
}

void XmppChannelDirectoryWire::noteFound(const Result<Jid> &found)
{
    if (found || found.error().kind == ErrorKind::NotFound) {
        m_directory = found;
    }
    for (const auto &promise : std::exchange(m_waiting, {})) {
        promise->addResult(found);
        promise->finish();
    }
}

Future<QDomElement> XmppChannelDirectoryWire::ask(const Jid &to, QXmppIq::Type type, XmlIq::Writer payload)
{
    return m_requests.request(to, type, std::move(payload), m_surroundings.requestLimit);
}

Future<QDomElement> XmppChannelDirectoryWire::askDirectory(XmlIq::Writer payload)
{
    return andThen(
        findDirectory(), this, [this, payload](const Jid &directory) { return ask(directory, QXmppIq::Get, payload); });
}

Future<FoundChannels> XmppChannelDirectoryWire::askForChannels(
    const payload::DirectoryPage &page, XmlIq::Writer payload)
{
    return andThen(askDirectory(std::move(payload)), this,
        [page](const QDomElement &iq) { return Result(readFoundChannels(iq, rowsOf(page))); });
}

Future<FoundChannels> XmppChannelDirectoryWire::channelsByWords(const QString &words, int index)
{
    const payload::DirectoryPage page{index, pageSize};
    return askForChannels(page, payload::channelsByWords(words.left(longestWords), page));
}

Future<FoundPosts> XmppChannelDirectoryWire::postsByWords(const QString &words, int index)
{
    const payload::DirectoryPage page{index, pageSize};
    return andThen(askDirectory(payload::postsByWords(words.left(longestWords), page)), this,
        [this, page](const QDomElement &iq) { return Result(readFoundPosts(iq, rowsOf(page), m_surroundings.now())); });
}

Future<FoundChannels> XmppChannelDirectoryWire::mostActive(int days, int index)
{
    const payload::DirectoryPage page{index, pageSize};
    return askForChannels(page, payload::mostActive({}, days, page));
}

Future<FoundChannels> XmppChannelDirectoryWire::recommended(int index)
{
    const payload::DirectoryPage page{index, pageSize};
    return askForChannels(page, payload::recommended(ownJid(), page));
}

Future<FoundChannels> XmppChannelDirectoryWire::similarTo(const Jid &channel, int index)
{
    const payload::DirectoryPage page{index, pageSize};
    return askForChannels(page, payload::similarTo(channel.bare(), page));
}

Future<QList<NodeId>> XmppChannelDirectoryWire::channelsOf(const Jid &service)
{
    return andThen(ask(service, QXmppIq::Get, payload::discoItems()), this,
        [](const QDomElement &iq) { return Result(readListedChannels(iq, mostChannels)); });
}

Future<FoundPosts> XmppChannelDirectoryWire::followedPostsByWords(const Jid &service, const QString &words, int index)
{
    const auto list = words.left(longestWords).split(u' ', Qt::SkipEmptyParts).mid(0, mostWords);
    if (list.isEmpty()) {
        return ready(FoundPosts{});
    }
    return andThen(ask(service, QXmppIq::Set, payload::followedPosts(list, pageSize, index / pageSize + 1)), this,
        [this, index](
            const QDomElement &iq) { return Result(readSearchedPosts(iq, {index, pageSize}, m_surroundings.now())); });
}

} // namespace cumulet
