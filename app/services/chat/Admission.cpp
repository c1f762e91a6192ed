#include "services/chat/Admission.h"

namespace cumulet {

namespace {

constexpr qsizetype maxBody = 256 * 1024;
constexpr qsizetype maxId = 1024;
constexpr qint64 allowedClockDifference = 10 * 60; // seconds

// a stamp in the future would keep a message at the end of the chat for ever
QDateTime plausible(const QDateTime &time, const QDateTime &now)
{
    return !time.isValid() || time > now.addSecs(allowedClockDifference) ? now : time.toUTC();
}

template <typename Id> void dropIfTooLong(Id &id)
{
    if (id.text().size() > maxId) {
        id = {};
    }
}

} // namespace

std::optional<IncomingMessage> Admission::admit(IncomingMessage message, const QDateTime &now) const
{
    message.peer = message.peer.bare();
    const Jid expectedSender = message.isOwn ? m_ownJid : message.peer;
    if (message.peer.isEmpty() || message.body.isEmpty() || message.from.bare() != expectedSender) {
        return std::nullopt;
    }
    dropIfTooLong(message.messageId);
    dropIfTooLong(message.originId);
    dropIfTooLong(message.archiveId);
    if (message.replaces.text().size() > maxId) {
        return std::nullopt; // a correction of nothing is not a message either
    }
    message.body.truncate(maxBody);
    message.time = plausible(message.time, now);
    return message;
}

std::optional<DeliveryNotice> Admission::admit(DeliveryNotice notice, const QDateTime &now) const
{
    notice.peer = notice.peer.bare();
    const bool isKnownState = notice.state == DeliveryState::Delivered || notice.state == DeliveryState::Displayed;
    if (notice.peer.isEmpty() || notice.messageId.isEmpty() || notice.messageId.text().size() > maxId
        || !isKnownState) {
        return std::nullopt;
    }
    notice.time = plausible(notice.time, now);
    return notice;
}

} // namespace cumulet
