#pragma once

#include "domain/NodeLine.h"
#include "services/channel/ChannelParts.h"

#include <QSet>
#include <QTimer>

namespace cumulet {

class ChannelStandings;

/// What channels and people say of themselves in one line (buddycloud.md 1.3): the status, and the places of a person.
/// A status is stored, ours before it is sent: the newest entry of its node is the status, so that sending it once more
/// after an unknown outcome changes nothing for readers. Places are only read; nothing here ever tells ours.
class ChannelLines : public QObject
{
    Q_OBJECT

public:
    ChannelLines(const ChannelParts &parts, const ChannelStandings &standings, QObject *parent = nullptr);

    /// As it is stored; the service is asked, too, as soon as it is there: statusChanged() follows if it knows more.
    Future<NodeLine> status(const Jid &channel);
    /// As it is stored, without asking.
    Future<NodeLine> stored(const Jid &channel);
    /// Says it in our own channel, now or as soon as we can; empty: nothing any more. More than a line becomes one.
    Future<Done> setOwnStatus(const QString &text);
    /// What a person tells of their places, asked of the service. Offline; never stored.
    Future<Places> places(const Jid &person);
    /// We follow it no more: its status is not told to us either.
    void leave(const Jid &channel);

    /// The service is there: what waits is sent, what was wanted is asked.
    void open();
    void close();
    /// News of any node; only what says a status counts.
    void notePosts(const NodeId &node, const QList<Post> &posts);
    void noteRetracted(const NodeId &node);

    static constexpr qsizetype longest = 500; ///< characters

Q_SIGNALS:
    void statusChanged(const cumulet::Jid &channel);
    /// The service does not take our status; it stays written, and is tried again after the next login.
    void statusRefused(const cumulet::Error &error);
    /// The store refused.
    void failed(const cumulet::Error &error);

private:
    void ask(const Jid &channel);
    void follow(const Jid &channel);
    Future<Done> keep(const NodeId &node, const QList<Post> &posts);
    void flush();
    void send(const NodeLine &line);
    void sent(const NodeLine &line, const Result<ItemId> &answer);
    void settle(const NodeLine &line);
    Future<QString> place(const Jid &person, const QStringList &types);

    ChannelParts m_parts;
    const ChannelStandings &m_standings;
    bool m_isOpen = false;
    bool m_isSending = false;
    QSet<Jid> m_wanted; // to be asked as soon as the service is there
    QSet<Jid> m_heard; // whose status node we have followed in this session
    QTimer m_retry;
};

} // namespace cumulet
