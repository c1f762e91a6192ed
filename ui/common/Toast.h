#pragma once

#include "ui/common/Theme.h"

#include <QTimer>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QPushButton;
QT_END_NAMESPACE

namespace cumulet {

class PlainLabel;

/// A short word over the lower edge of its parent that leaves by itself, with an optional way back ("Undo").
class Toast : public QWidget
{
    Q_OBJECT
public:
    Toast(const Theme &theme, QWidget *parent);

    /// Shows text for milliseconds; one shown before expires at once.
    void showMessage(const QString &text, const QString &action = {}, int milliseconds = 8000);
    bool isShowing() const { return m_timer.isActive(); }
    /// Takes the action, as Ctrl+Z does while it shows.
    void activate();

Q_SIGNALS:
    void activated();
    /// The time for the action is over.
    void expired();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void finish(bool taken);
    void place();

    const Theme &m_theme;
    PlainLabel *m_text;
    QPushButton *m_action;
    QTimer m_timer;
};

} // namespace cumulet
