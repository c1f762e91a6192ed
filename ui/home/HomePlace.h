#pragma once

#include "domain/Feed.h"
#include "ui/shell/Place.h"
#include "ui/timeline/TimelineView.h"

QT_BEGIN_NAMESPACE
class QStackedWidget;
class QTabBar;
QT_END_NAMESPACE

namespace cumulet {

class EmptyState;
class FeedModel;
class PlaceHeader;
class ReadingPosition;

/// What the followed channels say, in one timeline; beside it what we wrote and where we were mentioned.
/// Every card leads into its channel, where one answers.
class HomePlace : public Place
{
    Q_OBJECT

public:
    /// account 0: of all accounts.
    HomePlace(const ProgramParts &parts, AccountId account, QWidget *parent = nullptr);

    AccountId account() const override { return m_actingAccount; }
    void jumpTo(qint64) override {} // it opens where the reader was
    void focusComposer() override { Q_EMIT ownChannelWanted(); }
    void focusTimeline() override;
    void takeFocus() override { focusTimeline(); }
    void setLookedAt(bool isLookedAt) override;
    void save() override;
    QWidget *makeDetails(QWidget *parent) override;

Q_SIGNALS:
    /// A thread is to be shown in its channel; with a comment box where one wants to answer.
    void threadWanted(const cumulet::Jid &channel, qint64 row, bool toComment);
    void ownChannelWanted();
    void findWanted();

private:
    void build();
    void connectView();
    ReadingPosition *makePosition();
    void reload();
    void refresh();
    void refreshEmpty();
    void act(qint64 row, qint64 item, RowAction action);
    void openThread(qint64 row, bool toComment);
    void toggleLike(const FeedThread &origin, const Post &post);
    void copyLink(const FeedThread &origin, const Post &post);
    void keepOut(const FeedThread &origin);
    void showMenu(qint64 row, qint64 item, const QPoint &position);

    AccountId m_account;
    AccountId m_actingAccount; // of the card that was acted on last
    PlaceHeader *m_header;
    QTabBar *m_tabs;
    QStackedWidget *m_pages;
    TimelineView *m_timeline;
    EmptyState *m_empty;
    FeedModel *m_model;
    ReadingPosition *m_position = nullptr; // in everything; the other feeds open at their newest
    bool m_isLoaded = false;
};

} // namespace cumulet
