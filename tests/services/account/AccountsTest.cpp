#include "services/account/Accounts.h"

#include "kit/TestMain.h"
#include "kit/fakes/FakeSecretStore.h"
#include "services/StoreBench.h"
#include "services/account/AccountService.h"

#include <QSignalSpy>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

namespace {

// what the factory made and what is still there
struct Bench : StoreBench
{
    AccountServices make(const Account &of)
    {
        made.append(of.jid);
        AccountServices services;
        services.owner = std::shared_ptr<void>(new int(0), [this](void *owner) {
            ++ended;
            delete static_cast<int *>(owner);
        });
        return services;
    }

    QList<Jid> made;
    int ended = 0;
    FakeSecretStore secrets;
    AccountService service{*accounts, secrets};
};

} // namespace

class AccountsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void servicesAreMadeForEveryAccount()
    {
        Bench bench;
        Accounts running(bench.service, [&](const Account &account) { return bench.make(account); });
        QSignalSpy added(&running, &Accounts::added);
        QVERIFY(await(bench.service.load()));
        QCOMPARE(bench.made, QList<Jid>({bench.romeo}));
        QCOMPARE(added.size(), 1);
        QCOMPARE(running.ids(), QList<AccountId>({bench.account.id}));
        QCOMPARE(running.of(bench.account.id)->account.jid, bench.romeo);
        QCOMPARE(running.of(99), nullptr);
    }

    void accountsThatWereThereBeforeAreTakenToo()
    {
        Bench bench;
        QVERIFY(await(bench.service.load()));
        Accounts running(bench.service, [&](const Account &account) { return bench.make(account); });
        QCOMPARE(running.ids().size(), 1);
    }

    void servicesAreToldBeforeTheyGo()
    {
        Bench bench;
        Accounts running(bench.service, [&](const Account &account) { return bench.make(account); });
        QVERIFY(await(bench.service.load()));
        bool wasThere = false;
        connect(&running, &Accounts::aboutToRemove, this,
            [&](AccountId id) { wasThere = running.of(id) && bench.ended == 0; });
        QVERIFY(await(bench.service.remove(bench.account.id)));
        QVERIFY(wasThere);
        QCOMPARE(bench.ended, 1);
        QCOMPARE(running.of(bench.account.id), nullptr);
    }

    void aChangedAccountIsSeenAtOnce()
    {
        Bench bench;
        Accounts running(bench.service, [&](const Account &account) { return bench.make(account); });
        QVERIFY(await(bench.service.load()));
        QSignalSpy changed(&running, &Accounts::changed);
        Account account = bench.account;
        account.statusText = u"away"_s;
        QVERIFY(await(bench.service.change(account)));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(running.of(account.id)->account.statusText, u"away"_s);
    }

    void everythingEndsWithIt()
    {
        Bench bench;
        {
            Accounts running(bench.service, [&](const Account &account) { return bench.make(account); });
            QVERIFY(await(bench.service.load()));
        }
        QCOMPARE(bench.ended, 1);
    }
};

CUMULET_TEST(AccountsTest)
#include "AccountsTest.moc"
