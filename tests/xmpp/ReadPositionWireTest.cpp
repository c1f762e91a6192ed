#include "xmpp/XmppReadPositionWire.h"

#include "WireBench.h"
#include "kit/TestMain.h"

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class ReadPositionWireTest : public QObject
{
    Q_OBJECT

private:
    static inline const auto cooking = NodeId::fromTrusted(u"/user/cooking@topics.example.org/posts"_s);
    static QString item(const QString &id, const QString &time)
    {
        return u"<item id='%1'><read xmlns='urn:cumulet:read-positions:0' up-to='%2'/></item>"_s.arg(id, time);
    }
    static QString event(const QString &from, const QString &items)
    {
        return u"<message%1 type='headline'><event xmlns='http://jabber.org/protocol/pubsub#event'>"
               "<items node='urn:cumulet:read-positions:0'>%2</items></event></message>"_s.arg(from, items);
    }

    std::unique_ptr<WireBench> m_bench;
    std::unique_ptr<XmppReadPositionWire> m_wire;
    QDomElement m_asked;
    QString m_items; // empty: item-not-found

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<WireBench>();
        m_wire = std::make_unique<XmppReadPositionWire>(&m_bench->session);
        m_bench->server.addHook([this](const QDomElement &stanza) {
            const auto pubsub = stanza.firstChildElement(u"pubsub"_s);
            if (stanza.tagName() != u"iq" || pubsub.isNull()) {
                return false;
            }
            m_asked = stanza.cloneNode().toElement();
            if (stanza.attribute(u"type"_s) == u"set") {
                m_bench->server.answer(stanza, {});
            } else if (m_items.isEmpty()) {
                m_bench->server.answerError(stanza, u"item-not-found"_s);
            } else {
                m_bench->server.answer(stanza,
                    u"<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:cumulet:read-positions:0'>%1"
                    "</items></pubsub>"_s.arg(m_items));
            }
            return true;
        });
        QVERIFY(m_bench->logIn());
    }
    void cleanup()
    {
        m_wire.reset();
        m_bench.reset();
        m_items.clear();
    }

    void aPositionIsKeptForOurselvesAlone()
    {
        const auto time = QDateTime::fromString(u"2026-11-24T12:00:00.250Z"_s, Qt::ISODateWithMs);
        QVERIFY(wait(m_wire->publish({cooking, time})));
        QCOMPARE(m_asked.attribute(u"to"_s), u"romeo@example.org"_s);
        const auto pubsub = m_asked.firstChildElement(u"pubsub"_s);
        const auto published = pubsub.firstChildElement(u"publish"_s).firstChildElement(u"item"_s);
        QCOMPARE(published.attribute(u"id"_s), cooking.text());
        QCOMPARE(published.firstChildElement(u"read"_s).attribute(u"up-to"_s), u"2026-11-24T12:00:00.250Z"_s);
        QHash<QString, QString> options;
        const auto form = pubsub.firstChildElement(u"publish-options"_s).firstChildElement(u"x"_s);
        for (auto field = form.firstChildElement(); !field.isNull(); field = field.nextSiblingElement()) {
            options.insert(field.attribute(u"var"_s), field.firstChildElement(u"value"_s).text());
        }
        QCOMPARE(options.value(u"pubsub#access_model"_s), u"whitelist"_s);
        QCOMPARE(options.value(u"pubsub#persist_items"_s), u"true"_s);
    }

    void whatIsKeptIsRead()
    {
        auto positions = wait(m_wire->positions());
        QVERIFY(positions && positions->isEmpty()); // there is no node yet
        m_items = item(cooking.text(), u"2026-11-24T12:00:00Z"_s) + item(u"nonsense"_s, u"2026-11-24T12:00:00Z"_s)
            + item(cooking.text(), u"yesterday"_s) + u"<item id='%1'><other xmlns='x'/></item>"_s.arg(cooking.text())
            + item(u"/user/cooking@topics.example.org/status"_s, u"2026-11-24T12:00:00Z"_s);
        positions = wait(m_wire->positions());
        QVERIFY(positions);
        QCOMPARE(positions->size(), 1);
        QCOMPARE(positions->first().node, cooking);
        QCOMPARE(positions->first().upTo, QDateTime::fromString(u"2026-11-24T12:00:00Z"_s, Qt::ISODate));
    }

    void onlyOurOwnAccountIsHeard()
    {
        QSignalSpy moved(m_wire.get(), &ReadPositionWire::moved);
        const auto good = item(cooking.text(), u"2026-11-24T12:00:00Z"_s);
        for (const auto &from : {u" from='juliet@example.org'"_s, u" from='example.org'"_s, u" from='%me'"_s,
                 u" from='romeo@example.net'"_s, u" from='@'"_s}) {
            m_bench->push(event(from, good));
        }
        m_bench->push(event(u" from='%own'"_s, item(u"x"_s, u"y"_s)));
        QVERIFY(m_bench->settle());
        QVERIFY(moved.isEmpty());
        m_bench->push(event(u" from='%own'"_s, good));
        m_bench->push(event({}, good));
        QVERIFY(m_bench->settle());
        QCOMPARE(moved.size(), 2);
    }
};

CUMULET_TEST(ReadPositionWireTest)
#include "ReadPositionWireTest.moc"
