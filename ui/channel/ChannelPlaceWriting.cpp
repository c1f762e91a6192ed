// Taking back what was written, deleting, and what a thread is told of.
#include "ui/channel/ChannelPlace.h"

#include "ui/channel/ChannelWords.h"
#include "ui/channel/PassingOn.h"
#include "ui/common/Composer.h"
#include "ui/common/ErrorText.h"
#include "ui/media/AttachmentBar.h"
#include "ui/models/ChannelTimelineModel.h"

#include <QMenu>
#include <QPlainTextEdit>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

// It can be undone for a moment, by the word that the window shows then: no question is needed.
void ChannelPlace::remove(qint64 item)
{
    const auto post = m_model->post(item);
    if (!post) {
        return;
    }
    if (post->item.isEmpty()) {
        takeBack(item, false);
        return;
    }
    const bool isOwn = post->author == m_services.account.jid;
    const Verdict verdict = decide(isOwn ? ChannelOperation::DeleteOwnPost : ChannelOperation::DeleteAnyPost,
        m_services.channels->standingIn(m_channel));
    if (verdict != Verdict::Allowed) {
        Q_EMIT said(ChannelWords::refusal(verdict));
        return;
    }
    report(m_services.channels->retract(m_node, post->item), int(ErrorText::Attempt::Delete));
}

void ChannelPlace::takeBack(qint64 item, bool forEditing)
{
    const auto post = m_model->post(item);
    if (!post || !post->item.isEmpty()) {
        return;
    }
    if (forEditing) {
        report(m_services.channels->undo(item), int(ErrorText::Attempt::TakeBack)); // takeIn() gets the text
        return;
    }
    whenDone(m_services.channels->discard(item), this, [this](const Result<QString> &text) {
        if (!text) {
            Q_EMIT said(ErrorText::sentence(text.error(), ErrorText::Attempt::TakeBack));
        }
    });
}

// What was taken back is a draft already; here it comes before the eyes, below what was written meanwhile.
void ChannelPlace::takeIn(const TakenBack &taken)
{
    if (taken.node != m_node || taken.isDeletion) {
        return;
    }
    const auto thread = m_model->thread(taken.thread);
    const bool isOpen = m_comment && m_commentedThread == taken.thread;
    if (!taken.inReplyTo.isEmpty() && thread && !isOpen) {
        const auto answered = std::find_if(thread->comments.cbegin(), thread->comments.cend(),
            [&taken](const Post &comment) { return comment.item == taken.target && !taken.target.isEmpty(); });
        openComments(taken.thread, answered == thread->comments.cend() ? 0 : answered->row); // it reads the draft
        return;
    }
    if (!taken.inReplyTo.isEmpty() && !isOpen) {
        return;
    }
    Composer *composer = taken.inReplyTo.isEmpty() ? m_composer : m_comment;
    if (!taken.text.isEmpty()) {
        composer->addText(taken.text);
    }
    if (AttachmentBar *files = composer == m_comment ? m_commentFiles : m_files) {
        files->reload();
    }
    composer->field()->setFocus(Qt::OtherFocusReason);
    saveDraft();
}

// Those who could allow it: the owner of a personal channel is its address.
static Jid whoRuns(const Channel &channel, const QList<Membership> &members, const Jid &self)
{
    for (const auto role : {Affiliation::Owner, Affiliation::Moderator}) {
        for (const Membership &member : members) {
            if (member.affiliation == role && member.jid != self) {
                return member.jid;
            }
        }
    }
    return channel.type == ChannelType::Personal ? channel.node.channel() : channel.owner;
}

// A chat with a proposal in it; sending it is up to the writer.
void ChannelPlace::askToPost()
{
    whenDone(m_services.channels->members(m_node), this, [this](const Result<QList<Membership>> &members) {
        const Jid who = whoRuns(m_channel, members ? *members : QList<Membership>(), m_services.account.jid);
        if (who.isEmpty()) {
            Q_EMIT said(tr("It is not known here who runs this channel."));
            return;
        }
        m_passingOn->put(who,
            tr("Hello! May I post in the channel %1 (%2)?").arg(m_channel.displayTitle(), m_node.channel().text()));
    });
}

void ChannelPlace::toggleNotices(qint64 row, ThreadNotices wanted)
{
    const auto thread = m_model->thread(row);
    if (!thread || thread->start.item.isEmpty()) {
        return;
    }
    const ThreadNotices chosen = thread->notices == wanted ? ThreadNotices::Usual : wanted;
    whenDone(m_services.channels->setThreadNotices(row, chosen), this, [this, chosen](const Result<Done> &done) {
        if (!done) {
            Q_EMIT said(ErrorText::sentence(done.error()));
            return;
        }
        Q_EMIT said(chosen == ThreadNotices::Muted ? tr("Muted: nothing of this thread is told or counted any more.")
                : chosen == ThreadNotices::Followed
                ? tr("Followed: you are told of every comment.")
                : tr("Nothing special for this thread any more: the channel's choice counts."));
    });
}

void ChannelPlace::addNotices(QMenu *menu, qint64 row)
{
    const auto thread = m_model->thread(row);
    if (!thread || thread->start.item.isEmpty()) {
        return;
    }
    const auto add = [&](const QString &words, ThreadNotices notices) {
        QAction *action = menu->addAction(words);
        action->setCheckable(true);
        action->setChecked(thread->notices == notices);
        connect(action, &QAction::triggered, this, [this, row, notices] { toggleNotices(row, notices); });
    };
    add(tr("&Follow this thread"), ThreadNotices::Followed);
    add(tr("M&ute this thread"), ThreadNotices::Muted);
}

} // namespace cumulet
