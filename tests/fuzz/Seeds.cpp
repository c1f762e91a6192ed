#include "fuzz/Seeds.h"

#include "kit/loopback/LoopbackServer.h"

#include <QDir>
#include <QDomDocument>
#include <QFile>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

namespace {

constexpr auto stanzas = "" CUMULET_SOURCE_DIR "/tests/stanzas/";
constexpr auto usualCaptures = "" CUMULET_SOURCE_DIR "/../shared/reference/captures/buddycloud";
constexpr qsizetype mostCaptures = 60;

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

QByteArray eventWith(const QByteArray &content)
{
    return "<message from='channels.example.org' to='@me@' type='headline'>"
           "<event xmlns='http://jabber.org/protocol/pubsub#event'>"
        + content + "</event></message>";
}

void addGolden(QList<QByteArray> *seeds)
{
    const QDir chat(QString::fromLatin1(stanzas) + u"chat"_s);
    for (const auto &name : chat.entryList({u"*.xml"_s}, QDir::Files, QDir::Name)) {
        seeds->append(read(chat.filePath(name)));
    }
    const QDir channel(QString::fromLatin1(stanzas) + u"channel"_s);
    for (const auto &name : channel.entryList({u"*.xml"_s}, QDir::Files, QDir::Name)) {
        const auto item = read(channel.filePath(name));
        if (item.startsWith("<item")) {
            seeds->append(eventWith("<items node='/user/juliet@example.org/posts'>" + item + "</items>"));
        }
    }
}

// what the golden stanzas leave out
void addOthers(QList<QByteArray> *seeds)
{
    *seeds
        << "<presence from='juliet@example.org/balcony' to='@me@'><show>away</show><status>asleep</status>"
           "<priority>5</priority><x xmlns='vcard-temp:x:update'><photo/></x></presence>"
        << "<presence from='mallory@evil.test' type='subscribe'><status>let me in</status></presence>"
        << "<iq from='@own@' to='@me@' type='set' id='push'><query xmlns='jabber:iq:roster'>"
           "<item jid='nurse@example.org' name='Nurse' subscription='both'><group>House</group></item></query></iq>"
        << "<iq from='example.org' to='@me@' type='get' id='ping'><ping xmlns='urn:xmpp:ping'/></iq>"
        << "<iq from='juliet@example.org/balcony' to='@me@' type='get' id='disco'>"
           "<query xmlns='http://jabber.org/protocol/disco#info'/></iq>"
        << "<message from='juliet@example.org' to='@me@'><event xmlns='http://jabber.org/protocol/pubsub#event'>"
           "<items node='urn:xmpp:avatar:metadata'><item id='x'><metadata xmlns='urn:xmpp:avatar:metadata'>"
           "<info id='aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' bytes='9' type='image/png'/></metadata></item></items>"
           "</event></message>"
        << eventWith("<configuration node='/user/juliet@example.org/posts'><x xmlns='jabber:x:data' type='result'>"
                     "<field var='pubsub#title'><value>Balcony</value></field></x></configuration>")
        << eventWith("<subscription node='/user/juliet@example.org/posts' jid='nurse@example.org' "
                     "subscription='subscribed'/>")
        << eventWith("<items node='/user/juliet@example.org/posts'><retract id='some-item'/></items>");
}

void addCaptures(QList<QByteArray> *seeds)
{
    const QDir folder(qEnvironmentVariable("CUMULET_CAPTURES", QString::fromLatin1(usualCaptures)));
    qsizetype count = 0;
    for (const auto &name : folder.entryList({u"*.xml"_s}, QDir::Files, QDir::Name)) {
        QDomDocument exchange;
        auto text = read(folder.filePath(name));
        text.replace("capulet.example", "example.org");
        if (!exchange.setContent(text, QDomDocument::ParseOption::UseNamespaceProcessing)) {
            continue;
        }
        const auto all = exchange.elementsByTagName(u"received"_s);
        for (int i = 0; i < all.size() && count < mostCaptures; ++i, ++count) {
            seeds->append(toXml(all.at(i).firstChildElement()).toUtf8());
        }
    }
}

} // namespace

QList<QByteArray> seedStanzas()
{
    QList<QByteArray> seeds;
    addGolden(&seeds);
    addOthers(&seeds);
    addCaptures(&seeds);
    seeds.removeIf([](const QByteArray &seed) { return seed.isEmpty(); });
    return seeds;
}

} // namespace cumulet::tests
