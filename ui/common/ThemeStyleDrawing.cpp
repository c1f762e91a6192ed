// How each part of a stock widget is drawn; what is drawn when is in ThemeStyle.cpp.
#include "ui/common/ThemeStyle.h"

#include "ui/common/Contrast.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

#include <algorithm>

namespace cumulet {

// The ring is for those who come by keyboard; a click does not draw it.
bool ThemeStyle::ring(const QStyleOption *option) const
{
    return (option->state & State_HasFocus) && (option->state & State_KeyboardFocusChange);
}

void ThemeStyle::drawPanel(
    QPainter *painter, const QRectF &rect, qreal radius, const QColor &fill, const QColor &outline, bool focused) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, radius > 0);
    painter->setBrush(fill);
    painter->setPen(focused ? QPen(color(Theme::Accent), 2) : QPen(outline, 1));
    if (outline.alpha() == 0 && !focused)
        painter->setPen(Qt::NoPen);
    const qreal inset = painter->pen().style() == Qt::NoPen ? 0 : painter->pen().widthF() / 2;
    const QRectF inner = rect.adjusted(inset, inset, -inset, -inset);
    if (radius > 0)
        painter->drawRoundedRect(inner, radius, radius);
    else
        painter->drawRect(rect.adjusted(0, 0, -1, -1));
    painter->restore();
}

void ThemeStyle::drawButton(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const bool enabled = option->state & State_Enabled;
    const bool pressed = option->state & (State_Sunken | State_On);
    const bool hovered = enabled && (option->state & State_MouseOver);
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    const bool flat = button && (button->features & QStyleOptionButton::Flat);
    Emphasis emphasis = emphasisOf(widget);
    if (emphasis == Emphasis::Plain && button && (button->features & QStyleOptionButton::DefaultButton))
        emphasis = Emphasis::Primary;
    if (emphasis == Emphasis::Flat || emphasis == Emphasis::Link || flat)
        return drawFlatButton(option, painter, widget);
    QColor fill = color(Theme::Card);
    QColor outline = color(Theme::FieldLine);
    if (emphasis == Emphasis::Primary || emphasis == Emphasis::Pill)
        fill = outline = color(Theme::Accent);
    else if (emphasis == Emphasis::Danger)
        fill = outline = color(Theme::Danger);
    if (!enabled)
        fill = outline = mixed(fill, color(Theme::Side), 0.45);
    else if (pressed)
        fill = mixed(color(Theme::Text), fill, 0.14);
    else if (hovered)
        fill = mixed(color(Theme::Text), fill, 0.06);
    const QRectF rect(option->rect);
    const qreal radius = emphasis == Emphasis::Pill ? rect.height() / 2 : Theme::fieldRadius;
    drawPanel(painter, rect, radius, fill, outline, false);
    if (ring(option))
        drawPanel(painter, rect, radius, Qt::transparent, Qt::transparent, true);
    if (ring(option) && fill == color(Theme::Accent))
        drawPanel(painter, rect.adjusted(2, 2, -2, -2), radius - 2, Qt::transparent, color(Theme::OnAccent), false);
}

void ThemeStyle::drawFlatButton(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const bool enabled = option->state & State_Enabled;
    QColor fill = Qt::transparent;
    if (enabled && (option->state & State_Sunken))
        fill = mixed(color(Theme::Text), color(Theme::Side), 0.14);
    else if (option->state & State_On)
        fill = color(Theme::AccentGround);
    else if (enabled && (option->state & State_MouseOver) && emphasisOf(widget) != Emphasis::Link)
        fill = color(Theme::Hover);
    drawPanel(painter, option->rect, Theme::fieldRadius, fill, Qt::transparent, ring(option));
}

void ThemeStyle::drawButtonLabel(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    if (!button)
        return;
    QStyleOptionButton copy = *button;
    Emphasis emphasis = emphasisOf(widget);
    if (emphasis == Emphasis::Plain && (button->features & QStyleOptionButton::DefaultButton))
        emphasis = Emphasis::Primary;
    QColor ink = color(Theme::Text);
    if (emphasis == Emphasis::Primary || emphasis == Emphasis::Pill)
        ink = color(Theme::OnAccent);
    else if (emphasis == Emphasis::Danger)
        ink = color(Theme::OnDanger);
    else if (emphasis == Emphasis::Link)
        ink = color(Theme::Link);
    if (!(option->state & State_Enabled))
        ink = mixed(ink, color(Theme::Side), 0.6);
    copy.palette.setColor(QPalette::ButtonText, ink);
    copy.features &= ~QStyleOptionButton::HasMenu;
    if (button->features & QStyleOptionButton::HasMenu) {
        QStyleOption arrow = *option;
        arrow.rect = QRect(option->rect.right() - 18, option->rect.center().y() - 7, 16, 16);
        arrow.palette.setColor(QPalette::ButtonText, ink);
        drawChevron(&arrow, painter, 0);
        copy.rect.adjust(0, 0, -14, 0);
    }
    QProxyStyle::drawControl(CE_PushButtonLabel, &copy, painter, widget);
}

void ThemeStyle::drawField(const QStyleOption *option, QPainter *painter) const
{
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
    if (frame && frame->lineWidth <= 0)
        return;
    const bool enabled = option->state & State_Enabled;
    drawPanel(painter, option->rect, Theme::fieldRadius, enabled ? color(Theme::Ground) : color(Theme::Hover),
        color(Theme::FieldLine), option->state & State_HasFocus);
}

void ThemeStyle::drawTick(const QStyleOption *option, QPainter *painter, bool round) const
{
    const bool enabled = option->state & State_Enabled;
    const bool on = option->state & State_On;
    const QRectF box = QRectF(option->rect).adjusted(1, 1, -1, -1);
    const QColor accent = enabled ? color(Theme::Accent) : color(Theme::Muted);
    const bool partly = option->state & State_NoChange;
    drawPanel(painter, box, round ? box.width() / 2 : 4, on || partly ? accent : color(Theme::Ground),
        on || partly ? accent : color(Theme::Control), ring(option));
    if (!on && !partly)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(box.topLeft());
    painter->scale(box.width() / 16, box.height() / 16);
    painter->setPen(QPen(color(Theme::OnAccent), 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (round) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(color(Theme::OnAccent));
        painter->drawEllipse(QPointF(8, 8), 3, 3);
    } else if (partly) {
        painter->drawLine(QPointF(4.5, 8), QPointF(11.5, 8));
    } else {
        painter->drawPolyline(QPolygonF{QPointF(4, 8.3), QPointF(7, 11.2), QPointF(12, 5.2)});
    }
    painter->restore();
}

void ThemeStyle::drawChevron(const QStyleOption *option, QPainter *painter, int quarterTurns) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(QRectF(option->rect).center());
    painter->rotate(90.0 * quarterTurns);
    painter->setPen(QPen(option->palette.color(QPalette::ButtonText), 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPolyline(QPolygonF{QPointF(-3.5, -1.7), QPointF(0, 1.8), QPointF(3.5, -1.7)});
    painter->restore();
}

void ThemeStyle::drawItemPanel(const QStyleOption *option, QPainter *painter) const
{
    const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option);
    if (item && item->backgroundBrush.style() != Qt::NoBrush)
        painter->fillRect(option->rect, item->backgroundBrush);
    if (option->state & State_Selected)
        painter->fillRect(option->rect, color(Theme::Selected));
    else if ((option->state & State_MouseOver) && (option->state & State_Enabled))
        painter->fillRect(option->rect, color(Theme::Hover));
}

void ThemeStyle::drawScrollBar(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    // the strip belongs to what is scrolled, not to what is around it
    const QWidget *frame = widget && widget->parentWidget() ? widget->parentWidget()->parentWidget() : nullptr;
    if (const auto *area = qobject_cast<const QAbstractScrollArea *>(frame);
        area && area->viewport()->autoFillBackground())
        painter->fillRect(option->rect, area->viewport()->palette().color(area->viewport()->backgroundRole()));
    if (!bar || bar->maximum <= bar->minimum)
        return;
    const bool wide = option->state & State_MouseOver || (option->activeSubControls & SC_ScrollBarSlider);
    const QRectF slider(subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget));
    const qreal extent = wide ? 8 : 6;
    const QRectF handle = bar->orientation == Qt::Vertical
        ? QRectF(slider.right() - extent - 2, slider.y() + 2, extent, slider.height() - 4)
        : QRectF(slider.x() + 2, slider.bottom() - extent - 2, slider.width() - 4, extent);
    const bool pressed = (option->state & State_Sunken) && (option->activeSubControls & SC_ScrollBarSlider);
    drawPanel(painter, handle, extent / 2, color(pressed ? Theme::Muted : Theme::Control), Qt::transparent, false);
}

// what every control has in common: a copy that was only cut off would still call itself a larger kind
static QStyleOption commonOf(const QStyleOption &option)
{
    QStyleOption common;
    common.state = option.state;
    common.direction = option.direction;
    common.rect = option.rect;
    common.palette = option.palette;
    return common;
}

void ThemeStyle::drawComboBox(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    if (!combo)
        return;
    const bool hovered = (option->state & State_MouseOver) && (option->state & State_Enabled);
    const QColor fill =
        hovered && !combo->editable ? mixed(color(Theme::Text), color(Theme::Ground), 0.04) : color(Theme::Ground);
    drawPanel(painter, option->rect, Theme::fieldRadius, fill, color(Theme::FieldLine), option->state & State_HasFocus);
    QStyleOption arrow = commonOf(*option);
    const QRect side = subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget);
    arrow.rect = QRect(side.center().x() - 8, side.center().y() - 7, 16, 16);
    drawChevron(&arrow, painter, 0);
}

void ThemeStyle::drawSpinBox(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
    if (!spin)
        return;
    if (spin->frame)
        drawPanel(painter, option->rect, Theme::fieldRadius, color(Theme::Ground), color(Theme::FieldLine),
            option->state & State_HasFocus);
    for (const auto &[part, turns] : {std::pair(SC_SpinBoxUp, 2), std::pair(SC_SpinBoxDown, 0)}) {
        QStyleOption arrow = commonOf(*option);
        arrow.rect = subControlRect(CC_SpinBox, option, part, widget);
        const bool possible = spin->stepEnabled
            & (part == SC_SpinBoxUp ? QAbstractSpinBox::StepUpEnabled : QAbstractSpinBox::StepDownEnabled);
        arrow.palette.setColor(QPalette::ButtonText, color(possible ? Theme::Text : Theme::FieldLine));
        drawChevron(&arrow, painter, turns);
    }
}

void ThemeStyle::drawProgress(const QStyleOption *option, QPainter *painter, bool contents) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option);
    if (!bar)
        return;
    QRectF track(option->rect.x(), option->rect.center().y() - 2, option->rect.width(), 6);
    if (!contents)
        return drawPanel(painter, track, 3, color(Theme::Hover), Qt::transparent, false);
    if (bar->maximum <= bar->minimum) { // busy: as long as nobody knows how long
        track.setWidth(track.width() / 3);
        track.moveCenter(QRectF(option->rect).center());
    } else {
        const qreal share = qreal(bar->progress - bar->minimum) / qreal(bar->maximum - bar->minimum);
        track.setWidth(std::max(6.0, track.width() * std::clamp(share, 0.0, 1.0)));
    }
    drawPanel(painter, track, 3, color(Theme::Accent), Qt::transparent, false);
}

void ThemeStyle::drawTab(const QStyleOption *option, QPainter *painter) const
{
    const QRectF pill = QRectF(option->rect).adjusted(1, 2, -1, -2);
    QColor fill = Qt::transparent;
    if (option->state & State_Selected)
        fill = color(Theme::AccentGround);
    else if (option->state & State_MouseOver)
        fill = color(Theme::Hover);
    drawPanel(painter, pill, std::min(12.0, pill.height() / 2), fill, Qt::transparent,
        ring(option) && (option->state & State_Selected));
}

} // namespace cumulet
