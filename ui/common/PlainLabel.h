#pragma once

#include "ui/common/Theme.h"

#include <QLabel>
#include <QPointer>

namespace cumulet {

/// A label for words that may be a stranger's: always plain text, in a type and colour of the theme, followed live.
/// With elision on it stays one line and shows the whole in its tooltip.
class PlainLabel : public QLabel
{
    Q_OBJECT
public:
    PlainLabel(const Theme &theme, Theme::Type type, Theme::Token ink, QWidget *parent = nullptr);

    void setWeight(QFont::Weight weight);
    void setInk(Theme::Token ink);
    void setElided(bool elided);
    /// Like QLabel::setText, but never rich text.
    void setText(const QString &text);
    QString text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void takeTheme();
    void showText();

    QPointer<const Theme> m_theme;
    Theme::Type m_type;
    Theme::Token m_ink;
    QFont::Weight m_weight = QFont::Normal;
    bool m_elided = false;
    bool m_taking = false;
    QString m_text;
};

/// text made safe for setToolTip(), which would take "<b>" for markup.
QString plainToolTip(const QString &text);

} // namespace cumulet
