#pragma once

#include <QByteArray>
#include <QList>

namespace cumulet::tests {

/// What a server of ours may send, one whole stanza each: the golden stanzas of tests/stanzas, news of the channel
/// service, and, where there is a folder of captures, what clients received there. Addresses are those of InboundRoad.
QList<QByteArray> seedStanzas();

} // namespace cumulet::tests
