#include "ui/shell/ReadingPosition.h"

#include "services/conversation/ConversationService.h"
#include "ui/models/TimelineModel.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace cumulet {

Q_LOGGING_CATEGORY(lcReading, "cumulet.reading", QtInfoMsg)

ReadingPosition::ReadingPosition(ConversationService &conversations, const Conversation &conversation,
    TimelineModel &model, TimelineView &view, QObject *parent)
    : QObject(parent)
    , m_conversations(conversations)
    , m_model(model)
    , m_view(view)
    , m_conversation(conversation.id)
    , m_hasUnread(conversation.unread > 0)
{
}

void ReadingPosition::restore()
{
    if (m_hasUnread) {
        return;
    }
    whenDone(m_conversations.anchor(m_conversation), this, [this](const Result<QString> &anchor) {
        const QStringList parts = anchor ? anchor->split(u' ') : QStringList();
        if (parts.size() != 2 || !m_view.isAtNewest()) { // nothing kept, or the reader was faster
            return;
        }
        m_saved = *anchor;
        m_wanted = {false, parts.first().toLongLong(), parts.last().toLongLong()};
        m_model.jumpTo(m_wanted.rowId);
    });
}

bool ReadingPosition::showAgain(qint64 row)
{
    if (row == 0 || row != m_wanted.rowId) {
        return false;
    }
    m_view.restore(std::exchange(m_wanted, {}));
    return true;
}

void ReadingPosition::save()
{
    const TimelineView::Place place = m_view.place();
    const QString anchor = place.atNewest ? QString() : u"%1 %2"_s.arg(place.rowId).arg(place.y);
    if (anchor == m_saved) {
        return;
    }
    m_saved = anchor;
    whenDone(m_conversations.setAnchor(m_conversation, anchor), this, [](const Result<Done> &done) {
        if (!done) { // it opens at the newest next time, and nothing is lost
            qCWarning(lcReading, "position not kept: %s", qUtf8Printable(done.error().detail));
        }
    });
}

} // namespace cumulet
