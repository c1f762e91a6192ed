// The bench that most tests start from: ann has a channel, and ben follows it.
#pragma once

#include "ServiceBench.h"

namespace cumulet::tests {

using namespace Qt::StringLiterals;

inline const QString rsm = u"http://jabber.org/protocol/rsm"_s;

inline QString page(const QString &content)
{
    return u"<set xmlns='%1'>%2</set>"_s.arg(rsm, content);
}

inline QString field(const QString &var, const QString &value)
{
    return u"<field var='%1'><value>%2</value></field>"_s.arg(var, value);
}

struct AnnsChannel : ServiceBench
{
    explicit AnnsChannel(const QString &behaviour = {})
        : ServiceBench(behaviour)
        , node(postsOf(u"ann"_s))
    {
        arrive({u"ann"_s, u"ben"_s});
        follow(u"ben"_s, node);
    }

    channelserver::Element items(const QString &user, const QString &attributes = {}, const QString &set = {})
    {
        return get(user, u"<items node='%1' %2/>"_s.arg(node, attributes), set);
    }
    QString retract(const QString &user, const QString &id)
    {
        return outcomeOf(set(user, u"<retract node='%1'><item id='%2'/></retract>"_s.arg(node, id)));
    }
    QString configure(const QString &user, const QString &fields)
    {
        return outcomeOf(setAsOwner(user,
            u"<configure node='%1'><x xmlns='jabber:x:data' type='submit'>%2</x></configure>"_s.arg(node, fields)));
    }
    QString setting(const QString &var)
    {
        const auto answer = get(u"ben"_s, u"<configure node='%1'/>"_s.arg(node));
        for (const auto &field : answer.child(u"pubsub"_s).child(u"configure"_s).child(u"x"_s).children()) {
            if (field.attribute(u"var"_s) == var)
                return field.child(u"value"_s).text();
        }
        return {};
    }

    QString node;
};

} // namespace cumulet::tests
