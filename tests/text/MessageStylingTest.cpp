#include "text/MessageStyling.h"

#include "kit/TestMain.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace cumulet {

// "S[*strong*] ..." : the kind's letter and the covered text of each span, in order
static QStringList written(const QString &text)
{
    static constexpr QStringView letters = u"LSETCPQMH";
    QStringList spans;
    for (const auto &span : stylingOf(text)) {
        spans.append(letters.at(int(span.kind)) + u'[' + text.sliced(span.start, span.length) + u']');
    }
    return spans;
}

class MessageStylingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void spansFollowTheSpecification_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("spans");
        const auto row = [](const char *name, const QString &text, const QStringList &spans) {
            QTest::newRow(name) << text << spans;
        };
        row("strong", u"*strong*"_s, {u"S[*strong*]"_s});
        row("in plain text", u"plain *strong* plain"_s, {u"S[*strong*]"_s});
        row("two", u"*strong* plain *strong*"_s, {u"S[*strong*]"_s, u"S[*strong*]"_s});
        row("lazily matched", u"*strong*plain*"_s, {u"S[*strong*]"_s});
        row("space after the mark", u"* plain *strong*"_s, {u"S[*strong*]"_s});
        row("no opening mark", u"not strong*"_s, {});
        row("no closing mark", u"*not strong"_s, {});
        row("over two lines", u"*not \n strong*"_s, {});
        row("empty", u"**"_s, {});
        row("only marks", u"****"_s, {});
        row("space before the closing mark", u"*not strong *"_s, {});
        row("inside a word", u"2*3*4 a_b_c"_s, {});
        row("all kinds", u"_e_ ~t~ `c`"_s, {u"E[_e_]"_s, u"T[~t~]"_s, u"C[`c`]"_s});
        row("nested", u"*_both_ one*"_s, {u"S[*_both_ one*]"_s, u"E[_both_]"_s});
        row("nested four deep", u"*_~`x`~_*"_s, {u"S[*_~`x`~_*]"_s, u"E[_~`x`~_]"_s, u"T[~`x`~]"_s, u"C[`x`]"_s});
        row("crossing", u"*a _b* c_"_s, {u"S[*a _b*]"_s});
        row("code holds nothing", u"`*a* _b_`"_s, {u"C[`*a* _b_`]"_s});
        row("punctuation before is no place", u"(*a*)"_s, {});
        row("punctuation after", u"*a*, b"_s, {u"S[*a*]"_s});
        row("triple", u"***a***"_s, {});
        row("emoji", u"*👍🏽*"_s, {u"S[*👍🏽*]"_s});
    }
    void spansFollowTheSpecification()
    {
        QFETCH(const QString, text);
        QTEST(written(text), "spans");
    }

    void blocksFollowTheSpecification_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("spans");
        const auto row = [](const char *name, const QString &text, const QStringList &spans) {
            QTest::newRow(name) << text << spans;
        };
        row("code", u"```\n*a*\n```\n*b*"_s, {u"P[```\n*a*\n```]"_s, u"S[*b*]"_s});
        row("code with a word", u"```cpp\nx\n```"_s, {u"P[```cpp\nx\n```]"_s});
        row("code without end", u"```\na\n\n*b*"_s, {u"P[```\na\n\n*b*]"_s});
        row("fence in the line is no end", u"```\na ```\n```"_s, {u"P[```\na ```\n```]"_s});
        row("quote", u"> a\n> *b*\nc"_s, {u"Q[> a\n> *b*]"_s, u"S[*b*]"_s});
        row("quote in quote", u">> a\n> b"_s, {u"Q[>> a\n> b]"_s, u"Q[> a]"_s});
        row("spaces between", u"> > a"_s, {u"Q[> > a]"_s, u"Q[> a]"_s});
        row("code in a quote ends with it", u"> ```\n> a\nb"_s, {u"Q[> ```\n> a]"_s, u"P[```\n> a]"_s});
        row("code in a quote", u"> ```\n> a\n> ```\n> *b*"_s,
            {u"Q[> ```\n> a\n> ```\n> *b*]"_s, u"P[```\n> a\n> ```]"_s, u"S[*b*]"_s});
        row("not at the beginning", u"a > b\n a\n x ```"_s, {});
        row("empty lines", u"\n\n>\n"_s, {u"Q[>]"_s});
    }
    void blocksFollowTheSpecification()
    {
        QFETCH(const QString, text);
        QTEST(written(text), "spans");
    }

    void quotesAreNestedOnlySoDeep() { QCOMPARE(stylingOf(u">"_s.repeated(100'000)).size(), 8); }
};

} // namespace cumulet

using cumulet::MessageStylingTest;
CUMULET_TEST(MessageStylingTest)
#include "MessageStylingTest.moc"
