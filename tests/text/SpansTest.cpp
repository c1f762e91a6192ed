#include "text/Spans.h"

#include "kit/TestMain.h"
#include "text/MentionText.h"
#include "text/PreviewLine.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace cumulet {

class SpansTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsFoundTogether_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("spans");
        const auto row = [](const char *name, const QString &text, const QStringList &spans) {
            QTest::newRow(name) << text << spans;
        };
        row("mixed", u"*see* https://example.org/a_b_c #x a@b.c"_s,
            {u"S[*see*]"_s, u"L[https://example.org/a_b_c]"_s, u"H[#x]"_s, u"M[a@b.c]"_s});
        row("link in bold", u"*at https://example.org/*"_s,
            {u"S[*at https://example.org/*]"_s, u"L[https://example.org/]"_s});
        row("bold link", u"*https://example.org/*"_s, {u"S[*https://example.org/*]"_s, u"L[https://example.org/]"_s});
        row("mark inside a link", u"_x https://example.org/_y_z"_s, {u"L[https://example.org/_y_z]"_s});
        row("nothing in code", u"`https://a.example #x a@b.c`"_s, {u"C[`https://a.example #x a@b.c`]"_s});
        row("nothing in a code block", u"```\nhttps://a.example\n```"_s, {u"P[```\nhttps://a.example\n```]"_s});
        row("link in a quote", u"> https://a.example"_s, {u"Q[> https://a.example]"_s, u"L[https://a.example]"_s});
        row("address in a link", u"mailto:a@b.c https://x@y.z/#a"_s, {u"L[mailto:a@b.c]"_s, u"L[https://x@y.z/#a]"_s});
        row("mark inside an address", u"_a@b.c x_y@z.w"_s, {u"M[_a@b.c]"_s, u"M[x_y@z.w]"_s});
    }
    void everythingIsFoundTogether()
    {
        QFETCH(const QString, text);
        static constexpr QStringView letters = u"LSETCPQMH";
        QStringList found;
        for (const auto &span : spansOf(text)) {
            found.append(letters.at(int(span.kind)) + u'[' + text.sliced(span.start, span.length) + u']');
        }
        QTEST(found, "spans");
    }

    void hostileTextsAreBoundedAndNested_data()
    {
        QTest::addColumn<QString>("piece");
        for (const char *piece : {"*", "*a ", " *a", "_*~`", "`", "```\n", ">", "> ", ">>a\n", "http://",
                 "http:", "http://a ", "xmpp:", "xmpp:a@b.c;", "mailto:a@", "mailto:", "(http://a.b", "http://a)", ")",
                 "@", "a@", "a@b.", "@a@b.c ", "#", "#a", "#a ", "a", " ", "\n", "\u0301", "\u202e", "👍", "*_x_* ",
                 "`a` ", "*http://a* _b@c.d_ `#e` "}) {
            QTest::newRow(piece) << QString::fromUtf8(piece);
        }
        QTest::newRow("lone surrogate") << QString(QChar(0xd83d));
        QTest::newRow("null") << QString(QChar(0));
    }
    void hostileTextsAreBoundedAndNested()
    {
        QFETCH(const QString, piece);
        const auto text = piece.repeated(1'000'000 / piece.size());
        // what is quadratic does not end before the time limit of the test
        const auto spans = spansOf(text);
        QVERIFY(previewLine(text).size() <= 200);
        QVERIFY(!isMentioned(text, Jid::fromTrusted(u"nobody@example.net"_s), u"nobody at all"_s));
        QVERIFY(spans.size() <= 6000);
        QList<int> ends;
        int start = 0;
        for (const auto &span : spans) {
            QVERIFY(span.start >= start && span.length > 0 && span.start + span.length <= text.size());
            start = span.start;
            while (!ends.isEmpty() && ends.last() <= start) {
                ends.removeLast();
            }
            QVERIFY2(ends.isEmpty() || span.start + span.length <= ends.last(), "spans cross each other");
            ends.append(span.start + span.length);
        }
    }
};

} // namespace cumulet

using cumulet::SpansTest;
CUMULET_TEST(SpansTest)
#include "SpansTest.moc"
