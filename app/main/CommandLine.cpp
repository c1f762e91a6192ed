#include "main/CommandLine.h"

#include <QCommandLineParser>
#include <QDir>
#include <QStandardPaths>

#include <cstdio>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace cumulet {

[[noreturn]] static void refuse(const QString &sentence)
{
    std::fprintf(stderr, "cumulet: %s\n", qUtf8Printable(sentence));
    std::exit(2);
}

CommandLine CommandLine::read(const QCoreApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Chat and channels over XMPP."_s);
    const QCommandLineOption profile(u"profile"_s, u"Keep everything of this run in one folder."_s, u"DIR"_s);
    const QCommandLineOption server(
        u"server"_s, u"Connect there instead of asking the name service."_s, u"HOST:PORT"_s);
    const QCommandLineOption certificates(
        u"ca"_s, u"Trust these certificates (PEM) besides the system's."_s, u"FILE"_s);
    const QCommandLineOption account(u"account"_s, u"Log in as this account at the start."_s, u"JID"_s);
    const QCommandLineOption password(
        u"password-file"_s, u"The password of --account: first line of FILE."_s, u"FILE"_s);
    const QCommandLineOption offline(u"offline"_s, u"Do not connect at the start."_s);
    parser.addOptions({profile, server, certificates, account, password, offline});
    parser.addPositionalArgument(u"link"_s, u"An xmpp: link to open."_s, u"[xmpp:...]"_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.process(application);

    CommandLine line;
    line.profile = parser.isSet(profile) ? QDir::current().absoluteFilePath(parser.value(profile))
                                         : QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    if (parser.isSet(server)) {
        const QString value = parser.value(server);
        const auto colon = value.lastIndexOf(u':');
        line.host = colon < 0 ? value : value.left(colon);
        line.port = colon < 0 ? 5222 : QStringView(value).mid(colon + 1).toUShort();
        if (line.host.isEmpty() || line.port == 0) {
            refuse(u"--server takes HOST:PORT, not \"%1\""_s.arg(value));
        }
    }
    line.certificateFile = parser.value(certificates);
    if (parser.isSet(account)) {
        line.account = Jid::fromTrusted(parser.value(account)).bare();
        if (line.account.isEmpty() || line.account.local().isEmpty()) {
            refuse(u"\"%1\" is no address"_s.arg(parser.value(account)));
        }
    }
    line.passwordFile = parser.value(password);
    line.startsOffline = parser.isSet(offline);
    line.link = parser.positionalArguments().value(0);
    return line;
}

} // namespace cumulet
