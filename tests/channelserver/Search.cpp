// jabber:iq:search: posts in the channels one follows (buddycloud.md 4.20).
#include "Operations.h"
#include "Xmlns.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static constexpr int defaultResults = 25;

// The real server's answers have no namespace of their own.
static Element searchElement(const ServiceState &service, const QString &name, const QString &xmlns)
{
    return service.has(Habit::SwappedNamespaces) ? Element(name) : Element(name, xmlns);
}

static Element described(const QString &var, const QString &type, const QString &label)
{
    return Element(u"field"_s).set(u"label"_s, label).set(u"type"_s, type).set(u"var"_s, var);
}

Outcome showSearchForm(ServiceState &service, const Request &request)
{
    const auto words = u"Search for content/hashtags/mentions"_s;
    auto form = searchElement(service, u"x"_s, xmlns::form);
    if (!service.has(Habit::SwappedNamespaces))
        form.set(u"type"_s, u"form"_s);
    form.addLeaf(u"title"_s, u"Please populate one or more of the following fields"_s);
    form.addLeaf(u"instructions"_s, words).add(formField(u"FORM_TYPE"_s, xmlns::search, u"hidden"_s));
    form.add(described(u"content"_s, u"text-multi"_s, u"Content search"_s));
    form.add(described(u"author"_s, u"jid-single"_s, u"Author"_s));
    form.add(described(u"rpp"_s, u"fixed"_s, u"Results per page"_s));
    form.add(described(u"page"_s, u"fixed"_s, u"Page"_s));
    auto query = searchElement(service, u"query"_s, xmlns::search);
    return answered(answer(service, request, query.addLeaf(u"instructions"_s, words).add(form)));
}

struct Terms
{
    QStringList words;
    QString author;
    int perPage = defaultResults;
    int page = 1;
    bool hasFormType = false;
    bool hasBadNumber = false;
};

static int number(const QString &text, Terms &terms)
{
    bool isNumber = false;
    const int value = text.toInt(&isNumber);
    terms.hasBadNumber = terms.hasBadNumber || !isNumber || value < 1;
    return value;
}

static Terms termsOf(const Element &form)
{
    Terms terms;
    for (const auto &field : form.children()) {
        const auto var = field.attribute(u"var"_s);
        const auto value = field.child(u"value"_s).text();
        if (var == "FORM_TYPE"_L1)
            terms.hasFormType = value == xmlns::search;
        else if (var == "author"_L1)
            terms.author = value;
        else if (var == "rpp"_L1)
            terms.perPage = number(value, terms);
        else if (var == "page"_L1)
            terms.page = number(value, terms);
        else if (var == "content"_L1) {
            for (const auto &each : field.children())
                terms.words.append(each.text());
        }
    }
    terms.words.removeAll(QString());
    return terms;
}

static bool matches(const Item &item, const Terms &terms)
{
    if (!terms.author.isEmpty() && item.author != terms.author)
        return false;
    return std::ranges::all_of(terms.words, [&](const QString &word) { return item.content.contains(word); });
}

static QList<Item> found(ServiceState &service, const QString &user, const Terms &terms)
{
    QList<Node> nodes;
    for (const auto &member : service.store.membershipsOf(user, true)) {
        if (member.isSubscribed() && member.role >= Role::Member && member.node.endsWith("/posts"_L1))
            nodes.append(*service.store.node(member.node));
    }
    QList<Item> hits;
    int toSkip = (terms.page - 1) * terms.perPage;
    for (auto item : service.store.newest(nodes, 0, -1, false)) {
        service.store.loadEntry(item);
        if (!matches(item, terms) || toSkip-- > 0)
            continue;
        hits.append(item);
        if (hits.size() == terms.perPage)
            break;
    }
    return hits;
}

static Element resultForm(const ServiceState &service, const QList<Item> &items)
{
    auto form = searchElement(service, u"x"_s, xmlns::form);
    if (!service.has(Habit::SwappedNamespaces))
        form.set(u"type"_s, u"result"_s);
    form.add(formField(u"FORM_TYPE"_s, xmlns::search, u"hidden"_s));
    Element reported(u"reported"_s);
    reported.add(described(u"node"_s, u"text-single"_s, u"Node"_s))
        .add(described(u"id"_s, u"text-single"_s, u"Item ID"_s));
    form.add(reported.add(described(u"entry"_s, u"xml"_s, u"Item"_s)));
    for (const auto &item : items) {
        Element entry(u"field"_s);
        entry.set(u"var"_s, u"entry"_s).add(Element(u"value"_s).add(Element::written(item.entry)));
        Element row(u"item"_s);
        form.add(row.add(formField(u"node"_s, item.node)).add(formField(u"id"_s, item.id)).add(entry));
    }
    return form;
}

Outcome search(ServiceState &service, const Request &request)
{
    if (!service.isLocalUser(request.sender.domain))
        return refused(service, request, refusal::notAllowed());
    const auto terms = termsOf(request.payload.child(u"x"_s));
    if (!terms.hasFormType || (terms.words.isEmpty() && terms.author.isEmpty()))
        return refused(service, request, refusal::badRequest());
    if (terms.hasBadNumber)
        return service.has(Habit::Silence) ? Outcome() : refused(service, request, refusal::badRequest());
    const auto items = found(service, request.sender.bare, terms);
    auto query = searchElement(service, u"query"_s, xmlns::search);
    if (!items.isEmpty())
        query.add(resultForm(service, items));
    return answered(answer(service, request, query));
}

} // namespace cumulet::channelserver
