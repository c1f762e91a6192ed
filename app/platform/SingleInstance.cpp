#include "platform/SingleInstance.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QLocalSocket>
#include <QThread>
#include <QTimer>

#include <chrono>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qint64 longestRequest = 64 * 1024;

SingleInstance::SingleInstance(const QString &profileFolder, QObject *parent)
    : QObject(parent)
{
    const QDir folder(profileFolder);
    const auto path = folder.exists() ? folder.canonicalPath() : folder.absolutePath();
    const auto hash = QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha1).toHex().left(16);
    auto runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    // the name stays short: a socket's path ends at 107 bytes
    if (runtime.isEmpty() || runtime.size() > 60 || !QDir(runtime).exists()) {
        runtime = QDir::tempPath();
    }
    m_lockFile = path + u"/lock"_s;
    m_socketName = u"%1/cumulet-%2"_s.arg(runtime, QString::fromLatin1(hash));
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::receive);
}

SingleInstance::~SingleInstance()
{
    m_server.close();
    if (m_lock >= 0) {
        ::close(m_lock);
    }
}

bool SingleInstance::claim()
{
    if (m_lock >= 0) {
        return true;
    }
    QDir().mkpath(QFileInfo(m_lockFile).path());
    const int lock = ::open(QFile::encodeName(m_lockFile).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    // The kernel frees the lock when its holder dies, in whatever way. Where a file system knows no locks
    // the program runs without this protection.
    if (lock >= 0 && ::flock(lock, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        ::close(lock);
        return false;
    }
    m_lock = lock;
    QLocalServer::removeServer(m_socketName);
    m_server.listen(m_socketName);
    return true;
}

bool SingleInstance::handOver(const QStringList &arguments, int timeout)
{
    QByteArray request;
    QDataStream stream(&request, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << arguments << qEnvironmentVariable("XDG_ACTIVATION_TOKEN");
    QElapsedTimer time;
    time.start();
    do {
        QLocalSocket socket;
        socket.connectToServer(m_socketName);
        if (socket.waitForConnected(500)) {
            socket.write(QByteArray::number(request.size()) + '\n' + request);
            return socket.waitForReadyRead(std::max(1, timeout - int(time.elapsed())))
                && socket.readAll().startsWith("taken");
        }
        // the first one may hold the lock already and not listen yet
        QThread::msleep(20);
    } while (time.elapsed() < timeout);
    return false;
}

void SingleInstance::receive()
{
    while (auto *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        QTimer::singleShot(5s, socket, [socket] { socket->abort(); });
        const auto read = [this, socket] {
            const auto waiting = socket->peek(longestRequest + 16);
            const auto lineEnd = waiting.indexOf('\n');
            bool isNumber = false;
            const auto size = lineEnd < 0 ? 0 : waiting.first(lineEnd).toLongLong(&isNumber);
            if ((lineEnd >= 0 && (!isNumber || size < 0 || size > longestRequest))
                || (lineEnd < 0 && waiting.size() > 16)) {
                socket->abort();
                return;
            }
            if (lineEnd < 0 || waiting.size() < lineEnd + 1 + size) {
                return;
            }
            socket->skip(lineEnd + 1 + size);
            QDataStream stream(waiting.sliced(lineEnd + 1, size));
            stream.setVersion(QDataStream::Qt_6_0);
            QStringList arguments;
            QString token;
            stream >> arguments >> token;
            if (stream.status() != QDataStream::Ok) {
                socket->abort();
                return;
            }
            socket->write("taken");
            socket->flush();
            socket->disconnectFromServer();
            Q_EMIT argumentsReceived(arguments, token);
        };
        connect(socket, &QLocalSocket::readyRead, socket, read);
        read();
    }
}

} // namespace cumulet
