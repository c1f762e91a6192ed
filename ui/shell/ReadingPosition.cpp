#include "ui/shell/ReadingPosition.h"

#include "services/conversation/ConversationService.h"
#include "ui/models/TimelineModel.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace cumulet {

Q_LOGGING_CATEGORY(lcReading, "cumulet.reading", QtInfoMsg)

ReadingPosition::ReadingPosition(Keeping keeping, TimelineModel &model, TimelineView &view, QObject *parent)
    : QObject(parent)
    , m_keeping(std::move(keeping))
    , m_model(model)
    , m_view(view)
{
    connect(&model, &TimelineModel::loaded, this, &ReadingPosition::begin);
    connect(&model, &TimelineModel::jumped, this, &ReadingPosition::show);
}

ReadingPosition::ReadingPosition(ConversationService &conversations, const Conversation &conversation,
    TimelineModel &model, TimelineView &view, QObject *parent)
    : ReadingPosition({[&conversations, id = conversation.id] { return conversations.anchor(id); },
                          [&conversations, id = conversation.id](
                              const QString &anchor) { return conversations.setAnchor(id, anchor); },
                          conversation.unread > 0},
          model, view, parent)
{
}

void ReadingPosition::begin()
{
    m_isLoaded = true;
    if (m_asked != 0) {
        m_model.jumpTo(std::exchange(m_asked, 0));
    } else if (!m_keeping.hasUnread) {
        restore();
    }
}

void ReadingPosition::jumpTo(qint64 row)
{
    if (row != 0 && m_isLoaded) {
        m_model.jumpTo(row);
    } else if (row != 0) {
        m_asked = row;
    }
}

void ReadingPosition::restore()
{
    whenDone(m_keeping.read(), this, [this](const Result<QString> &anchor) {
        const QStringList parts = anchor ? anchor->split(u' ') : QStringList();
        if (anchor) {
            m_saved = *anchor;
        }
        if (parts.size() != 2 || !m_view.isAtNewest()) { // nothing kept, or the reader was faster
            return;
        }
        m_restored = {false, parts.first().toLongLong(), parts.last().toLongLong()};
        m_model.jumpTo(m_restored.rowId);
    });
}

void ReadingPosition::show(qint64 row)
{
    if (row == m_restored.rowId) {
        m_view.restore(std::exchange(m_restored, {}));
        return;
    }
    const bool isBottom = m_view.geometryOfRows().newestEdge() == TimelineView::NewestEdge::Bottom;
    const QModelIndex newest = m_model.index(isBottom ? m_model.rowCount() - 1 : 0);
    if (m_model.isAtNewest() && row == newest.data(TimelineRoles::RowIdRole)) {
        m_view.goToNewest();
    } else {
        m_view.goToRow(row);
    }
}

void ReadingPosition::save()
{
    const TimelineView::Place place = m_view.place();
    const QString anchor = place.atNewest ? QString() : u"%1 %2"_s.arg(place.rowId).arg(place.y);
    if (anchor == m_saved) {
        return;
    }
    m_saved = anchor;
    whenDone(m_keeping.write(anchor), this, [](const Result<Done> &done) {
        if (!done) { // it opens at the newest next time, and nothing is lost
            qCWarning(lcReading, "position not kept: %s", qUtf8Printable(done.error().detail));
        }
    });
}

} // namespace cumulet
