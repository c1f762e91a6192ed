// cumulet_store_victim FILE: writes messages and posts as fast as it can and says on its standard output what the
// store has acknowledged, until somebody kills it (see KillTest).
#include "Answer.h"
#include "store/AccountStore.h"
#include "store/ChannelStore.h"
#include "store/ConversationStore.h"
#include "store/Database.h"
#include "store/MessageStore.h"

#include <QCoreApplication>

#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace cumulet;
using cumulet::tests::answerOf;

// one write call, so that no line is half there
static void say(const QString &what)
{
    const auto line = (what + u'\n').toUtf8();
    if (::write(STDOUT_FILENO, line.constData(), size_t(line.size())) < 0) {
        std::exit(2);
    }
}

static IncomingMessage received(const Jid &peer, const QString &id)
{
    IncomingMessage message;
    message.peer = peer;
    message.from = peer;
    message.messageId = MessageId(id);
    message.archiveId = ArchiveId(id);
    message.body = u"received "_s + id;
    message.time = QDateTime::currentDateTimeUtc();
    return message;
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    Database database;
    const auto opened = answerOf(database.open(application.arguments().value(1)));
    if (!opened || opened->obstacle != Database::Obstacle::None) {
        return 1;
    }
    AccountStore accounts(database);
    MessageStore messages(database);
    ChannelStore channels(database);
    auto account = answerOf(accounts.accounts())->value(0);
    if (account.id == 0) {
        account.jid = Jid::fromTrusted(u"romeo@example.org"_s);
        account = *answerOf(accounts.save(account));
    }
    const auto peer = Jid::fromTrusted(u"juliet@example.org"_s);
    const auto node = NodeId::of(Jid::fromTrusted(u"cooking@topics.example.org"_s));
    const auto chat = *answerOf(ConversationStore(database).ensure(account.id, Conversation::Kind::Chat, peer));
    for (int i = 0;; ++i) {
        const auto id = makeOriginId();
        if (answerOf(messages.enqueue(account.id, chat.id, id, u"written "_s + id.text()))) {
            say(u"message "_s + id.text());
        }
        if (answerOf(channels.enqueue(account.id, account.jid, {node, id, u"posted "_s + id.text(), {}, {}}))) {
            say(u"post "_s + id.text());
        }
        QList<IncomingMessage> batch;
        for (int k = 0; k < 30; ++k) {
            batch += received(peer, u"%1-%2"_s.arg(id.text()).arg(k));
        }
        if (answerOf(messages.keep(account.id, batch, {batch.last().archiveId}))) {
            say(u"progress "_s + batch.last().archiveId.text());
        }
        if (i % 3 == 0 && answerOf(messages.setState(account.id, id, DeliveryState::Sending))) {
            say(u"sending "_s + id.text());
        }
    }
}
