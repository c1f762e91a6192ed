#pragma once

#include "services/account/Accounts.h"
#include "ui/shell/ProgramParts.h"

#include <QObject>

namespace cumulet {

class Toast;

/// The way back from what was just deleted or posted: a word with "Undo" at the lower edge of the window, and Ctrl+Z.
class UndoOffers : public QObject
{
    Q_OBJECT

public:
    UndoOffers(const ProgramParts &parts, Toast &toast, QObject *parent = nullptr);

    /// Takes back what was written or deleted last in that account.
    void undoLatest(AccountId account);
    /// The window closes: what is held goes.
    void release();

private:
    void followAccount(AccountId id);
    void offer(AccountId account, PostRow row, bool isThreadStart, std::chrono::milliseconds time);
    void report(const Result<Done> &done);

    ProgramParts m_parts;
    Toast &m_toast;
    AccountId m_account = 0;
    PostRow m_row = 0; // what the toast offers to undo; 0: it speaks of something else
};

} // namespace cumulet
