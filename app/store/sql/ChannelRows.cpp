#include "store/sql/ChannelRows.h"

#include "store/sql/ConversationRows.h"

using namespace Qt::StringLiterals;

namespace cumulet {

ConversationId ensureChannel(Connection &connection, AccountId account, const NodeId &node)
{
    if (!node.isPosts() || ownJidOf(connection, account).isEmpty()) {
        return 0;
    }
    return ensureConversation(connection, account, Conversation::Kind::Channel, node.channel());
}

ConversationId findChannel(Connection &connection, AccountId account, const NodeId &node)
{
    return node.isPosts() ? findConversation(connection, account, Conversation::Kind::Channel, node.channel()) : 0;
}

NodeId nodeOf(Connection &connection, ConversationId channel)
{
    auto select = connection.statement(u"SELECT jid FROM conversation WHERE id = ?"_s);
    return select.run(channel) && select.next() ? NodeId::of(Jid::fromTrusted(select.text(0))) : NodeId();
}

static const QString selectChannels =
    u"SELECT c.jid, ch.title, ch.description, ch.access_model, ch.default_affiliation, ch.type, ch.owner, ch.created, "
    "ch.own_affiliation, ch.own_subscription, ch.followers, ch.is_gone "
    "FROM conversation c JOIN channel ch ON ch.conversation = c.id "_s;

static Channel readChannel(const Statement &row)
{
    Channel channel;
    channel.node = NodeId::of(Jid::fromTrusted(row.text(0)));
    channel.title = row.text(1);
    channel.description = row.text(2);
    channel.accessModel = row.choice<AccessModel>(3);
    channel.defaultAffiliation = row.choice<Affiliation>(4);
    channel.type = row.choice<ChannelType>(5);
    channel.owner = Jid::fromTrusted(row.text(6));
    channel.created = row.time(7);
    channel.ownAffiliation = row.choice<Affiliation>(8);
    channel.ownSubscription = row.choice<NodeSubscription>(9);
    channel.followers = row.number(10);
    channel.isGone = row.flag(11);
    return channel;
}

std::optional<Channel> channelOf(Connection &connection, ConversationId channel)
{
    auto select = connection.statement(selectChannels + u"WHERE c.id = ?"_s);
    return select.run(channel) && select.next() ? std::optional(readChannel(select)) : std::nullopt;
}

QList<Channel> listedChannels(Connection &connection, AccountId account)
{
    QList<Channel> channels;
    auto select = connection.statement(
        selectChannels + u"WHERE c.account = ? AND c.kind = 1 AND c.is_followed = 1 ORDER BY c.jid"_s);
    select.run(account);
    while (select.next()) {
        channels += readChannel(select);
    }
    return channels;
}

QList<Channel> channelsSharedWith(Connection &connection, AccountId account, const Jid &person)
{
    QList<Channel> channels;
    auto select = connection.statement(selectChannels
        + u"JOIN channel_member m ON m.channel = c.id AND m.jid = ? WHERE c.account = ? AND c.kind = 1 "
          "AND c.is_followed = 1 AND ch.own_subscription = 3 AND m.subscription = 3 ORDER BY c.jid LIMIT 100"_s);
    select.run(person, account);
    while (select.next()) {
        channels += readChannel(select);
    }
    return channels;
}

void writeChannel(Connection &connection, ConversationId id, const Channel &channel)
{
    auto update = connection.statement(
        u"UPDATE channel SET title = ?, description = ?, access_model = ?, default_affiliation = ?, type = ?, "
        "owner = ?, created = coalesce(?, created), followers = CASE WHEN ? >= 0 THEN ? ELSE followers END, "
        "is_gone = ? WHERE conversation = ?"_s);
    update.run(channel.title, channel.description, channel.accessModel, channel.defaultAffiliation, channel.type,
        channel.owner, channel.created, channel.followers, channel.followers, channel.isGone, id);
}

bool writeStanding(
    Connection &connection, ConversationId channel, Affiliation affiliation, NodeSubscription subscription)
{
    auto standing =
        connection.statement(u"UPDATE channel SET own_affiliation = ?, own_subscription = ? "
                             "WHERE conversation = ? AND (own_affiliation <> ? OR own_subscription <> ?)"_s);
    standing.run(affiliation, subscription, channel, affiliation, subscription);
    // our own personal channel is always listed
    auto list = connection.statement(
        u"UPDATE conversation SET is_followed = ?, is_hidden = 0 WHERE id = ? AND is_followed <> ? "
        "AND NOT EXISTS (SELECT 1 FROM account WHERE id = conversation.account AND jid = conversation.jid)"_s);
    const bool isFollowed = subscription != NodeSubscription::None;
    list.run(isFollowed, channel, isFollowed);
    return standing.changes() > 0 || list.changes() > 0;
}

QList<ConversationId> channelsWithStanding(Connection &connection, AccountId account)
{
    QList<ConversationId> channels;
    auto select = connection.statement(
        u"SELECT c.id FROM conversation c JOIN channel ch ON ch.conversation = c.id WHERE c.account = ? "
        "AND c.kind = 1 AND (ch.own_affiliation <> 0 OR ch.own_subscription <> 0)"_s);
    select.run(account);
    while (select.next()) {
        channels += select.integer(0);
    }
    return channels;
}

} // namespace cumulet
