// The program that is killed: it writes numbered messages and posts from a profile until all are there, and ends when
// all are sent. Started again on the same profile it goes on where it was. It says on standard output what it does, one
// line each: "written N", "waiting MESSAGES POSTS", "sent" whenever fewer wait than before, at last "done".
//
//   cumulet-sender PROFILE JID PASSWORD ADDRESS PORT CA PEER MESSAGES POSTS TAG
#include "live/LiveClient.h"
#include "services/channel/ChannelService.h"
#include "services/chat/ChatService.h"
#include "services/conversation/ConversationService.h"

#include <QCoreApplication>
#include <QSslCertificate>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

namespace {

void say(const QString &line)
{
    std::printf("%s\n", qPrintable(line));
    std::fflush(stdout);
}

/// The person at the keyboard: one text after the other, as quick as they are stored.
class Writer : public QObject
{
public:
    Writer(LiveClient &client, const QStringList &arguments)
        : m_client(client)
        , m_peer(Jid::fromTrusted(arguments.at(7)))
        , m_messages(arguments.at(8).toInt())
        , m_posts(arguments.at(9).toInt())
        , m_tag(arguments.at(10))
    {
        ChatService *const chat = m_client.services().chat;
        ChannelService *const channels = m_client.services().channels;
        connect(chat, &ChatService::waitingChanged, this, &Writer::look);
        connect(channels, &ChannelService::waitingChanged, this, &Writer::look);
    }

    bool start()
    {
        const auto chat = m_client.openChat(m_peer);
        if (!chat) {
            return false;
        }
        m_chat = chat->id;
        m_writtenMessages = int(m_client.bodies(m_peer).filter(m_tag).size());
        m_writtenPosts = int(m_client.lines(m_client.ownChannel()).filter(m_tag).size());
        write();
        return true;
    }

private:
    void write()
    {
        const bool isMessageNext = m_writtenMessages * m_posts <= m_writtenPosts * m_messages;
        if (m_writtenMessages < m_messages && (isMessageNext || m_writtenPosts >= m_posts)) {
            const auto written = m_client.services().chat->send(m_chat, body(m_writtenMessages));
            whenDone(written, this, [this](const Result<Done> &result) { wrote(result, m_writtenMessages); });
        } else if (m_writtenPosts < m_posts) {
            const auto written = m_client.services().channels->post(m_client.ownChannel(), body(m_writtenPosts));
            whenDone(written, this, [this](const Result<Done> &result) { wrote(result, m_writtenPosts); });
        } else {
            m_hasWritten = true;
            look();
        }
    }

    void wrote(const Result<Done> &result, int &count)
    {
        if (!result) {
            say(u"failed "_s + result.error().detail);
            QCoreApplication::exit(1);
            return;
        }
        ++count;
        say(u"written %1"_s.arg(m_writtenMessages + m_writtenPosts));
        write();
    }

    QString body(int number) const { return u"%1 %2 爱 🌹"_s.arg(m_tag).arg(number, 4, 10, '0'_L1); }

    void look()
    {
        const int messages = m_client.services().chat->waiting();
        const int posts = m_client.services().channels->waiting();
        say(u"waiting %1 %2"_s.arg(messages).arg(posts));
        if (messages + posts < m_lastWaiting) {
            say(u"sent"_s);
        }
        m_lastWaiting = messages + posts;
        if (m_hasWritten && messages == 0 && posts == 0) {
            say(u"done"_s);
            QCoreApplication::quit();
        }
    }

    LiveClient &m_client;
    const Jid m_peer;
    const int m_messages;
    const int m_posts;
    const QString m_tag;
    ConversationId m_chat = 0;
    int m_writtenMessages = 0;
    int m_writtenPosts = 0;
    int m_lastWaiting = 0;
    bool m_hasWritten = false;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication program(argc, argv);
    const QStringList arguments = program.arguments();
    if (arguments.size() != 11) {
        std::fputs("cumulet-sender PROFILE JID PASSWORD ADDRESS PORT CA PEER MESSAGES POSTS TAG\n", stderr);
        return 2;
    }
    SessionSettings settings;
    settings.jid = Jid::fromTrusted(arguments.at(2));
    settings.password = arguments.at(3);
    settings.host = arguments.at(4);
    settings.port = arguments.at(5).toUShort();
    settings.presence.show = Presence::Show::Available;
    XmppOptions options;
    options.extraCertificates = QSslCertificate::fromPath(arguments.at(6));

    LiveClient client(settings, options, arguments.at(1));
    if (!client.start()) {
        say(u"failed "_s + client.error());
        return 1;
    }
    Writer writer(client, arguments);
    return writer.start() ? program.exec() : 1;
}
