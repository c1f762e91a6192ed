#include "ui/common/PlainLabel.h"

#include <QEvent>

namespace cumulet {

PlainLabel::PlainLabel(const Theme &theme, Theme::Type type, Theme::Token ink, QWidget *parent)
    : QLabel(parent)
    , m_theme(&theme)
    , m_type(type)
    , m_ink(ink)
{
    setTextFormat(Qt::PlainText);
    setForegroundRole(QPalette::WindowText); // else it would change with the ground of the parent
    connect(&theme, &Theme::changed, this, &PlainLabel::takeTheme);
    takeTheme();
}

void PlainLabel::takeTheme()
{
    if (!m_theme || m_taking)
        return;
    m_taking = true;
    setFont(m_theme->font(m_type, m_weight));
    QPalette own = palette();
    own.setColor(foregroundRole(), m_theme->color(m_ink));
    setPalette(own);
    m_taking = false;
}

void PlainLabel::setWeight(QFont::Weight weight)
{
    m_weight = weight;
    takeTheme();
}

void PlainLabel::setInk(Theme::Token ink)
{
    m_ink = ink;
    takeTheme();
}

void PlainLabel::setElided(bool elided)
{
    m_elided = elided;
    showText();
}

void PlainLabel::setText(const QString &text)
{
    m_text = text;
    showText();
}

void PlainLabel::showText()
{
    if (!m_elided) {
        QLabel::setText(m_text);
        return;
    }
    const QString line = m_text.left(1000).simplified();
    const QString fitting = fontMetrics().elidedText(line, Qt::ElideRight, contentsRect().width());
    if (QLabel::text() != fitting)
        QLabel::setText(fitting);
    setToolTip(fitting == line ? QString() : plainToolTip(line));
}

// the whole text's width, or a label that was once narrow would never ask for more
QSize PlainLabel::sizeHint() const
{
    const QSize own = QLabel::sizeHint();
    return m_elided ? QSize(fontMetrics().horizontalAdvance(m_text.left(1000).simplified()) + 2, own.height()) : own;
}

QSize PlainLabel::minimumSizeHint() const
{
    return m_elided ? QSize(fontMetrics().averageCharWidth() * 4, QLabel::minimumSizeHint().height())
                    : QLabel::minimumSizeHint();
}

void PlainLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    if (m_elided)
        showText();
}

void PlainLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange)
        takeTheme();
}

QString plainToolTip(const QString &text)
{
    return text.isEmpty() ? QString() : Qt::convertFromPlainText(text.left(2000), Qt::WhiteSpaceNormal);
}

} // namespace cumulet
