// A marked stretch of plain text: a link, a styled word, a quote.
#pragma once

#include <QList>
#include <QString>

namespace cumulet {

/// Says what the characters [start, start + length) of a text are; positions count UTF-16 units, as QString does.
struct TextSpan
{
    enum Kind { Link, Strong, Emphasis, Strike, Code, CodeBlock, Quote, Mention, Hashtag };

    Kind kind = Link;
    int start = 0;
    int length = 0;
    QString target; ///< a Link's address, a Mention's JID, a Hashtag's word; empty for the others

    bool operator==(const TextSpan &) const = default;
};

} // namespace cumulet
