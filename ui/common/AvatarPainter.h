#pragma once

#include "domain/Presence.h"
#include "ui/common/Theme.h"

#include <QCache>
#include <QObject>
#include <QPixmap>
#include <QRectF>
#include <QString>

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

namespace cumulet {

class AvatarSource;

/// What a round picture stands for.
struct AvatarLook
{
    enum Kind { Person, Channel, Room };
    enum Dot { NoDot, Available, Away, Busy, Gone };

    QString account; ///< bare JID of the account that sees it
    QString jid; ///< whose picture; gives the colour where there is none
    QString name; ///< its first letter is drawn where there is no picture
    Kind kind = Person;
    Dot dot = NoDot;
    Theme::Token behind = Theme::Side; ///< what the picture stands on: the dot is cut out with it
};

/// The dot that says a presence.
AvatarLook::Dot dotOf(Presence::Show show);

/// Paints round pictures, or in their place an initial (people), a cloud (channels) or # (rooms) on the colour of the
/// address (XEP-0392). Keeps what it has drawn, within 4 MB. One per window or program; GUI thread.
class AvatarPainter : public QObject
{
    Q_OBJECT
public:
    /// source may be null: then everything is drawn.
    AvatarPainter(const Theme &theme, AvatarSource *source, QObject *parent = nullptr);

    void paint(QPainter *painter, const QRectF &circle, const AvatarLook &look) const;
    /// The same as a pixmap, for labels, menus and notifications.
    QPixmap pixmap(int side, qreal devicePixelRatio, const AvatarLook &look) const;

Q_SIGNALS:
    /// Pictures of jid painted before are out of date.
    void changed(const QString &account, const QString &jid);

private:
    QPixmap disc(int devicePixels, const AvatarLook &look) const;
    void forget(const QString &account, const QString &jid);

    const Theme &m_theme;
    AvatarSource *m_source;
    mutable QCache<QString, QPixmap> m_discs;
};

} // namespace cumulet
