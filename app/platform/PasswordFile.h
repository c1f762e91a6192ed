#pragma once

#include "domain/Jid.h"
#include "domain/Result.h"

namespace cumulet {

/// Passwords in a file of mode 0600, for people without a keyring who said so. Blocking: called on a worker thread.
/// A file that somebody else may read is not used: NotAllowed.
class PasswordFile
{
public:
    explicit PasswordFile(const QString &path)
        : m_path(path)
    {
    }

    Result<QString> password(const Jid &account) const;
    Result<Done> setPassword(const Jid &account, const QString &password) const;
    /// Harmless when there is none; the file goes with the last one.
    Result<Done> removePassword(const Jid &account) const;

private:
    QString m_path;
};

} // namespace cumulet
