#include "ui/channel/ChannelPlace.h"

#include "services/conversation/ConversationService.h"
#include "services/roster/RosterService.h"
#include "services/session/SessionService.h"
#include "text/XmppAddress.h"
#include "ui/channel/ChannelDetails.h"
#include "ui/channel/ChannelMentions.h"
#include "ui/channel/ChannelWords.h"
#include "ui/channel/FollowButtons.h"
#include "ui/channel/PassingOn.h"
#include "ui/common/Banner.h"
#include "ui/common/Composer.h"
#include "ui/common/EmptyState.h"
#include "ui/common/ErrorText.h"
#include "ui/media/AttachmentBar.h"
#include "ui/media/MediaOpening.h"
#include "ui/models/ChannelTimelineModel.h"
#include "ui/shell/ConnectionWords.h"
#include "ui/shell/PlaceHeader.h"
#include "ui/shell/ReadingPosition.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int draftDelay = 1000; // ms after the last key
static constexpr int longestPost = 60 * 1024; // characters: one stanza stays under 64 KiB for most texts

ChannelPlace::ChannelPlace(const ProgramParts &parts, const Conversation &conversation, QWidget *parent)
    : Place(parts, conversation, parent)
    , m_services(*parts.accounts.of(conversation.account))
    , m_node(NodeId::of(conversation.jid))
    , m_header(new PlaceHeader(parts, this))
    , m_follow(new FollowButtons(m_services, this))
    , m_banner(new Banner(parts.theme, this))
    , m_composer(new Composer(parts.theme, Composer::Mode::Post, this))
    , m_composerColumn(new QWidget(this))
    , m_pages(new QStackedWidget(this))
    , m_timeline(new TimelineView(parts.theme, parts.avatars, TimelineView::NewestEdge::Top, this))
    , m_empty(new EmptyState(parts.theme, this))
    , m_model(new ChannelTimelineModel(m_services, parts.conversations, conversation, this))
    , m_mediaOpening(new MediaOpening(parts, this))
    , m_position(new ReadingPosition(parts.conversations, conversation, *m_model, *m_timeline, this))
    , m_back(new QPushButton(parts.icons.named(IconNames::back), tr("Back"), this))
    , m_more(new QToolButton(this))
    , m_passingOn(new PassingOn(parts, m_services, this))
    , m_mentions(new ChannelMentions(m_services, m_node, *m_model, this))
{
    m_channel.node = m_node;
    build();
    connectServices();
    connectMedia();
    refresh();
    whenDone(m_parts.conversations.draft(m_conversation.id), this, [this](const Result<QString> &draft) {
        if (draft && m_composer->isEmpty()) {
            m_composer->setText(*draft);
        }
    });
    m_model->load();
    readChannel();
    whenDone(m_services.channels->fetchNewest(m_node), this, [this](const Result<Done> &) {
        refreshEmpty(); // what came is told by threadsChanged; a failure shows in the banner
    });
}

void ChannelPlace::build()
{
    m_parts.theme.fill(this, Theme::Ground);
    m_timeline->setObjectName(u"timeline"_s);
    m_timeline->setModel(m_model);
    m_timeline->setLiveCheck([this] { return m_model->isAtNewest(); });
    m_composer->setObjectName(u"composer"_s);
    m_composer->setMaxLength(longestPost);
    m_back->setObjectName(u"back"_s);
    m_back->setShortcut(QKeySequence(u"Alt+Left"_s));
    m_back->setToolTip(tr("Back to where you were (Alt+Left)"));
    m_back->hide();
    m_header->addWidget(m_back);
    m_header->addWidget(m_follow);
    buildHeaderMenu();
    m_pages->addWidget(m_timeline);
    m_pages->addWidget(m_empty);
    m_composerColumn->setMaximumWidth(m_parts.theme.columnWidth());
    auto *column = new QVBoxLayout(m_composerColumn);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_composer);
    auto *composerLine = new QHBoxLayout;
    // the cards below make room for a scroll bar
    composerLine->setContentsMargins(
        Theme::page, Theme::wide, Theme::page + style()->pixelMetric(QStyle::PM_ScrollBarExtent), 0);
    composerLine->addStretch(1);
    composerLine->addWidget(m_composerColumn, 1000);
    composerLine->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_banner);
    layout->addLayout(composerLine);
    layout->addWidget(m_pages, 1);
    connect(m_header, &PlaceHeader::detailsToggled, this, &Place::detailsToggled);
    connect(m_header, &PlaceHeader::searchRequested, this, &Place::searchRequested);
    connect(m_follow, &FollowButtons::changed, this, &ChannelPlace::readChannel);
    connect(m_follow, &FollowButtons::said, this, &Place::said);
}

void ChannelPlace::connectServices()
{
    connect(m_services.channels, &ChannelService::channelChanged, this, [this](const NodeId &node) {
        if (node == m_node) {
            readChannel();
        }
    });
    followStatus();
    connect(m_services.channels, &ChannelService::statusChanged, this, &ChannelPlace::refreshBanner);
    connect(m_services.channels, &ChannelService::waitingChanged, this, &ChannelPlace::refreshBanner);
    connect(m_services.session, &SessionService::statusChanged, this, &ChannelPlace::refreshBanner);
    connect(m_banner, &Banner::activated, this, [this] {
        if (m_services.session->status().state == ConnectionState::Offline) {
            m_services.session->goOnline();
        } else if (!m_services.session->isConnected()) {
            m_services.session->retryNow();
        } else {
            whenDone(
                m_services.channels->start(m_services.channels->status().service), this, [](const Result<Done> &) {});
        }
    });

    connect(m_model, &TimelineModel::loaded, this, &ChannelPlace::refreshEmpty);
    connect(m_back, &QPushButton::clicked, this, &ChannelPlace::goBack);
    connect(m_services.channels, &ChannelService::takenBack, this, &ChannelPlace::takeIn);
    connect(m_passingOn, &PassingOn::said, this, &Place::said);
    connect(m_passingOn, &PassingOn::shared, this, &Place::personActivated);
    connect(m_services.channels, &ChannelService::ratingRefused, this, [this](const NodeId &node, const Error &error) {
        if (node == m_node) {
            Q_EMIT said(tr("Your like was not taken. %1").arg(ErrorText::sentence(error)));
        }
    });
    connect(m_model, &QAbstractItemModel::modelReset, this, &ChannelPlace::noteWindow);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &ChannelPlace::noteWindow);
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this] { showWanted(false); });
    connect(m_model, &TimelineModel::jumped, this, [this] { showWanted(true); });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &ChannelPlace::refreshEmpty);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &ChannelPlace::refreshEmpty);
    connectTimeline(*m_timeline, *m_model);
    connect(m_timeline, &TimelineView::nearOldestEdge, m_model, [this] {
        if (m_model->alone() == 0) {
            m_model->fetchOlder();
        }
    });
    // the model names every post and comment by its database row
    connect(m_timeline, &TimelineView::actionTriggered, this,
        [this](qint64 row, const QString &item, RowAction action) { act(row, item.toLongLong(), action); });
    connect(m_timeline, &TimelineView::contextMenuRequested, this,
        [this](
            qint64 row, const QString &item, const QPoint &position) { showMenu(row, item.toLongLong(), position); });

    connect(m_composer, &Composer::submitted, this, &ChannelPlace::submitPost);
    connect(m_composer, &Composer::escapePressed, this, &ChannelPlace::focusTimeline);
    connect(m_composer, &Composer::refusalActionTriggered, this, &ChannelPlace::askToPost);
    m_mentions->serve(m_parts.theme, *m_composer->field());
    connect(m_composer, &Composer::textEdited, this, [this] { m_draftDelay.start(); });
    m_draftDelay.setSingleShot(true);
    m_draftDelay.setInterval(draftDelay);
    connect(&m_draftDelay, &QTimer::timeout, this, &ChannelPlace::saveDraft);
}

void ChannelPlace::readChannel()
{
    whenDone(m_services.channels->open(m_node), this, [this](const Result<Channel> &channel) {
        if (channel) {
            m_channel = *channel;
            m_model->setChannel(m_channel);
        }
        refresh();
        if (!m_isRead) {
            m_isRead = true;
            Q_EMIT channelRead();
        }
    });
}

void ChannelPlace::whenRead(const std::function<void()> &then)
{
    if (m_isRead) {
        then();
    } else {
        connect(this, &ChannelPlace::channelRead, this, then, Qt::SingleShotConnection);
    }
}

void ChannelPlace::refresh()
{
    const ChannelStanding standing = m_services.channels->standingIn(m_channel);
    const bool isOwn = m_node.channel() == m_services.account.jid;
    const QString title = isOwn ? tr("My channel") : m_channel.displayTitle();
    m_header->setTitle(title);
    m_header->setLook({.account = m_services.account.jid.text(),
        .jid = m_node.channel().text(),
        .name = m_channel.displayTitle(),
        .kind = AvatarLook::Channel});
    m_header->setLine(m_model->alone() != 0 ? tr("One post and its comments")
            : m_status.isEmpty()            ? ChannelWords::summary(m_channel, standing)
                                            : u"%1 · %2"_s.arg(m_status, ChannelWords::summary(m_channel, standing)));
    m_composer->setPlaceholder(isOwn ? tr("Write a post in your channel…") : tr("Write a post in %1…").arg(title));
    m_composer->field()->setAccessibleName(tr("Post in %1").arg(title));
    m_composer->setAudience(ChannelWords::audience(m_channel));
    const Verdict posting = decide(ChannelOperation::Post, standing);
    m_composer->setRefusal(ChannelWords::refusal(posting));
    m_composer->setRefusalAction(posting == Verdict::ReadersOnly ? tr("Ask to post…") : QString());
    m_timeline->setAccessibleName(tr("Posts in %1").arg(title));
    const Verdict commenting = decide(ChannelOperation::Comment, standing);
    if (m_comment && commenting != Verdict::Allowed) {
        closeComments(); // what was written is kept as a draft
        Q_EMIT said(ChannelWords::refusal(commenting));
    }
    m_follow->setChannel(m_channel);
    refreshBanner();
    refreshEmpty();
}

void ChannelPlace::refreshBanner()
{
    if (!m_services.session->isConnected()) {
        ConnectionWords::show(*m_banner, m_services.session->status(), m_services.channels->waiting());
        return;
    }
    const QString trouble = ChannelWords::serviceTrouble(m_services.channels->status());
    if (!trouble.isEmpty()) {
        m_banner->setMessage(Banner::Tone::Warning, trouble, tr("Try again"));
        return;
    }
    // what was read before stays readable; that nothing more comes has to be said
    const Verdict reading = decide(ChannelOperation::Read, m_services.channels->standingIn(m_channel));
    const bool isLost = reading != Verdict::Allowed && m_model->rowCount() > 0;
    isLost ? m_banner->setMessage(Banner::Tone::Warning, ChannelWords::refusal(reading)) : m_banner->clear();
}

void ChannelPlace::refreshEmpty()
{
    const bool isEmpty = m_position->isLoaded() && m_model->rowCount() == 0;
    m_pages->setCurrentWidget(isEmpty ? static_cast<QWidget *>(m_empty) : m_timeline);
    refreshBanner(); // it speaks of what can be read
    const ChannelStanding standing = m_services.channels->standingIn(m_channel);
    // the composer is out of place where nothing can be written or read
    const Verdict reading = decide(ChannelOperation::Read, standing);
    m_composerColumn->setVisible(reading == Verdict::Allowed && m_model->alone() == 0);
    if (!isEmpty) {
        return;
    }
    m_empty->clearButtons();
    if (reading != Verdict::Allowed) {
        m_empty->setWords(ChannelWords::refusal(reading));
        if (reading == Verdict::Closed && isAllowed(ChannelOperation::Follow, standing)) {
            connect(m_empty->addButton(tr("Ask to follow")), &QPushButton::clicked, m_follow, &FollowButtons::follow);
        } else if (reading == Verdict::RequestPending) {
            connect(
                m_empty->addButton(tr("Withdraw request")), &QPushButton::clicked, m_follow, &FollowButtons::unfollow);
        } else if (reading == Verdict::Banned && isAllowed(ChannelOperation::Unfollow, standing)) {
            connect(m_empty->addButton(tr("Leave")), &QPushButton::clicked, m_follow, &FollowButtons::unfollow);
        }
    } else if (!m_services.session->isConnected()) {
        m_empty->setWords(tr("Not downloaded yet."), tr("It will be read when you are online."));
    } else if (isAllowed(ChannelOperation::Post, standing)) {
        m_node.channel() == m_services.account.jid
            ? m_empty->setWords(tr("This is your channel."), tr("Followers see what you post."))
            : m_empty->setWords(tr("New channel, nothing posted yet."));
        connect(m_empty->addButton(tr("Write a post")), &QPushButton::clicked, this, &ChannelPlace::focusComposer);
    } else {
        m_empty->setWords(tr("Nothing posted yet."));
    }
}

void ChannelPlace::submitPost(const QString &text)
{
    const Verdict verdict = decide(ChannelOperation::Post, m_services.channels->standingIn(m_channel));
    if (verdict != Verdict::Allowed) {
        m_composer->giveBack();
        Q_EMIT said(ChannelWords::refusal(verdict));
        return;
    }
    const auto files = m_files ? m_files->attachments() : QList<Attachment>();
    whenDone(m_services.channels->post(m_node, text, {}, {}, files), this, [this](const Result<Done> &done) {
        if (!done) {
            m_composer->giveBack();
            Q_EMIT said(ErrorText::sentence(done.error(), ErrorText::Attempt::Post));
            return;
        }
        if (m_files) {
            m_files->reload();
        }
        m_composer->taken();
        saveDraft();
        m_timeline->goToNewest();
    });
}

void ChannelPlace::openComments(qint64 thread, qint64 answered, bool takesFocus)
{
    const auto row = m_model->thread(thread);
    if (!row || !isAllowed(ChannelOperation::Comment, m_services.channels->standingIn(m_channel))) {
        return;
    }
    if (m_comment && m_commentedThread != thread) {
        closeComments();
    }
    const auto target = answered != 0 && answered != row->start.row ? m_model->post(answered) : std::nullopt;
    m_answered = target ? target->item : ItemId();
    if (!m_comment) {
        m_comment = new Composer(m_parts.theme, Composer::Mode::Comment);
        m_comment->setObjectName(u"comment"_s);
        m_comment->setMaxLength(longestPost);
        m_comment->setPlaceholder(tr("Write a comment…"));
        m_comment->field()->setAccessibleName(
            tr("Comment on the post of %1").arg(m_services.roster->nameOf(row->start.author)));
        m_commentedThread = thread;
        connect(m_comment, &Composer::submitted, this, &ChannelPlace::submitComment);
        connect(m_comment, &Composer::escapePressed, this, &ChannelPlace::closeComments);
        connect(m_comment, &Composer::contextDismissed, this, [this] {
            m_answered = {};
            m_comment->setContext({});
        });
        m_mentions->serve(m_parts.theme, *m_comment->field());
        m_commentFiles = addFiles(m_comment, row->start.item);
        m_timeline->openEditor(thread, m_comment);
        whenDone(m_parts.conversations.draft(m_conversation.id, row->start.item), this,
            [this, thread](const Result<QString> &draft) {
                if (draft && m_comment && m_commentedThread == thread && m_comment->isEmpty()) {
                    m_comment->setText(*draft);
                }
            });
    }
    m_comment->setContext(target ? tr("To %1").arg(m_services.roster->nameOf(target->author)) : QString());
    if (takesFocus) {
        m_comment->field()->setFocus(Qt::OtherFocusReason);
    }
}

void ChannelPlace::closeComments()
{
    if (!m_comment) {
        return;
    }
    const QString draft = m_comment->unsent();
    if (const auto row = m_model->thread(m_commentedThread)) {
        whenDone(m_parts.conversations.setDraft(m_conversation.id, row->start.item, draft), this,
            [this](const Result<Done> &done) {
                if (!done) {
                    Q_EMIT said(ErrorText::sentence(done.error()));
                }
            });
    }
    m_model->setCommentDraft(m_commentedThread, draft);
    m_comment = nullptr;
    m_commentFiles = nullptr;
    m_timeline->closeEditor(); // deletes it
    m_commentedThread = 0;
    focusTimeline();
}

void ChannelPlace::submitComment(const QString &text)
{
    const auto row = m_model->thread(m_commentedThread);
    if (!row) {
        m_comment->giveBack();
        return;
    }
    const auto files = m_commentFiles ? m_commentFiles->attachments() : QList<Attachment>();
    whenDone(m_services.channels->post(m_node, text, row->start.item, m_answered, files), this,
        [this, thread = m_commentedThread](const Result<Done> &done) {
            const bool isOpen = m_comment && m_commentedThread == thread;
            if (!done) {
                if (isOpen) {
                    m_comment->giveBack();
                }
                Q_EMIT said(ErrorText::sentence(done.error(), ErrorText::Attempt::Comment));
                return;
            }
            if (isOpen) {
                m_comment->taken();
                closeComments();
                if (m_model->alone() == thread) {
                    openComments(thread, 0, false);
                }
            }
        });
}

void ChannelPlace::report(Future<Done> answer, int attempt)
{
    whenDone(answer, this, [this, attempt](const Result<Done> &result) {
        if (!result) {
            Q_EMIT said(ErrorText::sentence(result.error(), ErrorText::Attempt(attempt)));
        }
    });
}

void ChannelPlace::act(qint64 row, qint64 item, RowAction action)
{
    const qint64 subject = item != 0 ? item : row;
    switch (action) {
    case RowAction::Comment:
        openComments(row, subject);
        return;
    case RowAction::ShowEarlier:
        m_model->expand(row);
        return;
    case RowAction::Retry:
        report(m_services.channels->retry(subject), int(ErrorText::Attempt::Post));
        return;
    case RowAction::Edit:
        if (const auto post = m_model->post(subject); post && !post->item.isEmpty()) {
            postAgain(subject);
        } else {
            takeBack(subject, true);
        }
        return;
    case RowAction::Like:
        toggleLike(subject);
        return;
    case RowAction::OpenThread:
        openThread(row);
        return;
    case RowAction::GoToAnswered:
        goToAnswered(row, subject);
        return;
    case RowAction::Discard:
        takeBack(subject, false);
        return;
    case RowAction::Undo:
        takeBack(subject, true);
        return;
    case RowAction::Mute:
        toggleNotices(row, ThreadNotices::Muted);
        return;
    case RowAction::Follow:
        toggleNotices(row, ThreadNotices::Followed);
        return;
    case RowAction::Delete:
        remove(subject);
        return;
    case RowAction::CopyLink:
        if (const auto post = m_model->post(subject); post && !post->item.isEmpty()) {
            QGuiApplication::clipboard()->setText(linkTo(*post));
            Q_EMIT said(tr("Link copied."));
        }
        return;
    case RowAction::OpenAuthor:
        if (const auto post = m_model->post(subject)) {
            Q_EMIT channelActivated(post->author);
        }
        return;
    case RowAction::More:
        showMenu(row, item, QCursor::pos());
        return;
    default:
        return;
    }
}

qint64 ChannelPlace::threadRowOf(const Post &comment) const
{
    for (int row = 0; row < m_model->rowCount() && !comment.isThreadStart(); ++row) {
        const auto id = m_model->index(row).data(TimelineRoles::RowIdRole).toLongLong();
        if (const auto candidate = m_model->thread(id); candidate && candidate->start.item == comment.inReplyTo) {
            return id;
        }
    }
    return 0;
}

QString ChannelPlace::linkTo(const Post &post) const
{
    return xmppUri(m_services.channels->status().service, m_node, post.item);
}

void ChannelPlace::showMenu(qint64 row, qint64 item, const QPoint &position)
{
    const qint64 subject = item != 0 ? item : row;
    const auto post = m_model->post(subject);
    if (!post) {
        return;
    }
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](QStringView icon, const QString &words, RowAction action) {
        connect(menu->addAction(m_parts.icons.named(icon), words), &QAction::triggered, this,
            [this, row, subject, action] { act(row, subject, action); });
    };
    const ChannelStanding standing = m_services.channels->standingIn(m_channel);
    const bool isOwn = post->author == m_services.account.jid;
    if (post->item.isEmpty()) {
        if (post->state == DeliveryState::Failed) {
            add(IconNames::retry, tr("&Retry"), RowAction::Retry);
        }
        if (post->state != DeliveryState::Sending) { // that one may have arrived
            add(IconNames::edit, tr("&Edit"), RowAction::Edit);
            add(IconNames::discard, tr("&Discard"), RowAction::Discard);
        }
    } else {
        if (isAllowed(ChannelOperation::Comment, standing)) {
            add(IconNames::edit, post->isThreadStart() ? tr("Co&mment") : tr("&Answer"), RowAction::Comment);
        }
        if (isAllowed(ChannelOperation::Rate, standing)) {
            add(IconNames::like, post->ratings.own > 0 ? tr("Ta&ke the like back") : tr("Li&ke"), RowAction::Like);
        }
        if (m_model->alone() == 0) {
            add(IconNames::details, tr("Open t&hread"), RowAction::OpenThread);
        }
        add(IconNames::link, tr("Copy &link"), RowAction::CopyLink);
        addFurther(menu, *post);
        addNotices(menu, row);
        if (isAllowed(isOwn ? ChannelOperation::DeleteOwnPost : ChannelOperation::DeleteAnyPost, standing)) {
            add(IconNames::remove, tr("&Delete"), RowAction::Delete);
        }
    }
    menu->addSeparator();
    connect(menu->addAction(m_parts.icons.named(IconNames::copy), tr("&Copy text")), &QAction::triggered, this,
        [body = post->body] { QGuiApplication::clipboard()->setText(body); });
    if (!isOwn) {
        connect(menu->addAction(m_parts.icons.named(IconNames::person),
                    tr("&Chat with %1").arg(m_services.roster->nameOf(post->author))),
            &QAction::triggered, this, [this, author = post->author] { Q_EMIT personActivated(author); });
        connect(menu->addAction(m_parts.icons.named(IconNames::people), tr("Open &their channel")), &QAction::triggered,
            this, [this, author = post->author] { Q_EMIT channelActivated(author); });
        connect(menu->addAction(tr("&Profile…")), &QAction::triggered, this,
            [this, author = post->author] { Q_EMIT profileWanted(author); });
    }
    menu->popup(position);
}

void ChannelPlace::save()
{
    saveDraft();
    if (m_model->alone() == 0) {
        m_position->save();
    }
}

void ChannelPlace::saveDraft()
{
    m_draftDelay.stop();
    whenDone(m_parts.conversations.setDraft(m_conversation.id, {}, m_composer->unsent()), this,
        [this](const Result<Done> &done) {
            if (!done) {
                Q_EMIT said(ErrorText::sentence(done.error()));
            }
        });
    if (m_comment) {
        if (const auto row = m_model->thread(m_commentedThread)) {
            whenDone(m_parts.conversations.setDraft(m_conversation.id, row->start.item, m_comment->unsent()), this,
                [](const Result<Done> &) {});
        }
    }
}

void ChannelPlace::jumpTo(qint64 row)
{
    m_position->jumpTo(row);
}

void ChannelPlace::commentOn(qint64 thread)
{
    whenRead([this, thread] {
        if (m_model->thread(thread)) {
            openComments(thread, thread);
            return;
        }
        connect(
            m_model, &TimelineModel::jumped, this,
            [this, thread](qint64 row) {
                if (row == thread) {
                    openComments(thread, thread);
                }
            },
            Qt::SingleShotConnection);
    });
}

void ChannelPlace::focusComposer()
{
    whenRead([this] {
        const Verdict verdict = decide(ChannelOperation::Post, m_services.channels->standingIn(m_channel));
        if (verdict != Verdict::Allowed) {
            Q_EMIT said(ChannelWords::refusal(verdict));
            return;
        }
        m_composer->field()->setFocus(Qt::OtherFocusReason);
    });
}

void ChannelPlace::focusTimeline()
{
    m_timeline->setFocus(Qt::OtherFocusReason);
}

void ChannelPlace::setLookedAt(bool isLookedAt)
{
    if (!isLookedAt) {
        m_model->noteAway();
        saveDraft();
    }
}

QWidget *ChannelPlace::makeDetails(QWidget *parent)
{
    auto *details = new ChannelDetails(m_parts, m_services, m_node, parent);
    connect(details, &ChannelDetails::personActivated, this, &Place::personActivated);
    connect(details, &ChannelDetails::channelActivated, this, &Place::channelActivated);
    connect(details, &ChannelDetails::profileWanted, this, &Place::profileWanted);
    connect(details, &ChannelDetails::said, this, &Place::said);
    return details;
}

} // namespace cumulet
