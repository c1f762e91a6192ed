#pragma once

#include "domain/Conversation.h"
#include "ui/shell/ProgramParts.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QListWidget;
class QListWidgetItem;
QT_END_NAMESPACE

namespace cumulet {

/// The followed channels, each with a mark whether it is in Home.
class HomeDetails : public QWidget
{
    Q_OBJECT

public:
    HomeDetails(const ProgramParts &parts, AccountId account, QWidget *parent = nullptr);

Q_SIGNALS:
    void changed(); ///< what belongs in Home
    void said(const QString &words);

private:
    QString titleOf(const Conversation &entry) const;
    void fill();
    void choose(QListWidgetItem *item);

    ProgramParts m_parts;
    AccountId m_account;
    QListWidget *m_list;
};

} // namespace cumulet
