#pragma once

#include "domain/Async.h"
#include "domain/Jid.h"

#include <QString>

namespace cumulet {

/// Where passwords are kept: the system's keyring, and, only if the user said so, a file of mode 0600.
class SecretStore
{
public:
    virtual ~SecretStore() = default;

    /// Whether a keyring answers: tried by writing and reading a probe. False is a normal answer.
    virtual Future<bool> hasKeyring() = 0;
    /// NotFound where there is none.
    virtual Future<QString> password(const Jid &account) = 0;
    /// inFile: the user agreed to keep it in a file, since there is no keyring.
    virtual Future<Done> setPassword(const Jid &account, const QString &password, bool inFile) = 0;
    virtual Future<Done> removePassword(const Jid &account) = 0;
};

} // namespace cumulet
