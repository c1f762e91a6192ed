#pragma once

#include "domain/Identifier.h"
#include "ui/shell/ProgramParts.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QVBoxLayout;
QT_END_NAMESPACE

namespace cumulet {

class AccountListModel;

/// The narrow bar of accounts: one button each, one to add another. Choosing an account narrows the list to it,
/// choosing it again shows all. Hidden with less than two accounts.
class AccountRail : public QWidget
{
    Q_OBJECT

public:
    AccountRail(const ProgramParts &parts, AccountListModel &model, QWidget *parent = nullptr);

    AccountId chosen() const { return m_chosen; }

Q_SIGNALS:
    void accountChosen(cumulet::AccountId account); ///< 0: all
    void addRequested();
    void settingsRequested();

private:
    void rebuild();

    ProgramParts m_parts;
    AccountListModel &m_model;
    QVBoxLayout *m_buttons;
    AccountId m_chosen = 0;
};

} // namespace cumulet
