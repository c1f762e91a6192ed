#pragma once

#include "services/notify/StandingNotices.h"

#include <QCoreApplication>

namespace cumulet {

/// What a desktop notice says where it does not repeat what somebody wrote.
class NoticeWords
{
    Q_DECLARE_TR_FUNCTIONS(cumulet::NoticeWords)

public:
    static QString of(const StandingNotice &notice);

private:
    static QString ofRole(Affiliation role);
};

} // namespace cumulet
