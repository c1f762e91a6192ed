// cumulet-channelserver: the channel service as a program, an external component of any XMPP server.
#include "ComponentFront.h"
#include "MediaServer.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QSocketNotifier>
#include <QTextStream>

#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace cumulet::channelserver;

namespace {

int signalSockets[2] = {-1, -1};

void onSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = write(signalSockets[0], &byte, 1);
}

int fail(const QString &why)
{
    QTextStream(stderr) << "cumulet-channelserver: " << why << Qt::endl;
    return 2;
}

struct Options
{
    ComponentAccount account;
    ServiceSettings settings;
    MediaSettings media;
    QString store;
    QString error;
};

Options readOptions(const QCoreApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"A Buddycloud-like channel service for tests and demonstrations (XEP-0114)."_s);
    parser.addHelpOption();
    parser.addOptions({
        {u"server"_s, u"Component port of the XMPP server (default 127.0.0.1:5347)."_s, u"HOST:PORT"_s,
            u"127.0.0.1:5347"_s},
        {u"domain"_s, u"Address of the service, for example channels.capulet.example."_s, u"DOMAIN"_s},
        {u"topics-domain"_s, u"Domain of topic channels, a second component with the same secret."_s, u"DOMAIN"_s},
        {u"directory-domain"_s, u"Domain of a channel directory, a further component with the same secret."_s,
            u"DOMAIN"_s},
        {u"media-domain"_s, u"Address of a media server, a further component with the same secret."_s, u"DOMAIN"_s},
        {u"media-port"_s, u"Its port of 127.0.0.1 (default: any free one)."_s, u"PORT"_s, u"0"_s},
        {u"users-domain"_s, u"Whose users are served (default: DOMAIN without its first label)."_s, u"DOMAIN"_s},
        {u"secret-file"_s, u"File with the secret of the component."_s, u"FILE"_s},
        {u"store"_s, u"File of the store (default: in memory)."_s, u"FILE"_s, u":memory:"_s},
        {u"behaviour"_s, u"proper, all-real, or a list of: %1."_s.arg(Behaviour::names().join(u", "_s)), u"LIST"_s,
            u"proper"_s},
    });
    parser.process(application);
    Options options;
    const auto server = parser.value(u"server"_s);
    const auto colon = server.lastIndexOf(u':');
    options.account.host = colon < 0 ? server : server.left(colon);
    if (colon >= 0)
        options.account.port = QStringView(server).mid(colon + 1).toUShort();
    options.settings.domain = parser.value(u"domain"_s);
    options.settings.topicsDomain = parser.value(u"topics-domain"_s);
    options.settings.directoryDomain = parser.value(u"directory-domain"_s);
    options.settings.usersDomain = parser.value(u"users-domain"_s);
    options.settings.federates = true;
    options.settings.behaviour = Behaviour::fromText(parser.value(u"behaviour"_s), &options.error);
    options.media.domain = parser.value(u"media-domain"_s);
    options.media.port = parser.value(u"media-port"_s).toUShort();
    options.store = parser.value(u"store"_s);
    if (options.store != ":memory:"_L1)
        options.media.folder = options.store + u".media"_s;
    QFile secret(parser.value(u"secret-file"_s));
    if (secret.open(QIODevice::ReadOnly))
        options.account.secret = secret.readAll().trimmed();
    if (options.settings.domain.isEmpty())
        options.error = u"--domain is missing"_s;
    else if (options.account.port == 0)
        options.error = u"--server %1 is not HOST:PORT"_s.arg(server);
    else if (options.account.secret.isEmpty())
        options.error = u"--secret-file is missing, empty or cannot be read"_s;
    return options;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    application.setApplicationName(u"cumulet-channelserver"_s);
    const auto options = readOptions(application);
    if (!options.error.isEmpty())
        return fail(options.error);

    ChannelService service(options.settings);
    QString error;
    if (!service.open(options.store, &error))
        return fail(error);

    ComponentFront front(&service, options.account);
    std::unique_ptr<MediaServer> media;
    if (!options.media.domain.isEmpty()) {
        ComponentSocket *socket = front.addFurther(
            options.account, options.media.domain, [&media](const Element &stanza) { media->receive(stanza); });
        media = std::make_unique<MediaServer>(
            &service, options.media, [socket](const Element &stanza) { socket->send(stanza); });
        if (!media->start())
            return fail(u"port %1 is taken"_s.arg(options.media.port));
    }
    int result = 0;
    QObject::connect(&front, &ComponentFront::ready, &application, [] { QTextStream(stdout) << "ready" << Qt::endl; });
    QObject::connect(&front, &ComponentFront::lost, &application, [](const QString &why) { fail(why); });
    QObject::connect(&front, &ComponentFront::refused, &application, [&](const QString &why) {
        result = fail(why);
        QCoreApplication::exit(result);
    });
    QObject::connect(&front, &ComponentFront::stopped, &application, [&] { QCoreApplication::exit(result); });

    if (socketpair(AF_UNIX, SOCK_STREAM, 0, signalSockets) != 0)
        return fail(u"no socket pair"_s);
    QSocketNotifier stopSignal(signalSockets[1], QSocketNotifier::Read);
    QObject::connect(&stopSignal, &QSocketNotifier::activated, &application, [&] {
        stopSignal.setEnabled(false);
        front.stop();
        QTimer::singleShot(1000, &application, &QCoreApplication::quit); // a server that does not let go
    });
    std::signal(SIGTERM, onSignal);
    std::signal(SIGINT, onSignal);

    front.start();
    return application.exec();
}
