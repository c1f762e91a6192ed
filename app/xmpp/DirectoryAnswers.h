// Answers of a channel directory and of a searched channel service as values: by local names, leniently, within bounds
// (buddycloud.md 7.1, 2.6, 4.20). Every field may be missing; rows without an address are left out.
#pragma once

#include "domain/FoundChannel.h"

#include <QDateTime>
#include <QDomElement>

namespace cumulet {

/// What was asked for: it says whether there can be more, and how much is taken at most.
struct AskedRows
{
    int index = 0;
    int max = 20;
};

FoundChannels readFoundChannels(const QDomElement &iq, const AskedRows &asked);
/// Posts as a directory writes them: the author may be plain text, the channel is an element of the entry.
FoundPosts readFoundPosts(const QDomElement &iq, const AskedRows &asked, const QDateTime &now);
/// The rows of a search in followed channels: a form whose fields are in any namespace.
FoundPosts readSearchedPosts(const QDomElement &iq, const AskedRows &asked, const QDateTime &now);
/// The posts nodes in an answer to disco#items, without repeats, at most limit.
QList<NodeId> readListedChannels(const QDomElement &iq, qsizetype limit);

} // namespace cumulet
