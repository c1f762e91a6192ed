// The channel directory: channels and posts of this service that anybody can read, by words, by activity, and by who
// follows what (buddycloud.md 7.1).
#include "Directory.h"

#include "DirectoryRows.h"
#include "Xmlns.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

namespace {

constexpr int defaultRows = 10;
constexpr int mostRows = 100;
const QString family = u"http://buddycloud.com/channel_directory/"_s;

/// Which rows are asked for: an RSM set inside the query, with numbers.
struct Rows
{
    int first = 0;
    int max = defaultRows;
    bool isValid = true;
};

int number(const Element &set, const QString &name, int otherwise, bool *isValid)
{
    const auto child = set.child(name);
    if (child.isNull())
        return otherwise;
    bool isNumber = false;
    const int value = child.text().toInt(&isNumber);
    *isValid = *isValid && isNumber && value >= 0;
    return value;
}

Rows rowsOf(const Element &query)
{
    const auto set = query.child(u"set"_s);
    Rows rows;
    rows.max = std::min(number(set, u"max"_s, defaultRows, &rows.isValid), mostRows);
    rows.first = number(set, u"after"_s, -1, &rows.isValid) + 1;
    rows.first = number(set, u"index"_s, rows.first, &rows.isValid);
    return rows;
}

Element describe(const QString &xmlns, const Rows &rows, const QList<Element> &all)
{
    Element query(u"query"_s, xmlns);
    const auto page = all.mid(rows.first, rows.max);
    for (const auto &row : page)
        query.add(row);
    Element set(u"set"_s, xmlns::rsm);
    if (!page.isEmpty()) {
        Element first(u"first"_s);
        set.add(first.set(u"index"_s, QString::number(rows.first)).addText(QString::number(rows.first)));
        set.addLeaf(u"last"_s, QString::number(rows.first + page.size() - 1));
    }
    return query.add(set.addLeaf(u"count"_s, QString::number(all.size())));
}

Outcome bad(ServiceState &service, const Request &request)
{
    return refused(service, request, refusal::badRequest());
}

QList<Element> rowsFor(ServiceState &service, const QString &question, const Element &query, bool *isKnown)
{
    const auto text = [&query](const QString &name) { return query.child(name).text().trimmed(); };
    const bool isChannels = question == "metadata_query"_L1;
    if (isChannels || question == "content_query"_L1) {
        const auto words = text(u"search"_s).split(u' ', Qt::SkipEmptyParts);
        *isKnown = !words.isEmpty();
        return isChannels ? channelsWith(service, words) : postsWith(service, words);
    }
    if (question == "most_active"_L1)
        return mostActive(service, text(u"domain"_s), text(u"period"_s).toInt());
    if (question == "recommendation_query"_L1) {
        *isKnown = !text(u"user-jid"_s).isEmpty();
        return recommendedTo(service, Address::fromText(text(u"user-jid"_s)).bare);
    }
    if (question == "similar_channels"_L1) {
        *isKnown = !text(u"channel-jid"_s).isEmpty();
        return similarTo(service, Address::fromText(text(u"channel-jid"_s)).bare);
    }
    *isKnown = false;
    return {};
}

Outcome performDirectory(ServiceState &service, const Request &request)
{
    const auto xmlns = request.payload.xmlns();
    if (xmlns == xmlns::discoInfo) {
        Element identity(u"identity"_s);
        identity.set(u"category"_s, u"Search"_s).set(u"type"_s, u"Directory"_s).set(u"name"_s, u"Channel Directory"_s);
        return answered(answer(service, request, Element(u"query"_s, xmlns).add(identity)));
    }
    if (xmlns == xmlns::discoItems)
        return answered(answer(service, request, Element(u"query"_s, xmlns)));
    if (!xmlns.startsWith(family))
        return refused(service, request, refusal::unavailable());
    const auto rows = rowsOf(request.payload);
    bool isKnown = true;
    const auto all = rowsFor(service, xmlns.mid(family.size()), request.payload, &isKnown);
    if (!isKnown || !rows.isValid)
        return bad(service, request);
    return answered(answer(service, request, describe(xmlns, rows, all)));
}

} // namespace

Outcome askDirectory(ServiceState &service, const Request &request)
{
    auto outcome = request.type == "get"_L1 ? performDirectory(service, request) : bad(service, request);
    for (auto &stanza : outcome.stanzas)
        stanza.set(u"from"_s, service.settings.directoryDomain);
    return outcome;
}

} // namespace cumulet::channelserver
