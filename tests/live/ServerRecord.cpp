#include "live/ServerRecord.h"

#include "kit/Waiting.h"
#include "live/LiveClient.h"
#include "wire/ArchiveWire.h"
#include "wire/ChannelWire.h"
#include "xmpp/XmppWires.h"

#include <QSignalSpy>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

ServerRecord::ServerRecord(const SessionSettings &settings, const XmppOptions &options)
    : m_settings(settings)
    , m_wires(makeWires(options))
{
}

ServerRecord::~ServerRecord() = default;

bool ServerRecord::logIn()
{
    QSignalSpy connected(m_wires.session, &SessionWire::connected);
    QSignalSpy refused(m_wires.session, &SessionWire::disconnected);
    auto settings = m_settings;
    settings.presence.priority = -1; // messages go to the clients of the test
    m_wires.session->open(settings);
    if (!waitFor([&] { return !connected.isEmpty() || !refused.isEmpty(); }) || connected.isEmpty()) {
        m_error = refused.isEmpty() ? u"no answer"_s : refused.first().first().value<Error>().detail;
        return false;
    }
    return true;
}

std::optional<QList<IncomingMessage>> ServerRecord::archive(const Jid &peer, const QDateTime &start)
{
    QList<IncomingMessage> messages;
    ArchiveRequest request;
    request.with = peer;
    request.start = start;
    request.limit = 200;
    while (true) {
        const auto page = outcome(m_wires.archive->page(request));
        if (!page) {
            m_error = page.error().detail;
            return std::nullopt;
        }
        messages += page->messages;
        if (page->isComplete || page->last.isEmpty() || page->last == request.after) {
            return messages;
        }
        request.after = page->last;
    }
}

QStringList ServerRecord::archivedBodies(const Jid &peer, const QDateTime &start)
{
    QStringList bodies;
    const auto messages = archive(peer, start).value_or(QList<IncomingMessage>());
    for (const auto &message : messages) {
        bodies.append(message.body);
    }
    return bodies;
}

std::optional<QList<Post>> ServerRecord::items(const NodeId &node)
{
    ChannelWire &channels = *m_wires.channels;
    if (channels.service().isEmpty()) {
        const auto address = outcome(channels.findService());
        if (!address) {
            m_error = address.error().detail;
            return std::nullopt;
        }
        channels.setService(address->service);
    }
    QList<Post> posts;
    QString after;
    while (true) {
        const auto page = outcome(channels.posts(node, after, 100));
        if (!page) {
            m_error = page.error().detail;
            return std::nullopt;
        }
        posts += page->posts;
        if (page->isComplete || page->last.isEmpty() || page->last == after) {
            break;
        }
        after = page->last;
    }
    // the service gives the newest thread first; items of the same moment stay in its order
    std::reverse(posts.begin(), posts.end());
    std::stable_sort(
        posts.begin(), posts.end(), [](const Post &one, const Post &other) { return one.published < other.published; });
    return posts;
}

QStringList ServerRecord::itemBodies(const NodeId &node)
{
    QStringList bodies;
    const auto posts = items(node).value_or(QList<Post>());
    for (const auto &post : posts) {
        bodies.append(post.body);
    }
    return bodies;
}

} // namespace cumulet::tests
