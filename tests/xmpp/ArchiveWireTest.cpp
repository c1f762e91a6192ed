#include "WireBench.h"

#include "kit/TestMain.h"

#include <QDomDocument>

#include <ctime>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

namespace {

// a request for the archive as the server saw it
struct Question
{
    QString iqId;
    QString queryId;
    QMap<QString, QString> fields;
    QString max;
    bool hasBefore = false;
    QString before;
    QString after;
};

Question readQuestion(const QDomElement &stanza)
{
    const auto query = stanza.firstChildElement(u"query"_s);
    Question question;
    question.iqId = stanza.attribute(u"id"_s);
    question.queryId = query.attribute(u"queryid"_s);
    for (auto field = query.firstChildElement(u"x"_s).firstChildElement(); !field.isNull();
        field = field.nextSiblingElement()) {
        question.fields.insert(field.attribute(u"var"_s), field.firstChildElement(u"value"_s).text());
    }
    const auto set = query.firstChildElement(u"set"_s);
    question.max = set.firstChildElement(u"max"_s).text();
    question.hasBefore = !set.firstChildElement(u"before"_s).isNull();
    question.before = set.firstChildElement(u"before"_s).text();
    question.after = set.firstChildElement(u"after"_s).text();
    return question;
}

QString result(const Question &question, const QString &id, const QString &message,
    const QString &stamp = u"2026-01-02T03:04:05Z"_s)
{
    return u"<message to='%me'><result xmlns='urn:xmpp:mam:2' queryid='%1' id='%2'><forwarded"
           " xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' stamp='%3'/>%4</forwarded></result></message>"_s
               .arg(question.queryId, id, stamp, message);
}

QString theirs(const QString &content)
{
    return u"<message xmlns='jabber:client' from='juliet@example.org/b' to='%own' type='chat' id='i'>%1</message>"_s
        .arg(content);
}

QString mine(const QString &content)
{
    return u"<message xmlns='jabber:client' from='%own/phone' to='juliet@example.org' type='chat' id='i'>%1</message>"_s
        .arg(content);
}

QString fin(const Question &question, const QString &ends, bool isComplete)
{
    return u"<iq type='result' id='%1'><fin xmlns='urn:xmpp:mam:2'%2><set xmlns='http://jabber.org/protocol/rsm'>%3"
           "</set></fin></iq>"_s.arg(question.iqId, isComplete ? u" complete='true'"_s : QString(), ends);
}

ArchiveRequest newest(int limit)
{
    ArchiveRequest request;
    request.fromNewest = true;
    request.limit = limit;
    return request;
}

ArchiveRequest before(const QString &id)
{
    ArchiveRequest request;
    request.before = ArchiveId(id);
    return request;
}

ArchiveRequest after(const QString &id)
{
    ArchiveRequest request;
    request.after = ArchiveId(id);
    return request;
}

} // namespace

class ArchiveWireTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<WireBench> m_bench;
    QList<Question> m_questions;

    Question lastQuestion(qsizetype count = 1)
    {
        (void)QTest::qWaitFor([&] { return m_questions.size() >= count; }, 5000);
        return m_questions.isEmpty() ? Question() : m_questions.last();
    }

private Q_SLOTS:
    void init()
    {
        m_questions.clear();
        m_bench = std::make_unique<WireBench>();
        QVERIFY(m_bench->logIn());
        m_bench->server.addHook([this](const QDomElement &stanza) {
            if (stanza.firstChildElement(u"query"_s).namespaceURI() != u"urn:xmpp:mam:2") {
                return false;
            }
            m_questions += readQuestion(stanza);
            return true;
        });
    }

    void cleanup() { m_bench.reset(); }

    void asksForTheNewestPage()
    {
        const auto page = m_bench->archive.page(newest(20));
        const auto question = lastQuestion();
        QCOMPARE(question.fields, (QMap<QString, QString>{{u"FORM_TYPE"_s, u"urn:xmpp:mam:2"_s}}));
        QCOMPARE(question.max, u"20"_s);
        QVERIFY(question.hasBefore && question.before.isEmpty() && question.after.isEmpty());
    }

    void asksBothWaysAndForOnePeer()
    {
        ArchiveRequest request;
        request.with = Jid::fromTrusted(u"juliet@example.org"_s);
        request.after = ArchiveId(u"a<1>"_s);
        request.start = QDateTime::fromString(u"2026-01-02T03:04:05Z"_s, Qt::ISODate);
        const auto forward = m_bench->archive.page(request);
        auto question = lastQuestion();
        QCOMPARE(question.fields.value(u"with"_s), u"juliet@example.org"_s);
        QCOMPARE(question.fields.value(u"start"_s), u"2026-01-02T03:04:05.000Z"_s);
        QCOMPARE(question.after, u"a<1>"_s);
        QVERIFY(!question.hasBefore);
        const auto backward = m_bench->archive.page(before(u"b"_s));
        question = lastQuestion(2);
        QCOMPARE(question.before, u"b"_s);
        QVERIFY(question.after.isEmpty());
    }

    void answersWithAPageInItsOrder()
    {
        const auto page = m_bench->archive.page({});
        const auto question = lastQuestion();
        m_bench->push(result(question, u"id-1"_s, theirs(u"<body>one</body>"_s))
            + result(question, u"id-2"_s, mine(u"<body>two</body>"_s), u"2026-01-02T03:04:06Z"_s)
            + result(question, u"id-3"_s, theirs(u"<received xmlns='urn:xmpp:receipts' id='out'/>"_s))
            + result(question, u"id-4"_s, theirs(u"<x xmlns='unknown'/>"_s))
            + fin(question, u"<first index='0'>id-1</first><last>id-4</last>"_s, false));
        const auto answer = wait(page);
        QVERIFY(answer);
        QCOMPARE(answer->messages.size(), 2);
        const auto &one = answer->messages.first();
        QCOMPARE(one.body, u"one"_s);
        QCOMPARE(one.archiveId.text(), u"id-1"_s);
        QVERIFY(one.isFromArchive && !one.isOwn);
        QCOMPARE(one.time, QDateTime::fromString(u"2026-01-02T03:04:05Z"_s, Qt::ISODate));
        const auto &two = answer->messages.last();
        QVERIFY(two.isOwn);
        QCOMPARE(two.peer.text(), u"juliet@example.org"_s);
        QCOMPARE(answer->notices.size(), 1);
        QCOMPARE(answer->first.text(), u"id-1"_s);
        QCOMPARE(answer->last.text(), u"id-4"_s);
        QVERIFY(!answer->isComplete);
    }

    void anEmptyPageIsAPage()
    {
        const auto page = m_bench->archive.page({});
        const auto question = lastQuestion();
        m_bench->push(fin(question, u"<count>0</count>"_s, true));
        const auto answer = wait(page);
        QVERIFY(answer && answer->messages.isEmpty() && answer->isComplete && answer->first.isEmpty());
    }

    void refusals_data()
    {
        QTest::addColumn<QString>("condition");
        QTest::addColumn<int>("kind");
        QTest::newRow("no archive") << u"service-unavailable"_s << int(ErrorKind::Unsupported);
        QTest::newRow("no such feature") << u"feature-not-implemented"_s << int(ErrorKind::Unsupported);
        QTest::newRow("id is gone") << u"item-not-found"_s << int(ErrorKind::NotFound);
        QTest::newRow("forbidden") << u"forbidden"_s << int(ErrorKind::NotAllowed);
    }

    void refusals()
    {
        QFETCH(QString, condition);
        QFETCH(int, kind);
        const auto page = m_bench->archive.page(after(u"gone"_s));
        const auto question = lastQuestion();
        m_bench->push(u"<iq type='error' id='%1'><error type='cancel'><%2"
                      " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"_s.arg(question.iqId, condition));
        const auto answer = wait(page);
        QVERIFY(!answer);
        QCOMPARE(int(answer.error().kind), kind);
    }

    void endsWhenTheConnectionEnds()
    {
        const auto page = m_bench->archive.page({});
        lastQuestion();
        m_bench->server.dropConnections();
        const auto answer = wait(page);
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Offline);
        QCOMPARE(wait(m_bench->archive.page({})).error().kind, ErrorKind::Offline);
    }

    void doesNotSwallowMoreThanItAskedFor()
    {
        const auto page = m_bench->archive.page(newest(1));
        const auto question = lastQuestion();
        m_bench->push(result(question, u"1"_s, theirs(u"<body>one</body>"_s))
            + result(question, u"2"_s, theirs(u"<body>two</body>"_s)));
        const auto answer = wait(page);
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Malformed);
    }

    void twoQueriesDoNotMix()
    {
        const auto first = m_bench->archive.page({});
        const auto firstQuestion = lastQuestion(1);
        const auto second = m_bench->archive.page({});
        const auto secondQuestion = lastQuestion(2);
        QVERIFY(firstQuestion.queryId != secondQuestion.queryId);
        m_bench->push(result(secondQuestion, u"2"_s, theirs(u"<body>two</body>"_s))
            + result(firstQuestion, u"1"_s, theirs(u"<body>one</body>"_s)) + fin(firstQuestion, {}, true)
            + fin(secondQuestion, {}, true));
        QCOMPARE(wait(first)->messages.first().body, u"one"_s);
        QCOMPARE(wait(second)->messages.first().body, u"two"_s);
    }

    // 10,000 messages in 200 pages: the library alone needed 45 ms of CPU for each hundred of them
    void readsTenThousandMessagesUnharmed()
    {
        const QString text = u"привет, 你好, 😀 "_s;
        const auto begin = std::clock();
        QDateTime stamp = QDateTime::fromString(u"2026-01-02T03:04:05Z"_s, Qt::ISODate);
        qsizetype good = 0;
        std::clock_t server = 0;
        for (int number = 0; number < 200; ++number) {
            const auto page = m_bench->archive.page(newest(50));
            const auto question = lastQuestion(number + 1);
            const auto serverBegin = std::clock();
            QString xml;
            for (int i = 0; i < 50; ++i) {
                const auto id = QString::number(number * 50 + i);
                xml += result(
                    question, id, theirs(u"<body>%1%2</body>"_s.arg(text, id)), stamp.addSecs(i).toString(Qt::ISODate));
            }
            m_bench->push(xml + fin(question, {}, false));
            server += std::clock() - serverBegin;
            const auto answer = wait(page);
            QVERIFY(answer);
            for (const auto &message : answer->messages) {
                good += message.body == text + message.archiveId.text();
            }
        }
        QCOMPARE(good, 10'000);
        qInfo("%.2f s of CPU, %.2f s more for the server", double(std::clock() - begin - server) / CLOCKS_PER_SEC,
            double(server) / CLOCKS_PER_SEC);
    }
};

CUMULET_TEST(ArchiveWireTest)
#include "ArchiveWireTest.moc"
