// Ten thousand messages of letters that take two, three and four bytes, read back from a real archive.
#include "kit/TestMain.h"
#include "live/LiveStage.h"
#include "services/chat/ChatService.h"

#include <QElapsedTimer>
#include <QTest>
#include <QUuid>

#include <functional>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class LiveArchiveTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tenThousandMessagesArriveUnharmed();

private:
    static QString body(const QString &tag, int number);
    /// Two people's messages that were really sent cross each other; each one's own keep their order.
    static QStringList orderedBySender(const QStringList &bodies, const std::function<bool(qsizetype)> &isRomeos);

    LiveStage m_stage;
};

CUMULET_TEST(LiveArchiveTest)

void LiveArchiveTest::initTestCase()
{
    ENTER_STAGE(m_stage, LiveServer::Kind::Prosody);
}

// of many lengths, so that letters lie across every border of reads
QString LiveArchiveTest::body(const QString &tag, int number)
{
    static const QString phrases[]{
        u"Две равно уважаемых семьи в Вероне, где встречают нас событья. "_s,
        u"两家门第相当的望族，在美丽的维洛那城里。"_s,
        u"🌹💔🗡️👨‍👩‍👧‍👦🏳️‍🌈🇮🇹😭"_s,
        u"ё́ й ⁂ <&>\"' "_s,
    };
    return u"%1-%2 "_s.arg(tag).arg(number) + phrases[number % 4].repeated(1 + number % 7) + u"🏁"_s;
}

QStringList LiveArchiveTest::orderedBySender(const QStringList &bodies, const std::function<bool(qsizetype)> &isRomeos)
{
    QStringList romeos;
    QStringList juliets;
    for (qsizetype at = 0; at < bodies.size(); ++at) {
        (isRomeos(at) ? romeos : juliets).append(bodies.at(at));
    }
    return romeos + juliets;
}

void LiveArchiveTest::tenThousandMessagesArriveUnharmed()
{
    const auto romeo = m_stage.freshSettings(u"romeo"_s);
    QVERIFY2(romeo, qPrintable(m_stage.error()));
    const auto juliet = m_stage.freshSettings(u"juliet"_s);
    QVERIFY2(juliet, qPrintable(m_stage.error()));
    const int count = LiveServer::isExternal() ? 1'000 : 10'000; // sent one by one where it is not ours
    const QString tag = QUuid::createUuid().toString(QUuid::Id128).left(8);
    QList<ArchivedMessage> archived;
    QStringList expected;
    for (int i = 0; i < count; ++i) {
        const bool isRomeos = i % 3 == 0;
        expected.append(body(tag, i));
        archived.append({(isRomeos ? romeo : juliet)->jid.local(), (isRomeos ? juliet : romeo)->jid.local(),
            expected.last(), {}, {}});
    }
    QVERIFY2(m_stage.server().fillArchive(archived), qPrintable(m_stage.server().error()));
    if (LiveServer::isExternal()) {
        expected = orderedBySender(expected, [](qsizetype at) { return at % 3 == 0; });
    }

    QElapsedTimer clock;
    clock.start();
    const auto client = m_stage.client(*romeo);
    QVERIFY2(client, qPrintable(m_stage.error()));
    const auto chat = client->openChat(juliet->jid);
    QVERIFY(chat);
    // what lies before the first pages comes when somebody scrolls there
    while (true) {
        const auto older = outcome(client->services().chat->fetchOlder(chat->id));
        if (!older) {
            QCOMPARE(older.error().kind, ErrorKind::NotFound);
            break;
        }
    }
    qInfo("%d messages read in %lld ms", count, clock.elapsed());
    const auto all = client->messages(juliet->jid);
    QStringList found;
    QList<bool> isOwn;
    for (const auto &message : all) {
        if (message.body.startsWith(tag)) {
            found.append(message.body);
            isOwn.append(message.isOwn);
        }
    }
    if (LiveServer::isExternal()) {
        found = orderedBySender(found, [&isOwn](qsizetype at) { return isOwn.at(at); });
    }
    QCOMPARE(found.size(), expected.size());
    for (int i = 0; i < count; ++i) {
        QVERIFY2(found.at(i) == expected.at(i), qPrintable(expected.at(i) + u"\n came as \n"_s + found.at(i)));
    }
    QCOMPARE(isOwn.count(true), (count + 2) / 3);
}

#include "LiveArchiveTest.moc"
