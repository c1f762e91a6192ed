#include "ui/common/AvatarPainter.h"

#include "ui/common/AvatarSource.h"
#include "ui/common/Glyphs.h"
#include "ui/common/NameColor.h"
#include "ui/common/Theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QTextBoundaryFinder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int cacheBytes = 4 * 1024 * 1024;
static constexpr int largestDisc = 1024; // device pixels

AvatarLook::Dot dotOf(Presence::Show show)
{
    switch (show) {
    case Presence::Show::Available:
    case Presence::Show::Chat:
        return AvatarLook::Available;
    case Presence::Show::Away:
    case Presence::Show::ExtendedAway:
        return AvatarLook::Away;
    case Presence::Show::DoNotDisturb:
        return AvatarLook::Busy;
    case Presence::Show::Offline:
        break;
    }
    return AvatarLook::Gone;
}

AvatarPainter::AvatarPainter(const Theme &theme, AvatarSource *source, QObject *parent)
    : QObject(parent)
    , m_theme(theme)
    , m_source(source)
    , m_discs(cacheBytes)
{
    if (source)
        connect(source, &AvatarSource::changed, this, &AvatarPainter::forget);
}

static QString keyStart(const AvatarLook &look)
{
    return look.account + u'\n' + look.jid + u'\n';
}

void AvatarPainter::forget(const QString &account, const QString &jid)
{
    const QString start = account + u'\n' + jid + u'\n';
    for (const QString &key : m_discs.keys()) {
        if (key.startsWith(start))
            m_discs.remove(key);
    }
    Q_EMIT changed(account, jid);
}

// The first letter or digit with its marks; names may start with anything.
static QString initialOf(const QString &name)
{
    const QString start = name.left(64).trimmed();
    QTextBoundaryFinder graphemes(QTextBoundaryFinder::Grapheme, start);
    QString first;
    for (qsizetype at = 0; at < start.size();) {
        const qsizetype next = graphemes.toNextBoundary();
        if (next <= at)
            break;
        const QString grapheme = start.mid(at, std::min<qsizetype>(next - at, 8));
        if (first.isEmpty())
            first = grapheme;
        if (grapheme.at(0).isLetterOrNumber())
            return grapheme.toUpper();
        at = next;
    }
    return first;
}

static void drawFallback(QPainter *painter, const QRectF &circle, const AvatarLook &look, const QFont &base)
{
    painter->setPen(Qt::NoPen);
    painter->setBrush(avatarGround(look.jid.isEmpty() ? look.name : look.jid));
    painter->drawEllipse(circle);
    const qreal side = circle.width();
    if (look.kind != AvatarLook::Person) {
        const qreal inset = side * 0.25;
        drawGlyph(painter, look.kind == AvatarLook::Channel ? Glyph::Cloud : Glyph::Hash,
            circle.adjusted(inset, inset, -inset, -inset), Qt::white);
        return;
    }
    QFont font = base;
    font.setPixelSize(std::max(1, qRound(side * 0.42)));
    font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    painter->setPen(Qt::white);
    painter->drawText(circle, Qt::AlignCenter, initialOf(look.name.isEmpty() ? look.jid : look.name));
}

QPixmap AvatarPainter::disc(int devicePixels, const AvatarLook &look) const
{
    const int side = std::clamp(devicePixels, 1, largestDisc);
    const QString key =
        keyStart(look) + QString::number(side) + u'\n' + QString::number(look.kind) + initialOf(look.name);
    if (const QPixmap *known = m_discs.object(key))
        return *known;
    const QImage picture = m_source ? m_source->avatar(look.account, look.jid, side) : QImage();
    QPixmap disc(side, side);
    disc.fill(Qt::transparent);
    QPainter painter(&disc);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform | QPainter::TextAntialiasing);
    const QRectF circle(0, 0, side, side);
    if (picture.isNull()) {
        drawFallback(&painter, circle, look, m_theme.font(Theme::Type::Body));
    } else {
        const QImage fitted = picture.scaled(side, side, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
        QPainterPath clip;
        clip.addEllipse(circle);
        painter.setClipPath(clip);
        // a transparent picture stands on the card, not on whatever is behind
        painter.fillRect(circle, m_theme.color(Theme::Ground));
        painter.drawImage(QPoint((side - fitted.width()) / 2, (side - fitted.height()) / 2), fitted);
    }
    painter.end();
    m_discs.insert(key, new QPixmap(disc), side * side * 4);
    return disc;
}

void AvatarPainter::paint(QPainter *painter, const QRectF &circle, const AvatarLook &look) const
{
    const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
    const QPixmap round = disc(qRound(circle.width() * ratio), look);
    painter->save();
    painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter->drawPixmap(circle, round, QRectF(round.rect()));
    if (look.dot != AvatarLook::NoDot) {
        const qreal side = std::max(8.0, circle.width() * 0.28);
        const QRectF dot(circle.right() + 1 - side, circle.bottom() + 1 - side, side, side);
        static constexpr Theme::Token inks[]{Theme::PresenceGone, Theme::PresenceAvailable, Theme::PresenceAway,
            Theme::PresenceBusy, Theme::PresenceGone};
        const QColor behind = m_theme.color(look.behind);
        painter->setPen(Qt::NoPen);
        painter->setBrush(behind);
        painter->drawEllipse(dot.adjusted(-2, -2, 2, 2));
        painter->setBrush(m_theme.color(inks[look.dot]));
        painter->drawEllipse(dot);
        if (look.dot == AvatarLook::Busy || look.dot == AvatarLook::Gone) { // told apart without colour, too
            painter->setBrush(behind);
            const qreal third = side / 3;
            painter->drawRoundedRect(look.dot == AvatarLook::Busy
                    ? QRectF(dot.x() + third / 2, dot.center().y() - side * 0.09, side - third, side * 0.18)
                    : dot.adjusted(third * 0.8, third * 0.8, -third * 0.8, -third * 0.8),
                third, third);
        }
    }
    painter->restore();
}

QPixmap AvatarPainter::pixmap(int side, qreal devicePixelRatio, const AvatarLook &look) const
{
    QPixmap pixmap(qRound(side * devicePixelRatio), qRound(side * devicePixelRatio));
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paint(&painter, QRectF(0, 0, side, side), look);
    return pixmap;
}

} // namespace cumulet
