// What the full-text index holds and how it is asked. Words are cut and folded here, once for the index, the question
// and the excerpt; FTS5 then only cuts at spaces. No case, no Latin, Greek or Cyrillic accents, no compatibility
// variants. Chinese, Japanese and other scripts without spaces are indexed as pairs of characters, an emoji is a word.
#pragma once

#include "domain/Identifier.h"

#include <QString>

namespace cumulet {

/// Row id in the table search of a message or a post.
constexpr qint64 searchRow(qint64 row, bool isPost)
{
    return row * 2 + (isPost ? 1 : 0);
}

/// The words of a text for the index, at most of its first 64 Ki characters, and one word that names the conversation.
QString indexText(const QString &text, ConversationId conversation);

/// The FTS5 expression for what somebody typed: every word, the last one as a prefix if it has two
/// letters; conversation 0: everywhere.
/// Nothing of the text is taken as FTS5 syntax. Empty when there is no word in it.
QString matchExpression(const QString &words, ConversationId conversation);

/// One line of body around the first place where one of these words occurs, at most 200 characters.
QString excerptOf(const QString &body, const QString &words);

} // namespace cumulet
