#include "ui/home/HomePlace.h"

#include "services/account/Accounts.h"
#include "services/channel/ChannelService.h"
#include "services/conversation/ConversationService.h"
#include "services/preference/PreferenceService.h"
#include "services/roster/RosterService.h"
#include "text/XmppAddress.h"
#include "ui/common/EmptyState.h"
#include "ui/common/ErrorText.h"
#include "ui/home/HomeDetails.h"
#include "ui/media/MediaOpening.h"
#include "ui/models/FeedModel.h"
#include "ui/shell/PlaceHeader.h"
#include "ui/shell/ReadingPosition.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <array>

using namespace Qt::StringLiterals;

namespace cumulet {

HomePlace::HomePlace(const ProgramParts &parts, AccountId account, QWidget *parent)
    : Place(parts, {}, parent)
    , m_account(account)
    , m_actingAccount(account)
    , m_header(new PlaceHeader(parts, this))
    , m_tabs(new QTabBar(this))
    , m_pages(new QStackedWidget(this))
    , m_timeline(new TimelineView(parts.theme, parts.avatars, TimelineView::NewestEdge::Top, this))
    , m_empty(new EmptyState(parts.theme, this))
    , m_model(new FeedModel(parts.feeds, parts.accounts, Feed::Home, account, this))
{
    build();
    connectView();
    m_position = makePosition();
    refresh();
    m_model->load();
}

ReadingPosition *HomePlace::makePosition()
{
    const QString key = u"home.position %1"_s.arg(m_account);
    return new ReadingPosition(
        {[this, key] { return ready(m_model->feed() == Feed::Home ? m_parts.preferences.value(key) : QString()); },
            [this, key](const QString &position) {
                if (m_model->feed() == Feed::Home) {
                    m_parts.preferences.set(key, position);
                }
                return ready(Done{});
            }},
        *m_model, *m_timeline, this);
}

void HomePlace::build()
{
    m_parts.theme.fill(this, Theme::Ground);
    m_header->setTitle(tr("Home"));
    m_header->setLook({.account = {}, .jid = u"home"_s, .name = tr("Home"), .kind = AvatarLook::Channel});
    auto *write = new QPushButton(m_parts.icons.named(IconNames::edit), tr("Write a post"), m_header);
    write->setObjectName(u"write"_s);
    connect(write, &QPushButton::clicked, this, &HomePlace::ownChannelWanted);
    m_header->addWidget(write);
    m_tabs->setObjectName(u"feeds"_s);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setElideMode(Qt::ElideNone);
    m_tabs->setAccessibleName(tr("What is shown"));
    for (const QString &words : {tr("Everything"), tr("Mine"), tr("Mentions")}) { // in the order of Feed
        m_tabs->addTab(words);
    }
    m_timeline->setObjectName(u"timeline"_s);
    m_timeline->setModel(m_model);
    m_timeline->setLiveCheck([this] { return m_model->isAtNewest(); });
    m_pages->addWidget(m_timeline);
    m_pages->addWidget(m_empty);
    auto *tabLine = new QHBoxLayout;
    tabLine->setContentsMargins(Theme::page, Theme::small, Theme::page, 0);
    tabLine->addWidget(m_tabs);
    tabLine->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addLayout(tabLine);
    layout->addWidget(m_pages, 1);
}

void HomePlace::connectView()
{
    connect(m_header, &PlaceHeader::detailsToggled, this, &Place::detailsToggled);
    connect(m_header, &PlaceHeader::searchRequested, this, &Place::searchRequested);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        m_isLoaded = false;
        m_position->save();
        m_model->setFeed(Feed(tab));
        refresh();
    });
    connect(m_model, &TimelineModel::loaded, this, [this] {
        m_isLoaded = true;
        refreshEmpty();
        if (m_model->rowCount() > 0) {
            m_timeline->goToNewest();
        }
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &HomePlace::refreshEmpty);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &HomePlace::refreshEmpty);
    connectTimeline(*m_timeline, *m_model);
    auto *opening = new MediaOpening(m_parts, this);
    connect(opening, &MediaOpening::said, this, &Place::said);
    connect(m_timeline, &TimelineView::mediaActivated, this,
        [this, opening](qint64 row, const QString &item, int index, RowAction action) {
            const auto origin = m_model->origin(row);
            const auto post = m_model->post(item.toLongLong());
            const AccountServices *services = origin ? m_parts.accounts.of(origin->account) : nullptr;
            if (services && post && index < post->attachments.size()) {
                opening->act(*services, post->attachments.at(index), action);
            }
        });
    if (m_parts.media) {
        m_timeline->setMedia(m_parts.media);
    }
    connect(m_timeline, &TimelineView::nearOldestEdge, m_model, &TimelineModel::fetchOlder);
    connect(m_timeline, &TimelineView::actionTriggered, this,
        [this](qint64 row, const QString &item, RowAction action) { act(row, item.toLongLong(), action); });
    connect(m_timeline, &TimelineView::contextMenuRequested, this,
        [this](
            qint64 row, const QString &item, const QPoint &position) { showMenu(row, item.toLongLong(), position); });
}

void HomePlace::save()
{
    m_position->save();
}

void HomePlace::reload()
{
    m_position->save();
    m_model->load();
}

void HomePlace::refresh()
{
    static const std::array lines{QT_TR_NOOP("Posts of the channels you follow"), QT_TR_NOOP("Threads you wrote in"),
        QT_TR_NOOP("Threads in which you were mentioned")};
    const QString line = tr(lines.at(size_t(m_tabs->currentIndex())));
    m_header->setLine(line);
    m_timeline->setAccessibleName(line);
    refreshEmpty();
}

void HomePlace::refreshEmpty()
{
    const bool isEmpty = m_isLoaded && m_model->rowCount() == 0;
    m_pages->setCurrentWidget(isEmpty ? static_cast<QWidget *>(m_empty) : m_timeline);
    if (!isEmpty) {
        return;
    }
    m_empty->clearButtons();
    switch (m_model->feed()) {
    case Feed::Home:
        m_empty->setWords(tr("Nothing here yet."), tr("Posts of the channels you follow come together here."));
        connect(m_empty->addButton(tr("Find channels")), &QPushButton::clicked, this, &HomePlace::findWanted);
        return;
    case Feed::Mine:
        m_empty->setWords(tr("You have not written anything yet."), tr("Your posts and comments are found here."));
        return;
    case Feed::Mentions:
        m_empty->setWords(tr("Nobody has mentioned you yet."));
        return;
    }
}

void HomePlace::openThread(qint64 row, bool toComment)
{
    if (const auto origin = m_model->origin(row)) {
        m_actingAccount = origin->account;
        Q_EMIT threadWanted(origin->channel.node.channel(), row, toComment);
    }
}

void HomePlace::act(qint64 row, qint64 item, RowAction action)
{
    const auto origin = m_model->origin(row);
    const auto post = m_model->post(item != 0 ? item : row);
    if (!origin || !post) {
        return;
    }
    m_actingAccount = origin->account;
    switch (action) {
    case RowAction::ShowEarlier:
        m_model->expand(row);
        return;
    case RowAction::CopyLink:
        copyLink(*origin, *post);
        return;
    case RowAction::Like:
        toggleLike(*origin, *post);
        return;
    case RowAction::Undo:
        if (const AccountServices *services = m_parts.accounts.of(origin->account)) {
            whenDone(services->channels->undo(post->row), this, [this](const Result<Done> &done) {
                if (!done) {
                    Q_EMIT said(ErrorText::sentence(done.error(), ErrorText::Attempt::TakeBack));
                }
            });
        }
        return;
    case RowAction::OpenAuthor:
        Q_EMIT channelActivated(post->author);
        return;
    case RowAction::More:
        showMenu(row, item, QCursor::pos());
        return;
    case RowAction::Comment:
        openThread(row, true);
        return;
    default: // everything else is done in the channel
        openThread(row, false);
        return;
    }
}

void HomePlace::toggleLike(const FeedThread &origin, const Post &post)
{
    const AccountServices *services = m_parts.accounts.of(origin.account);
    if (!services || post.item.isEmpty()
        || !isAllowed(ChannelOperation::Rate, services->channels->standingIn(origin.channel))) {
        return;
    }
    const int like = 5;
    whenDone(post.ratings.own > 0 ? services->channels->withdrawRating(post) : services->channels->rate(post, like),
        this, [this](const Result<Done> &done) {
            if (!done) {
                Q_EMIT said(ErrorText::sentence(done.error(), ErrorText::Attempt::TakeBack));
            }
        });
}

void HomePlace::copyLink(const FeedThread &origin, const Post &post)
{
    const AccountServices *services = m_parts.accounts.of(origin.account);
    if (!services || post.item.isEmpty()) {
        return;
    }
    QGuiApplication::clipboard()->setText(
        xmppUri(services->channels->status().service, origin.channel.node, post.item));
    Q_EMIT said(tr("Link copied."));
}

void HomePlace::keepOut(const FeedThread &origin)
{
    const QString title = origin.channel.displayTitle();
    whenDone(
        m_parts.conversations.setInHome(origin.conversation, false), this, [this, title](const Result<Done> &done) {
            if (!done) {
                Q_EMIT said(ErrorText::sentence(done.error()));
                return;
            }
            Q_EMIT said(tr("%1 is not in Home any more.").arg(title));
            reload();
        });
}

void HomePlace::showMenu(qint64 row, qint64 item, const QPoint &position)
{
    const auto origin = m_model->origin(row);
    const auto post = m_model->post(item != 0 ? item : row);
    const AccountServices *services = origin ? m_parts.accounts.of(origin->account) : nullptr;
    if (!services || !post) {
        return;
    }
    m_actingAccount = origin->account;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](QStringView icon, const QString &words, auto slot) {
        connect(menu->addAction(m_parts.icons.named(icon), words), &QAction::triggered, this, slot);
    };
    add(IconNames::people, tr("&Open in the channel"), [this, row] { openThread(row, false); });
    if (isAllowed(ChannelOperation::Comment, services->channels->standingIn(origin->channel))) {
        add(IconNames::edit, tr("Co&mment"), [this, row] { openThread(row, true); });
    }
    if (!post->item.isEmpty()) {
        add(IconNames::link, tr("Copy &link"), [this, origin, post] { copyLink(*origin, *post); });
    }
    add(IconNames::copy, tr("&Copy text"), [body = post->body] { QGuiApplication::clipboard()->setText(body); });
    menu->addSeparator();
    if (post->author != services->account.jid) {
        add(IconNames::person, tr("C&hat with %1").arg(services->roster->nameOf(post->author)),
            [this, author = post->author] { Q_EMIT personActivated(author); });
    }
    if (m_model->feed() == Feed::Home) {
        add(IconNames::close, tr("&Keep this channel out of Home"), [this, origin] { keepOut(*origin); });
    }
    menu->popup(position);
}

void HomePlace::focusTimeline()
{
    m_timeline->setFocus(Qt::OtherFocusReason);
}

void HomePlace::setLookedAt(bool isLookedAt)
{
    if (!isLookedAt) {
        m_model->noteAway();
    }
}

QWidget *HomePlace::makeDetails(QWidget *parent)
{
    auto *details = new HomeDetails(m_parts, m_account, parent);
    connect(details, &HomeDetails::changed, this, &HomePlace::reload);
    connect(details, &HomeDetails::said, this, &Place::said);
    return details;
}

} // namespace cumulet
