// cumulet-bench-client HOST:PORT CA JID PASSWORD [window|receipts|archive SINCE]
// A client that does nothing with what it gets: the floor of everything that comes from the network. It logs in, reads
// the roster and prints "present" when 200 presences have come; "window" has a bare window beside it, "receipts" answers
// every message that asks for it and counts them, "archive" reads what the archive has since that time and then prints "done".
// It goes on until its input ends.
#include <QXmppClient.h>
#include <QXmppConfiguration.h>
#include <QXmppMamManager.h>
#include <QXmppMessage.h>
#include <QXmppMessageReceiptManager.h>
#include <QXmppPresence.h>
#include <QXmppResultSet.h>
#include <QXmppRosterManager.h>
#include <QXmppTask.h>

#include <QApplication>
#include <QMainWindow>
#include <QSocketNotifier>
#include <QSslCertificate>

#include <cstdio>
#include <memory>

using namespace Qt::StringLiterals;

namespace {

void say(const QString &line)
{
    std::printf("%s\n", qPrintable(line));
    std::fflush(stdout);
}

void readArchive(
    QXmppClient &client, QXmppMamManager *archive, const QDateTime &since, const QString &after, qsizetype sofar)
{
    QXmppResultSetQuery page;
    page.setMax(50);
    page.setAfter(after);
    archive->retrieveMessages({}, {}, {}, since, {}, page)
        .then(&client, [&client, archive, since, sofar](QXmppMamManager::RetrieveResult result) {
            const auto *got = std::get_if<QXmppMamManager::RetrievedMessages>(&result);
            if (!got) {
                say(u"failed"_s);
                return;
            }
            const qsizetype all = sofar + got->messages.size();
            if (got->result.complete() || got->messages.isEmpty()) {
                say(u"done %1"_s.arg(all));
            } else {
                readArchive(client, archive, since, got->result.resultSetReply().last(), all);
            }
        });
}

} // namespace

int main(int argc, char **argv)
{
    QStringList words;
    for (int i = 1; i < argc; ++i) {
        words.append(QString::fromLocal8Bit(argv[i]));
    }
    if (words.size() < 4) {
        std::fputs("cumulet-bench-client HOST:PORT CA JID PASSWORD [window|receipts|archive SINCE]\n", stderr);
        return 2;
    }
    const QString mode = words.value(4);
    std::unique_ptr<QCoreApplication> application(
        mode == u"window" ? new QApplication(argc, argv) : new QCoreApplication(argc, argv));
    QXmppClient client;
    QXmppConfiguration configuration;
    configuration.setJid(words.at(2));
    configuration.setPassword(words.at(3));
    configuration.setHost(words.at(0).section(u':', 0, 0));
    configuration.setPort(words.at(0).section(u':', 1).toInt());
    configuration.setStreamSecurityMode(QXmppConfiguration::TLSRequired);
    configuration.setCaCertificates(QSslCertificate::fromPath(words.at(1)));
    if (mode == u"receipts") {
        client.addNewExtension<QXmppMessageReceiptManager>();
    }
    auto *archive = client.addNewExtension<QXmppMamManager>();
    auto *roster = client.findExtension<QXmppRosterManager>();
    QObject::connect(roster, &QXmppRosterManager::rosterReceived, &client, [&] {
        say(u"roster"_s);
        if (mode == u"archive") {
            readArchive(client, archive, QDateTime::fromString(words.value(5), Qt::ISODate), {}, 0);
        }
    });
    int present = 0;
    QObject::connect(&client, &QXmppClient::presenceReceived, &client, [&present](const QXmppPresence &presence) {
        if (presence.type() == QXmppPresence::Available && ++present == 200) {
            say(u"present"_s);
        }
    });
    int messages = 0;
    QObject::connect(&client, &QXmppClient::messageReceived, &client, [&messages] {
        if (++messages % 100 == 0) {
            say(u"messages %1"_s.arg(messages));
        }
    });
    QSocketNotifier input(0, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &client, [&] {
        input.setEnabled(false);
        client.disconnectFromServer();
    });
    QObject::connect(&client, &QXmppClient::disconnected, &client, [] {
        say(u"disconnected"_s);
        QCoreApplication::quit();
    });
    std::unique_ptr<QMainWindow> window;
    if (mode == u"window") {
        window = std::make_unique<QMainWindow>();
        window->resize(1280, 820);
        window->show();
    }
    client.connectToServer(configuration);
    return QCoreApplication::exec();
}
