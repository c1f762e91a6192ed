#include "Entry.h"

#include "Xmlns.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static bool fail(Refusal *why, const QString &detail)
{
    *why = refusal::detailed(detail);
    return false;
}

static bool readContent(Draft &draft, const Element &entry, Refusal *why)
{
    const auto content = entry.child(u"content"_s);
    if (content.isNull())
        return fail(why, u"content-element-required"_s);
    draft.contentType = content.has(u"type"_s) ? content.attribute(u"type"_s) : u"text"_s;
    if (draft.contentType != "text"_L1 && draft.contentType != "xhtml"_L1)
        return fail(why, u"unsupported-content-type"_s);
    draft.content = content.text();
    const auto title = entry.child(u"title"_s);
    draft.title = title.isNull() ? u"Post"_s : title.text();
    return true;
}

static bool readReply(Draft &draft, ServiceState &service, const Node &node, const Element &entry, Refusal *why)
{
    const auto reply = entry.child(u"in-reply-to"_s);
    if (reply.isNull())
        return true;
    draft.replyTo = localId(reply.attribute(u"ref"_s));
    const auto parent = service.store.item(node, draft.replyTo);
    if (!parent)
        return fail(why, u"parent-item-not-found"_s);
    if (!parent->replyTo.isEmpty())
        return fail(why, u"max-thread-depth-exceeded"_s);
    return true;
}

static bool readTarget(Draft &draft, ServiceState &service, const Node &node, const Element &entry, Refusal *why)
{
    const auto target = entry.child(u"target"_s);
    if (target.isNull())
        return true;
    draft.target = localId(target.child(u"id"_s).text());
    if (draft.target.isEmpty())
        return fail(why, u"missing-target-id"_s);
    if (draft.replyTo.isEmpty())
        return fail(why, u"missing-in-reply-to"_s);
    if (!service.store.item(node, draft.target))
        return fail(why, u"targeted-item-not-found"_s);
    return true;
}

static bool readRating(
    Draft &draft, ServiceState &service, const Node &node, const QString &author, const Element &entry, Refusal *why)
{
    const auto rating = entry.child(u"rating"_s);
    if (rating.isNull())
        return true;
    if (draft.replyTo.isEmpty())
        return fail(why, u"missing-in-reply-to"_s);
    if (draft.target.isEmpty())
        return fail(why, u"missing-target"_s);
    bool isNumber = false;
    draft.rating = rating.text().toDouble(&isNumber);
    if (!isNumber || std::floor(draft.rating) != draft.rating)
        return fail(why, u"invalid-rating"_s);
    if (draft.rating < 1 || draft.rating > 5)
        return fail(why, u"rating-out-of-range"_s);
    if (service.store.hasRated(node, draft.target, author))
        return fail(why, u"item-already-rated"_s);
    draft.title = u"Rating"_s;
    draft.content = u"rating:%1"_s.arg(draft.rating, 0, 'f', 1);
    return true;
}

std::optional<Draft> readDraft(
    ServiceState &service, const Node &node, const QString &author, const Element &entry, Refusal *why)
{
    Draft draft;
    if (!readContent(draft, entry, why) || !readReply(draft, service, node, entry, why)
        || !readTarget(draft, service, node, entry, why) || !readRating(draft, service, node, author, entry, why))
        return std::nullopt;
    for (const auto &name : {u"geoloc"_s, u"meta"_s, u"media"_s})
        draft.copied.append(entry.child(name));
    return draft;
}

static Element inActivity(const QString &name, const QString &text)
{
    return Element(name, xmlns::activity).addText(text);
}

static Element authorElement(const ServiceState &service, const QString &author)
{
    Element element(u"author"_s);
    if (!service.has(Habit::LegacyEntry))
        element.addLeaf(u"name"_s, author);
    element.addLeaf(u"uri"_s, "acct:"_L1 + author);
    if (!service.has(Habit::LegacyEntry))
        element.add(inActivity(u"object-type"_s, u"person"_s));
    return element;
}

static Element targetElement(const ServiceState &service, const QString &node, const QString &target)
{
    Element element(u"target"_s, xmlns::activity);
    element.add(Element(u"id"_s, xmlns::atom).addText(globalId(service.tagAuthority(), node, target)));
    return element.addLeaf(u"object-type"_s, u"post"_s);
}

static Element selfLink(const ServiceState &service, const QString &node, const QString &id)
{
    Element link(u"link"_s);
    return link.set(u"rel"_s, u"self"_s)
        .set(u"href"_s, u"xmpp:%1?pubsub;action=retrieve;node=%2;item=%3"_s.arg(service.settings.domain, node, id));
}

Element writeEntry(const ServiceState &service, const QString &node, const QString &id, const QString &author,
    qint64 time, const Draft &draft)
{
    const bool isLegacy = service.has(Habit::LegacyEntry);
    const bool isReply = !draft.replyTo.isEmpty();
    Element entry(u"entry"_s, xmlns::atom);
    entry.addLeaf(u"id"_s, isLegacy ? id : globalId(service.tagAuthority(), node, id));
    entry.addLeaf(u"published"_s, wireTime(time)).addLeaf(u"updated"_s, wireTime(time));
    entry.add(authorElement(service, author));
    for (const auto &copied : draft.copied) {
        if (copied.name() == "geoloc"_L1)
            entry.add(copied);
    }
    if (isReply)
        entry.add(Element(u"in-reply-to"_s, xmlns::thread).set(u"ref"_s, draft.replyTo));
    for (const auto &copied : draft.copied) {
        if (!copied.isNull() && copied.name() != "geoloc"_L1)
            entry.add(copied);
    }
    if (!draft.target.isEmpty())
        entry.add(targetElement(service, node, draft.target));
    if (draft.rating > 0)
        entry.add(Element(u"rating"_s, xmlns::review).addText(QString::number(draft.rating, 'f', 1)));
    if (isLegacy)
        entry.add(selfLink(service, node, id));
    entry.addLeaf(u"title"_s, draft.title);
    entry.add(Element(u"content"_s).set(u"type"_s, draft.contentType).addText(draft.content));
    const auto legacyVerb = isReply ? u"comment"_s : u"post"_s;
    entry.add(inActivity(u"verb"_s, isLegacy ? legacyVerb : draft.rating > 0 ? u"rated"_s : u"post"_s));
    Element object(u"object"_s, xmlns::activity);
    return entry.add(object.addLeaf(u"object-type"_s, isReply ? u"comment"_s : u"note"_s));
}

} // namespace cumulet::channelserver
