#pragma once

#include "platform/SecretStore.h"

#include <QHash>
#include <QSet>

#include <optional>

namespace cumulet::tests {

/// Passwords in memory, in a "keyring" or a "file".
class FakeSecretStore : public SecretStore
{
public:
    Future<bool> hasKeyring() override { return ready(keyringAnswers); }
    Future<QString> password(const Jid &account) override
    {
        ++reads;
        return passwords.contains(account) ? ready(passwords.value(account))
                                           : failed<QString>({ErrorKind::NotFound, {}});
    }
    Future<Done> setPassword(const Jid &account, const QString &password, bool toFile) override
    {
        if (refusal) {
            return failed<Done>(*refusal);
        }
        passwords.insert(account, password);
        toFile ? void(inFile.insert(account)) : void(inFile.remove(account));
        return ready(Done{});
    }
    Future<Done> removePassword(const Jid &account) override
    {
        passwords.remove(account);
        return ready(Done{});
    }

    QHash<Jid, QString> passwords;
    QSet<Jid> inFile;
    bool keyringAnswers = true;
    std::optional<Error> refusal; ///< answer to setPassword()
    int reads = 0;
};

} // namespace cumulet::tests
