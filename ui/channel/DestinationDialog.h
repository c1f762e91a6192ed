#pragma once

#include "domain/Jid.h"
#include "ui/shell/ProgramParts.h"

#include <QDialog>

QT_BEGIN_NAMESPACE
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
QT_END_NAMESPACE

namespace cumulet {

/// Chooses where something goes to: a list that is filtered by typing and, where it is wanted, the text to go there.
class DestinationDialog : public QDialog
{
    Q_OBJECT

public:
    struct Destination
    {
        QString name;
        Jid jid; ///< bare
    };

    /// accept: the word on the button that does it.
    DestinationDialog(
        const ProgramParts &parts, const QString &title, const QString &accept, QWidget *parent = nullptr);

    /// In the order of the list; the first one is chosen.
    void setDestinations(const QList<Destination> &destinations);
    /// Shows the text, which may be changed.
    void setText(const QString &text);

Q_SIGNALS:
    void chosen(const cumulet::Jid &jid, const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void filter(const QString &words);
    void refresh();
    void choose();

    QLineEdit *m_filter;
    QListWidget *m_list;
    QPlainTextEdit *m_text;
    QPushButton *m_accept;
};

} // namespace cumulet
