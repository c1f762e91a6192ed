// In what a channel service differs from the written protocol: one switch for each habit of the real server.
#pragma once

#include <QFlags>
#include <QString>
#include <QStringList>

namespace cumulet::channelserver {

/// The switches. Their names on the command line are those of Behaviour::names().
enum class Habit : quint32 {
    DoubleReplies = 1u << 0, ///< a second reply to create+configure, recent-items, replies, firehose
    NullTag = 1u << 1, ///< global ids start "tag:null@"
    EmptyNamespaces = 1u << 2, ///< no namespace in affiliation and configuration events, and in disco items
    SwappedNamespaces = 1u << 3, ///< lists, thread paging and search answer in other namespaces than asked
    Underscore = 1u << 4, ///< <not_authorized/> in answers to items
    NoBefore = 1u << 5, ///< items ignores <before/>, and an unknown <after/> gives the first page
    DefaultValue = 1u << 6, ///< an empty text field is stored as DEFAULT_VALUE
    StrictCreate = 1u << 7, ///< create needs a form; a configure without node gives a second answer, an error
    QuietInvite = 1u << 8, ///< the invited are not told
    QuietDeny = 1u << 9, ///< the denied and removed are not told
    OwnerOnlyConfig = 1u << 10, ///< moderators may not configure anything
    RelayRemote = 1u << 11, ///< nodes of far.test behave as relayed from another service
    Silence = 1u << 12, ///< no answer where the real server gives none (remote nodes, other payloads, bad numbers)
    WeakBans = 1u << 13, ///< outcasts are still notified and listed to all; leaving lifts a ban
    GreedyUnregister = 1u << 14, ///< unregister deletes all personal channels the user follows
    SilentRemote = 1u << 15, ///< nodes of silent.test: no answer, or one after remoteDelay
    OutcastDies = 1u << 16, ///< a read by an outcast, or a bare <after/> in recent-items, ends the stream
    DuplicateEvents = 1u << 17, ///< every event twice
    ReorderEvents = 1u << 18, ///< an item event is held back until another one went out
    LegacyEntry = 1u << 19, ///< entries and tombstones as the older node.js server wrote them
    RemoteHoles = 1u << 21, ///< what is kept of other services' nodes answers in their place, with its holes
    Huge = 1u << 20, ///< the store is full from the start, see HugeInstallation.h
};
Q_DECLARE_FLAGS(Habits, Habit)

/// Which habits the service has. The default, "proper", has none: buddycloud.md 11.2.
struct Behaviour
{
    Habits habits;
    int remoteDelay = -1; ///< ms until nodes of silent.test answer; negative: never
    int restartDelay = 1000; ///< ms until the service comes back after OutcastDies

    bool has(Habit habit) const { return habits.testFlag(habit); }

    static Behaviour proper() { return {}; }
    /// Everything the captured server does, without the catastrophes (buddycloud.md 11.3).
    static Behaviour allReal();
    /// Reads "proper", "all-real", or a list such as "all-real,-null-tag,silent-remote=5000,outcast-dies=300".
    /// On a word that is not known, *error says which, and what is known.
    static Behaviour fromText(const QString &text, QString *error);
    static QStringList names();
};

} // namespace cumulet::channelserver

Q_DECLARE_OPERATORS_FOR_FLAGS(cumulet::channelserver::Habits)
