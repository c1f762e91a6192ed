#pragma once

#include "domain/Conversation.h"
#include "ui/timeline/TimelineView.h"

#include <QObject>

namespace cumulet {

class ConversationService;
class TimelineModel;

/// Where the reader is in one conversation, kept while another one is open and over restarts. What is new goes first:
/// with unread rows the conversation opens at them.
class ReadingPosition : public QObject
{
    Q_OBJECT

public:
    /// All but conversation must outlive it.
    ReadingPosition(ConversationService &conversations, const Conversation &conversation, TimelineModel &model,
        TimelineView &view, QObject *parent = nullptr);

    /// Asks the model for the row where the reader was, once the first rows are there.
    void restore();
    /// Shows a row that restore() asked for, as it stood; false: somebody else wants to see it.
    bool showAgain(qint64 row);
    void save();

private:
    ConversationService &m_conversations;
    TimelineModel &m_model;
    TimelineView &m_view;
    ConversationId m_conversation;
    bool m_hasUnread;
    TimelineView::Place m_wanted;
    QString m_saved;
};

} // namespace cumulet
