#pragma once

#include "ui/common/Theme.h"

#include <QPointer>
#include <QProxyStyle>

namespace cumulet {

/// Draws the stock widgets (buttons, fields, menus, tabs, scroll bars, ...) from the theme's tokens, so that they look
/// like the painted parts. Sits on Qt's Fusion, which lays out and draws whatever is not named here.
class ThemeStyle : public QProxyStyle
{
    Q_OBJECT
public:
    explicit ThemeStyle(const Theme *theme);

    void polish(QWidget *widget) override;
    using QProxyStyle::polish;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(
        StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *returned) const override;
    QSize sizeFromContents(
        ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
        const QWidget *widget) const override;
    void drawPrimitive(
        PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
    void drawControl(
        ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
        const QWidget *widget) const override;

private:
    QColor color(Theme::Token token) const { return m_theme->color(token); }
    bool ring(const QStyleOption *option) const;
    void drawPanel(QPainter *painter, const QRectF &rect, qreal radius, const QColor &fill, const QColor &outline,
        bool focused) const;
    void drawButton(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawFlatButton(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawField(const QStyleOption *option, QPainter *painter) const;
    void drawTick(const QStyleOption *option, QPainter *painter, bool round) const;
    void drawChevron(const QStyleOption *option, QPainter *painter, int quarterTurns) const;
    void drawItemPanel(const QStyleOption *option, QPainter *painter) const;
    void drawScrollBar(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;
    void drawComboBox(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;
    void drawSpinBox(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;
    void drawProgress(const QStyleOption *option, QPainter *painter, bool contents) const;
    void drawTab(const QStyleOption *option, QPainter *painter) const;
    void drawButtonLabel(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;

    QPointer<const Theme> m_theme;
};

} // namespace cumulet
