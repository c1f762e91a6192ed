#include "platform/KeychainSecretStore.h"

#include <QPromise>
#include <QTimer>
#include <QUuid>
#include <QtConcurrentRun>

#include <qt6keychain/keychain.h>

#include <chrono>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace cumulet {

// a keyring may ask the user to unlock it, which takes as long as it takes; a dead one is given up
static constexpr auto keyringLimit = 2min;

static Error toError(const QKeychain::Job &job)
{
    const auto kind = job.error() == QKeychain::EntryNotFound                                    ? ErrorKind::NotFound
        : job.error() == QKeychain::AccessDenied || job.error() == QKeychain::AccessDeniedByUser ? ErrorKind::NotAllowed
                                                                                                 : ErrorKind::Storage;
    return {kind, job.errorString()};
}

// Starts a job; take makes the answer of one that succeeded. The job deletes itself when it is done.
template <typename T, typename Job, typename Take> static Future<T> answerOf(Job *job, QObject *context, Take take)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    const auto finish = [promise](Result<T> result) {
        if (!promise->future().isFinished()) {
            promise->addResult(std::move(result));
            promise->finish();
        }
    };
    QObject::connect(job, &QKeychain::Job::finished, context, [finish, take](QKeychain::Job *done) {
        if (done->error() != QKeychain::NoError) {
            finish(toError(*done));
        } else {
            finish(take(static_cast<Job *>(done)));
        }
    });
    QTimer::singleShot(
        keyringLimit, context, [finish] { finish(Error{ErrorKind::Timeout, u"the keyring does not answer"_s}); });
    job->setInsecureFallback(false);
    job->start();
    return promise->future();
}

KeychainSecretStore::KeychainSecretStore(const QString &profileFolder, const QString &keyringService, QObject *parent)
    : QObject(parent)
    , m_service(keyringService)
    , m_file(profileFolder + u"/passwords.json"_s)
{
    m_fileThread.setMaxThreadCount(1);
}

KeychainSecretStore::~KeychainSecretStore()
{
    m_fileThread.waitForDone(); // what was to be kept is kept
}

template <typename T> Future<T> KeychainSecretStore::onFile(std::function<Result<T>(const PasswordFile &)> job)
{
    return QtConcurrent::run(&m_fileThread, [file = m_file, job = std::move(job)] { return job(file); });
}

Future<QString> KeychainSecretStore::readKeyring(const QString &key)
{
    auto *job = new QKeychain::ReadPasswordJob(m_service);
    job->setKey(key);
    return answerOf<QString>(job, this, [](QKeychain::ReadPasswordJob *done) { return done->textData(); });
}

Future<Done> KeychainSecretStore::writeKeyring(const QString &key, const QString &secret)
{
    auto *job = new QKeychain::WritePasswordJob(m_service);
    job->setKey(key);
    job->setTextData(secret);
    return answerOf<Done>(job, this, [](QKeychain::Job *) { return Done{}; });
}

Future<Done> KeychainSecretStore::removeFromKeyring(const QString &key)
{
    auto *job = new QKeychain::DeletePasswordJob(m_service);
    job->setKey(key);
    return answerOf<Done>(job, this, [](QKeychain::Job *) { return Done{}; });
}

Future<bool> KeychainSecretStore::hasKeyring()
{
    const auto key = u"probe"_s;
    const auto word = QUuid::createUuid().toString(QUuid::WithoutBraces);
    auto read = andThen(writeKeyring(key, word), this, [this, key](Done) { return readKeyring(key); });
    return eitherWay(read, this, [this, key, word](Result<QString> result) {
        const bool isKept = result && *result == word;
        if (isKept) {
            whenDone(removeFromKeyring(key), this, [](const Result<Done> &) {});
        }
        return Result<bool>(isKept);
    });
}

Future<QString> KeychainSecretStore::password(const Jid &account)
{
    return eitherWay(readKeyring(account.bare().text()), this, [this, account](Result<QString> kept) {
        if (kept) {
            return ready(*kept);
        }
        return onFile<QString>([account](const PasswordFile &file) { return file.password(account); });
    });
}

Future<Done> KeychainSecretStore::setPassword(const Jid &account, const QString &password, bool inFile)
{
    if (inFile) {
        return onFile<Done>(
            [account, password](const PasswordFile &file) { return file.setPassword(account, password); });
    }
    // one that is in the keyring now does not stay in the file
    return andThen(writeKeyring(account.bare().text(), password), this, [this, account](Done) {
        return onFile<Done>([account](const PasswordFile &file) { return file.removePassword(account); });
    });
}

Future<Done> KeychainSecretStore::removePassword(const Jid &account)
{
    // no keyring, or nothing in it, is as good as removed
    return eitherWay(removeFromKeyring(account.bare().text()), this, [this, account](const Result<Done> &) {
        return onFile<Done>([account](const PasswordFile &file) { return file.removePassword(account); });
    });
}

} // namespace cumulet
