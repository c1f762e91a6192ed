// cumulet-bench-data FILE SEED: makes the database of a busy person, and says in JSON what is in it.
#include "SampleData.h"

#include "Answer.h"
#include "store/Database.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.size() != 3) {
        std::fputs("cumulet-bench-data FILE SEED\n", stderr);
        return 2;
    }
    Database database;
    if (const auto opened = answerOf(database.open(arguments.at(1))); !opened) {
        std::fprintf(stderr, "opening: %s\n", qPrintable(opened.error().detail));
        return 1;
    }
    SampleData data(arguments.at(2).toUInt());
    const auto content = data.fill(database);
    if (!content) {
        std::fprintf(stderr, "filling: %s\n", qPrintable(content.error().detail));
        return 1;
    }
    const QJsonObject about{{u"account"_s, content->account}, {u"self"_s, content->self.text()},
        {u"chat"_s, content->largeChatPeer.text()}, {u"chat_row"_s, content->largeChat},
        {u"channel"_s, content->largeChannelNode.channel().text()}, {u"rare"_s, content->rareWord}};
    std::printf("%s\n", QJsonDocument(about).toJson(QJsonDocument::Compact).constData());
    return 0;
}
