// Going from the channel to one thread alone, to comments that are answered or linked to, and back.
#include "ui/channel/ChannelPlace.h"

#include "ui/common/Composer.h"
#include "ui/common/ErrorText.h"
#include "ui/models/ChannelTimelineModel.h"
#include "ui/shell/ReadingPosition.h"

#include <QPushButton>

#include <algorithm>

namespace cumulet {

void ChannelPlace::openThread(qint64 row)
{
    const auto thread = m_model->thread(row);
    if (!thread || m_model->alone() == row) {
        return;
    }
    closeComments();
    if (m_model->alone() == 0) {
        m_position->save(); // of the channel; that of one thread is not kept
        m_trail.append({m_timeline->place(), 0});
    }
    m_model->showAlone(row);
}

// The window holds other rows: the channel's, or one thread's.
void ChannelPlace::noteWindow()
{
    const qint64 alone = m_model->alone();
    if (alone != 0 && m_model->rowCount() == 0) {
        Q_EMIT said(tr("This post was deleted."));
        while (!m_trail.isEmpty() && m_trail.last().alone != 0) {
            m_trail.removeLast();
        }
        goBack();
        return;
    }
    m_back->setVisible(!m_trail.isEmpty());
    refresh();
    if (alone != 0 && (!m_comment || m_commentedThread != alone)) {
        openComments(alone, 0, false);
    }
}

void ChannelPlace::goBack()
{
    if (m_trail.isEmpty()) {
        return;
    }
    // inside one thread there may have been jumps, too
    const auto [place, alone] = m_trail.takeLast();
    const bool leaves = m_model->alone() != 0 && alone == 0;
    m_back->setVisible(!m_trail.isEmpty());
    if (leaves) {
        closeComments();
        m_position->expect(place.atNewest ? TimelineView::Place() : place);
        m_model->showAll(place.atNewest ? 0 : place.rowId);
    } else if (m_model->indexOfRow(place.rowId) >= 0 || place.atNewest) {
        m_timeline->restore(place);
    } else {
        m_position->expect(place);
        m_model->jumpTo(place.rowId);
    }
    focusTimeline();
}

// Going to a comment

void ChannelPlace::goToAnswered(qint64 row, qint64 item)
{
    const auto comment = m_model->post(item);
    if (!comment || comment->target.isEmpty()) {
        return;
    }
    m_trail.append({m_timeline->place(), m_model->alone()});
    m_back->show();
    m_wanted = comment->target;
    m_wantedThread = row;
    showWanted(true);
}

void ChannelPlace::openItem(const ItemId &item)
{
    whenDone(m_services.channels->findThread(m_node, item), this, [this, item](const Result<PostRow> &row) {
        if (row) {
            m_wanted = item;
            m_wantedThread = *row;
            m_position->jumpTo(*row);
        } else if (row.error().kind == ErrorKind::NotFound) {
            Q_EMIT said(tr("This post does not exist any more."));
        } else if (row.error().kind == ErrorKind::Offline) {
            Q_EMIT said(tr("This post is not on this computer yet. Open the link again when you are online."));
        } else {
            Q_EMIT said(ErrorText::sentence(row.error(), ErrorText::Attempt::Load));
        }
    });
}

// Shows the wanted comment where it is there; else, if it may, asks for all of its thread.
void ChannelPlace::showWanted(bool mayExpand)
{
    const auto thread = m_wanted.isEmpty() ? std::nullopt : m_model->thread(m_wantedThread);
    if (!thread) {
        return;
    }
    const auto found = std::find_if(thread->comments.cbegin(), thread->comments.cend(),
        [this](const Post &comment) { return comment.item == m_wanted; });
    if (thread->start.item == m_wanted) {
        m_wanted = {};
    } else if (found != thread->comments.cend()) {
        m_wanted = {};
        m_timeline->goToItem(m_wantedThread, found->row);
    } else if (mayExpand) {
        m_model->expand(m_wantedThread);
    }
}

} // namespace cumulet
