#include "text/MentionText.h"

#include "kit/TestMain.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace cumulet {

class MentionTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addressesAndTagsAreFound_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("found"); // "covered text=target"
        const auto row = [](const char *name, const QString &text, const QStringList &found) {
            QTest::newRow(name) << text << found;
        };
        row("address", u"ask romeo@example.net."_s, {u"romeo@example.net=romeo@example.net"_s});
        row("with at sign", u"@Romeo@example.net: hi"_s, {u"@Romeo@example.net=romeo@example.net"_s});
        row("two", u"a@b.c,d@e.f"_s, {u"a@b.c=a@b.c"_s, u"d@e.f=d@e.f"_s});
        row("in brackets", u"(a-b.c+d@e-f.example)"_s, {u"a-b.c+d@e-f.example=a-b.c+d@e-f.example"_s});
        row("no domain", u"me@home @romeo a@ @"_s, {});
        row("chain", u"a@b.c@d.e"_s, {});
        row("tag", u"#Cooking is #fun_2, isn't it"_s, {u"#Cooking=cooking"_s, u"#fun_2=fun_2"_s});
        row("foreign tag", u"#кухня #料理"_s, {u"#кухня=кухня"_s, u"#料理=料理"_s});
        row("no tag", u"a#b ## #1 &#39; /#x #"_s, {});
    }
    void addressesAndTagsAreFound()
    {
        QFETCH(const QString, text);
        QStringList found;
        for (const auto &span : mentionsOf(text)) {
            found.append(text.sliced(span.start, span.length) + u'=' + span.target);
        }
        QTEST(found, "found");
    }

    void somebodyIsMeant_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isMeant");
        const auto row = [](const QString &text, bool isMeant) { QTest::newRow(qPrintable(text)) << text << isMeant; };
        row(u"romeo@example.net"_s, true);
        row(u"Is ROMEO@Example.net here?"_s, true);
        row(u"(romeo@example.net.)"_s, true);
        row(u"@romeo"_s, true);
        row(u"hi @Romeo!"_s, true);
        row(u"hi @romeo..."_s, true);
        row(u"Romeo Montague, come"_s, true);
        row(u"romeo and juliet"_s, false);
        row(u"@romeos"_s, false);
        row(u"@romeo@example.com"_s, false);
        row(u"x@romeo"_s, false);
        row(u"@romeo-two"_s, false);
        row(u"xromeo@example.net"_s, false);
        row(u"romeo@example.net.evil.example"_s, false);
        row(u"romeo@example.network"_s, false);
        row(u"Romeo Montagues"_s, false);
        row({}, false);
    }
    void somebodyIsMeant()
    {
        QFETCH(const QString, text);
        QTEST(isMentioned(text, Jid::fromTrusted(u"romeo@example.net/orchard"_s), u"Romeo Montague"_s), "isMeant");
    }

    void noNameIsNotFoundEverywhere()
    {
        QVERIFY(!isMentioned(u"anything"_s, Jid::fromTrusted(u"romeo@example.net"_s)));
        QVERIFY(!isMentioned(u"anything @ all"_s, Jid()));
    }
};

} // namespace cumulet

using cumulet::MentionTextTest;
CUMULET_TEST(MentionTextTest)
#include "MentionTextTest.moc"
