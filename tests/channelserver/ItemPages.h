// What the readings of items have in common: paging, and the elements they answer with.
#pragma once

#include "Request.h"

namespace cumulet::channelserver {

/// What XEP-0059 asks for.
struct PageRequest
{
    bool isGiven = false; ///< there was a <set/>
    bool isValid = true; ///< max is missing or a number from 0
    int max = -1; ///< negative: not given
    QString after;
    QString before;
    bool hasBefore = false; ///< also if it is empty, which means the last page
};

PageRequest pageRequest(const Request &request);
bool isTrue(const QString &attribute);

Element itemElement(const Item &item);
Element itemsElement(const QString &node, const QList<Item> &items);
/// Items of several nodes: one <items/> for each run of the same node.
QList<Element> itemsByNode(const QList<Item> &items);
/// <set/> with first and last (if there are any) and count. inPubsub: its children are in the namespace of pubsub, as
/// the real server writes them in some answers.
Element pageElement(const QString &first, const QString &last, int count, bool inPubsub = false);

} // namespace cumulet::channelserver
