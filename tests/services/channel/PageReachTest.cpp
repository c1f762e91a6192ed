#include "services/channel/PageReach.h"

#include "kit/TestMain.h"

#include <QTest>

using namespace cumulet;
using namespace Qt::StringLiterals;

class PageReachTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // a page is written as "name@minutes" for a start and "name>start@minutes" for a comment, newest first
    void aPageReachesBackOrNot_data()
    {
        QTest::addColumn<QString>("items");
        QTest::addColumn<bool>("isComplete");
        QTest::addColumn<bool>("reaches");
        QTest::newRow("nothing more") << u"a@90"_s << true << true;
        QTest::newRow("empty") << QString() << false << true;
        QTest::newRow("all newer") << u"a@90 b@80"_s << false << false;
        QTest::newRow("an older start") << u"a@90 b@10 c@9"_s << false << true;
        QTest::newRow("an older start at the end may be lifted") << u"a@90 b@10"_s << false << false;
        QTest::newRow("an old start lifted by its comment") << u"a@10 x>a@90 b@80"_s << false << false;
        QTest::newRow("an old comment") << u"a@90 x>a@10"_s << false << true;
        QTest::newRow("an old start before another's comment") << u"b@10 x>a@9 c@8"_s << false << true;
    }
    void aPageReachesBackOrNot()
    {
        QFETCH(const QString, items);
        QFETCH(const bool, isComplete);
        const auto hour = QDateTime::fromString(u"2026-11-23T15:00:00Z"_s, Qt::ISODate);
        PostPage page;
        page.isComplete = isComplete;
        for (const auto &item : items.split(u' ', Qt::SkipEmptyParts)) {
            const auto name = item.section(u'@', 0, 0);
            Post post;
            post.item = ItemId::fromWire(name.section(u'>', 0, 0));
            post.inReplyTo = ItemId::fromWire(name.section(u'>', 1));
            post.published = hour.addSecs(60 * item.section(u'@', 1).toInt());
            page.posts.append(post);
        }
        QTEST(reachesBack(page, hour.addSecs(60 * 50)), "reaches");
    }
};

CUMULET_TEST(PageReachTest)
#include "PageReachTest.moc"
