#include "xmpp/XmppWires.h"

#include "xmpp/XmppArchiveWire.h"
#include "xmpp/XmppAvatarWire.h"
#include "xmpp/XmppChannelDirectoryWire.h"
#include "xmpp/XmppChannelWire.h"
#include "xmpp/XmppChatWire.h"
#include "xmpp/XmppMediaWire.h"
#include "xmpp/XmppReadPositionWire.h"
#include "xmpp/XmppRosterWire.h"
#include "xmpp/XmppSession.h"

namespace cumulet {

namespace {

// the session is made first and goes last
struct Assembly
{
    explicit Assembly(const XmppOptions &options)
        : session(options)
        , chat(&session)
        , roster(&session)
        , avatars(&session)
        , archive(&session)
        , channels(session.client())
        , directory(session.client())
        , readPositions(&session)
        , media(&session, options.extraCertificates)
    {
    }

    XmppSession session;
    // each of them looks at a stanza before those above it
    XmppChatWire chat;
    XmppRosterWire roster;
    XmppAvatarWire avatars;
    XmppArchiveWire archive;
    XmppChannelWire channels;
    XmppChannelDirectoryWire directory;
    XmppReadPositionWire readPositions;
    XmppMediaWire media; // before chats: what web servers ask is no message
};

} // namespace

AccountWires makeWires(const XmppOptions &options)
{
    const auto assembly = std::make_shared<Assembly>(options);
    AccountWires wires;
    wires.session = &assembly->session;
    wires.chat = &assembly->chat;
    wires.roster = &assembly->roster;
    wires.avatars = &assembly->avatars;
    wires.archive = &assembly->archive;
    wires.channels = &assembly->channels;
    wires.directory = &assembly->directory;
    wires.readPositions = &assembly->readPositions;
    wires.media = &assembly->media;
    wires.owner = assembly;
    return wires;
}

} // namespace cumulet
