#pragma once

#include "domain/Identifier.h"
#include "domain/StreamRecord.h"
#include "ui/shell/ProgramParts.h"

#include <QDialog>
#include <QHash>
#include <QList>

QT_BEGIN_NAMESPACE
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
QT_END_NAMESPACE

namespace cumulet {

/// What an account says to its server and hears from it, for those who look for a fault. Nothing is recorded while it is
/// closed; the login and secrets are left out. The newest 500 records are kept.
class ProtocolConsole : public QDialog
{
    Q_OBJECT

public:
    /// account: whose stream is shown at first.
    ProtocolConsole(const ProgramParts &parts, AccountId account, QWidget *parent = nullptr);
    ~ProtocolConsole() override;

private:
    struct Entry
    {
        AccountId account;
        StreamRecord record;
    };

    void build();
    void listen(AccountId account);
    void take(AccountId account, const StreamRecord &record);
    void showAll();
    void append(const Entry &entry);
    bool isWanted(const Entry &entry) const;
    void copyReport() const;

    static constexpr qsizetype most = 500;

    ProgramParts m_parts;
    QComboBox *m_account;
    QLineEdit *m_filter;
    QPlainTextEdit *m_text;
    QList<Entry> m_entries; // oldest first
};

} // namespace cumulet
