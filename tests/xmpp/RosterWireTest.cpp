#include "WireBench.h"

#include "kit/TestMain.h"

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

namespace {

RosterItem makeItem(const QString &jid, const QString &name, const QStringList &groups = {},
    PresenceSubscription subscription = PresenceSubscription::None)
{
    return {Jid::fromTrusted(jid), name, groups, subscription, false};
}

} // namespace

class RosterWireTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTheRosterAfterLogin()
    {
        WireBench bench;
        auto asked = makeItem(u"nurse@example.org"_s, u"<b>Nurse</b> & co"_s);
        asked.isAsked = true;
        const QList<RosterItem> items{
            makeItem(u"juliet@example.org"_s, u"Juliet"_s, {u"Friends"_s, u"Verona"_s}, PresenceSubscription::Both),
            makeItem(u"paris@example.org"_s, {}, {}, PresenceSubscription::From), asked};
        bench.server.setRoster(u"romeo"_s, items);
        QSignalSpy rosters(&bench.roster, &RosterWire::rosterReceived);
        QVERIFY(bench.logIn());
        QCOMPARE(rosters.count(), 1);
        QCOMPARE(rosters.first().first().value<QList<RosterItem>>(), items);
    }

    void changesAndRemovesContacts()
    {
        WireBench bench;
        QVERIFY(bench.logIn());
        QSignalSpy changed(&bench.roster, &RosterWire::itemChanged);
        QSignalSpy removed(&bench.roster, &RosterWire::itemRemoved);
        const auto item = makeItem(u"juliet@example.org"_s, u"Juliet & <Co>"_s, {u"A"_s, u"B"_s});
        QVERIFY(wait(bench.roster.setItem(item)));
        QCOMPARE(bench.server.roster(u"romeo"_s), QList<RosterItem>{item});
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(changed.first().first().value<RosterItem>(), item);
        QVERIFY(wait(bench.roster.removeItem(item.jid)));
        QTRY_COMPARE(removed.count(), 1);
        QCOMPARE(removed.first().first().value<Jid>(), item.jid);
        QVERIFY(bench.server.roster(u"romeo"_s).isEmpty());
    }

    void saysWhyAChangeFailed()
    {
        WireBench bench;
        QCOMPARE(wait(bench.roster.setItem(makeItem(u"a@b.test"_s, {}))).error().kind, ErrorKind::Offline);
        QVERIFY(bench.logIn());
        bench.server.addHook([&](const QDomElement &stanza) {
            if (stanza.attribute(u"type"_s) == u"set") {
                bench.server.answerError(stanza, u"not-allowed"_s);
            }
            return stanza.attribute(u"type"_s) == u"set";
        });
        QCOMPARE(wait(bench.roster.setItem(makeItem(u"a@b.test"_s, {}))).error().kind, ErrorKind::NotAllowed);
    }

    void boundsAHugeRoster()
    {
        WireBench bench;
        QStringList groups;
        for (int i = 0; i < 150; ++i) {
            groups += QString::number(i);
        }
        QList<RosterItem> items{makeItem(u"first@example.org"_s, QString(2000, u'n'), groups)};
        for (int i = 0; i < 10'500; ++i) {
            items += makeItem(u"c%1@example.org"_s.arg(i), {});
        }
        bench.server.setRoster(u"romeo"_s, items);
        QSignalSpy rosters(&bench.roster, &RosterWire::rosterReceived);
        QVERIFY(bench.logIn());
        const auto received = rosters.first().first().value<QList<RosterItem>>();
        QCOMPARE(received.size(), XmppRosterWire::mostItems);
        QCOMPARE(received.first().groups.size(), XmppRosterWire::mostGroups);
        QCOMPARE(received.first().name.size(), XmppRosterWire::longestName);
    }

    void skipsWhatIsNoContact()
    {
        WireBench bench;
        QVERIFY(bench.logIn());
        QSignalSpy changed(&bench.roster, &RosterWire::itemChanged);
        bench.push(u"<iq type='set' id='1'><query xmlns='jabber:iq:roster'><item jid='@@'/></query></iq>"
                   "<iq type='set' id='2'><query xmlns='jabber:iq:roster'><item xmlns='x' jid='a@b.test'/></query></iq>"
                   "<iq type='set' id='3'><query xmlns='jabber:iq:roster'/></iq>"_s);
        QVERIFY(bench.settle());
        QCOMPARE(changed.count(), 0);
    }

    void tellsAvailability()
    {
        WireBench bench;
        QVERIFY(bench.logIn());
        QSignalSpy presences(&bench.roster, &RosterWire::presenceReceived);
        const auto hash = QString(40, u'a');
        bench.push(u"<presence from='juliet@example.org/b'><show>dnd</show><status>%1</status><priority>5</priority>"
                   "<idle xmlns='urn:xmpp:idle:1' since='2026-01-02T03:04:05Z'/>"
                   "<x xmlns='vcard-temp:x:update'><photo>%2</photo></x></presence>"
                   "<presence from='juliet@example.org/b' type='unavailable'/>"
                   "<presence from='hall@rooms.test/a'><x xmlns='http://jabber.org/protocol/muc#user'/></presence>"
                   "<presence from='juliet@example.org' type='error'/>"
                   "<presence from='@'/>"_s.arg(QString(2000, u's'), hash));
        QVERIFY(bench.settle());
        QCOMPARE(presences.count(), 2);
        QCOMPARE(presences.first().first().value<Jid>().text(), u"juliet@example.org/b"_s);
        const auto presence = presences.first().last().value<Presence>();
        QCOMPARE(presence.show, Presence::Show::DoNotDisturb);
        QCOMPARE(presence.status.size(), 1000);
        QCOMPARE(presence.priority, 5);
        QCOMPARE(presence.avatarHash, hash.toLatin1());
        QCOMPARE(presence.idleSince.toUTC(), QDateTime::fromString(u"2026-01-02T03:04:05Z"_s, Qt::ISODate));
        QCOMPARE(presences.last().last().value<Presence>().show, Presence::Show::Offline);
    }

    void asksAndAnswersForSubscriptions()
    {
        WireBench bench;
        QVERIFY(bench.logIn());
        QStringList sent;
        bench.server.addHook([&](const QDomElement &stanza) {
            if (stanza.tagName() == u"presence") {
                sent += stanza.attribute(u"type"_s) + u' ' + stanza.attribute(u"to"_s) + u' '
                    + stanza.firstChildElement(u"status"_s).text();
            }
            return stanza.tagName() == u"presence";
        });
        const auto juliet = Jid::fromTrusted(u"juliet@example.org/balcony"_s);
        bench.roster.subscribe(juliet, u"it is I"_s);
        bench.roster.unsubscribe(juliet);
        bench.roster.allowSubscription(juliet);
        bench.roster.refuseSubscription(juliet);
        QTRY_COMPARE(sent.size(), 4);
        QCOMPARE(sent,
            (QStringList{u"subscribe juliet@example.org it is I"_s, u"unsubscribe juliet@example.org "_s,
                u"subscribed juliet@example.org "_s, u"unsubscribed juliet@example.org "_s}));
    }

    void asksForTheRosterAgainInANewSession()
    {
        WireBench bench;
        QVERIFY(bench.logIn());
        QSignalSpy rosters(&bench.roster, &RosterWire::rosterReceived);
        bench.server.dropConnections();
        QTRY_VERIFY(bench.session.boundJid().isEmpty());
        QVERIFY(bench.logIn());
        QCOMPARE(rosters.count(), 1);
    }
};

CUMULET_TEST(RosterWireTest)
#include "RosterWireTest.moc"
