#pragma once

#include "domain/Conversation.h"
#include "ui/timeline/TimelineView.h"

#include <QObject>

namespace cumulet {

class ConversationService;
class TimelineModel;

/// Where the reader is in one conversation: goes to rows that are asked for, and else to where they were, which is kept
/// while another conversation is open and over restarts. What is new goes first: with unread rows it opens at them.
class ReadingPosition : public QObject
{
    Q_OBJECT

public:
    /// All but conversation must outlive it.
    ReadingPosition(ConversationService &conversations, const Conversation &conversation, TimelineModel &model,
        TimelineView &view, QObject *parent = nullptr);

    /// The first rows are there.
    bool isLoaded() const { return m_isLoaded; }
    /// Shows that row, as soon as there are rows; 0: nothing is asked for.
    void jumpTo(qint64 row);
    /// The next jump of the model ends where the reader was.
    void expect(const TimelineView::Place &place) { m_restored = place; }
    void save();

private:
    void begin();
    void restore();
    void show(qint64 row);

    ConversationService &m_conversations;
    TimelineModel &m_model;
    TimelineView &m_view;
    ConversationId m_conversation;
    bool m_hasUnread;
    bool m_isLoaded = false;
    qint64 m_asked = 0; // before the first rows
    TimelineView::Place m_restored; // asked of the model
    std::optional<QString> m_saved; // as far as is known
};

} // namespace cumulet
