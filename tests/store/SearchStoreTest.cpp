#include "StoreBench.h"
#include "kit/TestMain.h"
#include "store/sql/SearchText.h"

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class SearchStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsAreFound_data();
    void wordsAreFound();
    void everyWordMustOccur();
    void newestFirstAndLimited();
    void onlyInOneConversation();
    void postsAreFoundByTheirThread();
    void syntaxOfTheIndexMeansNothing_data();
    void syntaxOfTheIndexMeansNothing();
    void excerptIsShortAndAroundTheMatch();
    void excerptOfManyCharacters();
    void conversationMarkerCannotBeAskedFor();
    void indexFollowsEveryChange();
};

void SearchStoreTest::wordsAreFound_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("found");
    QTest::newRow("word") << u"the quick brown fox"_s << u"quick"_s << true;
    QTest::newRow("prefix of the last") << u"the quick brown fox"_s << u"brown fo"_s << true;
    QTest::newRow("prefix of another") << u"the quick brown fox"_s << u"bro fox"_s << false;
    QTest::newRow("case") << u"The QUICK Brown"_s << u"quick BROWN"_s << true;
    QTest::newRow("accents") << u"Café crème, naïve"_s << u"cafe naive"_s << true;
    QTest::newRow("accents typed") << u"cafe"_s << u"café"_s << true;
    QTest::newRow("combining") << u"cafe\u0301"_s << u"café"_s << true;
    QTest::newRow("sharp s") << u"Straße"_s << u"strasse"_s << true;
    QTest::newRow("full width") << u"ｈｅｌｌｏ"_s << u"hello"_s << true;
    QTest::newRow("Cyrillic") << u"Привет, как дела?"_s << u"привет дела"_s << true;
    QTest::newRow("Greek") << u"Καλημέρα"_s << u"καλημερα"_s << true;
    QTest::newRow("Chinese, inside") << u"今天天气很好"_s << u"天气"_s << true;
    QTest::newRow("Chinese, three") << u"今天天气很好"_s << u"天气很"_s << true;
    QTest::newRow("Chinese, one") << u"今天天气很好"_s << u"气"_s << true;
    QTest::newRow("Chinese, the last one") << u"今天天气很好"_s << u"好"_s << true;
    QTest::newRow("Chinese, other order") << u"今天天气很好"_s << u"气天"_s << false;
    QTest::newRow("Japanese") << u"サーバーに接続"_s << u"サーバー"_s << true;
    QTest::newRow("Korean") << u"안녕하세요 세계"_s << u"세계"_s << true;
    QTest::newRow("Hindi") << u"नमस्ते दुनिया"_s << u"दुनिया"_s << true;
    QTest::newRow("emoji") << u"party 🎉🎂 tonight"_s << u"🎂"_s << true;
    QTest::newRow("other emoji") << u"party 🎉🎂 tonight"_s << u"🎈"_s << false;
    QTest::newRow("address") << u"see https://example.org/a-b?c=d"_s << u"example.org/a-b"_s << true;
    QTest::newRow("number") << u"call 555-0123"_s << u"0123"_s << true;
    QTest::newRow("one letter is a word") << u"plan b"_s << u"b"_s << true;
    QTest::newRow("one letter is no prefix") << u"plan better"_s << u"b"_s << false;
    QTest::newRow("half a surrogate pair") << u"x "_s + QChar(0xd83c) << u"x"_s << true;
    QTest::newRow("very long word") << QString(3000, u'x') << QString(2000, u'x') << true;
}

void SearchStoreTest::wordsAreFound()
{
    QFETCH(QString, body);
    QFETCH(QString, words);
    QFETCH(bool, found);
    StoreBench bench;
    valueOf(bench.chats->keep(bench.account, {bench.message(u"m1"_s, body, 1), bench.message(u"m2"_s, u"zzz"_s, 2)}));
    const auto hits = valueOf(bench.search->search(words));
    QCOMPARE(hits.size(), found ? 1 : 0);
    if (found) {
        QCOMPARE(hits.first().conversation, bench.chatWith(bench.juliet));
        QCOMPARE(hits.first().author, bench.juliet);
        QCOMPARE(hits.first().time, bench.at(1));
        QVERIFY(!hits.first().isPost);
        QVERIFY(!hits.first().excerpt.isEmpty() && hits.first().excerpt.size() <= 200);
    }
}

void SearchStoreTest::everyWordMustOccur()
{
    StoreBench bench;
    valueOf(bench.chats->keep(bench.account,
        {bench.message(u"m1"_s, u"red apple"_s, 1), bench.message(u"m2"_s, u"green apple"_s, 2),
            bench.own(u"m3"_s, u"apple, red one"_s, 3)}));
    const auto hits = valueOf(bench.search->search(u"  red   apple "_s));
    QCOMPARE(hits.size(), 2);
    QCOMPARE(hits.first().author, bench.self);
    QVERIFY(valueOf(bench.search->search({})).isEmpty());
    QVERIFY(valueOf(bench.search->search(u" .,-!"_s)).isEmpty());
}

void SearchStoreTest::newestFirstAndLimited()
{
    StoreBench bench;
    QList<IncomingMessage> messages;
    for (int i = 0; i < 600; ++i) { // stored in another order than that of their times
        const int second = (i * 37) % 600;
        messages += bench.message(QString::number(second), u"apple %1"_s.arg(second), second);
    }
    valueOf(bench.chats->keep(bench.account, messages));
    valueOf(bench.channels->keepPosts(bench.account, bench.node, {bench.post(u"p1"_s, u"apple pie"_s, 598)}, false));
    const auto hits = valueOf(bench.search->search(u"apple"_s, 0, 10));
    QCOMPARE(hits.size(), 10);
    QCOMPARE(hits.at(0).excerpt, u"apple 599"_s);
    QVERIFY(hits.at(1).isPost || hits.at(2).isPost);
    for (int i = 1; i < 10; ++i) {
        QVERIFY(hits.at(i).time <= hits.at(i - 1).time);
    }
}

void SearchStoreTest::onlyInOneConversation()
{
    StoreBench bench;
    auto other = bench.message(u"m2"_s, u"apple of mallory"_s, 2);
    other.peer = bench.mallory;
    other.from = bench.mallory;
    valueOf(bench.chats->keep(bench.account, {bench.message(u"m1"_s, u"apple of juliet"_s, 1), other}));
    QCOMPARE(valueOf(bench.search->search(u"apple"_s)).size(), 2);
    const auto hits = valueOf(bench.search->search(u"apple"_s, bench.chatWith(bench.mallory)));
    QCOMPARE(hits.size(), 1);
    QCOMPARE(hits.first().excerpt, u"apple of mallory"_s);
}

void SearchStoreTest::postsAreFoundByTheirThread()
{
    StoreBench bench;
    auto start = bench.post(u"p1"_s, u"today"_s, 1);
    start.title = u"Soup"_s;
    valueOf(bench.channels->keepPosts(bench.account, bench.node,
        {start, bench.post(u"c1"_s, u"with apples"_s, 2, u"p1"_s),
            bench.post(u"c2"_s, u"apples of nobody"_s, 3, u"p9"_s)},
        false));
    const auto row = valueOf(bench.channels->threadOf(bench.account, bench.node, ItemId::fromWire(u"p1"_s)));
    for (const auto &words : {u"soup"_s, u"soup tod"_s, u"apple"_s}) {
        const auto hits = valueOf(bench.search->search(words));
        QCOMPARE(hits.size(), 1);
        QVERIFY(hits.first().isPost);
        QCOMPARE(hits.first().row, row);
    }
    QCOMPARE(valueOf(bench.search->search(u"soup"_s)).first().excerpt, u"Soup today"_s);
}

void SearchStoreTest::syntaxOfTheIndexMeansNothing_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("found"); // "apple" alone, or with words that occur
    for (const auto &syntax :
        {u"\"apple"_s, u"apple\""_s, u"apple*"_s, u"^apple"_s, u"(apple"_s, u"apple)"_s, u"-apple"_s, u"+apple"_s,
            u"{apple}"_s, u"'apple'; --"_s, u"\"\"apple\"\""_s, u"apple\\"_s, u"apple \"\" "_s, u"apple\u0000"_s}) {
        QTest::addRow("%s", qPrintable(syntax)) << syntax << true;
    }
    for (const auto &syntax : {u"apple NOT pear"_s, u"apple OR pear"_s, u"apple AND"_s, u"NEAR(apple pear)"_s,
             u"words:apple"_s, u"rowid:1"_s, u"search"_s, u"DROP TABLE message"_s, u"apple' OR 1=1 --"_s}) {
        QTest::addRow("%s", qPrintable(syntax)) << syntax << false;
    }
}

void SearchStoreTest::syntaxOfTheIndexMeansNothing()
{
    QFETCH(QString, words);
    StoreBench bench;
    valueOf(bench.chats->keep(bench.account, {bench.message(u"m1"_s, u"an apple"_s, 1)}));
    const auto hits = answerOf(bench.search->search(words));
    QVERIFY(hits);
    QTEST(!hits->isEmpty(), "found");
    const auto inside = answerOf(bench.search->search(words, bench.chatWith(bench.juliet)));
    QVERIFY(inside);
    QTEST(!inside->isEmpty(), "found");
}

void SearchStoreTest::excerptIsShortAndAroundTheMatch()
{
    QString body;
    for (int i = 0; i < 500; ++i) {
        body += u"word%1\n "_s.arg(i);
    }
    const auto excerpt = excerptOf(body, u"word250"_s);
    QVERIFY(excerpt.size() <= 200);
    QVERIFY(excerpt.contains(u"word250"_s));
    QVERIFY(excerpt.contains(u"word249 word250 word251"_s));
    QVERIFY(excerpt.startsWith(u'…') && excerpt.endsWith(u'…'));
    QCOMPARE(excerptOf(u"short\ntext"_s, u"text"_s), u"short text"_s);
    QCOMPARE(excerptOf(u"short\ntext"_s, u"missing"_s), u"short text"_s);
    QCOMPARE(excerptOf({}, u"missing"_s), QString());
}

void SearchStoreTest::excerptOfManyCharacters()
{
    // pairs are never cut in two, wherever the cut falls
    for (int shift = 0; shift < 4; ++shift) {
        const auto excerpt = excerptOf(QString(shift, u'x') + u"😀"_s.repeated(400), u"x"_s);
        QVERIFY(excerpt.size() <= 200);
        QVERIFY(excerpt.isValidUtf16());
    }
    QVERIFY(excerptOf(QString(200'000, u'x'), u"xx"_s).size() <= 200);
}

void SearchStoreTest::conversationMarkerCannotBeAskedFor()
{
    StoreBench bench;
    valueOf(bench.chats->keep(bench.account, {bench.message(u"m1"_s, u"an apple"_s, 1)}));
    const auto marker = QChar(0xe000) + QString::number(bench.chatWith(bench.juliet), 36);
    QVERIFY(valueOf(bench.search->search(marker)).isEmpty());
}

void SearchStoreTest::indexFollowsEveryChange()
{
    StoreBench bench;
    const auto chat = bench.chatWith(bench.juliet);
    const auto count = [&](const QString &words) { return valueOf(bench.search->search(words)).size(); };
    valueOf(bench.chats->keep(bench.account, {bench.message(u"m1"_s, u"aple"_s, 1)}));
    QCOMPARE(count(u"aple"_s), 1);
    valueOf(bench.chats->keep(bench.account, {bench.correction(u"c1"_s, u"m1"_s, u"apple"_s, 2)}));
    QCOMPARE(count(u"aple"_s), 0);
    QCOMPARE(count(u"apple"_s), 1);
    valueOf(bench.chats->enqueue(bench.account, chat, OriginId(u"o1"_s), u"pear"_s));
    QCOMPARE(count(u"pear"_s), 1);
    valueOf(bench.chats->discard(
        bench.messages(chat).first().isOwn ? bench.messages(chat).first().row : bench.messages(chat).last().row));
    QCOMPARE(count(u"pear"_s), 0);
    // what was not yet indexed when the program ended is found all the same
    valueOf(bench.chats->keep(bench.account, {bench.message(u"m2"_s, u"plum"_s, 3)}));
    bench.reopen();
    QCOMPARE(count(u"plum"_s), 1);
    QCOMPARE(bench.ask(u"SELECT count(*) FROM search_waiting"_s), 0);
}

CUMULET_TEST(SearchStoreTest)
#include "SearchStoreTest.moc"
