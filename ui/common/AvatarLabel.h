#pragma once

#include "ui/common/AvatarPainter.h"

#include <QWidget>

namespace cumulet {

/// A round picture as a widget; repaints when the picture or the theme changes.
class AvatarLabel : public QWidget
{
    Q_OBJECT
public:
    AvatarLabel(const AvatarPainter &painter, int side, QWidget *parent = nullptr);

    void setLook(const AvatarLook &look);
    QSize sizeHint() const override { return QSize(m_side, m_side); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const AvatarPainter &m_painter;
    int m_side;
    AvatarLook m_look;
};

} // namespace cumulet
