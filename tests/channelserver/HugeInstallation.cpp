#include "HugeInstallation.h"

#include "Address.h"
#include "Entry.h"
#include "Operations.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static constexpr int channels = 300;
static constexpr int members = 500;
static constexpr int posts = 10'000;
static constexpr int largePostEvery = 500;
static constexpr int largePost = 60 * 1024;

static QString nodeName(const ServiceState &service, int number)
{
    const auto &settings = service.settings;
    const auto domain = settings.topicsDomain.isEmpty() ? settings.usersDomain : settings.topicsDomain;
    return u"/user/huge-%1@%2/posts"_s.arg(number).arg(domain);
}

static void addPost(ServiceState &service, const Node &node, const QString &author, const QString &content)
{
    const auto id = service.newId();
    const auto time = service.nowMs();
    Draft draft;
    draft.title = u"Post"_s;
    draft.contentType = u"text"_s;
    draft.content = content;
    const auto entry = writeEntry(service, node.name, id, author, time, draft).toXml({});
    service.store.addItem(node, {0, node.name, id, entry, author, content, {}, {}, 0, time, time, 0}, time);
}

void fillHugeInstallation(ServiceState &service)
{
    const Transaction together(service.store.database());
    const auto owner = "huge-owner@"_L1 + service.settings.usersDomain;
    for (int number = 1; number <= channels; ++number) {
        const auto name = nodeName(service, number);
        auto fields = newNodeFields(service, NodeName::fromText(name), owner);
        fields.append({u"buddycloud#channel_type"_s, u"topic"_s});
        const auto node = service.store.addNode(name, fields);
        service.store.saveMember(node, {owner, name, Role::Owner, Subscription::Subscribed, {}, 0}, service.nowMs());
        if (number > 1)
            addPost(service, node, owner, u"The first post of channel %1"_s.arg(number));
    }
    const auto first = service.store.node(nodeName(service, 1));
    for (int number = 1; number <= members; ++number) {
        const auto user = u"huge-member-%1@%2"_s.arg(number).arg(service.settings.usersDomain);
        service.store.saveMember(
            *first, {user, first->name, Role::Member, Subscription::Subscribed, {}, 0}, service.nowMs());
    }
    for (int number = 1; number <= posts; ++number) {
        const auto words = u"Post number %1. "_s.arg(number);
        addPost(service, *first, owner, number % largePostEvery == 0 ? words + QString(largePost, u'x') : words);
    }
}

void followHugeInstallation(ServiceState &service, const QString &user)
{
    for (int number = 1; number <= channels; ++number) {
        if (const auto node = service.store.node(nodeName(service, number)))
            service.store.saveMember(
                *node, {user, node->name, Role::Publisher, Subscription::Subscribed, {}, 0}, service.nowMs());
    }
}

} // namespace cumulet::channelserver
