// What can be done with a post besides reading and answering it: liking, writing it again, passing it on; and the menu
// of the channel.
#include "ui/channel/ChannelPlace.h"

#include "services/channel/ChannelLines.h"
#include "services/conversation/ConversationService.h"
#include "services/preference/PreferenceService.h"
#include "ui/channel/ChannelWords.h"
#include "ui/channel/PassingOn.h"
#include "ui/common/Composer.h"
#include "ui/common/ErrorText.h"
#include "ui/media/AttachmentBar.h"
#include "ui/media/MediaOpening.h"
#include "ui/models/ChannelTimelineModel.h"
#include "ui/shell/PlaceHeader.h"

#include <QActionGroup>
#include <QMenu>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace cumulet {

void ChannelPlace::followStatus()
{
    auto &lines = m_services.channels->lines();
    const auto show = [this](const Result<NodeLine> &line) {
        if (line && line->text != m_status) {
            m_status = line->text;
            refresh();
        }
    };
    connect(&lines, &ChannelLines::statusChanged, this, [this, show](const Jid &channel) {
        if (channel == m_node.channel()) {
            whenDone(m_services.channels->lines().stored(channel), this, show);
        }
    });
    whenDone(lines.status(m_node.channel()), this, show);
}

// What leads out of the timeline.
void ChannelPlace::addFurther(QMenu *menu, const Post &post)
{
    const QString link = linkTo(post);
    connect(menu->addAction(m_parts.icons.named(IconNames::repost), tr("&Repost to a channel…")), &QAction::triggered,
        this, [this, post, link] { m_passingOn->repost(post, link); });
    connect(menu->addAction(m_parts.icons.named(IconNames::send), tr("&Share to a chat…")), &QAction::triggered, this,
        [this, post, link] { m_passingOn->share(post, link); });
    if (mayPostAgain(post)) {
        connect(menu->addAction(m_parts.icons.named(IconNames::edit),
                    post.isThreadStart() ? tr("Delete and &post again…") : tr("Delete and &write again…")),
            &QAction::triggered, this, [this, row = post.row] { postAgain(row); });
    }
}

void ChannelPlace::buildHeaderMenu()
{
    auto *menu = new QMenu(m_more);
    auto *group = new QActionGroup(menu);
    const bool byPost = m_parts.preferences.value(orderKey()) == "newest"_L1;
    m_model->setOrder(byPost ? ThreadOrder::NewestPost : ThreadOrder::LatestActivity);
    const auto add = [&](const QString &words, ThreadOrder order) {
        QAction *action = menu->addAction(words);
        action->setCheckable(true);
        action->setChecked(m_model->order() == order);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, order] {
            m_parts.preferences.set(orderKey(), order == ThreadOrder::NewestPost ? u"newest"_s : QString());
            m_model->sortBy(order);
        });
    };
    add(tr("Latest &activity first"), ThreadOrder::LatestActivity);
    add(tr("&Newest post first"), ThreadOrder::NewestPost);
    m_more->setObjectName(u"channelMenu"_s);
    m_more->setIcon(m_parts.icons.named(IconNames::more));
    m_more->setIconSize({16, 16});
    m_more->setFixedSize(32, 32);
    m_more->setAutoRaise(true);
    m_more->setToolTip(tr("More about this channel"));
    m_more->setAccessibleName(tr("More about this channel"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(menu);
    m_header->addWidget(m_more);
}

QString ChannelPlace::orderKey() const
{
    return u"channel/%1/order"_s.arg(m_conversation.id);
}

void ChannelPlace::toggleLike(qint64 item)
{
    const auto post = m_model->post(item);
    const Verdict verdict = decide(ChannelOperation::Rate, m_services.channels->standingIn(m_channel));
    if (!post || post->item.isEmpty()) {
        return;
    }
    if (verdict != Verdict::Allowed) {
        Q_EMIT said(ChannelWords::refusal(verdict));
        return;
    }
    const int like = 5;
    report(post->ratings.own > 0 ? m_services.channels->withdrawRating(*post) : m_services.channels->rate(*post, like),
        int(ErrorText::Attempt::TakeBack));
}

// The service cannot edit (buddycloud.md 4.16). What others have commented on stays.
bool ChannelPlace::mayPostAgain(const Post &post) const
{
    const auto thread = m_model->thread(post.row);
    const bool hasComments = thread && (!thread->comments.isEmpty() || thread->earlierComments > 0);
    return post.author == m_services.account.jid && !post.item.isEmpty() && !hasComments
        && isAllowed(ChannelOperation::DeleteOwnPost, m_services.channels->standingIn(m_channel))
        && isAllowed(ChannelOperation::Post, m_services.channels->standingIn(m_channel));
}

void ChannelPlace::postAgain(qint64 item)
{
    const auto post = m_model->post(item);
    if (!post || !mayPostAgain(*post)) {
        return;
    }
    auto *question = new QMessageBox(QMessageBox::Question, tr("Delete and write again"),
        post->isThreadStart() ? tr("Delete this post and write it again?")
                              : tr("Delete this comment and write it again?"),
        QMessageBox::Cancel, this);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(tr("Posts cannot be changed here. The text is put where you write, to be changed and "
                                    "sent anew. Likes are lost, and servers of followers may keep a copy."));
    question->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *again = question->addButton(tr("Delete and write again"), QMessageBox::DestructiveRole);
    again->setObjectName(u"postAgain"_s);
    connect(again, &QPushButton::clicked, this,
        [this, post = *post, thread = threadRowOf(*post)] { deleteAndWrite(post, thread); });
    question->open();
}

// The text is in safe hands before anything is deleted.
void ChannelPlace::deleteAndWrite(const Post &post, qint64 thread)
{
    if (!post.isThreadStart()) {
        openComments(thread, 0);
    }
    Composer *composer = post.isThreadStart() ? m_composer : m_comment;
    if (!composer) {
        return;
    }
    const QString text = composer->isEmpty() ? post.body : composer->text() + u'\n' + post.body;
    composer->setText(text);
    composer->field()->setFocus(Qt::OtherFocusReason);
    const auto kept = m_parts.conversations.setDraft(m_conversation.id, post.inReplyTo, text);
    report(andThen(kept, this, [this, item = post.item](Done) { return m_services.channels->retract(m_node, item); }),
        int(ErrorText::Attempt::Delete));
}

// Pictures and files: those of posts, and those of the draft.
void ChannelPlace::connectMedia()
{
    connect(m_mediaOpening, &MediaOpening::said, this, &Place::said);
    connect(m_timeline, &TimelineView::mediaActivated, this,
        [this](qint64, const QString &item, int index, RowAction action) {
            if (const auto post = m_model->post(item.toLongLong()); post && index < post->attachments.size()) {
                m_mediaOpening->act(m_services, post->attachments.at(index), action);
            }
        });
    if (m_parts.media) {
        m_timeline->setMedia(m_parts.media);
    }
    m_files = addFiles(m_composer, {});
}

AttachmentBar *ChannelPlace::addFiles(Composer *composer, const ItemId &thread)
{
    if (!m_parts.media || !m_services.media) {
        return nullptr;
    }
    auto *files = new AttachmentBar(m_parts, m_services, m_conversation.id, thread, composer);
    connect(files, &AttachmentBar::said, this, &Place::said);
    return files;
}

} // namespace cumulet
