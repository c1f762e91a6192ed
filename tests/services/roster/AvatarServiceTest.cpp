#include "services/roster/AvatarService.h"

#include "kit/TestMain.h"
#include "kit/fakes/FakeAvatarWire.h"
#include "services/StoreBench.h"

#include <QSignalSpy>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

namespace {

const QByteArray roseHash = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
const QByteArray thornHash = "0beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33";

Avatar picture(const QByteArray &sha1)
{
    return {sha1, "picture of " + sha1, u"image/png"_s};
}

struct Bench : StoreBench
{
    FakeAvatarWire wire;
    AvatarService avatars{account.id, wire, *rosters};
};

} // namespace

class AvatarServiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAnnouncedPictureIsFetchedAndKept()
    {
        Bench bench;
        QSignalSpy changed(&bench.avatars, &AvatarService::avatarChanged);
        Q_EMIT bench.wire.avatarAnnounced(bench.juliet, roseHash);
        bench.settle();
        QCOMPARE(bench.wire.fetched, QList<Jid>({bench.juliet}));
        bench.wire.answers.answer(picture(roseHash));
        bench.settle();
        QCOMPARE(changed.size(), 1);
        QCOMPARE(bench.avatars.hashOf(bench.juliet), roseHash);
        QCOMPARE(await(bench.avatars.picture(bench.juliet))->data, picture(roseHash).data);
    }

    void storedPicturesAreThereBeforeAnyNetwork()
    {
        Bench bench;
        QVERIFY(await(bench.rosters->keepAvatar(bench.account.id, bench.juliet, picture(roseHash))));
        QVERIFY(await(bench.avatars.load()));
        QCOMPARE(bench.avatars.hashOf(bench.juliet), roseHash);
        Q_EMIT bench.wire.avatarAnnounced(bench.juliet, roseHash);
        bench.settle();
        QVERIFY(bench.wire.fetched.isEmpty());
    }

    void aPictureThatSomebodyElseHasIsNotFetchedAgain()
    {
        Bench bench;
        QVERIFY(await(bench.rosters->keepAvatar(bench.account.id, bench.juliet, picture(roseHash))));
        bench.avatars.noteHash(bench.nurse, roseHash);
        bench.settle();
        QVERIFY(bench.wire.fetched.isEmpty());
        QCOMPARE(bench.avatars.hashOf(bench.nurse), roseHash);
    }

    void eachHashIsLookedForOnce()
    {
        // a vCard hash that no picture matches is repeated by every presence
        Bench bench;
        bench.avatars.noteHash(bench.juliet.withResource(u"a"_s), thornHash);
        bench.settle();
        bench.wire.answers.answer(picture(roseHash));
        bench.settle();
        bench.avatars.noteHash(bench.juliet.withResource(u"b"_s), thornHash);
        bench.settle();
        QCOMPARE(bench.wire.fetched.size(), 1);
        QCOMPARE(bench.avatars.hashOf(bench.juliet), roseHash);
    }

    void aFailureOfTheConnectionIsTriedAgainAtTheNextAnnouncement()
    {
        Bench bench;
        bench.avatars.noteHash(bench.juliet, roseHash);
        bench.settle();
        bench.wire.answers.answer(Error{ErrorKind::Timeout, {}});
        bench.avatars.noteHash(bench.juliet, roseHash);
        bench.settle();
        QCOMPARE(bench.wire.fetched.size(), 2);
    }

    void onlyAFewAreFetchedAtATime()
    {
        Bench bench;
        for (int number = 0; number < 10; ++number) {
            bench.avatars.noteHash(
                Jid::fromTrusted(u"c%1@example.org"_s.arg(number)), "aa" + QByteArray::number(number));
        }
        bench.settle();
        QCOMPARE(bench.wire.fetched.size(), 3);
        for (int number = 0; number < 10; ++number) {
            bench.wire.answers.answer(Error{ErrorKind::NotFound, {}});
        }
        QCOMPARE(bench.wire.fetched.size(), 10);
    }

    void aWithdrawnPictureIsForgotten()
    {
        Bench bench;
        QVERIFY(await(bench.rosters->keepAvatar(bench.account.id, bench.juliet, picture(roseHash))));
        QVERIFY(await(bench.avatars.load()));
        Q_EMIT bench.wire.avatarAnnounced(bench.juliet, {});
        bench.settle();
        QVERIFY(bench.avatars.hashOf(bench.juliet).isEmpty());
        QVERIFY(await(bench.rosters->avatarHashes(bench.account.id))->isEmpty());
    }

    void aPresenceWithoutHashChangesNothing()
    {
        Bench bench;
        QVERIFY(await(bench.rosters->keepAvatar(bench.account.id, bench.juliet, picture(roseHash))));
        QVERIFY(await(bench.avatars.load()));
        bench.avatars.noteHash(bench.juliet, {});
        bench.settle();
        QCOMPARE(bench.avatars.hashOf(bench.juliet), roseHash);
    }

    void strangersPicturesAreNotFetched()
    {
        Bench bench;
        bench.avatars.setAudience([&](const Jid &jid) { return jid == bench.juliet; });
        Q_EMIT bench.wire.avatarAnnounced(bench.mallory, roseHash);
        bench.avatars.noteHash(bench.mallory, roseHash);
        bench.settle();
        QVERIFY(bench.wire.fetched.isEmpty());
    }
};

CUMULET_TEST(AvatarServiceTest)
#include "AvatarServiceTest.moc"
