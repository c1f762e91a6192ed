// cumulet_store_figures [MESSAGES]: what the store costs in processor time, on data made from a
// seed. Prints a table; never fails.
#include "SampleData.h"

#include "Answer.h"
#include "store/AccountStore.h"
#include "store/ChannelStore.h"
#include "store/ConversationStore.h"
#include "store/Database.h"
#include "store/MessageStore.h"
#include "store/SearchStore.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTemporaryDir>

#include <cstdio>
#include <ctime>
#include <functional>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

// of the whole process, so that other programs of the machine do not count
class ProcessorTime
{
public:
    void start() { clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &m_start); }
    double ms() const
    {
        timespec now{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
        return double(now.tv_sec - m_start.tv_sec) * 1e3 + double(now.tv_nsec - m_start.tv_nsec) / 1e6;
    }

private:
    timespec m_start{};
};

static void print(const QString &what, double value, const char *unit)
{
    std::printf("%-58s %10.3f %s\n", qPrintable(what), value, unit);
    std::fflush(stdout);
}

// median of so many runs, in ms of processor time; the way through the queue included
static void measure(const QString &what, int runs, const std::function<void()> &action)
{
    QList<double> times;
    for (int i = 0; i < runs; ++i) {
        ProcessorTime spent;
        spent.start();
        action();
        times += spent.ms();
    }
    std::sort(times.begin(), times.end());
    print(what, times.at(times.size() / 2), "ms");
}

template <typename T> static void finish(Future<T> future)
{
    (void)answerOf(std::move(future));
}

static void measureReading(Database &database, const SampleContent &content)
{
    MessageStore messages(database);
    ConversationStore conversations(database);
    ChannelStore channels(database);
    SearchStore search(database);
    measure(u"nothing (the way to the store thread and back)"_s, 200, [&] { finish(database.settle()); });
    measure(u"newest page of the large chat, 60 rows"_s, 200, [&] { finish(messages.page(content.largeChat, {})); });
    const auto page = answerOf(messages.page(content.largeChat, {}));
    std::optional<Cursor> place = Cursor{page->rows.first().time.toMSecsSinceEpoch(), page->rows.first().row};
    measure(u"next older page, 60 rows"_s, 200, [&] {
        const auto older = answerOf(messages.page(content.largeChat, {place, PageRequest::Before, 60}));
        if (older->rows.isEmpty()) {
            place.reset();
            return;
        }
        place = Cursor{older->rows.first().time.toMSecsSinceEpoch(), older->rows.first().row};
    });
    measure(u"list of conversations"_s, 50, [&] { finish(conversations.list()); });
    measure(u"newest page of the large channel, 30 threads, activity"_s, 100, [&] {
        finish(channels.page(content.largeChannel, {{}, PageRequest::Before, 30}, ThreadOrder::LatestActivity));
    });
    measure(u"search: rare word"_s, 100, [&] { finish(search.search(content.rareWord)); });
    measure(u"search: common word"_s, 20, [&] { finish(search.search(content.commonWord)); });
    measure(u"search: common word in the large chat"_s, 20,
        [&] { finish(search.search(content.commonWord, content.largeChat)); });
    measure(u"search: prefix of one letter"_s, 5, [&] { finish(search.search(u"b"_s)); });
    measure(u"search: prefix of two letters"_s, 5, [&] { finish(search.search(u"ba"_s)); });
    measure(u"search: two common words"_s, 5, [&] { finish(search.search(u"ba ko"_s)); });
}

static void measureWriting(Database &database, const SampleContent &content, SampleData &data)
{
    MessageStore messages(database);
    ConversationStore conversations(database);
    const auto now = [] { return QDateTime::currentDateTimeUtc(); };
    const auto live = [&](int contact) {
        auto message = data.message(content.self, Jid::fromTrusted(u"contact%1@example.org"_s.arg(contact)), now());
        message.isOwn = false;
        message.from = message.peer;
        return message;
    };
    int count = 0;
    measure(u"keep one live message, own transaction"_s, 2000,
        [&] { finish(messages.keep(content.account, {live(++count % 50)})); });
    QList<IncomingMessage> many;
    for (int i = 0; i < 2000; ++i) {
        many += live(i % 50);
        many.last().archiveId = ArchiveId(data.uuid());
    }
    ProcessorTime spent;
    spent.start();
    finish(messages.keep(content.account, many));
    print(u"keep a message in a batch of 2,000"_s, spent.ms() / 2000, "ms");
    spent.start();
    finish(messages.keep(content.account, many));
    print(u"the same again: a repeat"_s, spent.ms() / 2000, "ms");
    measure(u"write a message to the outbox (waits for the disk)"_s, 100,
        [&] { finish(messages.enqueue(content.account, content.largeChat, makeOriginId(), data.sentence(9))); });
    measure(u"mark a chat as read"_s, 20,
        [&] { finish(conversations.markRead(content.largeChat, {now().toMSecsSinceEpoch(), 1LL << 40})); });
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    SampleSize size;
    size.messages = application.arguments().value(1, u"1000000"_s).toInt();
    size.largeChat = size.messages / 10;
    size.largeChannel = size.messages / 50;
    const QTemporaryDir folder;
    const auto file = folder.filePath(u"sample.sqlite"_s);
    SampleData data(1, size);
    AccountId account = 0;
    {
        Database database;
        finish(database.open(file));
        ProcessorTime spent;
        spent.start();
        const auto content = data.fill(database);
        if (!content) {
            std::printf("failed: %s\n", qPrintable(content.error().detail));
            return 1;
        }
        account = content->account;
        print(u"fill, a message"_s, spent.ms() / size.messages, "ms");
        print(u"file, a message"_s, double(QFileInfo(file).size()) / size.messages, "bytes");
        measureReading(database, *content);
        measureWriting(database, *content, data);
    }
    if (application.arguments().contains(u"--keep"_s)) {
        QFile::remove(u"/tmp/sample.sqlite"_s);
        QFile::copy(file, u"/tmp/sample.sqlite"_s);
    }
    Database database;
    ProcessorTime spent;
    spent.start();
    finish(database.open(file));
    print(u"open the file"_s, spent.ms(), "ms");
    spent.start();
    finish(AccountStore(database).remove(account));
    print(u"remove the account"_s, spent.ms(), "ms");
    return 0;
}
