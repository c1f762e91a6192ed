#include "platform/KdeDesktopNotifier.h"

#include "kit/TestMain.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QProcess>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QThread>
#include <QVariantMap>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr auto insideVariable = "CUMULET_TEST_NOTICES";

// A notification service of the session bus that keeps what it was asked (Desktop Notifications Specification 1.2).
class RecordingService : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    struct Shown
    {
        QString summary;
        QString body;
        QStringList actions;
    };
    QMap<uint, Shown> shown; ///< what is on the screen
    uint last = 0;

public Q_SLOTS:
    QStringList GetCapabilities() const { return {u"body"_s, u"body-markup"_s, u"actions"_s}; }
    QString GetServerInformation(QString &vendor, QString &version, QString &specVersion) const
    {
        vendor = version = u"test"_s;
        specVersion = u"1.2"_s;
        return u"recording"_s;
    }
    uint Notify(const QString &, uint replaced, const QString &, const QString &summary, const QString &body,
        const QStringList &actions, const QVariantMap &, int)
    {
        const auto id = replaced > 0 ? replaced : ++last;
        shown.insert(id, {summary, body, actions});
        return id;
    }
    void CloseNotification(uint id)
    {
        shown.remove(id);
        tell(u"NotificationClosed"_s, {id, 3U});
    }

public:
    static void tell(const QString &signal, const QVariantList &arguments)
    {
        auto message =
            QDBusMessage::createSignal(u"/org/freedesktop/Notifications"_s, u"org.freedesktop.Notifications"_s, signal);
        message.setArguments(arguments);
        QDBusConnection(u"service"_s).send(message);
    }
};

class KdeDesktopNotifierTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutADesktopNothingHappens()
    {
        if (qEnvironmentVariableIsSet(insideVariable)) {
            QSKIP("only without a session bus");
        }
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        KdeDesktopNotifier notifier;
        notifier.show({u"a"_s, u"Title"_s, u"text"_s, {}});
        notifier.show({u"a"_s, u"Title"_s, u"text"_s, {}});
        notifier.withdraw(u"a"_s);
        notifier.withdraw(u"never shown"_s);
    }

    void noticesReachTheDesktop()
    {
        if (qEnvironmentVariableIsSet(insideVariable)) {
            speakToTheService();
            return;
        }
        if (QStandardPaths::findExecutable(u"dbus-run-session"_s).isEmpty()) {
            QSKIP("dbus-run-session is not installed");
        }
        QProcess session;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QString::fromLatin1(insideVariable), u"1"_s);
        environment.remove(u"DBUS_SESSION_BUS_ADDRESS"_s);
        session.setProcessEnvironment(environment);
        session.setProcessChannelMode(QProcess::MergedChannels);
        session.start(u"dbus-run-session"_s,
            {u"--"_s, QCoreApplication::applicationFilePath(), u"KdeDesktopNotifierTest"_s,
                u"noticesReachTheDesktop"_s});
        QVERIFY(QTest::qWaitFor([&] { return session.state() == QProcess::NotRunning; }, 60'000));
        if (session.error() == QProcess::FailedToStart) {
            QSKIP("a session bus cannot be started here");
        }
        QVERIFY2(session.exitCode() == 0, session.readAll().constData());
    }

private:
    void speakToTheService()
    {
        // KNotification waits for answers of the service, so that one needs a thread of its own
        RecordingService service;
        QThread thread;
        service.moveToThread(&thread);
        thread.start();
        const auto stop = qScopeGuard([&] {
            thread.quit();
            thread.wait();
            QDBusConnection::disconnectFromBus(u"service"_s);
        });
        auto bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"service"_s);
        QVERIFY(bus.registerObject(u"/org/freedesktop/Notifications"_s, &service, QDBusConnection::ExportAllSlots));
        QVERIFY(bus.registerService(u"org.freedesktop.Notifications"_s));
        const auto shown = [&] {
            QMap<uint, RecordingService::Shown> all;
            QMetaObject::invokeMethod(&service, [&] { all = service.shown; }, Qt::BlockingQueuedConnection);
            return all;
        };
        const auto titles = [&] {
            QStringList all;
            for (const auto &notice : shown()) {
                all.append(notice.summary);
            }
            return all;
        };
        KdeDesktopNotifier notifier;
        QSignalSpy activated(&notifier, &DesktopNotifier::activated);
        notifier.show({u"chat/1"_s, u"Juliet <b>"_s, u"<img src='x'> & \"y\""_s, QImage()});
        QTRY_COMPARE(titles(), QStringList{u"Juliet <b>"_s}); // the title is no markup
        const auto all = shown();
        const auto first = all.first();
        QCOMPARE(first.body, u"&lt;img src='x'&gt; &amp; &quot;y&quot;"_s);
        QVERIFY(first.actions.contains(u"default"_s));

        notifier.show({u"chat/1"_s, u"Juliet"_s, u"more"_s, QImage()});
        QTRY_COMPARE(titles(), QStringList{u"Juliet"_s}); // it took the place of the first one
        const auto clickOn = [&](uint id) {
            RecordingService::tell(u"ActionInvoked"_s, {id, u"default"_s});
            return QTest::qWaitFor([&] { return !activated.isEmpty(); }, 500);
        };
        // a click counts once the library knows the notice's number
        const auto number = shown().lastKey();
        QTRY_VERIFY(clickOn(number));
        QCOMPARE(activated.at(0).at(0).toString(), u"chat/1"_s);

        notifier.show({u"chat/2"_s, u"Benvolio"_s, u"hi"_s, QImage()});
        QTRY_VERIFY(titles().contains(u"Benvolio"_s));
        notifier.withdraw(u"chat/2"_s);
        QTRY_VERIFY(!titles().contains(u"Benvolio"_s));
    }
};

} // namespace cumulet

using cumulet::KdeDesktopNotifierTest;
CUMULET_TEST(KdeDesktopNotifierTest)
#include "KdeDesktopNotifierTest.moc"
