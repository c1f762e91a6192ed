// What the service remembers: nodes with their configuration, who has which part in them, and the items.
#pragma once

#include "Database.h"

#include <QList>
#include <QString>

#include <optional>

namespace cumulet::channelserver {

/// Affiliations in the order of their rights, so that "at least a publisher" is a comparison.
enum class Role { Outcast, None, Member, Publisher, Moderator, Owner };
enum class Subscription { None, Pending, Invited, Subscribed };

QString wireName(Role role);
QString wireName(Subscription state);
/// Anything unknown is None, as in the real server.
Role roleFromWire(const QString &name);
Subscription subscriptionFromWire(const QString &name);

/// A node and its configuration, in the order of the names of the fields.
struct Node
{
    qint64 key = 0;
    QString name;
    QList<std::pair<QString, QString>> fields;

    QString field(const QString &var) const;
    bool has(const QString &var) const;
    void setField(const QString &var, const QString &value);
    bool isEphemeral() const { return field(QStringLiteral("buddycloud#ephemeral")) == u"true"; }
};

/// One person's part in one node.
struct Member
{
    QString user; ///< bare JID
    QString node;
    Role role = Role::None;
    Subscription state = Subscription::None;
    QString invitedBy;
    qint64 roleTime = 0; ///< when the role was given, ms since 1970

    bool isSubscribed() const { return state == Subscription::Subscribed; }
};

/// A stored post, comment or rating.
struct Item
{
    qint64 nodeKey = 0;
    QString node;
    QString id; ///< local id
    QString entry; ///< the Atom entry as it is sent
    QString author;
    QString content;
    QString replyTo; ///< local id of the thread start; null for a thread start
    QString target; ///< local id of the rated or answered item; null if none
    double rating = 0; ///< 0: not a rating
    qint64 created = 0; ///< ms since 1970
    qint64 updated = 0; ///< the same, raised by replies
    qint64 rank = 0; ///< place in the order by activity
};

/// Where a page of items begins and how long it is.
struct Page
{
    int max = -1; ///< negative: everything
    qint64 below = 0; ///< only ranks smaller than this; 0: from the top
    qint64 above = 0; ///< only ranks greater than this
    bool startsOnly = false; ///< thread starts only
    bool oldestFirst = false;
};

class Store
{
public:
    bool open(const QString &file, QString *error);
    Database &database() { return m_database; }

    // nodes
    std::optional<Node> node(const QString &name);
    QStringList nodeNames();
    /// Makes a node; fields are stored with it.
    Node addNode(const QString &name, const QList<std::pair<QString, QString>> &fields);
    void saveFields(const Node &node);
    void removeNode(const Node &node);

    // people
    Member member(const Node &node, const QString &user);
    /// Newest change of the role first, or of the subscription.
    QList<Member> members(const Node &node, bool bySubscription);
    QList<Member> membershipsOf(const QString &user, bool bySubscription);
    /// Bare JIDs of all in state subscribed.
    QStringList subscribers(const Node &node, bool withOutcasts);
    void saveMember(const Node &node, const Member &member, qint64 time);
    void removeMember(const Node &node, const QString &user);
    int count(const Node &node, Role role);

    // items
    std::optional<Item> item(const Node &node, const QString &id);
    QList<Item> items(const Node &node, const Page &page);
    int countItems(const Node &node, bool startsOnly, qint64 since = 0);
    QList<Item> replies(const Node &node, const QString &start, const Page &page);
    int countReplies(const Node &node, const QString &start);
    /// Adds an item at the top, and puts the thread it belongs to above it.
    void addItem(const Node &node, const Item &item, qint64 bumpTime);
    /// Removes an item, and its replies if it starts a thread; gives the ids of all that went, replies first.
    QStringList removeItem(const Node &node, const Item &item);
    void removeItemsOf(const QString &author);
    bool hasRated(const Node &node, const QString &target, const QString &author);
    /// The newest items of several nodes together: at most perNode of each (negative: all) with updated >= since,
    /// newest activity first, without their entries (see loadEntry).
    QList<Item> newest(const QList<Node> &nodes, qint64 since, int perNode, bool startsOnly);
    void loadEntry(Item &item);

private:
    qint64 nextRank();

    Database m_database;
    qint64 m_rank = 0;
};

} // namespace cumulet::channelserver
