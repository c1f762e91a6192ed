#include "services/account/AccountService.h"

#include "kit/TestMain.h"
#include "kit/fakes/FakeSecretStore.h"
#include "services/StoreBench.h"

#include <QSignalSpy>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

namespace {

struct Bench : StoreBench
{
    Account wanted() const
    {
        Account wanted;
        wanted.jid = juliet;
        return wanted;
    }
    FakeSecretStore secrets;
    AccountService service{*accounts, secrets};
};

} // namespace

class AccountServiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loadTellsEveryStoredAccount()
    {
        Bench bench;
        QSignalSpy added(&bench.service, &AccountService::accountAdded);
        QVERIFY(await(bench.service.load()));
        QCOMPARE(added.size(), 1);
        QCOMPARE(bench.service.accounts().first().jid, bench.romeo);
    }

    void addingKeepsThePasswordWhereTheUserSaid_data()
    {
        QTest::addColumn<AccountService::PasswordPlace>("place");
        QTest::addColumn<bool>("isStored");
        QTest::addColumn<bool>("isInFile");
        QTest::newRow("keyring") << AccountService::PasswordPlace::Keyring << true << false;
        QTest::newRow("file") << AccountService::PasswordPlace::File << true << true;
        QTest::newRow("nowhere") << AccountService::PasswordPlace::AskEachTime << false << false;
    }

    void addingKeepsThePasswordWhereTheUserSaid()
    {
        QFETCH(AccountService::PasswordPlace, place);
        QFETCH(bool, isStored);
        QFETCH(bool, isInFile);
        Bench bench;
        const auto added = await(bench.service.add(bench.wanted(), u"secret"_s, place));
        QVERIFY(added);
        QCOMPARE(bench.secrets.passwords.contains(bench.juliet), isStored);
        QCOMPARE(bench.secrets.inFile.contains(bench.juliet), isInFile);
        QCOMPARE(added->asksForPassword, !isStored);
        QCOMPARE(await(bench.accounts->accounts())->size(), 2);
    }

    void thePasswordIsNeverInTheDatabase()
    {
        Bench bench;
        QVERIFY(
            await(bench.service.add(bench.wanted(), u"correct horse battery"_s, AccountService::PasswordPlace::File)));
        bench.database.reset();
        for (const QFileInfo &file : QDir(bench.folder.path()).entryInfoList(QDir::Files)) {
            QFile content(file.filePath());
            QVERIFY(content.open(QIODevice::ReadOnly));
            QVERIFY(!content.readAll().contains("correct horse"));
        }
    }

    void theSameAddressTwiceIsAConflict()
    {
        Bench bench;
        Account again;
        again.jid = bench.romeo;
        const auto added = await(bench.service.add(again, u"x"_s, AccountService::PasswordPlace::Keyring));
        QVERIFY(!added);
        QCOMPARE(added.error().kind, ErrorKind::Conflict);
        QVERIFY(bench.secrets.passwords.isEmpty());
    }

    void anAccountWhosePasswordCannotBeKeptIsNotAdded()
    {
        Bench bench;
        bench.secrets.refusal = Error{ErrorKind::Storage, u"locked"_s};
        QSignalSpy told(&bench.service, &AccountService::accountAdded);
        const auto added = await(bench.service.add(bench.wanted(), u"x"_s, AccountService::PasswordPlace::Keyring));
        QVERIFY(!added);
        QCOMPARE(added.error().kind, ErrorKind::Storage);
        QCOMPARE(told.size(), 0);
        QCOMPARE(await(bench.accounts->accounts())->size(), 1);
    }

    void aChangeIsStoredThenTold()
    {
        Bench bench;
        QVERIFY(await(bench.service.load()));
        QSignalSpy changed(&bench.service, &AccountService::accountChanged);
        Account account = bench.account;
        account.statusText = u"on the balcony"_s;
        QVERIFY(await(bench.service.change(account)));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(bench.service.account(account.id)->statusText, u"on the balcony"_s);
        QCOMPARE(await(bench.accounts->accounts())->first().statusText, u"on the balcony"_s);
    }

    void aNewPasswordGoesWhereTheOldOneWas()
    {
        Bench bench;
        QVERIFY(await(bench.service.load()));
        QSignalSpy changed(&bench.service, &AccountService::accountChanged);
        QVERIFY(await(bench.service.setPassword(bench.account.id, u"new"_s)));
        QVERIFY(!bench.secrets.inFile.contains(bench.romeo));
        bench.secrets.keyringAnswers = false;
        QVERIFY(await(bench.service.setPassword(bench.account.id, u"newer"_s)));
        QVERIFY(bench.secrets.inFile.contains(bench.romeo));
        QCOMPARE(changed.size(), 2); // the session reads it again
    }

    void aPasswordThatIsAskedEachTimeIsNotKept()
    {
        Bench bench;
        const auto added = await(bench.service.add(bench.wanted(), u"x"_s, AccountService::PasswordPlace::AskEachTime));
        QVERIFY(await(bench.service.setPassword(added->id, u"new"_s)));
        QVERIFY(bench.secrets.passwords.isEmpty());
    }

    void removingForgetsPasswordAndRowsAfterTheServicesAreGone()
    {
        Bench bench;
        QVERIFY(await(bench.service.load()));
        bench.secrets.passwords.insert(bench.romeo, u"secret"_s);
        qsizetype storedWhenTold = -1;
        connect(&bench.service, &AccountService::accountRemoved, this, [&](AccountId id) {
            QCOMPARE(id, bench.account.id);
            storedWhenTold = await(bench.accounts->accounts())->size();
        });
        QVERIFY(await(bench.service.remove(bench.account.id)));
        QCOMPARE(storedWhenTold, 1);
        QVERIFY(bench.service.accounts().isEmpty());
        QVERIFY(bench.secrets.passwords.isEmpty());
        QVERIFY(await(bench.accounts->accounts())->isEmpty());
    }

    void aTrustedCertificateIsKept()
    {
        Bench bench;
        QVERIFY(await(bench.service.load()));
        QVERIFY(await(bench.service.trustCertificate(bench.account.id, "f00d")));
        QCOMPARE(await(bench.accounts->accounts())->first().trustedCertificate, "f00d");
    }

    void anUnknownAccountIsNotFound()
    {
        Bench bench;
        for (const auto &answer : {await(bench.service.remove(99)), await(bench.service.setPassword(99, u"x"_s)),
                 await(bench.service.trustCertificate(99, "x"))}) {
            QVERIFY(!answer);
            QCOMPARE(answer.error().kind, ErrorKind::NotFound);
        }
    }
};

CUMULET_TEST(AccountServiceTest)
#include "AccountServiceTest.moc"
