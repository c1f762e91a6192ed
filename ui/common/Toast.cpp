#include "ui/common/Toast.h"

#include "ui/common/PlainLabel.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

#include <algorithm>

namespace cumulet {

Toast::Toast(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_text(new PlainLabel(theme, Theme::Type::Body, Theme::Text))
    , m_action(new QPushButton)
{
    setEmphasis(m_action, Emphasis::Link);
    m_action->setAutoDefault(false);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(Theme::wide, Theme::small, Theme::wide, Theme::small);
    line->setSpacing(Theme::medium);
    line->addWidget(m_text, 1);
    line->addWidget(m_action);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { finish(false); });
    connect(m_action, &QPushButton::clicked, this, &Toast::activate);
    parent->installEventFilter(this);
    hide();
}

void Toast::showMessage(const QString &text, const QString &action, int milliseconds)
{
    if (m_timer.isActive())
        finish(false);
    m_text->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    setAccessibleName(text);
    place();
    show();
    raise();
    m_timer.start(milliseconds);
    if (QAccessible::isActive()) {
        QAccessibleAnnouncementEvent news(this, text);
        QAccessible::updateAccessibility(&news);
    }
}

void Toast::activate()
{
    if (m_timer.isActive())
        finish(true);
}

void Toast::finish(bool taken)
{
    m_timer.stop();
    hide();
    if (taken)
        Q_EMIT activated();
    else
        Q_EMIT expired();
}

void Toast::place()
{
    const QSize room = parentWidget()->size();
    const QSize wanted = sizeHint().boundedTo(QSize(room.width() - 2 * Theme::wide, room.height()));
    setGeometry(
        QRect(QPoint((room.width() - wanted.width()) / 2, room.height() - wanted.height() - Theme::page), wanted));
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    return QWidget::eventFilter(watched, event);
}

void Toast::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.color(Theme::FieldLine));
    painter.setBrush(m_theme.color(Theme::Card));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Theme::cardRadius, Theme::cardRadius);
}

} // namespace cumulet
