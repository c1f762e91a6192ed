#pragma once

#include <memory>

namespace cumulet {

class ArchiveWire;
class AvatarWire;
class ChannelDirectoryWire;
class ChannelWire;
class ChatWire;
class MediaWire;
class ReadPositionWire;
class RosterWire;
class SessionWire;

/// All wires of one account; they share one stream. owner keeps them alive, the pointers are its parts.
struct AccountWires
{
    SessionWire *session = nullptr;
    ChatWire *chat = nullptr;
    ArchiveWire *archive = nullptr;
    RosterWire *roster = nullptr;
    AvatarWire *avatars = nullptr;
    ChannelWire *channels = nullptr;
    ChannelDirectoryWire *directory = nullptr;
    ReadPositionWire *readPositions = nullptr;
    MediaWire *media = nullptr;
    std::shared_ptr<void> owner;
};

} // namespace cumulet
