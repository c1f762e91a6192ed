#pragma once

#include "kit/LiveSettings.h"
#include "wire/SessionWire.h"

#include <QObject>
#include <QProcess>
#include <QSslCertificate>

#include <memory>

class QTemporaryDir;

namespace cumulet::tests {

/// One message to find in an archive.
struct ArchivedMessage
{
    QString from; ///< user name
    QString to; ///< user name
    QString body;
    QDateTime at; ///< invalid: lately, one after the other
    QString id; ///< empty: archive-N
};

/// A real XMPP server for a test: a throw-away Prosody or ejabberd of this machine, on ports of its own and with all
/// its files in one folder, or, if CUMULET_LIVE names a file (see LiveSettings), the running server described there.
/// Ends with this object, and also when the test is killed. Starting takes 0.4 s (Prosody) or 2 s (ejabberd):
/// one server for each test class, fresh accounts for each test function.
class LiveServer : public QObject
{
    Q_OBJECT

public:
    enum class Kind { Prosody, Ejabberd };
    Q_ENUM(Kind)

    explicit LiveServer(QObject *parent = nullptr);
    ~LiveServer() override;

    /// The kinds a test that runs on each of them shall ask for: both, or one with CUMULET_LIVE.
    static QList<Kind> kinds();
    /// Whether tests run on somebody else's server: it cannot be stopped, and has only a few accounts.
    static bool isExternal();
    /// Why a test cannot run at all here: the server is not installed. Empty: it can. For QSKIP.
    static QString whyNot(Kind kind);

    /// Starts the server and waits until it answers. False: see error().
    /// neighbour: a second domain on it, whose people come from neighbourAccount().
    bool start(Kind kind = Kind::Prosody, const QString &host = QStringLiteral("verona.example"),
        const QString &neighbour = {});
    QString error() const { return m_error; }
    const LiveSettings &settings() const { return m_settings; }
    /// The folder of a server of ours: logs are in there.
    QString folder() const;

    /// An account of that name. Asking again gives the same. On somebody else's server the name only tells the
    /// accounts apart; when there are no more of them, there is no account: skip the test with error().
    std::optional<LiveAccount> account(const QString &user);
    /// A fresh account, its name beginning so. On somebody else's server: the next one, in a circle.
    std::optional<LiveAccount> freshAccount(const QString &user);
    /// A fresh account of the second domain.
    std::optional<LiveAccount> neighbourAccount(const QString &user);
    /// What a session needs to log in as that account. Give certificates() to XmppOptions::extraCertificates.
    SessionSettings sessionSettings(const LiveAccount &account) const;
    QList<QSslCertificate> certificates() const;

    /// Puts messages into the archives of both sides: 10,000 in about a second, whatever their age;
    /// nobody shall be sending meanwhile.
    /// On somebody else's server they are sent, now. Both sides must be accounts of this object.
    bool fillArchive(const QList<ArchivedMessage> &messages);

    /// Ends the server in order, or like a power cut; again() starts it with the same ports and data.
    /// False: it is not ours, or see error().
    bool stop();
    bool kill();
    bool again();

private:
    bool run(const QStringList &arguments);
    bool startOwn(Kind kind, const QString &host, const QString &neighbour);
    std::optional<LiveAccount> make(const QString &command, const QString &user, const QString &host);
    bool startExternal(const QString &file);

    std::unique_ptr<QTemporaryDir> m_place;
    std::unique_ptr<QProcess> m_holder;
    LiveSettings m_settings;
    QHash<QString, LiveAccount> m_accounts;
    int m_handedOut = 0;
    QString m_error;
};

} // namespace cumulet::tests
