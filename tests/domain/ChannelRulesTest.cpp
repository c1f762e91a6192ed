#include "domain/ChannelRules.h"
#include "kit/TestMain.h"

#include <QMetaEnum>
#include <QTest>

#include <array>
#include <span>

using namespace Qt::StringLiterals;
using namespace cumulet;

namespace {

// short words, so that a table fits on the screen
constexpr auto yes = Verdict::Allowed;
constexpr auto follow = Verdict::NotFollowing;
constexpr auto wait_ = Verdict::RequestPending;
constexpr auto accept_ = Verdict::Invited;
constexpr auto readers = Verdict::ReadersOnly;
constexpr auto banned = Verdict::Banned;
constexpr auto closed = Verdict::Closed;
constexpr auto already = Verdict::AlreadyFollowing;
constexpr auto nothing = Verdict::NotFollowingAnyway;
constexpr auto moder = Verdict::NeedsModerator;
constexpr auto owner = Verdict::NeedsOwner;

constexpr std::array subscriptions{
    NodeSubscription::None, NodeSubscription::Pending, NodeSubscription::Invited, NodeSubscription::Subscribed};
constexpr std::array affiliations{Affiliation::None, Affiliation::Outcast, Affiliation::Member, Affiliation::Publisher,
    Affiliation::Moderator, Affiliation::Owner};
constexpr std::array models{AccessModel::Open, AccessModel::Authorize, AccessModel::Whitelist, AccessModel::Local};

/// Rows: none, outcast, member, publisher, moderator, owner. Columns: not following, pending, invited, subscribed.
using Cells = std::array<std::array<Verdict, 4>, 6>;

constexpr Cells readOpen{{
    // none    pending invited  subscribed
    {yes, yes, yes, yes}, // none
    {banned, banned, banned, banned}, // outcast: a read would stop the real service
    {yes, yes, yes, yes}, // member
    {yes, yes, yes, yes}, // publisher
    {yes, yes, yes, yes}, // moderator
    {yes, yes, yes, yes}, // owner
}};
constexpr Cells readClosed{{
    {closed, wait_, closed, closed}, // none
    {banned, banned, banned, banned}, // outcast
    {closed, wait_, closed, yes}, // member: a pending request carries a role already
    {closed, wait_, closed, yes}, // publisher
    {closed, wait_, closed, yes}, // moderator
    {closed, wait_, closed, yes}, // owner
}};
constexpr Cells following{{
    {yes, wait_, yes, already}, // none
    {banned, banned, banned, banned}, // outcast
    {yes, wait_, yes, already}, // member
    {yes, wait_, yes, already}, // publisher
    {yes, wait_, yes, already}, // moderator
    {yes, wait_, yes, already}, // owner
}};
constexpr Cells leaving{{
    {nothing, yes, yes, yes}, // none
    {nothing, yes, yes, yes}, // outcast
    {nothing, yes, yes, yes}, // member
    {nothing, yes, yes, yes}, // publisher
    {nothing, yes, yes, yes}, // moderator
    {nothing, yes, yes, yes}, // owner, not the last one
}};
constexpr Cells writing{{
    {follow, wait_, accept_, readers}, // none
    {banned, banned, banned, banned}, // outcast
    {follow, wait_, accept_, readers}, // member
    {follow, wait_, accept_, yes}, // publisher
    {follow, wait_, accept_, yes}, // moderator
    {follow, wait_, accept_, yes}, // owner
}};
constexpr Cells deletingOwn{{
    {yes, yes, yes, yes}, // none: the service asks for authorship only
    {banned, banned, banned, banned}, // outcast
    {yes, yes, yes, yes}, // member
    {yes, yes, yes, yes}, // publisher
    {yes, yes, yes, yes}, // moderator
    {yes, yes, yes, yes}, // owner
}};
constexpr Cells inviting{{
    {follow, wait_, accept_, follow}, // none
    {banned, banned, banned, banned}, // outcast
    {follow, wait_, accept_, yes}, // member: the service lets every follower
    {follow, wait_, accept_, yes}, // publisher
    {follow, wait_, accept_, yes}, // moderator
    {follow, wait_, accept_, yes}, // owner
}};
constexpr Cells moderating{{
    {follow, wait_, accept_, moder}, // none
    {banned, banned, banned, banned}, // outcast
    {follow, wait_, accept_, moder}, // member
    {follow, wait_, accept_, moder}, // publisher
    {follow, wait_, accept_, yes}, // moderator
    {follow, wait_, accept_, yes}, // owner
}};
constexpr Cells owning{{
    {follow, wait_, accept_, owner}, // none
    {banned, banned, banned, banned}, // outcast
    {follow, wait_, accept_, owner}, // member
    {follow, wait_, accept_, owner}, // publisher
    {follow, wait_, accept_, owner}, // moderator
    {follow, wait_, accept_, yes}, // owner
}};

struct Table
{
    const char *name;
    ChannelOperation operation;
    std::span<const AccessModel> models;
    bool isSameDomain;
    const Cells &cells;
};

constexpr auto open = std::span(models).first(1);
constexpr auto onRequest = std::span(models).subspan(1, 2); // the service treats whitelist as authorize
constexpr auto local = std::span(models).last(1);

const std::array tables{
    Table{"read open", ChannelOperation::Read, open, true, readOpen},
    Table{"read open, elsewhere", ChannelOperation::Read, open, false, readOpen},
    Table{"read on request", ChannelOperation::Read, onRequest, true, readClosed},
    Table{"read on request, elsewhere", ChannelOperation::Read, onRequest, false, readClosed},
    Table{"read local", ChannelOperation::Read, local, true, readOpen},
    Table{"read local, elsewhere", ChannelOperation::Read, local, false, readClosed},
    Table{"follow", ChannelOperation::Follow, models, true, following},
    Table{"unfollow", ChannelOperation::Unfollow, models, true, leaving},
    Table{"post", ChannelOperation::Post, models, true, writing},
    Table{"comment", ChannelOperation::Comment, models, true, writing},
    Table{"rate", ChannelOperation::Rate, models, true, writing},
    Table{"delete own post", ChannelOperation::DeleteOwnPost, models, true, deletingOwn},
    Table{"delete any post", ChannelOperation::DeleteAnyPost, models, true, moderating},
    Table{"invite", ChannelOperation::Invite, models, true, inviting},
    Table{"answer requests", ChannelOperation::AnswerRequests, models, true, moderating},
    Table{"change roles", ChannelOperation::ChangeRoles, models, true, moderating},
    Table{"make moderator", ChannelOperation::MakeModerator, models, true, owning},
    Table{"edit channel", ChannelOperation::EditChannel, models, true, owning},
    Table{"delete channel", ChannelOperation::DeleteChannel, models, true, owning},
};

} // namespace

class ChannelRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCellOfTheTable_data();
    void everyCellOfTheTable();
    void everyOperationHasATable();
    void theLastOwnerCannotLeave();
    void onesOwnPersonalChannelStays();
    void aDeletedChannelCanOnlyBeLeft();
    void followingSucceedsAtOnceOrWaits();
    void ourStandingIsReadFromTheChannel();
    void aServiceUnderOurDomainIsOfOurDomain();
};

void ChannelRulesTest::everyCellOfTheTable_data()
{
    QTest::addColumn<int>("table");
    for (size_t i = 0; i < tables.size(); ++i) {
        QTest::newRow(tables[i].name) << int(i);
    }
}

void ChannelRulesTest::everyCellOfTheTable()
{
    QFETCH(int, table);
    const auto &[name, operation, tableModels, isSameDomain, cells] = tables[size_t(table)];
    for (const auto model : tableModels) {
        for (size_t row = 0; row < affiliations.size(); ++row) {
            for (size_t column = 0; column < subscriptions.size(); ++column) {
                const ChannelStanding standing{.accessModel = model,
                    .affiliation = affiliations[row],
                    .subscription = subscriptions[column],
                    .isSameDomain = isSameDomain};
                const auto verdict = decide(operation, standing);
                QVERIFY2(verdict == cells[row][column],
                    qPrintable(u"model %1, row %2, column %3: verdict %4, expected %5"_s.arg(int(model))
                            .arg(row)
                            .arg(column)
                            .arg(int(verdict))
                            .arg(int(cells[row][column]))));
                QCOMPARE(isAllowed(operation, standing), verdict == Verdict::Allowed);
            }
        }
    }
}

void ChannelRulesTest::everyOperationHasATable()
{
    // all models of all operations: a new operation or model must come with its table
    for (int operation = int(ChannelOperation::Read); operation <= int(ChannelOperation::DeleteChannel); ++operation) {
        for (const auto model : models) {
            const bool isThere = std::any_of(tables.begin(), tables.end(), [&](const Table &table) {
                return int(table.operation) == operation
                    && std::find(table.models.begin(), table.models.end(), model) != table.models.end();
            });
            QVERIFY2(isThere, qPrintable(u"operation %1, model %2"_s.arg(operation).arg(int(model))));
        }
    }
}

void ChannelRulesTest::theLastOwnerCannotLeave()
{
    ChannelStanding standing{.accessModel = AccessModel::Open,
        .affiliation = Affiliation::Owner,
        .subscription = NodeSubscription::Subscribed,
        .isLastOwner = true};
    QCOMPARE(decide(ChannelOperation::Unfollow, standing), Verdict::LastOwner);
    standing.affiliation = Affiliation::Moderator;
    QCOMPARE(decide(ChannelOperation::Unfollow, standing), Verdict::Allowed);
}

void ChannelRulesTest::onesOwnPersonalChannelStays()
{
    const ChannelStanding standing{.accessModel = AccessModel::Open,
        .affiliation = Affiliation::Owner,
        .subscription = NodeSubscription::Subscribed,
        .isOwnPersonalChannel = true};
    QCOMPARE(decide(ChannelOperation::DeleteChannel, standing), Verdict::OwnPersonalChannel);
    QCOMPARE(decide(ChannelOperation::Unfollow, standing), Verdict::LastOwner);
    QCOMPARE(decide(ChannelOperation::EditChannel, standing), Verdict::Allowed);
}

void ChannelRulesTest::aDeletedChannelCanOnlyBeLeft()
{
    const ChannelStanding standing{.accessModel = AccessModel::Open,
        .affiliation = Affiliation::Owner,
        .subscription = NodeSubscription::Subscribed,
        .isGone = true};
    for (const auto &table : tables) {
        QCOMPARE(decide(table.operation, standing),
            table.operation == ChannelOperation::Unfollow ? Verdict::Allowed : Verdict::Gone);
    }
}

void ChannelRulesTest::followingSucceedsAtOnceOrWaits()
{
    const auto outcome = [](AccessModel model, bool isSameDomain) {
        return outcomeOfFollowing({.accessModel = model, .isSameDomain = isSameDomain});
    };
    for (const bool isSameDomain : {true, false}) {
        QCOMPARE(outcome(AccessModel::Open, isSameDomain), NodeSubscription::Subscribed);
        QCOMPARE(outcome(AccessModel::Authorize, isSameDomain), NodeSubscription::Pending);
        QCOMPARE(outcome(AccessModel::Whitelist, isSameDomain), NodeSubscription::Pending);
    }
    QCOMPARE(outcome(AccessModel::Local, true), NodeSubscription::Subscribed);
    QCOMPARE(outcome(AccessModel::Local, false), NodeSubscription::Pending);
}

void ChannelRulesTest::ourStandingIsReadFromTheChannel()
{
    Channel channel;
    channel.node = NodeId::fromTrusted(u"/user/ann@a.test/posts"_s);
    channel.accessModel = AccessModel::Whitelist;
    channel.ownAffiliation = Affiliation::Moderator;
    channel.ownSubscription = NodeSubscription::Pending;
    channel.isGone = true;
    const auto standing = standingIn(channel, Jid::fromTrusted(u"ann@a.test/desk"_s));
    QCOMPARE(standing.accessModel, AccessModel::Whitelist);
    QCOMPARE(standing.affiliation, Affiliation::Moderator);
    QCOMPARE(standing.subscription, NodeSubscription::Pending);
    QVERIFY(standing.isGone);
    QVERIFY(standing.isOwnPersonalChannel);
    QVERIFY(!standingIn(channel, Jid::fromTrusted(u"ben@a.test"_s)).isOwnPersonalChannel);
}

void ChannelRulesTest::aServiceUnderOurDomainIsOfOurDomain()
{
    const auto isSame = [](const QString &node, const QString &own) {
        Channel channel;
        channel.node = NodeId::fromTrusted(node);
        return standingIn(channel, Jid::fromTrusted(own)).isSameDomain;
    };
    QVERIFY(isSame(u"/user/ann@a.test/posts"_s, u"ben@a.test"_s));
    QVERIFY(isSame(u"/user/cooking@topics.a.test/posts"_s, u"ben@a.test"_s));
    QVERIFY(!isSame(u"/user/dave@b.test/posts"_s, u"ben@a.test"_s));
    QVERIFY(!isSame(u"/user/dave@evila.test/posts"_s, u"ben@a.test"_s));
}

CUMULET_TEST(ChannelRulesTest)
#include "ChannelRulesTest.moc"
