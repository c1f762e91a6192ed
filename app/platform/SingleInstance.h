#pragma once

#include <QObject>
#include <QStringList>
#include <QtNetwork/QLocalServer>

namespace cumulet {

/// Lets one program run for each profile folder: the first one holds a lock in the folder and listens, a later one hands
/// its arguments over and ends. A lock of a program that died is free again, its socket is cleaned.
class SingleInstance : public QObject
{
    Q_OBJECT

public:
    explicit SingleInstance(const QString &profileFolder, QObject *parent = nullptr);
    ~SingleInstance() override;

    /// True: we are the first one, and listen from now on. False: another one runs.
    bool claim();
    /// Gives our arguments (and the desktop's activation token) to the first one. Waits for it, at most timeout
    /// milliseconds: for a start that has no window yet. False: it does not answer.
    bool handOver(const QStringList &arguments, int timeout = 5000);

Q_SIGNALS:
    /// Another start wanted this; its window is to be raised. activationToken may be empty.
    void argumentsReceived(const QStringList &arguments, const QString &activationToken);

private:
    void receive();

    QString m_lockFile;
    QString m_socketName;
    QLocalServer m_server;
    int m_lock = -1; // file descriptor that holds the lock
};

} // namespace cumulet
