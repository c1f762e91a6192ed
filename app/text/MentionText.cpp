#include "text/MentionText.h"

#include <algorithm>

namespace cumulet {

static constexpr qsizetype mostMentions = 2000;
static constexpr qsizetype longestTag = 100;
static constexpr qsizetype longestPart = 256;

static bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c.isSurrogate() || c.isMark();
}

// what an address may be made of in running text; real JIDs allow more, but then nobody could tell where they end
static bool isAddressCharacter(QChar c)
{
    return isWordCharacter(c) || c == u'.' || c == u'-' || c == u'+';
}

static std::optional<TextSpan> addressAround(QStringView text, qsizetype at)
{
    auto start = at;
    while (start > 0 && at - start < longestPart && isAddressCharacter(text.at(start - 1))) {
        --start;
    }
    auto end = at + 1;
    while (end < text.size() && end - at < longestPart && isAddressCharacter(text.at(end))) {
        ++end;
    }
    while (end > at + 1 && !isWordCharacter(text.at(end - 1))) {
        --end;
    }
    while (start < at && !isWordCharacter(text.at(start))) {
        ++start;
    }
    const auto domain = text.sliced(at + 1, end - at - 1);
    const bool isDelimited =
        (end == text.size() || text.at(end) != u'@') && at - start < longestPart && end - at < longestPart;
    if (start == at || !isDelimited || domain.indexOf(u'.') <= 0) {
        return std::nullopt;
    }
    const auto jid = Jid::parse(text.sliced(start, end - start).toString());
    if (!jid) {
        return std::nullopt;
    }
    if (start > 0 && text.at(start - 1) == u'@') {
        --start;
        if (start > 0 && isAddressCharacter(text.at(start - 1))) {
            return std::nullopt; // "a@b@c" is nobody's address
        }
    }
    return TextSpan{TextSpan::Mention, int(start), int(end - start), jid->text()};
}

static std::optional<TextSpan> tagAt(QStringView text, qsizetype at)
{
    const auto isInsideWord = [](QChar c) { return isWordCharacter(c) || c == u'#' || c == u'&' || c == u'/'; };
    if (at > 0 && isInsideWord(text.at(at - 1))) {
        return std::nullopt;
    }
    auto end = at + 1;
    while (end < text.size() && end - at <= longestTag && isWordCharacter(text.at(end))) {
        ++end;
    }
    const auto word = text.sliced(at + 1, end - at - 1);
    const bool hasLetter =
        std::any_of(word.cbegin(), word.cend(), [](QChar c) { return c.isLetter() || c.isSurrogate(); });
    if (!hasLetter || word.size() >= longestTag) {
        return std::nullopt;
    }
    return TextSpan{TextSpan::Hashtag, int(at), int(end - at), word.toString().toLower()};
}

QList<TextSpan> mentionsOf(const QString &text)
{
    QList<TextSpan> found;
    const QStringView whole(text);
    for (qsizetype at = 0; at < whole.size() && found.size() < mostMentions; ++at) {
        const QChar c = whole.at(at);
        const auto span = c == u'@' ? addressAround(whole, at) : c == u'#' ? tagAt(whole, at) : std::nullopt;
        if (span && (found.isEmpty() || found.last().start + found.last().length <= span->start)) {
            at = span->start + span->length - 1;
            found.append(*span);
        }
    }
    return found;
}

static bool holdsWord(const QString &text, const QString &word)
{
    if (word.isEmpty()) {
        return false;
    }
    for (auto at = text.indexOf(word, 0, Qt::CaseInsensitive); at >= 0;
        at = text.indexOf(word, at + word.size(), Qt::CaseInsensitive)) {
        const auto end = at + word.size();
        const bool begins = at == 0 || !isWordCharacter(text.at(at - 1)) || !isWordCharacter(word.front());
        const bool ends = end == text.size() || !isWordCharacter(text.at(end)) || !isWordCharacter(word.back());
        if (begins && ends) {
            return true;
        }
    }
    return false;
}

// "@romeo" is a call; "@romeo@example.net" or "x@romeo" are addresses of somebody else
static bool isCalled(const QString &text, const QString &local)
{
    const auto call = u'@' + local;
    for (auto at = text.indexOf(call, 0, Qt::CaseInsensitive); at >= 0;
        at = text.indexOf(call, at + call.size(), Qt::CaseInsensitive)) {
        auto end = at + call.size();
        const bool begins = at == 0 || !isAddressCharacter(text.at(at - 1));
        while (end < text.size() && (text.at(end) == u'.' || text.at(end) == u'-' || text.at(end) == u'+')) {
            ++end;
        }
        if (begins && (end == text.size() || (!isWordCharacter(text.at(end)) && text.at(end) != u'@'))) {
            return true;
        }
    }
    return false;
}

bool isMentioned(const QString &text, const Jid &jid, const QString &name)
{
    const auto bare = jid.bare().text();
    if (!jid.local().isEmpty() && isCalled(text, jid.local())) {
        return true;
    }
    for (auto at = bare.isEmpty() ? -1 : text.indexOf(bare, 0, Qt::CaseInsensitive); at >= 0;
        at = text.indexOf(bare, at + bare.size(), Qt::CaseInsensitive)) {
        const auto end = at + bare.size();
        const bool begins = at == 0 || !isAddressCharacter(text.at(at - 1));
        // a full stop may end the sentence or go on with the domain
        const bool goesOn = end < text.size()
            && (isWordCharacter(text.at(end)) || text.at(end) == u'@'
                || (isAddressCharacter(text.at(end)) && end + 1 < text.size() && isWordCharacter(text.at(end + 1))));
        if (begins && !goesOn) {
            return true;
        }
    }
    return holdsWord(text, name);
}

} // namespace cumulet
