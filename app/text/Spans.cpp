#include "text/Spans.h"

#include "text/Links.h"
#include "text/MentionText.h"
#include "text/MessageStyling.h"

#include <algorithm>

namespace cumulet {

static int endOf(const TextSpan &span)
{
    return span.start + span.length;
}

static bool isBlock(const TextSpan &span)
{
    return span.kind == TextSpan::Quote || span.kind == TextSpan::CodeBlock;
}

// Both lists are in order and the spans of others are apart from each other. Gives those of spans for which drop says no,
// asked with each of others that they touch.
template <typename Drop>
static QList<TextSpan> without(const QList<TextSpan> &spans, const QList<TextSpan> &others, Drop drop)
{
    QList<TextSpan> kept;
    for (const auto &span : spans) {
        auto other = std::lower_bound(others.cbegin(), others.cend(), span.start,
            [](const TextSpan &known, int start) { return endOf(known) <= start; });
        bool isDropped = false;
        // the first and the last one decide: everything between lies inside
        for (; other != others.cend() && other->start < endOf(span) && !isDropped; ++other) {
            isDropped = drop(span, *other);
            if (endOf(*other) < endOf(span)) {
                other = std::lower_bound(other, others.cend(), endOf(span), [](const TextSpan &known, int end) {
                    return endOf(known) < end;
                }) - 1;
            }
        }
        if (!isDropped) {
            kept.append(span);
        }
    }
    return kept;
}

QList<TextSpan> spansOf(const QString &body)
{
    QList<TextSpan> styling = stylingOf(body);
    QList<TextSpan> code;
    std::copy_if(styling.cbegin(), styling.cend(), std::back_inserter(code),
        [](const TextSpan &span) { return span.kind == TextSpan::Code || span.kind == TextSpan::CodeBlock; });
    const auto always = [](const TextSpan &, const TextSpan &) { return true; };
    const auto links = without(linksOf(body), code, always);
    // a mark inside an address is a part of the address
    const auto isInside = [](const TextSpan &link, int place) { return place > link.start && place < endOf(link); };
    QList<TextSpan> spans = without(styling, links, [&](const TextSpan &span, const TextSpan &link) {
        return !isBlock(span)
            && (isInside(link, span.start) || isInside(link, endOf(span)) || span.start == link.start);
    });
    auto mentions = without(without(mentionsOf(body), code, always), links, always);
    // an address may hold "_", which is a mark elsewhere
    spans = without(spans, mentions, [&](const TextSpan &span, const TextSpan &mention) {
        return !isBlock(span) && (isInside(mention, span.start) || isInside(mention, endOf(span)));
    });
    spans += links;
    spans += mentions;
    std::stable_sort(spans.begin(), spans.end(), [](const TextSpan &a, const TextSpan &b) {
        return a.start != b.start ? a.start < b.start : a.length > b.length;
    });
    return spans;
}

} // namespace cumulet
