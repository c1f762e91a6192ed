// Where media servers are found, and to whom we say that it is us (buddycloud.md 2.5, 7.2; XEP-0070).
#include "xmpp/XmppMediaWire.h"

#include "WireBench.h"
#include "kit/TestMain.h"
#include "xmpp/MediaAnswers.h"

#include <QDomDocument>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class MediaWireTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void onlySafeEndpointsAreTaken_data();
    void onlySafeEndpointsAreTaken();
    void theServerIsFoundByItsForm();
    void absenceIsRemembered();
    void questionsThatNobodyExpectsAreRefused_data();
    void questionsThatNobodyExpectsAreRefused();
    void theExpectedQuestionIsAnsweredOnce();
    void descriptionsAreBoundedLines();
    void onlyPlainIdsAreAddresses();

private:
    static QString form(const QString &endpoint);
    QString confirm(const QString &from, const QString &id);

    std::unique_ptr<WireBench> m_bench;
    std::unique_ptr<XmppMediaWire> m_wire;
    QList<QDomElement> m_answers;
    int m_asked = 0;
    QString m_endpoint; // empty: there is no media server
};

void MediaWireTest::init()
{
    m_bench = std::make_unique<WireBench>();
    m_wire = std::make_unique<XmppMediaWire>(&m_bench->session, QList<QSslCertificate>());
    m_asked = 0;
    m_answers.clear();
    m_endpoint.clear();
    m_bench->server.addHook([this](const QDomElement &stanza) {
        if (!stanza.firstChildElement(u"confirm"_s).isNull()) {
            m_answers.append(stanza.cloneNode().toElement());
            return true;
        }
        const auto query = stanza.firstChildElement(u"query"_s);
        const bool isItems = query.namespaceURI() == u"http://jabber.org/protocol/disco#items";
        const bool isInfo = query.namespaceURI() == u"http://jabber.org/protocol/disco#info";
        if (isItems) {
            ++m_asked;
            m_bench->server.answer(stanza,
                u"<query xmlns='http://jabber.org/protocol/disco#items'><item jid='media.%1'/></query>"_s.arg(
                    m_bench->session.boundJid().domain()));
        } else if (isInfo) {
            m_bench->server.answer(stanza, form(m_endpoint));
        }
        return isItems || isInfo;
    });
    QVERIFY(m_bench->logIn());
}

void MediaWireTest::cleanup()
{
    m_wire.reset();
    m_bench.reset();
}

QString MediaWireTest::form(const QString &endpoint)
{
    const QString field = endpoint.isEmpty()
        ? QString()
        : u"<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' type='hidden'>"
          "<value>http://buddycloud.org/v1/api</value></field>"
          "<field var='endpoint'><value>%1</value></field></x>"_s.arg(endpoint);
    return u"<query xmlns='http://jabber.org/protocol/disco#info'>"
           "<identity category='component' type='generic'/>%1</query>"_s.arg(field);
}

QString MediaWireTest::confirm(const QString &from, const QString &id)
{
    return u"<message from='%1' id='q1'><thread>t1</thread><body>Is it you?</body>"
           "<confirm xmlns='http://jabber.org/protocol/http-auth' id='%2' method='GET' url='https://media.example/x'/>"
           "</message>"_s.arg(from, id);
}

void MediaWireTest::onlySafeEndpointsAreTaken_data()
{
    QTest::addColumn<QString>("endpoint");
    QTest::addColumn<bool>("isOwn");
    QTest::addColumn<QString>("expected");
    QTest::newRow("secure") << u"https://media.example/proxy/"_s << false << u"https://media.example/proxy"_s;
    QTest::newRow("this machine, ours") << u"http://127.0.0.1:8080"_s << true << u"http://127.0.0.1:8080"_s;
    QTest::newRow("this machine, theirs") << u"http://127.0.0.1:8080"_s << false << QString();
    QTest::newRow("insecure") << u"http://media.example"_s << true << QString();
    QTest::newRow("file") << u"file:///etc"_s << true << QString();
    QTest::newRow("with a password") << u"https://a:b@media.example"_s << true << QString();
    QTest::newRow("with a query") << u"https://media.example/?x="_s << true << QString();
    QTest::newRow("nothing") << u" "_s << true << QString();
}

void MediaWireTest::onlySafeEndpointsAreTaken()
{
    QFETCH(QString, endpoint);
    QFETCH(bool, isOwn);
    QFETCH(QString, expected);
    QDomDocument document;
    document.setContent(u"<iq>%1</iq>"_s.arg(form(endpoint)), QDomDocument::ParseOption::UseNamespaceProcessing);
    const auto found = mediaEndpoint(document.documentElement(), isOwn);
    QCOMPARE(found ? found->toString() : QString(), expected);
}

void MediaWireTest::theServerIsFoundByItsForm()
{
    m_endpoint = u"https://media.example"_s;
    const auto place = wait(m_wire->uploadPlace());
    QVERIFY(place);
    QCOMPARE(place->kind, UploadPlace::MediaServer);
    QVERIFY(wait(m_wire->uploadPlace()));
    QCOMPARE(m_asked, 1);
}

void MediaWireTest::absenceIsRemembered()
{
    for (int i = 0; i < 2; ++i) {
        const auto place = wait(m_wire->uploadPlace());
        QVERIFY(place);
        QCOMPARE(place->kind, UploadPlace::None);
    }
    QCOMPARE(m_asked, 1);
    const auto described = wait(m_wire->describe({m_bench->session.boundJid().bare(), u"m1"_s}));
    QVERIFY(!described);
    QCOMPARE(described.error().kind, ErrorKind::Unsupported);
    QCOMPARE(m_asked, 1);
}

void MediaWireTest::questionsThatNobodyExpectsAreRefused_data()
{
    QTest::addColumn<QString>("from");
    QTest::newRow("a contact") << u"juliet@example.org/balcony"_s;
    QTest::newRow("a server") << u"media.example.org"_s;
}

void MediaWireTest::questionsThatNobodyExpectsAreRefused()
{
    QFETCH(QString, from);
    QSignalSpy messages(&m_bench->chat, &ChatWire::messageReceived);
    m_bench->push(confirm(from, u"made-up"_s));
    QTRY_COMPARE(m_answers.size(), 1);
    const auto answer = m_answers.first();
    QCOMPARE(answer.attribute(u"to"_s), from);
    QCOMPARE(answer.attribute(u"type"_s), u"error"_s);
    QVERIFY(!answer.firstChildElement(u"error"_s).firstChildElement(u"not-authorized"_s).isNull());
    QVERIFY(m_bench->settle());
    QCOMPARE(messages.size(), 1); // the fence
}

void MediaWireTest::theExpectedQuestionIsAnsweredOnce()
{
    MediaConfirmations confirmations(m_bench->session.client());
    const QString id = confirmations.expect(Jid::fromTrusted(u"media.example.org"_s));
    m_bench->push(confirm(u"evil.example.org"_s, id)); // somebody else who has overheard it
    QTRY_COMPARE(m_answers.size(), 1);
    QCOMPARE(m_answers.last().attribute(u"type"_s), u"error"_s);
    m_bench->push(confirm(u"media.example.org"_s, id));
    QTRY_COMPARE(m_answers.size(), 2);
    QVERIFY(!m_answers.last().hasAttribute(u"type"_s));
    QCOMPARE(m_answers.last().firstChildElement(u"confirm"_s).attribute(u"id"_s), id);
    QCOMPARE(m_answers.last().firstChildElement(u"thread"_s).text(), u"t1"_s);
    m_bench->push(confirm(u"media.example.org"_s, id));
    QTRY_COMPARE(m_answers.size(), 3);
    QCOMPARE(m_answers.last().attribute(u"type"_s), u"error"_s);
    const QString other = confirmations.expect(Jid::fromTrusted(u"media.example.org"_s));
    confirmations.forget(other); // the request has ended
    m_bench->push(confirm(u"media.example.org"_s, other));
    QTRY_COMPARE(m_answers.size(), 4);
    QCOMPARE(m_answers.last().attribute(u"type"_s), u"error"_s);
}

void MediaWireTest::descriptionsAreBoundedLines()
{
    const QByteArray json = R"({"fileName":"a\nb.png","mimeType":"image/png","fileSize":"12","title":"a title",)"
                            R"("description":")"
        + QByteArray(5000, 'x') + R"("})";
    const auto description = readMediaDescription(json);
    QVERIFY(description);
    QCOMPARE(description->name, u"a b.png"_s);
    QCOMPARE(description->size, 12);
    QCOMPARE(description->text.size(), 1024);
    QCOMPARE(readMediaDescription(R"({"title":"a title"})")->text, u"a title"_s);
    QVERIFY(!readMediaDescription("<html>"));
}

void MediaWireTest::onlyPlainIdsAreAddresses()
{
    QVERIFY(isMediaId(u"lETuJi8rPE4IfQrygN6rVtGx3"_s));
    for (const auto &id : {u""_s, u".."_s, u"../x"_s, u"a/b"_s, u"a?b"_s, u"a b"_s, QString(129, u'a')}) {
        QVERIFY2(!isMediaId(id), qPrintable(id));
    }
    QVERIFY(!readUploadedMedia(R"({"id":"../../x"})", Jid::fromTrusted(u"a@b"_s)));
    QCOMPARE(readUploadedMedia(R"({"id":"m1"})", Jid::fromTrusted(u"a@b"_s))->id, u"m1"_s);
}

CUMULET_TEST(MediaWireTest)
#include "MediaWireTest.moc"
