#include "kit/LiveServer.h"

#include "kit/TemporaryProfile.h"
#include "kit/Waiting.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

namespace {

// starting ejabberd on a busy machine with sanitizers beside it
constexpr int startLimit = 90'000;

QString script(const QString &name)
{
    return QStringLiteral(CUMULET_SOURCE_DIR "/tests/kit/servers/") + name;
}

} // namespace

LiveServer::LiveServer(QObject *parent)
    : QObject(parent)
{
}

LiveServer::~LiveServer()
{
    if (m_holder) {
        // the end of its input makes it stop the server and delete the folder
        m_holder->closeWriteChannel();
        if (!m_holder->waitForFinished(20'000)) {
            m_holder->terminate();
            m_holder->waitForFinished(5'000);
        }
    }
}

QList<LiveServer::Kind> LiveServer::kinds()
{
    return isExternal() ? QList{Kind::Prosody} : QList{Kind::Prosody, Kind::Ejabberd};
}

bool LiveServer::isExternal()
{
    return !qEnvironmentVariableIsEmpty("CUMULET_LIVE");
}

QString LiveServer::whyNot(Kind kind)
{
    if (isExternal()) {
        return {};
    }
    const QStringList path{u"/usr/bin"_s, u"/usr/sbin"_s, u"/usr/local/bin"_s};
    const auto program = kind == Kind::Prosody ? u"prosody"_s : u"ejabberdctl"_s;
    const bool isThere =
        !QStandardPaths::findExecutable(program).isEmpty() || !QStandardPaths::findExecutable(program, path).isEmpty();
    return isThere ? QString() : u"%1 is not installed"_s.arg(program);
}

bool LiveServer::start(Kind kind, const QString &host, const QString &neighbour)
{
    return isExternal() ? startExternal(qEnvironmentVariable("CUMULET_LIVE")) : startOwn(kind, host, neighbour);
}

bool LiveServer::startExternal(const QString &file)
{
    QFile description(file);
    if (!description.open(QIODevice::ReadOnly)) {
        m_error = u"CUMULET_LIVE: %1: %2"_s.arg(file, description.errorString());
        return false;
    }
    const auto settings = LiveSettings::read(description.readAll(), &m_error);
    if (!settings) {
        m_error.prepend(u"CUMULET_LIVE: "_s);
        return false;
    }
    m_settings = *settings;
    return true;
}

bool LiveServer::startOwn(Kind kind, const QString &host, const QString &neighbour)
{
    m_place = std::make_unique<QTemporaryDir>(temporaryPlace(u"server"_s));
    m_holder = std::make_unique<QProcess>();
    const auto word = kind == Kind::Prosody ? u"prosody"_s : u"ejabberd"_s;
    m_holder->start(script(u"servers.sh"_s), {u"hold"_s, word, m_place->path(), host, u"sql"_s, neighbour});
    QByteArray said;
    const bool isReady = waitFor(
        [&] {
            said += m_holder->readAllStandardOutput();
            return said.contains("READY\n") || m_holder->state() == QProcess::NotRunning;
        },
        startLimit);
    if (!isReady || !said.contains("READY\n")) {
        m_error = QString::fromUtf8(m_holder->readAllStandardError()) + m_holder->errorString();
        return false;
    }
    const auto settings = LiveSettings::read(said, &m_error);
    if (settings) {
        m_settings = *settings;
    }
    return settings.has_value();
}

QString LiveServer::folder() const
{
    return m_place ? m_place->path() : QString();
}

std::optional<LiveAccount> LiveServer::account(const QString &user)
{
    if (const auto known = m_accounts.constFind(user); known != m_accounts.cend()) {
        return *known;
    }
    if (isExternal()) {
        if (m_handedOut >= m_settings.accounts.size()) {
            m_error = u"CUMULET_LIVE names only %1 accounts"_s.arg(m_settings.accounts.size());
            return std::nullopt;
        }
        return *m_accounts.insert(user, m_settings.accounts.at(m_handedOut++));
    }
    const auto made = make(u"user"_s, user, m_settings.host);
    return made ? std::optional(*m_accounts.insert(user, *made)) : std::nullopt;
}

std::optional<LiveAccount> LiveServer::make(const QString &command, const QString &user, const QString &host)
{
    const LiveAccount made{user, user + u'@' + host, u"secret of %1 ü"_s.arg(user)};
    return run({command, folder(), made.user, made.password}) ? std::optional(made) : std::nullopt;
}

std::optional<LiveAccount> LiveServer::neighbourAccount(const QString &user)
{
    if (m_settings.neighbour.isEmpty() || isExternal()) {
        m_error = u"there is no second domain"_s;
        return std::nullopt;
    }
    return make(u"neighbour"_s, u"%1-%2"_s.arg(user).arg(++m_handedOut), m_settings.neighbour);
}

std::optional<LiveAccount> LiveServer::freshAccount(const QString &user)
{
    if (isExternal() && m_settings.accounts.size() >= 2) {
        return m_settings.accounts.at(m_handedOut++ % m_settings.accounts.size());
    }
    return account(u"%1-%2"_s.arg(user).arg(m_accounts.size() + 1));
}

SessionSettings LiveServer::sessionSettings(const LiveAccount &account) const
{
    SessionSettings settings;
    settings.jid = Jid::fromTrusted(account.jid);
    settings.password = account.password;
    settings.host = m_settings.address;
    settings.port = m_settings.port;
    settings.presence.show = Presence::Show::Available;
    return settings;
}

QList<QSslCertificate> LiveServer::certificates() const
{
    return m_settings.certificateFile.isEmpty() ? QList<QSslCertificate>()
                                                : QSslCertificate::fromPath(m_settings.certificateFile);
}

bool LiveServer::fillArchive(const QList<ArchivedMessage> &messages)
{
    QTemporaryDir folder(temporaryPlace(u"archive"_s));
    QFile file(folder.filePath(u"messages"_s));
    if (!file.open(QIODevice::WriteOnly)) {
        m_error = file.errorString();
        return false;
    }
    for (const auto &message : messages) {
        QJsonObject line{{u"from"_s, message.from}, {u"to"_s, message.to}, {u"body"_s, message.body}};
        if (message.at.isValid()) {
            line.insert(u"at"_s, message.at.toMSecsSinceEpoch());
        }
        if (!message.id.isEmpty()) {
            line.insert(u"id"_s, message.id);
        }
        file.write(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
    }
    file.close();
    if (!isExternal()) {
        return run({u"archive"_s, this->folder(), file.fileName()});
    }
    QStringList arguments{u"send"_s, m_settings.host, u"%1:%2"_s.arg(m_settings.address).arg(m_settings.port),
        m_settings.certificateFile, file.fileName()};
    for (const auto &account : std::as_const(m_settings.accounts)) {
        arguments += account.user + u'=' + account.password;
    }
    return run(arguments);
}

bool LiveServer::stop()
{
    return !isExternal() && run({u"stop"_s, folder()});
}

bool LiveServer::kill()
{
    return !isExternal() && run({u"kill"_s, folder()});
}

bool LiveServer::again()
{
    return !isExternal() && run({u"again"_s, folder()});
}

// runs a script to its end; clients in this thread go on meanwhile
bool LiveServer::run(const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(script(arguments.first() == u"send" ? u"archive.py"_s : u"servers.sh"_s), arguments);
    process.closeWriteChannel();
    const bool hasEnded = waitFor([&process] { return process.state() == QProcess::NotRunning; }, startLimit);
    if (!hasEnded) { // say what it hangs in
        QFile name(u"/proc/%1/cmdline"_s.arg(process.processId()));
        QFile place(u"/proc/%1/wchan"_s.arg(process.processId()));
        m_error = u"%1 did not end: "_s.arg(arguments.first());
        for (auto *file : {&name, &place}) {
            m_error += file->open(QIODevice::ReadOnly) ? QString::fromUtf8(file->readAll().replace('\0', ' ')) + u' '
                                                       : QString();
        }
        return false;
    }
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        m_error = u"%1: %2 %3"_s.arg(arguments.first(), QString::fromUtf8(process.readAll()), process.errorString());
        return false;
    }
    return true;
}

} // namespace cumulet::tests
