#pragma once

#include "services/channel/ChannelParts.h"

#include <optional>

namespace cumulet {

/// The configuration of one node: its fields as the service tells them, or why it does not.
struct NodeSettings
{
    NodeId node;
    ChannelSettings fields;
    std::optional<Error> error; ///< of reading or changing
};

/// What is known of a channel, with these fields in it.
Channel faceWith(const Channel &channel, const ChannelSettings &fields);

/// The settings of all nodes of a channel. Each node is configured on its own: whoever makes a channel private has to
/// change every one of them (buddycloud.md 1.1).
class ChannelNodes : public QObject
{
    Q_OBJECT

public:
    explicit ChannelNodes(const ChannelParts &parts, QObject *parent = nullptr);

    /// The nodes of a channel that we own, its posts first; the list comes from the service. An error: not even the
    /// posts' settings could be read.
    Future<QList<NodeSettings>> read(const Jid &channel);
    /// Changes one node after another, the fields given and no others (4.3). The answer holds each of them, with its
    /// error where it was refused; a refusal does not stop the rest, a lost connection does.
    Future<QList<NodeSettings>> change(const QList<NodeSettings> &changes);

Q_SIGNALS:
    void changed(const cumulet::NodeId &node, const cumulet::ChannelSettings &settings);

private:
    using Settings = QList<NodeSettings>;
    Future<Settings> readNext(const QList<NodeId> &nodes, const Settings &read);
    Future<Settings> changeNext(const Settings &open, const Settings &done);

    ChannelParts m_parts;
};

} // namespace cumulet
