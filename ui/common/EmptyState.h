#pragma once

#include "ui/common/Theme.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QHBoxLayout;
class QPushButton;
QT_END_NAMESPACE

namespace cumulet {

class PlainLabel;

/// What stands in an empty place: a quiet sign, a sentence, at most a line of detail, and one clear button.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(const Theme &theme, QWidget *parent = nullptr);

    /// sentence says what is (not) here; detail, if any, what it means.
    void setWords(const QString &sentence, const QString &detail = {});
    /// The first button is the clear one; more are quiet. The caller connects it.
    QPushButton *addButton(const QString &text);
    void clearButtons();

private:
    const Theme &m_theme;
    PlainLabel *m_sentence;
    PlainLabel *m_detail;
    QHBoxLayout *m_buttons;
};

} // namespace cumulet
