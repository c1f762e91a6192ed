#include "services/chat/Admission.h"

#include "kit/TestMain.h"

#include <QTest>

using namespace cumulet;
using namespace Qt::StringLiterals;

namespace {

const Jid romeo = Jid::fromTrusted(u"romeo@example.org"_s);
const Jid juliet = Jid::fromTrusted(u"juliet@example.org/balcony"_s);
const QDateTime now = QDateTime::fromString(u"2026-11-24T12:00:00Z"_s, Qt::ISODate);

IncomingMessage fromJuliet()
{
    IncomingMessage message;
    message.peer = juliet.bare();
    message.from = juliet;
    message.body = u"hello"_s;
    message.messageId = MessageId(u"m1"_s);
    message.time = now;
    return message;
}

} // namespace

class AdmissionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anOrdinaryMessagePasses() { QVERIFY(Admission(romeo).admit(fromJuliet(), now)); }

    void aMessageOfTheWrongSenderIsDropped()
    {
        IncomingMessage message = fromJuliet();
        message.from = Jid::fromTrusted(u"mallory@evil.example"_s);
        QVERIFY(!Admission(romeo).admit(message, now));
        message = fromJuliet();
        message.isOwn = true; // says it is ours, comes from somebody else
        QVERIFY(!Admission(romeo).admit(message, now));
    }

    void aMessageWithoutTextOrPeerIsDropped()
    {
        IncomingMessage message = fromJuliet();
        message.body.clear();
        QVERIFY(!Admission(romeo).admit(message, now));
        message = fromJuliet();
        message.peer = {};
        QVERIFY(!Admission(romeo).admit(message, now));
    }

    void textAndIdsHaveAnEnd()
    {
        IncomingMessage message = fromJuliet();
        message.body = QString(1'000'000, u'x');
        message.messageId = MessageId(QString(100'000, u'i'));
        const auto admitted = Admission(romeo).admit(message, now);
        QCOMPARE(admitted->body.size(), 256 * 1024);
        QVERIFY(admitted->messageId.isEmpty());
    }

    void aTimeInTheFutureIsNow_data()
    {
        QTest::addColumn<QDateTime>("said");
        QTest::addColumn<QDateTime>("kept");
        QTest::newRow("year 9999") << QDateTime(QDate(9999, 12, 31), QTime(), QTimeZone::UTC) << now;
        QTest::newRow("no time") << QDateTime() << now;
        QTest::newRow("a clock that is a little ahead") << now.addSecs(60) << now.addSecs(60);
        QTest::newRow("yesterday") << now.addDays(-1) << now.addDays(-1);
    }

    void aTimeInTheFutureIsNow()
    {
        QFETCH(QDateTime, said);
        QFETCH(QDateTime, kept);
        IncomingMessage message = fromJuliet();
        message.time = said;
        QCOMPARE(Admission(romeo).admit(message, now)->time, kept);
    }

    void onlyReceiptsAndMarkersAreNotices()
    {
        DeliveryNotice notice{juliet, false, MessageId(u"m1"_s), DeliveryState::Delivered, now};
        QCOMPARE(Admission(romeo).admit(notice, now)->peer, juliet.bare());
        notice.state = DeliveryState::Failed;
        QVERIFY(!Admission(romeo).admit(notice, now));
        notice.state = DeliveryState::Displayed;
        notice.messageId = {};
        QVERIFY(!Admission(romeo).admit(notice, now));
    }
};

CUMULET_TEST(AdmissionTest)
#include "AdmissionTest.moc"
