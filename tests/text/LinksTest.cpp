#include "text/Links.h"

#include "kit/TestMain.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace cumulet {

class LinksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linksAreFoundWhole_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("links");
        const auto row = [](const char *name, const QString &text, const QStringList &links) {
            QTest::newRow(name) << text << links;
        };
        row("alone", u"https://example.org"_s, {u"https://example.org"_s});
        row("in a sentence", u"see http://example.org/a, or not"_s, {u"http://example.org/a"_s});
        row("full stop", u"Read https://example.org/a.html."_s, {u"https://example.org/a.html"_s});
        row("question", u"https://example.org?x=1?"_s, {u"https://example.org?x=1"_s});
        row("ellipsis", u"https://example.org/…"_s, {u"https://example.org/"_s});
        row("in brackets", u"(https://example.org/a)"_s, {u"https://example.org/a"_s});
        row("own brackets", u"https://en.wikipedia.org/wiki/Juliet_(moon)"_s,
            {u"https://en.wikipedia.org/wiki/Juliet_(moon)"_s});
        row("own brackets in brackets", u"(https://example.org/a_(b))."_s, {u"https://example.org/a_(b)"_s});
        row("IPv6", u"http://[::1]:5280/x"_s, {u"http://[::1]:5280/x"_s});
        row("in angle brackets", u"<https://example.org/>"_s, {u"https://example.org/"_s});
        row("in quotes", u"\"https://example.org/\""_s, {u"https://example.org/"_s});
        row("upper case", u"HTTPS://EXAMPLE.ORG/A"_s, {u"HTTPS://EXAMPLE.ORG/A"_s});
        row("after Chinese", u"网址https://example.org/ 很好"_s, {u"https://example.org/"_s});
        row("two", u"https://a.example https://b.example"_s, {u"https://a.example"_s, u"https://b.example"_s});
        row("mail", u"mailto:romeo@example.net!"_s, {u"mailto:romeo@example.net"_s});
        row("xmpp", u"xmpp:cooking@topics.example.org?message, come"_s, {u"xmpp:cooking@topics.example.org?message"_s});
        row("look-alike host", u"https://аррӏе.com/"_s, {u"https://аррӏе.com/"_s});
        row("bold", u"*https://example.org/a*"_s, {u"https://example.org/a"_s});
        row("direction override ends it", u"https://example.org/\u202egpj.exe"_s, {u"https://example.org/"_s});
        row("bare domain", u"example.org and www.example.org"_s, {});
        row("other schemes", u"file:///etc/passwd javascript:alert(1) data:text/html,x smb://h/x ftp://h"_s, {});
        row("inside a word", u"xhttps://example.org"_s, {});
        row("no host", u"http:// https://. http://-x"_s, {});
        row("no address", u"xmpp: mailto: mailto:nobody xmpp:@"_s, {});
        row("broken percent", u"xmpp:a%zz@example.org"_s, {});
    }
    void linksAreFoundWhole()
    {
        QFETCH(const QString, text);
        QStringList targets;
        for (const auto &span : linksOf(text)) {
            QCOMPARE(span.kind, TextSpan::Link);
            QCOMPARE(text.sliced(span.start, span.length), span.target);
            QVERIFY(isSafeAddress(span.target));
            targets.append(span.target);
        }
        QTEST(targets, "links");
    }

    void onlySafeAddressesMayBeOpened_data()
    {
        QTest::addColumn<bool>("isSafe");
        QTest::newRow("https://example.org/") << true;
        QTest::newRow("mailto:romeo@example.net") << true;
        QTest::newRow("xmpp:romeo@example.net") << true;
        for (const char *address : {"", "example.org", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x",
                 "smb://host/x", "\\\\host\\x", "http:", "https:///x", "https://a b", "https://a\nb", "ms-msdt:/id",
                 " https://example.org", "https://example.org/\u202egpj"}) {
            QTest::newRow(address) << false;
        }
    }
    void onlySafeAddressesMayBeOpened() { QTEST(isSafeAddress(QString::fromUtf8(QTest::currentDataTag())), "isSafe"); }

    void aForeignHostIsShownInItsPlainForm()
    {
        QCOMPARE(plainAddress(u"https://аррӏе.com/x?ä"_s), u"https://xn--80ak6aa92e.com/x?ä"_s);
        QCOMPARE(plainAddress(u"https://me@bücher.example:8080/"_s), u"https://me@xn--bcher-kva.example:8080/"_s);
        QCOMPARE(plainAddress(u"https://example.org/ä"_s), u"https://example.org/ä"_s);
        QCOMPARE(plainAddress(u"xmpp:ä@example.org"_s), u"xmpp:ä@example.org"_s);
    }

    void theNumberOfLinksIsBounded() { QCOMPARE(linksOf(u"http://a "_s.repeated(5000)).size(), 2000); }
};

} // namespace cumulet

using cumulet::LinksTest;
CUMULET_TEST(LinksTest)
#include "LinksTest.moc"
