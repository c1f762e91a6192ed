#pragma once

#include "domain/Channel.h"
#include "domain/Post.h"

#include <QList>

#include <optional>

namespace cumulet {

/// A channel as a directory or a list of nodes names it: older and poorer than what the channel itself says, and maybe
/// gone (buddycloud.md 7.1). Texts are untrusted plain text.
struct FoundChannel
{
    NodeId node; ///< its posts
    QString title; ///< at most 128 characters; may be empty
    QString description; ///< at most 1,024 characters; may be empty
    ChannelType type = ChannelType::Unknown;
    std::optional<Affiliation> defaultAffiliation;
    QDateTime created;

    QString displayTitle() const { return title.isEmpty() ? node.channel().shortName() : title; }
    bool operator==(const FoundChannel &) const = default;
};

/// One page of an answer.
struct FoundChannels
{
    QList<FoundChannel> rows;
    int next = -1; ///< where the next page begins; -1: there is none
};

/// One page of posts that were found; they are not stored, and may be gone.
struct FoundPosts
{
    QList<Post> rows;
    int next = -1;
};

} // namespace cumulet

Q_DECLARE_METATYPE(cumulet::FoundChannel)
