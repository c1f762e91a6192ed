#include "xmpp/PresenceCodec.h"

#include "xmpp/XmlText.h"

namespace cumulet {

namespace {

using Status = QXmppPresence::AvailableStatusType;

constexpr qsizetype longestStatus = 1000;

Status toStatus(Presence::Show show)
{
    switch (show) {
    case Presence::Show::Chat:
        return QXmppPresence::Chat;
    case Presence::Show::Away:
        return QXmppPresence::Away;
    case Presence::Show::ExtendedAway:
        return QXmppPresence::XA;
    case Presence::Show::DoNotDisturb:
        return QXmppPresence::DND;
    case Presence::Show::Offline:
    case Presence::Show::Available:
        break;
    }
    return QXmppPresence::Online;
}

Presence::Show toShow(const QXmppPresence &stanza)
{
    if (stanza.type() != QXmppPresence::Available) {
        return Presence::Show::Offline;
    }
    switch (stanza.availableStatusType()) {
    case QXmppPresence::Chat:
        return Presence::Show::Chat;
    case QXmppPresence::Away:
        return Presence::Show::Away;
    case QXmppPresence::XA:
        return Presence::Show::ExtendedAway;
    case QXmppPresence::DND:
        return Presence::Show::DoNotDisturb;
    default:
        return Presence::Show::Available;
    }
}

} // namespace

QXmppPresence toStanza(const Presence &presence)
{
    QXmppPresence stanza(presence.isAvailable() ? QXmppPresence::Available : QXmppPresence::Unavailable);
    stanza.setAvailableStatusType(toStatus(presence.show));
    stanza.setStatusText(xmlText(presence.status.left(longestStatus)));
    stanza.setPriority(qBound(-128, presence.priority, 127));
    if (presence.idleSince.isValid()) {
        stanza.setLastUserInteraction(presence.idleSince.toUTC());
    }
    return stanza;
}

Presence fromStanza(const QXmppPresence &stanza)
{
    Presence presence;
    presence.show = toShow(stanza);
    presence.status = stanza.statusText().left(longestStatus);
    presence.priority = qBound(-128, stanza.priority(), 127);
    presence.idleSince = stanza.lastUserInteraction();
    if (stanza.vCardUpdateType() == QXmppPresence::VCardUpdateValidPhoto && stanza.photoHash().size() == 20) {
        presence.avatarHash = stanza.photoHash().toHex();
    }
    return presence;
}

} // namespace cumulet
