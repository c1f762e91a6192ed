#pragma once

#include "domain/Async.h"
#include "domain/Conversation.h"
#include "ui/timeline/TimelineView.h"

#include <QObject>

#include <functional>

namespace cumulet {

class ConversationService;
class TimelineModel;

/// Where the reader is in one timeline: goes to rows that are asked for, and else to where they were, which is kept
/// while another place is open and over restarts. What is new goes first: with unread rows it opens at them.
class ReadingPosition : public QObject
{
    Q_OBJECT

public:
    /// Where it is kept; empty: at the newest row.
    struct Keeping
    {
        std::function<Future<QString>()> read;
        std::function<Future<Done>(const QString &)> write;
        bool hasUnread = false;
    };
    /// All but keeping must outlive it.
    ReadingPosition(Keeping keeping, TimelineModel &model, TimelineView &view, QObject *parent = nullptr);
    /// Kept with the conversation.
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

    Keeping m_keeping;
    TimelineModel &m_model;
    TimelineView &m_view;
    bool m_isLoaded = false;
    qint64 m_asked = 0; // before the first rows
    TimelineView::Place m_restored; // asked of the model
    std::optional<QString> m_saved; // as far as is known
};

} // namespace cumulet
