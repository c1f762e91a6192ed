#include "Store.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static constexpr std::array roles{
    std::pair{Role::Outcast, "outcast"_L1},
    std::pair{Role::None, "none"_L1},
    std::pair{Role::Member, "member"_L1},
    std::pair{Role::Publisher, "publisher"_L1},
    std::pair{Role::Moderator, "moderator"_L1},
    std::pair{Role::Owner, "owner"_L1},
};
static constexpr std::array states{
    std::pair{Subscription::None, "none"_L1},
    std::pair{Subscription::Pending, "pending"_L1},
    std::pair{Subscription::Invited, "invited"_L1},
    std::pair{Subscription::Subscribed, "subscribed"_L1},
};

template <typename Value, typename Table> static QString nameIn(const Table &table, Value value)
{
    return std::ranges::find_if(table, [=](const auto &pair) { return pair.first == value; })->second;
}

template <typename Value, typename Table> static Value valueIn(const Table &table, const QString &name, Value otherwise)
{
    const auto known = std::ranges::find_if(table, [&](const auto &pair) { return pair.second == name; });
    return known == table.end() ? otherwise : known->first;
}

QString wireName(Role role)
{
    return nameIn(roles, role);
}
QString wireName(Subscription state)
{
    return nameIn(states, state);
}
Role roleFromWire(const QString &name)
{
    return valueIn(roles, name, Role::None);
}
Subscription subscriptionFromWire(const QString &name)
{
    return valueIn(states, name, Subscription::None);
}

QString Node::field(const QString &var) const
{
    const auto known = std::ranges::find_if(fields, [&](const auto &pair) { return pair.first == var; });
    return known == fields.end() ? QString() : known->second;
}

bool Node::has(const QString &var) const
{
    return std::ranges::any_of(fields, [&](const auto &pair) { return pair.first == var; });
}

void Node::setField(const QString &var, const QString &value)
{
    const auto known = std::ranges::find_if(fields, [&](const auto &pair) { return pair.first == var; });
    if (known == fields.end())
        fields.append({var, value});
    else
        known->second = value;
}

bool Store::open(const QString &file, QString *error)
{
    if (!m_database.open(file, error))
        return false;
    m_rank = std::max(m_database.value(u"SELECT max(rank) FROM item"_s).toLongLong(),
        m_database.value(u"SELECT max(max(role_rank, state_rank)) FROM member"_s).toLongLong());
    return true;
}

qint64 Store::nextRank()
{
    return ++m_rank;
}

std::optional<Node> Store::node(const QString &name)
{
    const auto key = m_database.value(u"SELECT key FROM node WHERE name = ?"_s, {name});
    if (!key.isValid())
        return std::nullopt;
    Node node{key.toLongLong(), name, {}};
    auto &query = m_database.run(u"SELECT var, value FROM field WHERE node = ? ORDER BY var"_s, {node.key});
    while (query.next())
        node.fields.append({query.value(0).toString(), query.value(1).toString()});
    return node;
}

QStringList Store::nodeNames()
{
    QStringList names;
    auto &query = m_database.run(u"SELECT name FROM node ORDER BY key"_s);
    while (query.next())
        names.append(query.value(0).toString());
    return names;
}

Node Store::addNode(const QString &name, const QList<std::pair<QString, QString>> &fields)
{
    const auto key = m_database.run(u"INSERT INTO node(name) VALUES(?)"_s, {name}).lastInsertId().toLongLong();
    Node node{key, name, fields};
    saveFields(node);
    return node;
}

void Store::saveFields(const Node &node)
{
    for (const auto &[var, value] : node.fields) {
        m_database.run(u"INSERT OR REPLACE INTO field(node, var, value) VALUES(?, ?, ?)"_s,
            {node.key, var, value.isNull() ? u""_s : value});
    }
}

void Store::removeNode(const Node &node)
{
    m_database.run(u"DELETE FROM item WHERE node = ?"_s, {node.key});
    m_database.run(u"DELETE FROM member WHERE node = ?"_s, {node.key});
    m_database.run(u"DELETE FROM field WHERE node = ?"_s, {node.key});
    m_database.run(u"DELETE FROM node WHERE key = ?"_s, {node.key});
}

static Member memberOf(const QSqlQuery &query)
{
    return {query.value(0).toString(), query.value(1).toString(), roleFromWire(query.value(2).toString()),
        subscriptionFromWire(query.value(3).toString()), query.value(4).toString(), query.value(5).toLongLong()};
}

static const QString memberColumns = u"SELECT m.user, n.name, m.role, m.state, m.invited_by, m.role_time "
                                     "FROM member m JOIN node n ON n.key = m.node "_s;

Member Store::member(const Node &node, const QString &user)
{
    static const QString statement = memberColumns + u"WHERE m.node = ? AND m.user = ?"_s;
    auto &query = m_database.run(statement, {node.key, user});
    Member member{user, node.name, Role::None, Subscription::None, {}, 0};
    if (query.next())
        member = memberOf(query);
    query.finish();
    return member;
}

QList<Member> Store::members(const Node &node, bool bySubscription)
{
    static const QString byRole = memberColumns + u"WHERE m.node = ? ORDER BY m.role_rank DESC"_s;
    static const QString byState = memberColumns + u"WHERE m.node = ? ORDER BY m.state_rank DESC"_s;
    QList<Member> members;
    auto &query = m_database.run(bySubscription ? byState : byRole, {node.key});
    while (query.next())
        members.append(memberOf(query));
    return members;
}

QList<Member> Store::membershipsOf(const QString &user, bool bySubscription)
{
    static const QString byRole = memberColumns + u"WHERE m.user = ? ORDER BY m.role_rank DESC"_s;
    static const QString byState = memberColumns + u"WHERE m.user = ? ORDER BY m.state_rank DESC"_s;
    QList<Member> members;
    auto &query = m_database.run(bySubscription ? byState : byRole, {user});
    while (query.next())
        members.append(memberOf(query));
    return members;
}

QStringList Store::subscribers(const Node &node, bool withOutcasts)
{
    QStringList users;
    auto &query = m_database.run(u"SELECT user FROM member WHERE node = ? AND state = 'subscribed' AND role <> ?"_s,
        {node.key, withOutcasts ? u""_s : wireName(Role::Outcast)});
    while (query.next())
        users.append(query.value(0).toString());
    return users;
}

void Store::saveMember(const Node &node, const Member &changed, qint64 time)
{
    if (changed.role == Role::None && changed.state == Subscription::None) {
        removeMember(node, changed.user);
        return;
    }
    const auto known = member(node, changed.user);
    const bool isNew = known.role == Role::None && known.state == Subscription::None;
    if (isNew) {
        m_database.run(
            u"INSERT OR REPLACE INTO member(node, user, role, state, invited_by, role_rank, state_rank, role_time) "
            "VALUES(?, ?, ?, ?, ?, ?, ?, ?)"_s,
            {node.key, changed.user, wireName(changed.role), wireName(changed.state),
                changed.invitedBy.isNull() ? u""_s : changed.invitedBy, nextRank(), m_rank, time});
        return;
    }
    if (known.role != changed.role) {
        m_database.run(u"UPDATE member SET role = ?, role_rank = ?, role_time = ? WHERE node = ? AND user = ?"_s,
            {wireName(changed.role), nextRank(), time, node.key, changed.user});
    }
    if (known.state != changed.state) {
        m_database.run(u"UPDATE member SET state = ?, invited_by = ?, state_rank = ? WHERE node = ? AND user = ?"_s,
            {wireName(changed.state), changed.invitedBy.isNull() ? u""_s : changed.invitedBy, nextRank(), node.key,
                changed.user});
    }
}

void Store::removeMember(const Node &node, const QString &user)
{
    m_database.run(u"DELETE FROM member WHERE node = ? AND user = ?"_s, {node.key, user});
}

int Store::count(const Node &node, Role role)
{
    return m_database.value(u"SELECT count(*) FROM member WHERE node = ? AND role = ?"_s, {node.key, wireName(role)})
        .toInt();
}

} // namespace cumulet::channelserver
