#pragma once

#include "domain/Identifier.h"
#include "domain/Roster.h"
#include "ui/shell/ProgramParts.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QPushButton;
QT_END_NAMESPACE

namespace cumulet {

class PlainLabel;

/// Says who asks to see our status, one at a time, with the two answers. Hidden while nobody does.
class RequestBar : public QWidget
{
    Q_OBJECT

public:
    explicit RequestBar(const ProgramParts &parts, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void followAccount(AccountId id);
    void refresh();
    void answer(bool accepts);

    ProgramParts m_parts;
    PlainLabel *m_words;
    QPushButton *m_accept;
    QPushButton *m_refuse;
    AccountId m_account = 0;
    Jid m_jid;
};

} // namespace cumulet
