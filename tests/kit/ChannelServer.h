#pragma once

#include <QObject>
#include <QProcess>
#include <QTemporaryDir>

namespace cumulet::tests {

class LiveServer;
struct LiveSettings;

/// Our channel service (tests/channelserver) as a component behind a LiveServer; ends with this object, and when the
/// test is killed. On somebody else's server without a component secret: the channel service that runs there.
class ChannelServer : public QObject
{
    Q_OBJECT

public:
    explicit ChannelServer(QObject *parent = nullptr);
    ~ChannelServer() override;

    /// Why there are no channels on that server; empty: there are. For QSKIP.
    static QString whyNot(const LiveServer &server);

    /// Starts it and waits until the XMPP server has taken it in. behaviour as for cumulet-channelserver --behaviour.
    bool start(const LiveServer &server, const QString &behaviour = {});
    /// The same where the settings say, for a second domain.
    bool start(const LiveSettings &settings, const QString &behaviour = {});
    QString error() const { return m_error; }
    /// Address of the service.
    QString domain() const { return m_domain; }
    QString topicsDomain() const { return m_topicsDomain; }
    /// False: it is somebody else's and cannot be stopped.
    bool isOurs() const { return m_isOurs; }

    /// Ends it in order, or like a power cut; again() starts it with the same data, if wanted with other behaviour.
    bool stop();
    bool kill();
    bool again(const QString &behaviour = {});

private:
    bool launch(const QString &behaviour);

    QTemporaryDir m_place;
    QProcess m_process;
    QStringList m_arguments;
    QString m_domain;
    QString m_topicsDomain;
    bool m_isOurs = true;
    QString m_error;
};

} // namespace cumulet::tests
