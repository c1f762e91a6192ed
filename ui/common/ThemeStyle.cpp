#include "ui/common/ThemeStyle.h"

#include "ui/common/Contrast.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTabBar>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int fieldHeight = 34;
static constexpr int buttonHeight = 32;
static constexpr int scrollBarExtent = 12;

ThemeStyle::ThemeStyle(const Theme *theme)
    : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
    , m_theme(theme)
{
}

void ThemeStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QPushButton *>(widget)) {
        QFont font = widget->font();
        font.setWeight(QFont::DemiBold);
        widget->setFont(font);
    }
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget) || qobject_cast<QTabBar *>(widget)
        || qobject_cast<QScrollBar *>(widget))
        widget->setAttribute(Qt::WA_Hover);
    if (auto *tabs = qobject_cast<QTabBar *>(widget))
        tabs->setExpanding(false);
}

int ThemeStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return scrollBarExtent;
    case PM_ScrollBarSliderMin:
        return 32;
    case PM_SplitterWidth:
        return 1;
    case PM_MenuVMargin:
    case PM_MenuHMargin:
        return Theme::tight;
    case PM_MenuPanelWidth:
        return 1;
    case PM_TabBarTabHSpace:
        return 20;
    case PM_TabBarTabVSpace:
        return 10;
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 18;
    case PM_FocusFrameHMargin:
        return Theme::small - 2;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return Theme::small;
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin:
        return Theme::medium;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return Theme::small;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int ThemeStyle::styleHint(
    StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *returned) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_Widget_Animation_Duration:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
    case SH_ScrollBar_MiddleClickAbsolutePosition:
        return 1;
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    case SH_TabBar_ElideMode:
        return Qt::ElideRight;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returned);
    }
}

QSize ThemeStyle::sizeFromContents(
    ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        if (emphasisOf(widget) == Emphasis::Link)
            return QSize(size.width() + Theme::small, std::max(24, size.height() + Theme::tight));
        result.setWidth(std::max(size.width() + 2 * Theme::medium + 2, 64));
        result.setHeight(std::max(size.height() + 10, buttonHeight));
        break;
    case CT_LineEdit:
    case CT_ComboBox:
    case CT_SpinBox:
        result.setHeight(std::max(size.height() + 12, fieldHeight));
        if (type == CT_ComboBox)
            result.rwidth() += Theme::wide;
        break;
    case CT_ToolButton:
        result = result.expandedTo(QSize(buttonHeight, buttonHeight));
        break;
    case CT_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
            item && item->menuItemType != QStyleOptionMenuItem::Separator) {
            result.setHeight(std::max(result.height() + 4, 30));
            result.rwidth() += Theme::wide;
        }
        break;
    case CT_ItemViewItem:
        result.setHeight(std::max(result.height(), 28));
        break;
    case CT_ProgressBar:
        result.setHeight(10);
        break;
    default:
        break;
    }
    return result;
}

QRect ThemeStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
    if (element == SE_LineEditContents && frame && frame->lineWidth > 0)
        return rect.adjusted(Theme::small - 2, 0, 2 - Theme::small, 0);
    return rect;
}

// Scroll bars have no arrows: the whole length is the way of the handle.
QRect ThemeStyle::subControlRect(
    ComplexControl control, const QStyleOptionComplex *option, SubControl part, const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control != CC_ScrollBar || !bar) {
        const QRect rect = QProxyStyle::subControlRect(control, option, part, widget);
        const bool isField = (control == CC_ComboBox && part == SC_ComboBoxEditField)
            || (control == CC_SpinBox && part == SC_SpinBoxEditField);
        return isField ? rect.adjusted(Theme::small - 2, 0, 0, 0) : rect;
    }
    const bool across = bar->orientation == Qt::Horizontal;
    const int length = across ? bar->rect.width() : bar->rect.height();
    const qint64 span = qint64(bar->maximum) - bar->minimum;
    int handle = length;
    if (span > 0) {
        handle = int(qint64(bar->pageStep) * length / (span + bar->pageStep));
        handle = std::clamp(handle, std::min(32, length), length);
    }
    const int start =
        sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - handle, bar->upsideDown);
    const auto stretch = [&](int from, int extent) {
        return across ? QRect(bar->rect.x() + from, bar->rect.y(), extent, bar->rect.height())
                      : QRect(bar->rect.x(), bar->rect.y() + from, bar->rect.width(), extent);
    };
    switch (part) {
    case SC_ScrollBarSlider:
        return stretch(start, handle);
    case SC_ScrollBarGroove:
        return bar->rect;
    case SC_ScrollBarSubPage:
        return stretch(0, start);
    case SC_ScrollBarAddPage:
        return stretch(start + handle, length - start - handle);
    default:
        return {};
    }
}

void ThemeStyle::drawPrimitive(
    PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    if (!m_theme)
        return QProxyStyle::drawPrimitive(element, option, painter, widget);
    switch (element) {
    case PE_PanelButtonCommand:
        return drawButton(option, painter, widget);
    case PE_PanelButtonTool:
        return drawFlatButton(option, painter, widget);
    case PE_PanelLineEdit:
        return drawField(option, painter);
    case PE_FrameLineEdit:
    case PE_FrameTabBarBase:
    case PE_FrameMenu:
        return;
    case PE_Frame: {
        const bool focused = option->state & State_HasFocus;
        return drawPanel(painter, option->rect, 3, Qt::transparent, color(Theme::FieldLine), focused);
    }
    case PE_FrameFocusRect:
        if (option->state & State_KeyboardFocusChange)
            drawPanel(painter, option->rect, Theme::tight, Qt::transparent, Qt::transparent, true);
        return;
    case PE_IndicatorCheckBox:
        return drawTick(option, painter, false);
    case PE_IndicatorRadioButton:
        return drawTick(option, painter, true);
    case PE_PanelMenu:
        return drawPanel(painter, option->rect, 0, color(Theme::Card), color(Theme::FieldLine), false);
    case PE_PanelItemViewItem:
        return drawItemPanel(option, painter);
    case PE_IndicatorArrowDown:
        return drawChevron(option, painter, 0);
    case PE_IndicatorArrowLeft:
        return drawChevron(option, painter, 1);
    case PE_IndicatorArrowUp:
        return drawChevron(option, painter, 2);
    case PE_IndicatorArrowRight:
        return drawChevron(option, painter, 3);
    default:
        return QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void ThemeStyle::drawControl(
    ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    if (!m_theme)
        return QProxyStyle::drawControl(element, option, painter, widget);
    switch (element) {
    case CE_PushButtonLabel:
        return drawButtonLabel(option, painter, widget);
    case CE_ProgressBarGroove:
        return drawProgress(option, painter, false);
    case CE_ProgressBarContents:
        return drawProgress(option, painter, true);
    case CE_ProgressBarLabel:
        return; // the words about it stand beside it
    case CE_Splitter:
        return painter->fillRect(option->rect, color(Theme::Line));
    case CE_TabBarTabShape:
        return drawTab(option, painter);
    case CE_TabBarTabLabel:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            QStyleOptionTab copy = *tab;
            copy.palette.setColor(
                QPalette::WindowText, color(tab->state & State_Selected ? Theme::Link : Theme::Muted));
            copy.state &= ~State_HasFocus;
            return QProxyStyle::drawControl(element, &copy, painter, widget);
        }
        break;
    case CE_MenuItem:
    case CE_MenuBarItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            QStyleOptionMenuItem copy = *item;
            copy.palette.setColor(QPalette::Highlight, color(Theme::AccentGround));
            copy.palette.setColor(QPalette::HighlightedText, color(Theme::Text));
            return QProxyStyle::drawControl(element, &copy, painter, widget);
        }
        break;
    case CE_ItemViewItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            QStyleOptionViewItem copy = *item;
            copy.palette.setColor(QPalette::HighlightedText, color(Theme::Text));
            return QProxyStyle::drawControl(element, &copy, painter, widget);
        }
        break;
    case CE_ShapedFrame:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option)) {
            const QRect r = frame->rect;
            if (frame->frameShape == QFrame::HLine)
                return painter->fillRect(QRect(r.x(), r.center().y(), r.width(), 1), color(Theme::Line));
            if (frame->frameShape == QFrame::VLine)
                return painter->fillRect(QRect(r.center().x(), r.y(), 1, r.height()), color(Theme::Line));
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void ThemeStyle::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    if (m_theme && control == CC_ScrollBar)
        return drawScrollBar(option, painter, widget);
    if (m_theme && control == CC_ComboBox)
        return drawComboBox(option, painter, widget);
    if (m_theme && control == CC_SpinBox)
        return drawSpinBox(option, painter, widget);
    if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
        m_theme && button && control == CC_ToolButton && button->toolButtonStyle == Qt::ToolButtonIconOnly) {
        QStyleOptionToolButton copy = *button;
        copy.features &= ~QStyleOptionToolButton::HasMenu; // "…" says it already
        return QProxyStyle::drawComplexControl(control, &copy, painter, widget);
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

} // namespace cumulet
