// Where a service lives, how it behaves, and what comes of a stanza.
#pragma once

#include "Behaviour.h"
#include "Element.h"

namespace cumulet::channelserver {

/// Where the service lives and how it behaves.
struct ServiceSettings
{
    QString domain; ///< its own address, "channels.capulet.example"
    QString topicsDomain; ///< domain for topic channels; may be empty
    QString usersDomain; ///< whose users it serves; empty: its own domain without the first label
    Behaviour behaviour;
    QString directoryDomain{}; ///< address of the channel directory; empty: there is none
    bool federates = false; ///< other domains' services are asked for their nodes, and ask here: Federation.h
};

/// What comes of one stanza.
struct Outcome
{
    QList<Element> stanzas; ///< to be sent, in order
    int delay = 0; ///< ms before they are sent (silent.test only)
    bool endsStream = false; ///< the real server would have lost its stream now (Habit::OutcastDies)
};

} // namespace cumulet::channelserver
