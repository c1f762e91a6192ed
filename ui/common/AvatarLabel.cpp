#include "ui/common/AvatarLabel.h"

#include <QPainter>

namespace cumulet {

AvatarLabel::AvatarLabel(const AvatarPainter &painter, int side, QWidget *parent)
    : QWidget(parent)
    , m_painter(painter)
    , m_side(side)
{
    setFixedSize(side, side);
    connect(&painter, &AvatarPainter::changed, this, [this](const QString &, const QString &jid) {
        if (jid == m_look.jid)
            update();
    });
}

void AvatarLabel::setLook(const AvatarLook &look)
{
    m_look = look;
    setAccessibleName(look.name);
    update();
}

void AvatarLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    // the dot stands out by a pixel
    const qreal room = m_look.dot == AvatarLook::NoDot ? 0 : 1.5;
    m_painter.paint(&painter, QRectF(rect()).adjusted(room, room, -room, -room), m_look);
}

} // namespace cumulet
