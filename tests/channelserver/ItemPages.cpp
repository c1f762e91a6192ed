#include "ItemPages.h"

#include "Xmlns.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

PageRequest pageRequest(const Request &request)
{
    PageRequest page;
    const auto set = request.payload.child(u"set"_s);
    page.isGiven = !set.isNull();
    auto max = set.child(u"max"_s).text().trimmed();
    if (max.isEmpty())
        max = request.verb.attribute(u"max_items"_s);
    if (!max.isEmpty()) {
        page.max = max.toInt(&page.isValid);
        page.isValid = page.isValid && page.max >= 0;
    }
    page.after = set.child(u"after"_s).text().trimmed();
    page.hasBefore = !set.child(u"before"_s).isNull();
    page.before = set.child(u"before"_s).text().trimmed();
    return page;
}

bool isTrue(const QString &attribute)
{
    return attribute == "true"_L1 || attribute == "1"_L1;
}

Element itemElement(const Item &item)
{
    return Element(u"item"_s).set(u"id"_s, item.id).add(Element::written(item.entry));
}

Element itemsElement(const QString &node, const QList<Item> &items)
{
    Element element(u"items"_s);
    element.set(u"node"_s, node);
    for (const auto &item : items)
        element.add(itemElement(item));
    return element;
}

QList<Element> itemsByNode(const QList<Item> &items)
{
    QList<Element> groups;
    for (qsizetype start = 0; start < items.size();) {
        auto end = start;
        while (end < items.size() && items.at(end).node == items.at(start).node)
            ++end;
        groups.append(itemsElement(items.at(start).node, items.mid(start, end - start)));
        start = end;
    }
    return groups;
}

Element pageElement(const QString &first, const QString &last, int count, bool inPubsub)
{
    const auto child = [&](const QString &name, const QString &text) {
        return (inPubsub ? Element(name, xmlns::pubsub) : Element(name)).addText(text);
    };
    Element set(u"set"_s, xmlns::rsm);
    if (!first.isEmpty())
        set.add(child(u"first"_s, first)).add(child(u"last"_s, last));
    return set.add(child(u"count"_s, QString::number(count)));
}

} // namespace cumulet::channelserver
