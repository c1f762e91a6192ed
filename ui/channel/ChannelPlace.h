#pragma once

#include "services/account/Accounts.h"
#include "services/channel/ChannelService.h"
#include "ui/shell/Place.h"
#include "ui/timeline/TimelineView.h"

#include <QTimer>

#include <functional>

QT_BEGIN_NAMESPACE
class QMenu;
class QPushButton;
class QStackedWidget;
class QToolButton;
class QVBoxLayout;
QT_END_NAMESPACE

namespace cumulet {

class AttachmentBar;
class Banner;
class ChannelMentions;
class ChannelTimelineModel;
class Composer;
class EmptyState;
class FollowButtons;
class MediaOpening;
class PassingOn;
class PlaceHeader;
class ReadingPosition;

/// A channel: its face, the way in and out, its threads, and where one writes a post or a comment.
class ChannelPlace : public Place
{
    Q_OBJECT

public:
    ChannelPlace(const ProgramParts &parts, const Conversation &conversation, QWidget *parent = nullptr);

    void jumpTo(qint64 row) override;
    /// Opens the comment box of that thread, as soon as the thread is there.
    void commentOn(qint64 thread);
    void openItem(const ItemId &item) override;
    void focusComposer() override;
    void focusTimeline() override;
    void takeFocus() override { focusTimeline(); }
    void setLookedAt(bool isLookedAt) override;
    void save() override;
    QWidget *makeDetails(QWidget *parent) override;

Q_SIGNALS:
    void channelRead(); ///< for the first time

private:
    void build();
    void connectServices();
    void followStatus();
    void readChannel();
    void whenRead(const std::function<void()> &then);
    void refresh();
    void refreshBanner();
    void refreshEmpty();
    void submitPost(const QString &text);
    void openComments(qint64 thread, qint64 answered, bool takesFocus = true);
    void submitComment(const QString &text);
    void closeComments();
    void act(qint64 row, qint64 item, RowAction action);
    void remove(qint64 item);
    void takeBack(qint64 item, bool forEditing);
    void askToPost();
    void takeIn(const TakenBack &taken);
    void toggleNotices(qint64 row, ThreadNotices wanted);
    void addNotices(QMenu *menu, qint64 row);
    void buildHeaderMenu();
    QString orderKey() const;
    void toggleLike(qint64 item);
    void postAgain(qint64 item);
    void deleteAndWrite(const Post &post, qint64 thread);
    bool mayPostAgain(const Post &post) const;
    qint64 threadRowOf(const Post &comment) const;
    void openThread(qint64 row);
    void noteWindow();
    void goToAnswered(qint64 row, qint64 item);
    void showWanted(bool mayExpand);
    void goBack();
    void addFurther(QMenu *menu, const Post &post);
    void connectMedia();
    AttachmentBar *addFiles(Composer *composer, const ItemId &thread);
    void saveDraft();
    void showMenu(qint64 row, qint64 item, const QPoint &position);
    QString linkTo(const Post &post) const;
    void report(Future<Done> answer, int attempt);

    AccountServices m_services;
    NodeId m_node;
    Channel m_channel;
    QString m_status; // what it says of itself
    PlaceHeader *m_header;
    FollowButtons *m_follow;
    Banner *m_banner;
    Composer *m_composer;
    QWidget *m_composerColumn;
    QStackedWidget *m_pages;
    TimelineView *m_timeline;
    EmptyState *m_empty;
    ChannelTimelineModel *m_model;
    Composer *m_comment = nullptr;
    MediaOpening *m_mediaOpening;
    AttachmentBar *m_files = nullptr; // none: nothing can be attached
    AttachmentBar *m_commentFiles = nullptr; // goes with m_comment
    qint64 m_commentedThread = 0;
    ItemId m_answered;
    QTimer m_draftDelay;
    ReadingPosition *m_position;
    bool m_isRead = false; // what is known of the channel; before, nothing seems to be allowed
    QPushButton *m_back;
    QToolButton *m_more;
    PassingOn *m_passingOn;
    ChannelMentions *m_mentions;
    struct Stop
    {
        TimelineView::Place place;
        qint64 alone; // the thread that was shown alone, 0: the channel was
    };
    QList<Stop> m_trail; // where one was before what one has jumped to
    ItemId m_wanted; // to be shown as soon as its thread has it
    qint64 m_wantedThread = 0;
};

} // namespace cumulet
