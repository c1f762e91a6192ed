#include "store/sql/SearchText.h"

#include <QList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qsizetype indexedCharacters = 64 * 1024;
static constexpr qsizetype wordLimit = 64; // characters; longer words are cut, in the index as in the question
static constexpr qsizetype questionLimit = 24; // words
static constexpr qsizetype excerptLimit = 200;
static constexpr char16_t marker = 0xe000; // private use, never part of a word: begins our own words in the index

namespace {

struct Word
{
    qsizetype position = 0; // in the text it was cut from
    QString folded;
    bool isWhole = true; // not: a single character of a script that is indexed in pairs
};

enum class CharacterKind { Separator, Letter, Paired, Symbol };

} // namespace

static CharacterKind kindOf(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Symbol_Other:
        return c >= 0x2190 && c != QChar::ReplacementCharacter ? CharacterKind::Symbol : CharacterKind::Separator;
    case QChar::Letter_Uppercase:
    case QChar::Letter_Lowercase:
    case QChar::Letter_Titlecase:
    case QChar::Letter_Modifier:
    case QChar::Letter_Other:
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Number_DecimalDigit:
    case QChar::Number_Letter:
    case QChar::Number_Other:
        break;
    default:
        return CharacterKind::Separator;
    }
    if (c < 0x0e00 || QChar::isNonCharacter(c)) {
        return CharacterKind::Letter;
    }
    if (c == 0x30fc) { // prolonged sound mark, of no script
        return CharacterKind::Paired;
    }
    switch (QChar::script(c)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return CharacterKind::Paired;
    default:
        // variation selectors would make two words of one emoji
        return QChar::script(c) == QChar::Script_Inherited ? CharacterKind::Separator : CharacterKind::Letter;
    }
}

static QString fold(QStringView word)
{
    const auto isAscii = std::all_of(word.begin(), word.end(), [](QChar c) { return c.unicode() < 0x80; });
    if (isAscii) {
        return word.toString().toLower();
    }
    auto folded = word.toString()
                      .normalized(QString::NormalizationForm_KC)
                      .toCaseFolded()
                      .normalized(QString::NormalizationForm_D);
    folded.replace(u'ß', "ss"_L1);
    folded.removeIf([](QChar c) { return (c.unicode() >= 0x300 && c.unicode() < 0x370) || c.isSpace(); });
    return folded.normalized(QString::NormalizationForm_C);
}

// a run of characters of one kind becomes one word, or overlapping pairs, or one word for each symbol
static void addRun(QList<Word> &words, QStringView text, qsizetype begin, qsizetype end, CharacterKind kind)
{
    if (kind == CharacterKind::Letter) {
        words += Word{begin, fold(text.sliced(begin, std::min(end - begin, wordLimit))), true};
        return;
    }
    QList<qsizetype> starts;
    for (qsizetype at = begin; at < end; at += text.at(at).isHighSurrogate() ? 2 : 1) {
        starts += at;
    }
    starts += end;
    for (qsizetype i = 0; i + 1 < starts.size(); ++i) {
        const bool isPair = kind == CharacterKind::Paired && i + 2 < starts.size();
        const auto stop = std::min(starts.at(i + (isPair ? 2 : 1)), end);
        words += Word{starts.at(i), fold(text.sliced(starts.at(i), stop - starts.at(i))),
            isPair || kind == CharacterKind::Symbol};
    }
}

// the character there, and how many code units it takes; half a pair is a separator
static std::pair<CharacterKind, int> characterAt(QStringView text, qsizetype at)
{
    const auto c = text.at(at);
    if (!c.isSurrogate()) {
        return {kindOf(c.unicode()), 1};
    }
    if (c.isHighSurrogate() && at + 1 < text.size() && text.at(at + 1).isLowSurrogate()) {
        return {kindOf(QChar::surrogateToUcs4(c, text.at(at + 1))), 2};
    }
    return {CharacterKind::Separator, 1};
}

static QList<Word> wordsOf(QStringView text)
{
    QList<Word> words;
    auto kind = CharacterKind::Separator;
    qsizetype begin = 0;
    for (qsizetype at = 0; at <= text.size();) {
        const auto [next, size] = at < text.size() ? characterAt(text, at) : std::pair{CharacterKind::Separator, 1};
        if (next != kind) {
            if (kind != CharacterKind::Separator) {
                addRun(words, text, begin, at, kind);
            }
            kind = next;
            begin = at;
        }
        at += size;
    }
    return words;
}

// A prefix of one letter would be in half of all messages. A single character of a script that is indexed in pairs
// is the beginning of its pairs.
static bool isPrefix(const Word &word, bool isLast)
{
    return !word.isWhole || (isLast && word.folded.size() > 1);
}

static QString conversationWord(ConversationId conversation)
{
    return QChar(marker) + QString::number(conversation, 36);
}

QString indexText(const QString &text, ConversationId conversation)
{
    QString indexed = conversationWord(conversation);
    const auto words = wordsOf(QStringView(text).left(indexedCharacters));
    for (const auto &word : words) {
        indexed += u' ' + word.folded;
    }
    return indexed;
}

// what is asked for: the last character of a run in pairs is in the last pair already
static QList<Word> questionOf(const QString &text)
{
    QList<Word> question;
    const auto words = wordsOf(QStringView(text).left(wordLimit * questionLimit));
    for (const auto &word : words) {
        const bool endsPair = !word.isWhole && !question.isEmpty() && question.last().position + 2 > word.position
            && question.last().folded.endsWith(word.folded);
        if (!endsPair && !word.folded.isEmpty() && question.size() < questionLimit) {
            question += word;
        }
    }
    return question;
}

QString matchExpression(const QString &words, ConversationId conversation)
{
    const auto question = questionOf(words);
    if (question.isEmpty()) {
        return {};
    }
    QString expression = conversation > 0 ? u'"' + conversationWord(conversation) + u'"' : QString();
    for (qsizetype i = 0; i < question.size(); ++i) {
        const auto &word = question.at(i);
        expression += u" \""_s + word.folded + u'"';
        if (isPrefix(word, i + 1 == question.size())) {
            expression += u'*';
        }
    }
    return expression;
}

QString excerptOf(const QString &body, const QString &words)
{
    const auto question = questionOf(words);
    const auto isMatch = [&question](const Word &word) {
        for (qsizetype i = 0; i < question.size(); ++i) {
            const auto &asked = question.at(i);
            const bool asPrefix = isPrefix(asked, i + 1 == question.size());
            if (word.folded == asked.folded || (asPrefix && word.folded.startsWith(asked.folded))) {
                return true;
            }
        }
        return false;
    };
    const auto found = wordsOf(QStringView(body).left(indexedCharacters));
    const auto match = std::find_if(found.cbegin(), found.cend(), isMatch);
    auto begin = match == found.cend() ? 0 : match->position;
    // some words before the match, cut where a word begins
    for (auto before = match; before != found.cbegin() && match != found.cend();) {
        --before;
        if (match->position - before->position > excerptLimit / 4) {
            break;
        }
        begin = before->position;
    }
    const bool isCutBefore = !body.first(begin).trimmed().isEmpty();
    auto text = body.mid(begin, 4 * excerptLimit).simplified();
    if (isCutBefore) {
        text.prepend(u'…');
    }
    if (text.size() > excerptLimit) {
        text.truncate(text.at(excerptLimit - 2).isHighSurrogate() ? excerptLimit - 2 : excerptLimit - 1);
        text += u'…';
    }
    return text;
}

} // namespace cumulet
