#pragma once

#include "domain/Identifier.h"
#include "domain/Post.h"

namespace cumulet {

/// Timelines made of the threads of many channels.
enum class Feed {
    Home, ///< everything followed that is not kept out of it
    Mine, ///< threads in which we wrote
    Mentions, ///< threads in which we were mentioned
};

/// A thread outside of its channel: where it belongs comes along.
struct FeedThread
{
    AccountId account = 0;
    ConversationId conversation = 0;
    Channel channel; ///< with our standing in it
    Thread thread;
};

} // namespace cumulet
