#pragma once

#include "domain/Post.h"
#include "services/account/Accounts.h"
#include "services/channel/ChannelService.h"
#include "ui/models/HoldingClock.h"
#include "ui/models/TimelineModel.h"

#include <QHash>
#include <QSet>

#include <vector>

namespace cumulet {

/// Threads by their latest activity or in another order, newest at the top, whatever they are taken from. A thread that gets a comment
/// stays where it is under the reader, and is sorted anew only when the place is entered again.
class ThreadsModel : public TimelineModel
{
    Q_OBJECT

public:
    explicit ThreadsModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    void jumpTo(qint64 rowId) override;
    void jumpToNewest() override;

    /// The window becomes that thread alone, with all its comments; jumped() follows.
    void showAlone(qint64 rowId);
    /// The one thread that is shown, 0: all are.
    qint64 alone() const { return m_alone; }
    /// All threads again, with that one in the window (0, or it is gone: the newest one); jumped() follows.
    void showAll(qint64 rowId);
    /// Brings all comments of a thread, or of a row that stands for missing posts some of these.
    void expand(qint64 rowId);
    void setCommentDraft(qint64 rowId, const QString &draft);
    std::optional<Thread> thread(qint64 rowId) const;
    /// A post or comment in the window, by its database row.
    std::optional<Post> post(qint64 postRow) const;

protected:
    /// Where a thread is shown from: what its row says and offers depends on it.
    struct Setting
    {
        const AccountServices &services;
        const Channel &channel; ///< with our standing
        bool showsChannel = false; ///< its name belongs on the card
    };
    virtual Setting settingOf(const Thread &thread) const = 0;
    virtual Affiliation roleOf(const Jid &) const { return Affiliation::None; }
    virtual Future<Page<Thread>> askPage(const PageRequest &request) = 0;
    virtual Future<QList<Thread>> askThreads(const QList<PostRow> &starts) = 0;
    /// Where threads are missing, newest first, and some of what is missing there.
    virtual Future<QList<ChannelGap>> askGaps() { return ready(QList<ChannelGap>()); }
    virtual Future<Done> askMissing(qint64) { return ready(Done{}); }

    void fetchOlderPage() override;
    void fetchNewerPage() override;

    static constexpr int pageSize = 30;
    /// Where a thread stands in the order of the model; by default that of activity.
    virtual Cursor placeOf(const Thread &thread) const { return activityOf(thread); }
    static Cursor activityOf(const Thread &thread);
    int rowOf(qint64 rowId) const;
    void loadNewest();
    /// The same without loaded(); jumped() follows.
    void readNewest();
    void setCommentDrafts(const QHash<ItemId, QString> &drafts);
    void replaceWindow(const Page<Thread> &page);
    void clearWindow();
    void noteChanges(const QList<PostRow> &inserted, const QList<PostRow> &changed, const QList<PostRow> &removed);
    /// Each gap between rows of the window is a row itself, whose id is that of the gap, negative.
    void readGaps();
    /// Something changed how every row looks.
    void changeLook();
    /// The newest activity among these rows.
    std::optional<Cursor> newestOf(const QList<qint64> &rowIds) const;

    /// How long what is held can still be taken back.
    HoldingClock &holding() { return m_holding; }

    Cursor m_readPosition; ///< rows after it get the unread line below them; none without unread rows
    bool m_hasUnread = false;

private:
    struct Entry
    {
        Thread thread;
        bool isExpanded = false;

        /// It stands for missing posts: its last activity is where they begin.
        bool isGap() const { return thread.start.row < 0; }
    };
    static Entry entryOf(const ChannelGap &gap);
    void countDown();
    void watchHeld(const Thread &thread);
    NoticeRow noticeOf(const Entry &entry) const;
    ThreadRow rowAt(const Entry &entry) const;
    PostItem itemOf(const Post &post, const Thread &thread, const Setting &setting) const;
    int revisionOf(const Entry &entry) const;
    void insert(const QList<Thread> &threads);
    void update(const Thread &thread);
    void prepend(const Page<Thread> &page);
    void append(const Page<Thread> &page);
    void bringAround(qint64 rowId);
    void placeGaps();
    bool isPlaced(const ChannelGap &gap) const;
    void insertGap(const ChannelGap &gap);
    void fillGap(qint64 rowId);
    void jumpToGap(qint64 rowId);

    std::vector<Entry> m_entries; // newest first
    QHash<ItemId, QString> m_drafts; // by thread
    qint64 m_alone = 0;
    HoldingClock m_holding;
    QSet<qint64> m_heldRows; // threads with something held in them
    QList<ChannelGap> m_gaps; // all of them, newest first
    QSet<qint64> m_fillingGaps; // their rows
    PostRow m_firstUnread = 0; // the lowest unread thread of the window carries the line above the read ones
    QDateTime m_unreadSince;
    int m_look = 0; // grows when something changes how every row looks
};

} // namespace cumulet
