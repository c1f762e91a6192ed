#pragma once

#include "domain/Account.h"
#include "domain/Async.h"
#include "store/AccountStore.h"
#include "store/ConversationStore.h"
#include "store/Database.h"
#include "store/MessageStore.h"
#include "store/RosterStore.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <memory>
#include <semaphore>

namespace cumulet::tests {

/// Runs the event loop until the answer is there; after ten seconds the answer is Canceled.
template <typename T> Result<T> await(Future<T> future)
{
    Result<T> answer;
    bool isThere = false;
    QEventLoop loop; // goes first: what waits for an answer ends with it, and writes to the others
    QTimer::singleShot(10'000, &loop, &QEventLoop::quit);
    future
        .then(&loop,
            [&](Result<T> result) {
                answer = std::move(result);
                isThere = true;
                loop.quit();
            })
        .onCanceled(&loop, [&] {
            isThere = true;
            loop.quit();
        });
    if (!isThere) {
        loop.exec();
    }
    return answer;
}

/// A real database in a temporary folder with one account, romeo@example.org.
class StoreBench
{
public:
    StoreBench()
    {
        open();
        Account romeoAccount;
        romeoAccount.jid = romeo;
        account = await(accounts->save(romeoAccount)).value();
    }

    /// As after a restart of the program.
    void reopen()
    {
        database.reset();
        open();
    }

    /// Waits until the store has done what it was asked so far, while nobody hears its answers.
    void letTheStoreWork()
    {
        std::binary_semaphore isDone(0);
        const auto last = database->run<Done>([&isDone](Connection &) -> Result<Done> {
            isDone.release();
            return Done{};
        });
        isDone.acquire();
    }

    /// Waits until everything that has been set going has come to rest.
    void settle()
    {
        for (int round = 0; round < 60; ++round) {
            (void)await(database->settle());
            QCoreApplication::processEvents();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
    }

    const Jid romeo = Jid::fromTrusted(QStringLiteral("romeo@example.org"));
    const Jid juliet = Jid::fromTrusted(QStringLiteral("juliet@example.org"));
    const Jid nurse = Jid::fromTrusted(QStringLiteral("nurse@example.org"));
    const Jid mallory = Jid::fromTrusted(QStringLiteral("mallory@evil.example"));
    // in memory where that is possible: what is tested is not the disk
    QTemporaryDir folder{QDir(QStringLiteral("/dev/shm")).exists()
            ? QStringLiteral("/dev/shm/cumulet-services-XXXXXX")
            : QDir::tempPath() + QStringLiteral("/cumulet-services-XXXXXX")};
    std::unique_ptr<Database> database;
    std::unique_ptr<AccountStore> accounts;
    std::unique_ptr<MessageStore> messages;
    std::unique_ptr<ConversationStore> conversations;
    std::unique_ptr<RosterStore> rosters;
    Account account;

private:
    void open()
    {
        database = std::make_unique<Database>();
        accounts = std::make_unique<AccountStore>(*database);
        messages = std::make_unique<MessageStore>(*database);
        conversations = std::make_unique<ConversationStore>(*database);
        rosters = std::make_unique<RosterStore>(*database);
        const auto opened = await(database->open(folder.filePath(QStringLiteral("cumulet.sqlite"))));
        Q_ASSERT(opened && opened->obstacle == Database::Obstacle::None);
    }
};

} // namespace cumulet::tests
