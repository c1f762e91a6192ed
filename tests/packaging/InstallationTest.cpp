#include "kit/TestMain.h"

#include <QFileInfo>
#include <QProcess>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

// Installs into a folder and looks at the result with the validators of freedesktop.org.
class InstallationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theProgramRuns();
    void theDesktopEntryIsValid();
    void theDescriptionIsValid();
    void theIconIsThereUnderTheNameThatTheEntryGives();

private:
    /// What the program says; no value: it could not be run or did not end well.
    static std::optional<QString> run(const QString &program, const QStringList &arguments, QString *said = nullptr);
    QString installed(const QString &path) const { return m_folder.filePath(path); }

    QTemporaryDir m_folder;
};

std::optional<QString> InstallationTest::run(const QString &program, const QStringList &arguments, QString *said)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    const bool hasEnded = process.waitForFinished(100'000);
    const QString output = QString::fromUtf8(process.readAll());
    if (said) {
        *said = output + process.errorString();
    }
    return hasEnded && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0 ? std::optional(output)
                                                                                               : std::nullopt;
}

void InstallationTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QString said;
    QVERIFY2(
        run(u"cmake"_s, {u"--install"_s, QStringLiteral(CUMULET_BINARY_DIR), u"--prefix"_s, m_folder.path()}, &said),
        qPrintable(said));
}

void InstallationTest::theProgramRuns()
{
    QString said;
    const auto version = run(installed(u"bin/cumulet"_s), {u"--version"_s}, &said);
    QVERIFY2(version, qPrintable(said));
    QVERIFY(version->contains(QStringLiteral(CUMULET_VERSION)));
}

void InstallationTest::theDesktopEntryIsValid()
{
    if (QStandardPaths::findExecutable(u"desktop-file-validate"_s).isEmpty()) {
        QSKIP("desktop-file-validate is not installed");
    }
    QString said;
    const auto faults =
        run(u"desktop-file-validate"_s, {installed(u"share/applications/im.cumulet.Cumulet.desktop"_s)}, &said);
    QVERIFY2(faults, qPrintable(said));
    QCOMPARE(*faults, QString()); // hints too
}

void InstallationTest::theDescriptionIsValid()
{
    if (QStandardPaths::findExecutable(u"appstreamcli"_s).isEmpty()) {
        QSKIP("appstreamcli is not installed");
    }
    QString said;
    QVERIFY2(run(u"appstreamcli"_s,
                 {u"validate"_s, u"--no-net"_s, u"--explain"_s,
                     installed(u"share/metainfo/im.cumulet.Cumulet.metainfo.xml"_s)},
                 &said),
        qPrintable(said));
}

void InstallationTest::theIconIsThereUnderTheNameThatTheEntryGives()
{
    const QSettings entry(installed(u"share/applications/im.cumulet.Cumulet.desktop"_s), QSettings::IniFormat);
    const QString icon = entry.value(u"Desktop Entry/Icon"_s).toString();
    QVERIFY(!icon.isEmpty());
    QVERIFY(QFileInfo(installed(u"share/icons/hicolor/scalable/apps/"_s + icon + u".svg"_s)).size() > 0);
}

CUMULET_TEST(InstallationTest)
#include "InstallationTest.moc"
