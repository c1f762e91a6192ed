#pragma once

#include "domain/Account.h"
#include "ui/common/Banner.h"

#include <QCoreApplication>

namespace cumulet {

/// What the banner says about a connection: nothing while all is well.
class ConnectionWords
{
    Q_DECLARE_TR_FUNCTIONS(cumulet::ConnectionWords)

public:
    /// waiting: how many things wait to be sent.
    static void show(Banner &banner, const ConnectionStatus &status, int waiting);
};

} // namespace cumulet
