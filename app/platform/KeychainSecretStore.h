#pragma once

#include "platform/PasswordFile.h"
#include "platform/SecretStore.h"

#include <QObject>
#include <QThreadPool>

namespace cumulet {

/// Passwords in the system's keyring (QtKeychain), or in "passwords.json" of the profile where the user said so.
/// Nothing waits in the calling thread: the keyring answers over D-Bus, the file is read on a worker thread.
class KeychainSecretStore : public QObject, public SecretStore
{
    Q_OBJECT

public:
    /// keyringService: the name our entries have in the keyring; profiles that shall not share passwords take different
    /// ones.
    explicit KeychainSecretStore(const QString &profileFolder,
        const QString &keyringService = QStringLiteral("Cumulet"), QObject *parent = nullptr);
    ~KeychainSecretStore() override;

    Future<bool> hasKeyring() override;
    Future<QString> password(const Jid &account) override;
    Future<Done> setPassword(const Jid &account, const QString &password, bool inFile) override;
    Future<Done> removePassword(const Jid &account) override;

private:
    Future<QString> readKeyring(const QString &key);
    Future<Done> writeKeyring(const QString &key, const QString &secret);
    Future<Done> removeFromKeyring(const QString &key);
    template <typename T> Future<T> onFile(std::function<Result<T>(const PasswordFile &)> job);

    QString m_service;
    PasswordFile m_file;
    QThreadPool m_fileThread; // one thread: jobs stay in order
};

} // namespace cumulet
