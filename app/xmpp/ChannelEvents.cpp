#include "xmpp/ChannelEvents.h"

#include "xmpp/AtomCodec.h"
#include "xmpp/PubsubAnswers.h"
#include "xmpp/PubsubElements.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

constexpr qsizetype mostItems = 1'000;

std::optional<PostNews> postNewsIn(const QDomElement &items, const QDateTime &now)
{
    const auto node = nodeIn(items);
    if (!node) {
        return std::nullopt;
    }
    PostNews news{*node, {}, {}};
    for (const auto &item : childrenNamed(items, u"item", mostItems)) {
        if (const auto read = readAtomItem(item, *node, now)) {
            if (read->isTombstone) {
                news.retracted.append(read->id);
            } else {
                news.posts.append(read->post);
            }
        }
    }
    for (const auto &retract : childrenNamed(items, u"retract", mostItems)) {
        if (const auto id = ItemId::fromWire(retract.attribute(u"id"_s)); !id.isEmpty()) {
            news.retracted.append(id);
        }
    }
    return news.posts.isEmpty() && news.retracted.isEmpty() ? std::nullopt : std::optional(news);
}

// a subscription and the role beside it are one piece of news
void appendMemberships(QList<ChannelNews> *news, const QList<MembershipRow> &rows)
{
    QList<MembershipNews> joined;
    for (const auto &row : rows) {
        auto place = std::find_if(joined.begin(), joined.end(),
            [&row](const MembershipNews &other) { return other.node == row.node && other.jid == row.jid; });
        if (place == joined.end()) {
            place = joined.insert(joined.end(), {row.node, row.jid, {}, {}});
        }
        if (row.affiliation) {
            place->affiliation = row.affiliation;
        }
        if (row.subscription) {
            place->subscription = row.subscription;
        }
    }
    for (const auto &one : std::as_const(joined)) {
        news->append(one);
    }
}

std::optional<RequestNews> requestNewsIn(const QDomElement &form)
{
    const auto fields = readForm(form);
    if (fields.value(u"FORM_TYPE"_s) != "http://jabber.org/protocol/pubsub#subscribe_authorization"_L1) {
        return std::nullopt;
    }
    const auto node = NodeId::parse(fields.value(u"pubsub#node"_s));
    const auto jid = Jid::parse(fields.value(u"pubsub#subscriber_jid"_s));
    return node && jid ? std::optional(RequestNews{*node, jid->bare()}) : std::nullopt;
}

void appendEvent(QList<ChannelNews> *news, const QDomElement &event, const QDateTime &now)
{
    for (const auto &items : childrenNamed(event, u"items", mostItems)) {
        if (const auto posts = postNewsIn(items, now)) {
            news->append(*posts);
        }
    }
    appendMemberships(news, readRows(event));
    for (const auto &configuration : childrenNamed(event, u"configuration", mostItems)) {
        auto settings = readForm(childNamed(configuration, u"x"));
        settings.remove(u"FORM_TYPE"_s);
        if (const auto node = nodeIn(configuration); node && !settings.isEmpty()) {
            news->append(SettingsNews{*node, settings});
        }
    }
    for (const auto &deletion : childrenNamed(event, u"delete", mostItems)) {
        if (const auto node = nodeIn(deletion)) {
            news->append(DeletionNews{*node});
        }
    }
}

} // namespace

bool isFromService(const QDomElement &stanza, const Jid &service)
{
    const auto from = Jid::parse(stanza.attribute(u"from"_s));
    return from && !service.isEmpty() && from->bare() == service;
}

bool carriesChannelNews(const QDomElement &message)
{
    return !childNamed(message, u"event").isNull() || requestNewsIn(childNamed(message, u"x")).has_value();
}

QList<ChannelNews> readChannelNews(const QDomElement &message, const QDateTime &now)
{
    QList<ChannelNews> news;
    if (message.attribute(u"type"_s) == "error"_L1) {
        return news; // something of ours that came back
    }
    if (const auto event = childNamed(message, u"event"); !event.isNull()) {
        appendEvent(&news, event, now);
    }
    if (const auto request = requestNewsIn(childNamed(message, u"x"))) {
        news.append(*request);
    }
    return news;
}

} // namespace cumulet
