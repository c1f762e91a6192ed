// cumulet-bench-data FILE SEED: makes the database of a busy person, and says in JSON what is in it. FILE.chats is the
// same without channels.
#include "SampleData.h"

#include "Answer.h"
#include "store/Database.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <functional>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

namespace {

int failed(const char *step, const Error &error)
{
    std::fprintf(stderr, "%s: %s\n", step, qPrintable(error.detail));
    return 1;
}

Result<SampleContent> inDatabase(const QString &file, const std::function<Result<SampleContent>(Database &)> &fill)
{
    Database database;
    if (const auto opened = answerOf(database.open(file)); !opened) {
        return opened.error();
    }
    return fill(database);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.size() != 3) {
        std::fputs("cumulet-bench-data FILE SEED\n", stderr);
        return 2;
    }
    const QString file = arguments.at(1);
    SampleData data(arguments.at(2).toUInt());
    const auto chats = inDatabase(file, [&](Database &database) { return data.fillChats(database); });
    if (!chats || !QFile::copy(file, file + u".chats"_s)) {
        return failed("filling chats", chats ? Error{ErrorKind::Storage, u"copying"_s} : chats.error());
    }
    const auto content = inDatabase(file, [&](Database &database) -> Result<SampleContent> {
        auto all = *chats;
        const auto done = data.fillChannels(database, all);
        return done ? Result<SampleContent>(all) : done.error();
    });
    if (!content) {
        return failed("filling channels", content.error());
    }
    const QJsonObject about{{u"account"_s, content->account}, {u"self"_s, content->self.text()},
        {u"chat"_s, content->largeChatPeer.text()}, {u"chat_row"_s, content->largeChat},
        {u"channel"_s, content->largeChannelNode.channel().text()}, {u"rare"_s, content->rareWord},
        {u"thread"_s, content->largeThread}, {u"earlier"_s, content->earlierThread}};
    std::printf("%s\n", QJsonDocument(about).toJson(QJsonDocument::Compact).constData());
    return 0;
}
