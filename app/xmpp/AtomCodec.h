// Items of a channel node as Atom entries (RFC 4287 with RFC 4685, ActivityStreams; buddycloud.md 1.6, 1.7, 1.12).
#pragma once

#include "domain/Post.h"

#include <QDateTime>
#include <QDomElement>

#include <optional>

class QXmlStreamWriter;

namespace cumulet {

/// What an item holds: a post, or the word that it is gone.
struct AtomItem
{
    ItemId id;
    bool isTombstone = false; ///< the item was retracted (node.js dialect): post is empty
    Post post;
};

/// Reads an <item/> of that node, in the dialects of buddycloud.md 1.7 and 1.12. Texts are bounded, times are UTC and
/// at most a minute after now. Nothing where there is no id, no entry or no author.
std::optional<AtomItem> readAtomItem(const QDomElement &item, const NodeId &node, const QDateTime &now);

/// Writes the <entry/> of a post or comment (text, what it answers) or of a rating (the number, what is rated;
/// buddycloud.md 4.17), with our own id.
void writeAtomEntry(QXmlStreamWriter *writer, const OutgoingPost &post);

} // namespace cumulet
