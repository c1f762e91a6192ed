#pragma once

#include "ui/common/Theme.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QPushButton;
QT_END_NAMESPACE

namespace cumulet {

class PlainLabel;

/// A line under a header that says what is wrong or going on, with one action. Never takes the focus; what it says is
/// also told to screen readers, politely. Hidden until it has words.
class Banner : public QWidget
{
    Q_OBJECT
public:
    enum class Tone { Quiet, Warning, Danger };

    explicit Banner(const Theme &theme, QWidget *parent = nullptr);

    /// Empty text hides it; empty action leaves out the button.
    void setMessage(Tone tone, const QString &text, const QString &action = {});
    void clear() { setMessage(Tone::Quiet, {}); }
    QString text() const;

Q_SIGNALS:
    void activated();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Tone m_tone = Tone::Quiet;
    PlainLabel *m_text;
    QPushButton *m_action;
};

} // namespace cumulet
