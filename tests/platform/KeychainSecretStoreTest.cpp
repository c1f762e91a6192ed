#include "platform/KeychainSecretStore.h"

#include "kit/TestMain.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr auto insideVariable = "CUMULET_TEST_KEYRING";

template <typename T> static Result<T> answer(const Future<T> &future)
{
    return QTest::qWaitFor([&] { return future.isFinished(); }, 30'000) && future.resultCount() > 0
        ? future.result()
        : Result<T>(Error{ErrorKind::Timeout, u"the test waited in vain"_s});
}

class KeychainSecretStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        if (!qEnvironmentVariableIsSet(insideVariable)) {
            qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent"); // nobody's own keyring
        }
    }

    void withoutAKeyringTheFileKeepsPasswords()
    {
        if (qEnvironmentVariableIsSet(insideVariable)) {
            QSKIP("only without a keyring");
        }
        const QTemporaryDir folder;
        KeychainSecretStore store(folder.path());
        const auto hasKeyring = answer(store.hasKeyring());
        QVERIFY(hasKeyring);
        QVERIFY(!*hasKeyring);
        QCOMPARE(answer(store.password(romeo)).error().kind, ErrorKind::NotFound);
        QVERIFY(!answer(store.setPassword(romeo, u"secret"_s, false))); // never silently into the file
        QVERIFY(!QFile::exists(folder.filePath(u"passwords.json"_s)));
        QVERIFY(answer(store.setPassword(romeo, u"secret"_s, true)));
        QCOMPARE(*answer(store.password(romeo)), u"secret"_s);
        QVERIFY(answer(store.removePassword(romeo)));
        QCOMPARE(answer(store.password(romeo)).error().kind, ErrorKind::NotFound);
    }

    void theKeyringKeepsPasswords()
    {
        if (qEnvironmentVariableIsSet(insideVariable)) {
            askTheKeyring();
            return;
        }
        for (const auto &program : {u"dbus-run-session"_s, u"gnome-keyring-daemon"_s}) {
            if (QStandardPaths::findExecutable(program).isEmpty()) {
                QSKIP(qPrintable(program + u" is not installed"_s));
            }
        }
        const QTemporaryDir home;
        QProcess session;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QString::fromLatin1(insideVariable), u"1"_s);
        for (const auto &variable : {u"HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_RUNTIME_DIR"_s}) {
            environment.insert(variable, home.path());
        }
        environment.remove(u"DBUS_SESSION_BUS_ADDRESS"_s);
        session.setProcessEnvironment(environment);
        session.setProcessChannelMode(QProcess::MergedChannels);
        const auto script =
            u"echo -n unlocked | gnome-keyring-daemon --unlock --components=secrets >/dev/null || exit 77; "
            "\"$0\" KeychainSecretStoreTest theKeyringKeepsPasswords"_s;
        session.start(
            u"dbus-run-session"_s, {u"--"_s, u"sh"_s, u"-c"_s, script, QCoreApplication::applicationFilePath()});
        QVERIFY(QTest::qWaitFor([&] { return session.state() == QProcess::NotRunning; }, 60'000));
        if (session.exitCode() == 77 || session.error() == QProcess::FailedToStart) {
            QSKIP("a keyring cannot be started here");
        }
        QVERIFY2(session.exitCode() == 0, session.readAll().constData());
    }

private:
    void askTheKeyring()
    {
        const QTemporaryDir folder;
        KeychainSecretStore store(folder.path(), u"Cumulet test"_s);
        QVERIFY(*answer(store.hasKeyring()));
        QVERIFY(answer(store.setPassword(romeo, u"in the file"_s, true)));
        QVERIFY(answer(store.setPassword(romeo, u"sőcret"_s, false)));
        QVERIFY(!QFile::exists(folder.filePath(u"passwords.json"_s))); // it moved
        QCOMPARE(*answer(store.password(romeo)), u"sőcret"_s);
        KeychainSecretStore other(folder.path(), u"Cumulet other"_s);
        QCOMPARE(answer(other.password(romeo)).error().kind, ErrorKind::NotFound);
        QVERIFY(answer(store.removePassword(romeo)));
        QCOMPARE(answer(store.password(romeo)).error().kind, ErrorKind::NotFound);
    }

    const Jid romeo = Jid::fromTrusted(u"romeo@example.net"_s);
};

} // namespace cumulet

using cumulet::KeychainSecretStoreTest;
CUMULET_TEST(KeychainSecretStoreTest)
#include "KeychainSecretStoreTest.moc"
