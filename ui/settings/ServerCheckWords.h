#pragma once

#include "services/check/ServerCheck.h"

#include <QCoreApplication>

namespace cumulet {

/// The words of the server check.
class ServerCheckWords
{
    Q_DECLARE_TR_FUNCTIONS(cumulet::ServerCheckWords)

public:
    /// "Channel directory: works"
    static QString line(const ServerCheck::Line &line);

private:
    static QString subject(const QString &name);
    static QString detail(const ServerCheck::Line &line);
    /// What it means that it is missing.
    static QString lack(const QString &name);
};

} // namespace cumulet
