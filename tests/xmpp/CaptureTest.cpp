// Every recorded exchange with a real Buddycloud server: what our client sends has the shape of what was recorded, and
// what the server said has the recorded meaning (tests/stanzas/channel/captures.txt). A new recording that is neither
// played nor listed as never met fails. Skipped where the recordings are not at hand.
#include "CaptureReader.h"
#include "CaptureScript.h"
#include "kit/TestMain.h"
#include "xmpp/PubsubAnswers.h"
#include "xmpp/PubsubElements.h"

#include <QMap>
#include <QSaveFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

namespace {

/// Recordings in which somebody sends what no client of ours sends, and why not.
const QMap<QString, QString> &neverSent()
{
    static const QMap<QString, QString> reasons{
#include "CaptureReasons.inc"
    };
    return reasons;
}

/// One client for each user, all of them in the year after the recording.
class Clients
{
public:
    ChannelBench &of(const QString &user)
    {
        auto &bench = m_benches[user];
        if (!bench) {
            bench = std::make_unique<ChannelBench>(fullJidOf(user), u"channels.capulet.example"_s);
            bench->now = QDateTime::fromString(u"2027-11-24T12:00:00Z"_s, Qt::ISODate);
        }
        return *bench;
    }

private:
    std::map<QString, std::unique_ptr<ChannelBench>> m_benches;
};

/// Plays one recording: the words for captures.txt.
class Player
{
public:
    explicit Player(const Capture &capture)
        : m_capture(capture)
        , m_isUsed(capture.stanzas.size(), false)
    {
    }

    QStringList play()
    {
        for (qsizetype i = 0; i < m_capture.stanzas.size(); ++i) {
            const auto &[user, stanza, isSent] = m_capture.stanzas.at(i);
            if (isSent && !m_isUsed.at(i)) {
                request(user, stanza);
            }
        }
        for (const auto &[user, stanza, isSent] : m_capture.stanzas) {
            if (!isSent && stanza.tagName() != "iq"_L1) {
                news(user, stanza);
            }
        }
        QStringList lines = m_lines;
        for (const auto &[line, users] : m_news) {
            lines.append(u"  news for %1: %2"_s.arg(users.join(u' '), line));
        }
        return lines;
    }

    QStringList unplayed; ///< requests for which there is no operation
    QStringList faults;

private:
    // the recorded request that ours stands for; marks it as played
    qsizetype find(const QString &user, const QString &shape)
    {
        for (qsizetype i = 0; i < m_capture.stanzas.size(); ++i) {
            const auto &other = m_capture.stanzas.at(i);
            if (other.isSent && other.user == user && !m_isUsed.at(i) && shapeOf(other.stanza) == shape) {
                m_isUsed[i] = true;
                return i;
            }
        }
        return -1;
    }

    void request(const QString &user, const QDomElement &recorded)
    {
        const auto own = Jid::fromTrusted(fullJidOf(user)).bare();
        const auto call = callFor(recorded, own);
        const QString what = localName(recorded.firstChildElement().firstChildElement());
        if (!call) {
            unplayed.append(user + u' ' + what);
            return;
        }
        auto &bench = m_clients.of(user);
        auto next = bench.sent().size();
        const auto future = (*call)(*bench.wire);
        const auto first = next;
        bool isFound = false;
        const bool isAnswered = QTest::qWaitFor(
            [&] {
                for (; next < bench.sent().size(); ++next) {
                    isFound = answer(bench, user, next) || isFound;
                }
                return future.isFinished();
            },
            5'000);
        if (!isFound) {
            faults.append(u"%1 sends\n%2\nwhere this was recorded:\n%3"_s.arg(
                user, shapeOf(bench.sent().value(first)), shapeOf(recorded)));
        }
        m_lines.append(u"  %1 %2: %3"_s.arg(user, what.isEmpty() ? localName(recorded.firstChildElement()) : what,
            isAnswered ? future.result() : u"no outcome"_s));
    }

    // With everything that was answered to it, repetitions included. What we ask beside is answered by nothing.
    bool answer(ChannelBench &bench, const QString &user, qsizetype index)
    {
        const auto request = bench.sent().at(index);
        const auto recorded = find(user, shapeOf(request));
        if (recorded < 0) {
            bench.answer(index, u"<pubsub xmlns='http://jabber.org/protocol/pubsub'/>"_s);
            return false;
        }
        const QString id = m_capture.stanzas.at(recorded).stanza.attribute(u"id"_s);
        for (const auto &[receiver, stanza, isSent] : m_capture.stanzas) {
            if (!isSent && receiver == user && stanza.tagName() == "iq"_L1 && stanza.attribute(u"id"_s) == id) {
                auto reply = stanza.cloneNode().toElement();
                reply.setAttribute(u"id"_s, request.attribute(u"id"_s));
                if (!bench.receive(reply)) {
                    faults.append(u"an answer was not taken"_s);
                }
            }
        }
        return true;
    }

    void news(const QString &user, const QDomElement &stanza)
    {
        auto &bench = m_clients.of(user);
        bench.news.clear();
        const bool isTaken = bench.receive(stanza);
        if (stanza.tagName() == "message"_L1 && (!isTaken || bench.news.isEmpty())) {
            faults.append(u"%1 does not understand what came"_s.arg(user));
        }
        const QString line = bench.news.join(u" + "_s);
        auto place = std::find_if(m_news.begin(), m_news.end(), [&line](const auto &one) { return one.first == line; });
        if (place == m_news.end()) {
            place = m_news.insert(m_news.end(), {line, {}});
        }
        if (!line.isEmpty()) {
            place->second.append(user);
        } else {
            m_news.erase(place);
        }
    }

    const Capture &m_capture;
    QList<bool> m_isUsed;
    Clients m_clients;
    QStringList m_lines;
    QList<std::pair<QString, QStringList>> m_news;
};

} // namespace

class CaptureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyExchangeHasItsMeaning_data();
    void everyExchangeHasItsMeaning();
    void everyPageIsReadInFull();
    void theServiceIsFoundAsRecorded();
    void everythingListedExists();

private:
    QList<Capture> m_captures;
    QMap<QString, QString> m_meanings;
};

static constexpr auto meaningsFile = QLatin1StringView(CUMULET_SOURCE_DIR "/tests/stanzas/channel/captures.txt");

void CaptureTest::initTestCase()
{
    m_captures = readCaptures();
    if (m_captures.isEmpty()) {
        QSKIP(qPrintable(u"no recordings in %1 (CUMULET_CAPTURES names another folder)"_s.arg(capturesFolder())));
    }
    QFile file(meaningsFile);
    QVERIFY(file.open(QIODevice::ReadOnly) || qEnvironmentVariableIsSet("CUMULET_WRITE_MEANINGS"));
    QString name;
    for (const auto &line : QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts)) {
        if (line.startsWith(u' ')) {
            m_meanings[name] += line + u'\n';
        } else if (!line.startsWith(u'#')) {
            name = line;
            m_meanings[name];
        }
    }
}

void CaptureTest::everyExchangeHasItsMeaning_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < m_captures.size(); ++i) {
        QTest::newRow(qPrintable(m_captures.at(i).name)) << i;
    }
}

// With CUMULET_WRITE_MEANINGS=file the meanings found are appended there, to be read by a person before they are kept.
void CaptureTest::everyExchangeHasItsMeaning()
{
    QFETCH(int, index);
    const auto &capture = m_captures.at(index);
    Player player(capture);
    const auto lines = player.play();
    const QString meaning = lines.isEmpty() ? QString() : lines.join(u'\n') + u'\n';
    if (const QString name = qEnvironmentVariable("CUMULET_WRITE_MEANINGS"); !name.isEmpty()) {
        QFile file(name);
        QVERIFY(file.open(QIODevice::Append));
        file.write((capture.name + u'\n' + meaning).toUtf8());
    }
    QVERIFY2(player.faults.isEmpty(), qPrintable(player.faults.join(u"\n\n"_s)));
    QVERIFY2(player.unplayed.isEmpty() || neverSent().contains(capture.name),
        qPrintable(u"no operation of ours is "_s + player.unplayed.join(u", "_s)
            + u": play it, or say in CaptureReasons.inc why no client of ours sends it"_s));
    QVERIFY2(!player.unplayed.isEmpty() || !neverSent().contains(capture.name), "listed as never sent, but sent");
    QVERIFY2(m_meanings.contains(capture.name), qPrintable(u"not in captures.txt; it means:\n"_s + meaning));
    QCOMPARE(meaning, m_meanings.value(capture.name));
}

// Field by field, read here in another way than by the codec.
void CaptureTest::everyPageIsReadInFull()
{
    int count = 0;
    for (const auto &capture : std::as_const(m_captures)) {
        for (const auto &[user, stanza, isSent] : capture.stanzas) {
            for (const auto &items : childrenNamed(childNamed(stanza, u"pubsub"), u"items")) {
                if (isSent || !nodeIn(items)) {
                    continue;
                }
                const auto page = readPostPage(
                    stanza, *nodeIn(items), 50, true, QDateTime::fromString(u"2027-11-24T12:00:00Z"_s, Qt::ISODate));
                for (const auto &item : childrenNamed(items, u"item")) {
                    const auto found = std::find_if(page.posts.cbegin(), page.posts.cend(),
                        [&](const Post &post) { return post.item.text() == item.attribute(u"id"_s); });
                    QVERIFY2(found != page.posts.cend(), qPrintable(capture.name));
                    QCOMPARE(found->author.text(), deepest(item, u"name"_s).text());
                    QCOMPARE(found->body, deepest(item, u"content"_s).text());
                    QCOMPARE(found->published.toString(Qt::ISODateWithMs), deepest(item, u"published"_s).text());
                    QCOMPARE(found->inReplyTo.text(), deepest(item, u"in-reply-to"_s).attribute(u"ref"_s));
                    QCOMPARE(found->isThreadStart(),
                        deepest(deepest(item, u"object"_s), u"object-type"_s).text() == "note"_L1);
                    ++count;
                }
            }
        }
    }
    QVERIFY(count > 100);
}

void CaptureTest::theServiceIsFoundAsRecorded()
{
    QHash<QString, QDomElement> answers;
    for (const auto &capture : std::as_const(m_captures)) {
        if (QStringView(capture.name).left(3).toInt() > 6) {
            break;
        }
        const auto &request = capture.stanzas.first().stanza;
        const QString key = request.attribute(u"to"_s) + childNamed(request, u"query").namespaceURI();
        answers.insert(key, capture.stanzas.size() > 1 ? capture.stanzas.at(1).stanza : QDomElement());
    }
    ChannelBench bench(fullJidOf(u"romeo"_s), QString());
    const auto future = bench.wire->findService();
    qsizetype next = 0;
    (void)QTest::qWaitFor([&] {
        for (; next < bench.sent().size(); ++next) {
            const auto request = bench.sent().at(next);
            const QString key = request.attribute(u"to"_s) + childNamed(request, u"query").namespaceURI();
            if (auto reply = answers.value(key).cloneNode().toElement(); !reply.isNull()) {
                reply.setAttribute(u"id"_s, request.attribute(u"id"_s));
                bench.receive(reply);
            }
        }
        return future.isFinished();
    });
    const auto found = outcome(future);
    QVERIFY(found);
    QCOMPARE(found->service.text(), u"channels.capulet.example"_s);
    QCOMPARE(found->topicsDomain.text(), u"topics.capulet.example"_s);
}

void CaptureTest::everythingListedExists()
{
    QStringList names;
    for (const auto &capture : std::as_const(m_captures)) {
        names.append(capture.name);
    }
    const QStringList listed = neverSent().keys() + m_meanings.keys();
    for (const auto &name : listed) {
        QVERIFY2(names.contains(name), qPrintable(name));
    }
}

CUMULET_TEST(CaptureTest)
#include "CaptureTest.moc"
