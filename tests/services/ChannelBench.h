#pragma once

#include "kit/fakes/FakeChannelWire.h"
#include "services/StoreBench.h"
#include "services/channel/ChannelService.h"

#include <algorithm>

namespace cumulet::tests {

/// The channels of romeo on a service in memory and a real database. There is a topic channel of juliet's that romeo
/// follows and may write in, and his own one. Not connected yet: see start().
class ChannelBench : public StoreBench
{
public:
    explicit ChannelBench(const ChannelTiming &given = {})
        : timing(given)
    {
        server.add(own, romeo);
        server.add(cooking, juliet).face.title = QStringLiteral("Cooking");
        server.join(cooking, romeo);
        make();
    }
    ~ChannelBench()
    {
        channels.reset();
        settle();
    }

    /// The end of the process in whatever state, and a new one on the same database; the service stays.
    void killAndRestart()
    {
        channels.reset();
        wire.reset();
        channelStore.reset();
        reopen();
        make();
    }
    /// The connection is gone, and there again as a new stream.
    void disconnect()
    {
        wire->isOnline = false;
        channels->stop();
        settle();
    }
    Result<Done> start()
    {
        wire->isOnline = true;
        return await(channels->start({}));
    }

    void write(const QString &body, const ItemId &inReplyTo = {}) { write(cooking, body, inReplyTo); }
    void write(const NodeId &node, const QString &body, const ItemId &inReplyTo = {})
    {
        QVERIFY(await(channels->post(node, body, inReplyTo)));
    }
    ConversationId entryOf(const NodeId &node)
    {
        return await(conversations->ensure(account.id, Conversation::Kind::Channel, node.channel())).value().id;
    }
    QList<Thread> threadsIn(const NodeId &node)
    {
        return await(
            channelStore->page(entryOf(node), {std::nullopt, PageRequest::Before, 5000}, ThreadOrder::NewestPost, 1000))
            .value()
            .rows;
    }
    /// What is stored in a channel: starts oldest first, each followed by its comments as "> body".
    QStringList stored(const NodeId &node)
    {
        QStringList bodies;
        for (const auto &thread : threadsIn(node)) {
            bodies.append(thread.start.body);
            for (const auto &comment : thread.comments) {
                bodies.append(QStringLiteral("> ") + comment.body);
            }
        }
        return bodies;
    }
    QStringList stored() { return stored(cooking); }
    std::optional<Post> find(const QString &body, const NodeId &node)
    {
        for (const auto &thread : threadsIn(node)) {
            if (thread.start.body == body) {
                return thread.start;
            }
            for (const auto &comment : thread.comments) {
                if (comment.body == body) {
                    return comment;
                }
            }
        }
        return std::nullopt;
    }
    std::optional<Post> find(const QString &body) { return find(body, cooking); }
    Conversation listed(const NodeId &node)
    {
        const auto entries = await(conversations->list()).value();
        const auto entry = std::find_if(entries.cbegin(), entries.cend(), [&](const Conversation &conversation) {
            return conversation.kind == Conversation::Kind::Channel && conversation.jid == node.channel();
        });
        return entry == entries.cend() ? Conversation() : *entry;
    }

    const NodeId own = NodeId::of(romeo);
    const NodeId cooking = NodeId::fromTrusted(QStringLiteral("/user/cooking@topics.example.org/posts"));
    ChannelTiming timing;
    FakeChannelServer server;
    std::unique_ptr<FakeChannelWire> wire;
    std::unique_ptr<ChannelStore> channelStore;
    std::unique_ptr<ChannelService> channels;

private:
    void make()
    {
        wire = std::make_unique<FakeChannelWire>(server, romeo);
        channelStore = std::make_unique<ChannelStore>(*database);
        channels = std::make_unique<ChannelService>(
            ChannelService::Parts{account.id, romeo, *wire, *channelStore, *conversations, timing});
        settle();
    }
};

} // namespace cumulet::tests
