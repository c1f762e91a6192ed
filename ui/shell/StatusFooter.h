#pragma once

#include "ui/shell/ProgramParts.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QMenu;
class QToolButton;
QT_END_NAMESPACE

namespace cumulet {

class AccountListModel;
class AvatarLabel;
class PlainLabel;

/// The foot of the list: who I am and whether I am reachable; its menu changes that for every account.
class StatusFooter : public QWidget
{
    Q_OBJECT

public:
    StatusFooter(const ProgramParts &parts, AccountListModel &model, QWidget *parent = nullptr);

    /// The menu of statuses, for the menu bar too.
    QMenu *menu() const { return m_menu; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    void choose(int show);
    void editText();

    ProgramParts m_parts;
    AccountListModel &m_model;
    AvatarLabel *m_picture;
    PlainLabel *m_words;
    QToolButton *m_button;
    QMenu *m_menu;
};

} // namespace cumulet
