#include "platform/PasswordFile.h"

#include "kit/TestMain.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace cumulet {

class PasswordFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"deep/passwords.json"_s);
    }

    void passwordsAreKeptForEachAccount()
    {
        const PasswordFile file(m_path);
        QCOMPARE(file.password(romeo).error().kind, ErrorKind::NotFound);
        QVERIFY(file.setPassword(romeo, u"ő\"\n"_s));
        QVERIFY(file.setPassword(juliet, u"second"_s));
        QCOMPARE(*PasswordFile(m_path).password(romeo.withResource(u"x"_s)), u"ő\"\n"_s);
        QVERIFY(file.removePassword(romeo));
        QCOMPARE(file.password(romeo).error().kind, ErrorKind::NotFound);
        QCOMPARE(*file.password(juliet), u"second"_s);
        QVERIFY(file.removePassword(juliet));
        QVERIFY(file.removePassword(juliet));
        QVERIFY(!QFile::exists(m_path));
    }

    void onlyTheOwnerMayReadIt()
    {
        const PasswordFile file(m_path);
        QVERIFY(file.setPassword(romeo, u"secret"_s));
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(!(QFile::permissions(m_path) & others));
        QVERIFY(QFile::setPermissions(m_path, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
        QCOMPARE(file.password(romeo).error().kind, ErrorKind::NotAllowed);
        QCOMPARE(file.setPassword(romeo, u"other"_s).error().kind, ErrorKind::NotAllowed);
    }

    void aDamagedFileIsNotOverwritten()
    {
        const PasswordFile file(m_path);
        QVERIFY(file.setPassword(romeo, u"secret"_s));
        QFile damaged(m_path);
        QVERIFY(damaged.open(QIODevice::WriteOnly | QIODevice::Truncate));
        damaged.write("{\"rom");
        damaged.close();
        QCOMPARE(file.setPassword(juliet, u"x"_s).error().kind, ErrorKind::Malformed);
        QVERIFY(damaged.open(QIODevice::ReadOnly));
        QCOMPARE(damaged.readAll(), "{\"rom");
    }

private:
    const Jid romeo = Jid::fromTrusted(u"romeo@example.net"_s);
    const Jid juliet = Jid::fromTrusted(u"juliet@example.net"_s);
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

} // namespace cumulet

using cumulet::PasswordFileTest;
CUMULET_TEST(PasswordFileTest)
#include "PasswordFileTest.moc"
