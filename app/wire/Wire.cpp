// The interfaces have no code of their own; this file holds their meta objects and one pure function.
#include "wire/ArchiveWire.h"
#include "wire/AvatarWire.h"
#include "wire/ChannelDirectoryWire.h"
#include "wire/ChannelWire.h"
#include "wire/ChatWire.h"
#include "wire/MediaWire.h"
#include "wire/ReadPositionWire.h"
#include "wire/RosterWire.h"
#include "wire/SessionWire.h"

using namespace Qt::StringLiterals;

namespace cumulet {

Channel withSettings(Channel channel, const ChannelSettings &settings)
{
    // an empty value was stored by the service as this word (buddycloud.md 0.10)
    const auto text = [](const QString &value, int limit) {
        return value == "DEFAULT_VALUE"_L1 ? QString() : value.left(limit);
    };
    for (const auto &[field, value] : settings.asKeyValueRange()) {
        if (field == "pubsub#title"_L1) {
            channel.title = text(value, 128);
        } else if (field == "pubsub#description"_L1) {
            channel.description = text(value, 1024);
        } else if (field == "pubsub#access_model"_L1) {
            channel.accessModel = accessModelFromWire(value);
        } else if (field == "buddycloud#default_affiliation"_L1) {
            channel.defaultAffiliation = affiliationFromWire(value);
        } else if (field == "buddycloud#channel_type"_L1) {
            channel.type = value == "personal"_L1 ? ChannelType::Personal
                : value == "topic"_L1             ? ChannelType::Topic
                                                  : ChannelType::Unknown;
        } else if (field == "pubsub#owner"_L1) {
            channel.owner = Jid::fromTrusted(value).bare();
        } else if (field == "pubsub#creation_date"_L1) {
            channel.created = QDateTime::fromString(value, Qt::ISODateWithMs).toUTC();
        }
    }
    return channel;
}

} // namespace cumulet
