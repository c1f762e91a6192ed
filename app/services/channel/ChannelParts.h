#pragma once

#include "domain/Channel.h"
#include "domain/Identifier.h"
#include "domain/Post.h"
#include "store/ChannelStore.h"
#include "wire/ChannelWire.h"
#include "wire/MediaWire.h"

#include <chrono>
#include <functional>

namespace cumulet {

class ConversationStore;
class ReadPositionWire;

/// What is known about the channel service of an account; chat never depends on it.
struct ChannelServiceStatus
{
    enum State { Unknown, Looking, None, Ready, Unavailable };
    State state = Unknown;
    Jid service;
    Jid topicsDomain;
    Error error; ///< in None and Unavailable
};

/// How patient the service is; tests are less so.
struct ChannelTiming
{
    std::chrono::milliseconds firstRetry = std::chrono::seconds(30); ///< doubles each time
    std::chrono::milliseconds longestRetry = std::chrono::minutes(15);
    std::chrono::milliseconds sharing = std::chrono::seconds(5); ///< after reading, until other devices are told
    std::chrono::milliseconds silence = std::chrono::minutes(10); ///< without news: announce ourselves again
    std::function<QDateTime()> now = [] { return QDateTime::currentDateTimeUtc(); };
};

/// What the parts of the channel service work on.
struct ChannelParts
{
    AccountId account = 0;
    Jid ownJid; ///< bare
    ChannelWire &wire;
    ChannelStore &store;
    ConversationStore &conversations;
    ChannelTiming timing = {};
    ReadPositionWire *readPositions = nullptr; ///< none: read positions are not shared with other devices
    MediaWire *media = nullptr; ///< none: nothing can be attached
    QString profile = {}; ///< where copies of attached files lie
};

} // namespace cumulet
