#include "kit/ChannelServer.h"

#include "kit/LiveServer.h"
#include "kit/TemporaryProfile.h"
#include "kit/Waiting.h"

#include <QFileInfo>

#include <csignal>
#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

using namespace Qt::StringLiterals;

namespace cumulet::tests {

namespace {

constexpr auto program = CUMULET_BINARY_DIR "/tests/channelserver/cumulet-channelserver";

} // namespace

ChannelServer::ChannelServer(QObject *parent)
    : QObject(parent)
    , m_place(temporaryPlace(u"channels"_s))
{
#ifdef Q_OS_LINUX
    m_process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
#endif
}

ChannelServer::~ChannelServer()
{
    stop();
}

QString ChannelServer::whyNot(const LiveServer &server)
{
    const auto &settings = server.settings();
    if (settings.channels.isEmpty()) {
        return u"%1 has no channel service"_s.arg(settings.host);
    }
    if (!settings.secretFile.isEmpty() && !QFileInfo(QString::fromUtf8(program)).isExecutable()) {
        return u"cumulet-channelserver is not built"_s;
    }
    return {};
}

bool ChannelServer::start(const LiveServer &server, const QString &behaviour)
{
    m_error = whyNot(server);
    return m_error.isEmpty() && start(server.settings(), behaviour);
}

bool ChannelServer::start(const LiveSettings &settings, const QString &behaviour)
{
    m_domain = settings.channels;
    m_topicsDomain = settings.topics;
    m_isOurs = !settings.secretFile.isEmpty();
    if (!m_isOurs) {
        return true;
    }
    m_arguments = {u"--server"_s, u"%1:%2"_s.arg(settings.componentAddress).arg(settings.componentPort), u"--domain"_s,
        m_domain, u"--secret-file"_s, settings.secretFile, u"--store"_s, m_place.filePath(u"channels.sqlite"_s)};
    if (!m_topicsDomain.isEmpty()) {
        m_arguments += {u"--topics-domain"_s, m_topicsDomain};
    }
    if (!settings.directory.isEmpty()) {
        m_arguments += {u"--directory-domain"_s, settings.directory};
    }
    if (!settings.media.isEmpty()) {
        m_arguments += {u"--media-domain"_s, settings.media};
    }
    return launch(behaviour);
}

bool ChannelServer::launch(const QString &behaviour)
{
    auto arguments = m_arguments;
    if (!behaviour.isEmpty()) {
        arguments += {u"--behaviour"_s, behaviour};
    }
    m_process.start(QString::fromUtf8(program), arguments);
    QByteArray said;
    const bool isReady = waitFor([&] {
        said += m_process.readAllStandardOutput();
        return said.contains("ready\n") || m_process.state() == QProcess::NotRunning;
    });
    if (!isReady || !said.contains("ready\n")) {
        m_error = u"%1 %2"_s.arg(QString::fromUtf8(m_process.readAllStandardError()), m_process.errorString());
        return false;
    }
    return true;
}

bool ChannelServer::stop()
{
    if (m_process.state() == QProcess::NotRunning) {
        return m_isOurs;
    }
    m_process.terminate();
    return waitFor([this] { return m_process.state() == QProcess::NotRunning; }, 10'000) || kill();
}

bool ChannelServer::kill()
{
    m_process.kill();
    return m_isOurs && waitFor([this] { return m_process.state() == QProcess::NotRunning; }, 10'000);
}

bool ChannelServer::again(const QString &behaviour)
{
    return m_isOurs && stop() && launch(behaviour);
}

} // namespace cumulet::tests
