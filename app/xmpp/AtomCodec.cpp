#include "xmpp/AtomCodec.h"

#include "xmpp/MediaAnswers.h"
#include "xmpp/PubsubElements.h"
#include "xmpp/XmlText.h"

#include <QXmlStreamWriter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

constexpr qsizetype longestBody = 256 * 1024;
constexpr qsizetype longestTitle = 1024;
constexpr qsizetype longestPlace = 200;
constexpr qsizetype longestId = 3 * 1024;
constexpr qsizetype longestOriginId = 128;
constexpr qsizetype mostAttachments = 10;
constexpr int allowedAhead = 60; // seconds: clocks differ

QString withoutScheme(QString address)
{
    for (const auto scheme : {"acct:"_L1, "xmpp:"_L1}) {
        if (address.startsWith(scheme)) {
            return address.sliced(scheme.size());
        }
    }
    return address;
}

Jid personFrom(const QString &text)
{
    const auto jid = Jid::parse(text.trimmed());
    return jid && !jid->local().isEmpty() ? jid->bare() : Jid();
}

// the first of these that is an address (buddycloud.md 1.12)
Jid authorOf(const QDomElement &item, const QDomElement &entry)
{
    const auto author = childNamed(entry, u"author");
    for (const auto name : {u"jid", u"uri", u"name"}) {
        const auto jid = personFrom(withoutScheme(textOf(childNamed(author, name), longestId)));
        if (!jid.isEmpty()) {
            return jid;
        }
    }
    return personFrom(item.attribute(u"publisher"_s));
}

QDateTime timeOf(const QDomElement &entry, QStringView name, const QDateTime &otherwise, const QDateTime &now)
{
    const auto time = timeFrom(textOf(childNamed(entry, name), longestTitle));
    return std::min(time.isValid() ? time : otherwise, now.addSecs(allowedAhead));
}

// 1 to 5; 0: this is no rating
int ratingOf(const QDomElement &entry)
{
    bool isNumber = false;
    const double number = textOf(childNamed(entry, u"rating"), longestTitle).trimmed().toDouble(&isNumber);
    return isNumber && std::isfinite(number) ? std::clamp(int(std::lround(std::clamp(number, 0.0, 6.0))), 1, 5) : 0;
}

OriginId originIdOf(const QDomElement &entry)
{
    for (const auto &meta : childrenNamed(entry, u"meta")) {
        const QString id = childNamed(meta, u"origin-id").attribute(u"id"_s);
        if (!id.isEmpty() && id.size() <= longestOriginId) {
            return OriginId(id);
        }
    }
    return {};
}

// the service gives these titles to entries without one: they say nothing
QString titleOf(const QDomElement &entry)
{
    const QString title = textOf(childNamed(entry, u"title"), longestTitle).trimmed();
    return title == "Post"_L1 || title == "Rating"_L1 ? QString() : title;
}

QString bodyOf(const QDomElement &entry, int rating)
{
    const QString body = textOf(childNamed(entry, u"content"), longestBody);
    return rating > 0 && body.startsWith("rating:"_L1) ? QString() : body;
}

// the words of the author, or what an address would say; numbers alone say nothing to people (buddycloud.md 1.11)
QString placeOf(const QDomElement &entry)
{
    const auto geoloc = childNamed(entry, u"geoloc");
    const auto words = [&geoloc](
                           QStringView name) { return textOf(childNamed(geoloc, name), longestPlace).simplified(); };
    if (const QString text = words(u"text"); !text.isEmpty()) {
        return text;
    }
    QStringList parts;
    for (const auto name : {u"locality", u"region", u"country"}) {
        if (const QString part = words(name); !part.isEmpty() && !parts.contains(part)) {
            parts.append(part);
        }
    }
    return parts.join(u", "_s).left(longestPlace);
}

// what is no address on a media server is not asked for
QList<Attachment> attachmentsOf(const QDomElement &entry)
{
    QList<Attachment> attachments;
    for (const auto &media : childrenNamed(entry, u"media", mostAttachments)) {
        for (const auto &item : childrenNamed(media, u"item", mostAttachments)) {
            const Attachment attachment{.media = {personFrom(item.attribute(u"channel"_s)), item.attribute(u"id"_s)}};
            const bool isGood = !attachment.media.channel.isEmpty() && isMediaId(attachment.media.id);
            if (isGood && !attachments.contains(attachment) && attachments.size() < mostAttachments) {
                attachments += attachment;
            }
        }
    }
    return attachments;
}

ItemId idOf(const QDomElement &item, const QDomElement &payload)
{
    for (const QString &text :
        {item.attribute(u"id"_s), payload.attribute(u"ref"_s), textOf(childNamed(payload, u"id"), longestId)}) {
        if (const auto id = ItemId::fromWire(text); !id.isEmpty()) {
            return id;
        }
    }
    return {};
}

void writeMedia(QXmlStreamWriter *writer, const QList<Attachment> &attachments)
{
    const bool isThere = std::any_of(attachments.cbegin(), attachments.cend(),
        [](const Attachment &attachment) { return !attachment.media.isEmpty(); });
    if (!isThere) {
        return;
    }
    writer->writeStartElement(u"media"_s);
    writer->writeDefaultNamespace(u"http://buddycloud.org/v1/media"_s);
    for (const auto &attachment : attachments) {
        if (!attachment.media.isEmpty()) {
            writer->writeStartElement(u"item"_s);
            writer->writeAttribute(u"id"_s, attachment.media.id);
            writer->writeAttribute(u"channel"_s, attachment.media.channel.text());
            writer->writeEndElement();
        }
    }
    writer->writeEndElement();
}

} // namespace

std::optional<AtomItem> readAtomItem(const QDomElement &item, const NodeId &node, const QDateTime &now)
{
    if (const auto tombstone = childNamed(item, u"deleted-entry"); !tombstone.isNull()) {
        const auto id = idOf(item, tombstone);
        return id.isEmpty() ? std::nullopt : std::optional(AtomItem{id, true, {}});
    }
    const auto entry = childNamed(item, u"entry");
    const auto id = idOf(item, entry);
    const auto author = authorOf(item, entry);
    if (entry.isNull() || id.isEmpty() || author.isEmpty()) {
        return std::nullopt;
    }
    Post post;
    post.node = node;
    post.item = id;
    post.author = author;
    post.inReplyTo = ItemId::fromWire(childNamed(entry, u"in-reply-to").attribute(u"ref"_s));
    if (post.inReplyTo == id) {
        post.inReplyTo = {}; // an answer to itself would never be shown
    }
    post.target = ItemId::fromWire(textOf(childNamed(childNamed(entry, u"target"), u"id"), longestId));
    post.title = titleOf(entry);
    post.rating = ratingOf(entry);
    post.body = bodyOf(entry, post.rating);
    post.place = placeOf(entry);
    if (post.rating == 0) {
        post.attachments = attachmentsOf(entry);
    }
    const auto updated = timeOf(entry, u"updated", now, now);
    post.published = timeOf(entry, u"published", updated, now);
    post.updated = std::max(post.published, timeOf(entry, u"updated", post.published, now));
    post.originId = originIdOf(entry);
    return AtomItem{id, false, post};
}

void writeAtomEntry(QXmlStreamWriter *writer, const OutgoingPost &post)
{
    writer->writeStartElement(u"entry"_s);
    writer->writeDefaultNamespace(u"http://www.w3.org/2005/Atom"_s);
    if (post.rating > 0) {
        writer->writeEmptyElement(u"content"_s);
    } else {
        writer->writeStartElement(u"content"_s);
        writer->writeAttribute(u"type"_s, u"text"_s);
        writer->writeCharacters(xmlText(post.body));
        writer->writeEndElement();
    }
    if (!post.inReplyTo.isEmpty()) {
        writer->writeStartElement(u"in-reply-to"_s);
        writer->writeDefaultNamespace(u"http://purl.org/syndication/thread/1.0"_s);
        writer->writeAttribute(u"ref"_s, post.inReplyTo.text());
        writer->writeEndElement();
    }
    if (!post.inReplyTo.isEmpty() && !post.target.isEmpty()) {
        writer->writeStartElement(u"target"_s);
        writer->writeDefaultNamespace(u"http://activitystrea.ms/spec/1.0/"_s);
        writer->writeTextElement(u"id"_s, post.target.text());
        writer->writeEndElement();
    }
    if (post.rating > 0) {
        writer->writeStartElement(u"rating"_s);
        writer->writeDefaultNamespace(u"http://activitystrea.ms/schema/1.0/review"_s);
        writer->writeCharacters(QString::number(std::clamp(post.rating, 1, 5)));
        writer->writeEndElement();
    }
    writeMedia(writer, post.attachments);
    if (!post.originId.isEmpty()) {
        writer->writeStartElement(u"meta"_s);
        writer->writeStartElement(u"origin-id"_s);
        writer->writeDefaultNamespace(u"urn:xmpp:sid:0"_s);
        writer->writeAttribute(u"id"_s, post.originId.text());
        writer->writeEndElement();
        writer->writeEndElement();
    }
    writer->writeEndElement();
}

} // namespace cumulet
