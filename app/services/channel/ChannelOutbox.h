#pragma once

#include "services/channel/AttachmentUploads.h"
#include "services/channel/ChannelParts.h"
#include "wire/ChannelWire.h"

#include <QSet>
#include <QTimer>

namespace cumulet {

class ChannelIntake;
class ChannelStandings;

/// Sends what waits in the store: posts and retractions, one at a time, in the order they were written.
/// State Sending is committed before anything leaves. An attempt without an answer has an unknown outcome: the node is
/// read again before the post is sent again, since a second publish would be a second post (buddycloud.md 4.16).
class ChannelOutbox : public QObject
{
    Q_OBJECT

public:
    /// What is held for longer is not: the clock was set back.
    static constexpr std::chrono::milliseconds longestHolding = std::chrono::minutes(1);

    ChannelOutbox(
        const ChannelParts &parts, ChannelIntake &intake, const ChannelStandings &standings, QObject *parent = nullptr);

    /// The service answers: send what waits.
    void open();
    /// The service is gone; what is under way is settled the next time.
    void close();
    /// One was added to the store: counted at once.
    void noteEnqueued();
    /// Something was changed.
    void flush();
    int waiting() const { return m_waiting; }
    /// A post that waited was given up: what was uploaded for it goes.
    void noteDiscarded(const Post &post) { m_uploads.withdraw(post.attachments); }
    /// Done when nothing can be sent any more at the moment: empty, closed, or nobody answers.
    Future<Done> settled();

Q_SIGNALS:
    void waitingChanged();
    void failed(const cumulet::Error &error);
    /// The service does not want a rating of ours; it is gone from the store.
    void ratingRefused(const cumulet::NodeId &node, const cumulet::Error &error);

private:
    using Waiting = ChannelStore::Waiting;
    void next();
    void choose(const QList<Waiting> &entries);
    QList<Waiting> due(const QList<Waiting> &entries);
    void rest();
    void upload(const Waiting &entry);
    void send(const Waiting &entry);
    void fail(const Waiting &entry, const Error &error);
    void sent(const Waiting &entry, const Result<ItemId> &answer);
    void settle(const Waiting &entry, const QString &after = {}, int pages = 0);
    void judge(const Waiting &entry, const PostPage &page, int pages);
    void setState(const Waiting &entry, DeliveryState state, const Error &error = {});
    void refuseRating(const Waiting &entry, const Error &error);
    void postpone(const NodeId &node);
    void countWaiting(qsizetype count);

    ChannelParts m_parts;
    ChannelIntake &m_intake;
    const ChannelStandings &m_standings;
    AttachmentUploads m_uploads;
    bool m_isOpen = false;
    bool m_isRunning = false;
    bool m_isWanted = false; // something was added while we ran
    int m_waiting = 0;
    QSet<NodeId> m_postponed; // nodes whose service did not answer
    QTimer m_retry;
    QTimer m_holding; // until the first of what is held may go
    std::chrono::milliseconds m_patience;
    QList<std::shared_ptr<QPromise<Result<Done>>>> m_listeners;
};

} // namespace cumulet
