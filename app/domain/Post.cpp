#include "domain/Post.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace cumulet {

// One table per enumeration serves both directions. "follower+post" is the XEP's word for publisher.
static constexpr std::array affiliations{
    std::pair{Affiliation::None, "none"_L1},
    std::pair{Affiliation::Outcast, "outcast"_L1},
    std::pair{Affiliation::Member, "member"_L1},
    std::pair{Affiliation::Publisher, "publisher"_L1},
    std::pair{Affiliation::Moderator, "moderator"_L1},
    std::pair{Affiliation::Owner, "owner"_L1},
    std::pair{Affiliation::Publisher, "follower+post"_L1},
    std::pair{Affiliation::Member, "follower"_L1},
};
static constexpr std::array subscriptions{
    std::pair{NodeSubscription::None, "none"_L1},
    std::pair{NodeSubscription::Pending, "pending"_L1},
    std::pair{NodeSubscription::Invited, "invited"_L1},
    std::pair{NodeSubscription::Subscribed, "subscribed"_L1},
};
static constexpr std::array accessModels{
    std::pair{AccessModel::Open, "open"_L1},
    std::pair{AccessModel::Authorize, "authorize"_L1},
    std::pair{AccessModel::Whitelist, "whitelist"_L1},
    std::pair{AccessModel::Local, "local"_L1},
};

template <typename Table, typename Value> static QString wordOf(const Table &table, Value value)
{
    for (const auto &[known, word] : table) {
        if (known == value) {
            return word;
        }
    }
    return {};
}

template <typename Table, typename Value> static Value valueOf(const Table &table, const QString &word, Value otherwise)
{
    for (const auto &[value, known] : table) {
        if (known == word) {
            return value;
        }
    }
    return otherwise;
}

QString toWire(Affiliation affiliation)
{
    return wordOf(affiliations, affiliation);
}

QString toWire(NodeSubscription subscription)
{
    return wordOf(subscriptions, subscription);
}

QString toWire(AccessModel model)
{
    return wordOf(accessModels, model);
}

Affiliation affiliationFromWire(const QString &word)
{
    return valueOf(affiliations, word, Affiliation::None);
}

NodeSubscription nodeSubscriptionFromWire(const QString &word)
{
    return valueOf(subscriptions, word, NodeSubscription::None);
}

AccessModel accessModelFromWire(const QString &word)
{
    return valueOf(accessModels, word, AccessModel::Authorize);
}

} // namespace cumulet
