// How the view follows its model.
#include "ui/timeline/TimelineView.h"

#include "ui/common/Theme.h"
#include "ui/models/TimelineRoles.h"
#include "ui/timeline/SeenRows.h"

#include <QAccessible>
#include <QApplication>

#include <algorithm>
#include <cmath>

namespace cumulet {

void TimelineView::setModel(QAbstractItemModel *model)
{
    if (m_model)
        disconnect(m_model, nullptr, this, nullptr);
    m_model = model;
    if (model)
        connectModel();
    takeAllRows();
}

void TimelineView::connectModel()
{
    using Model = QAbstractItemModel;
    Model *model = m_model;
    connect(model, &Model::modelReset, this, &TimelineView::takeAllRows);
    connect(
        model, &Model::rowsAboutToBeInserted, this, [this](const QModelIndex &, int first) { rowsAboutToCome(first); });
    connect(
        model, &Model::rowsInserted, this, [this](const QModelIndex &, int first, int last) { rowsCame(first, last); });
    connect(model, &Model::rowsAboutToBeRemoved, this,
        [this](const QModelIndex &, int first, int last) { rowsAboutToGo(first, last); });
    connect(model, &Model::rowsRemoved, this, &TimelineView::rowsWent);
    connect(model, &Model::dataChanged, this,
        [this](const QModelIndex &first, const QModelIndex &last) { rowsChanged(first.row(), last.row()); });
    connect(model, &Model::rowsMoved, this, &TimelineView::orderChanged);
    connect(model, &Model::layoutChanged, this, &TimelineView::orderChanged);
}

QVariant TimelineView::rowValue(int row) const
{
    return m_model ? m_model->index(row, 0).data(TimelineRoles::RowRole) : QVariant();
}

TimelineSelection::Rows TimelineView::rows() const
{
    return {[this](qint64 id) { return m_geometry.rowOf(id); }, [this](int row) { return m_geometry.idAt(row); },
        [this](int row) { return textsOf(rowValue(row)); }, m_geometry.count()};
}

// A first height by kind and length, corrected by what rows of that kind turned out to be.
int TimelineView::guess(const RowHint &hint) const
{
    const bool isChat = hint.kind == TimelineRoles::ChatMessage;
    const TextLook &look = isChat ? m_style->chat : m_style->post;
    const int column = std::min(viewport()->width() - 2 * Theme::page, m_theme.columnWidth());
    const int room = std::max(80, isChat ? std::min(column, m_theme.bubbleWidth()) : column);
    const int perLine = std::max(8, int(room / (look.lineHeight * 0.36)));
    const int lines = std::clamp(hint.length / perLine + 1, 1, isChat ? 40 : 60);
    static constexpr int frame[]{17, 150, 44};
    const double guess = frame[hint.kind] + lines * look.lineHeight + m_corrections[hint.kind];
    return std::max(16, int(guess));
}

void TimelineView::learn(int row, int height)
{
    const RowHint &hint = m_hints[size_t(row)];
    const int count = ++m_measured[hint.kind];
    const double difference = height - guess(hint);
    m_corrections[hint.kind] += difference / std::min(count, 30);
}

void TimelineView::guessAgain()
{
    for (int row = 0; row < m_geometry.count(); ++row) {
        if (!m_geometry.isExact(row))
            m_geometry.guessHeight(row, guess(m_hints[size_t(row)]));
    }
}

void TimelineView::readHints(int first, int last, std::vector<qint64> &ids, std::vector<int> &guesses)
{
    std::vector<RowHint> hints;
    for (int row = first; row <= last; ++row) {
        const QModelIndex index = m_model->index(row, 0);
        const int kind = index.data(TimelineRoles::KindRole).toInt();
        hints.push_back({quint8(std::clamp(kind, 0, 2)), index.data(TimelineRoles::TextLengthRole).toInt()});
        ids.push_back(index.data(TimelineRoles::RowIdRole).toLongLong());
        guesses.push_back(guess(hints.back()));
    }
    m_hints.insert(m_hints.begin() + first, hints.begin(), hints.end());
}

void TimelineView::takeAllRows()
{
    m_layouts.clear();
    m_hints.clear();
    m_selection.clear();
    m_heldLine.reset();
    m_heldRow = 0;
    m_hoveredRow = 0;
    m_focusedRow = 0;
    m_focusedTarget.reset();
    m_askedOlderAt = m_askedNewerAt = -1;
    m_seen->reset();
    std::vector<qint64> ids;
    std::vector<int> guesses;
    if (m_model)
        readHints(0, m_model->rowCount() - 1, ids, guesses);
    m_geometry.reset(std::move(ids), std::move(guesses));
    setNewRows(0);
    if (QAccessible::isActive()) {
        QAccessibleEvent reset(this, QAccessible::ObjectReorder);
        QAccessible::updateAccessibility(&reset);
    }
    layOut();
    // what was measured on the first screen says what the rest may be
    guessAgain();
    layOut();
}

bool TimelineView::comesAtNewestEdge(int first) const
{
    return m_geometry.newestEdge() == NewestEdge::Bottom ? first >= m_geometry.count() : first == 0;
}

void TimelineView::rowsAboutToCome(int first)
{
    m_wasLive = !m_isLive || m_isLive();
    if (!m_geometry.isPinned() || !comesAtNewestEdge(first) || m_geometry.count() == 0)
        return;
    const bool looks = isActiveWindow() && !(m_editor && m_editor->isAncestorOf(QApplication::focusWidget()));
    if (!m_wasLive || (isVisible() && !looks && m_geometry.newestEdge() == NewestEdge::Top))
        m_geometry.unpin();
}

void TimelineView::rowsCame(int first, int last)
{
    const bool newest = comesAtNewestEdge(first) && m_geometry.count() > 0;
    std::vector<qint64> ids;
    std::vector<int> guesses;
    readHints(first, last, ids, guesses);
    m_geometry.insert(first, ids, guesses);
    m_selection.rowsCame(rows(), first, last);
    if (newest && m_wasLive && isVisible()) {
        if (!m_geometry.isPinned()) {
            setNewRows(m_newRows + last - first + 1);
        } else if (!isActiveWindow()) {
            if (m_heldRow == 0)
                m_heldRow = ids.front();
        }
    }
    layOut();
    if (m_heldRow != 0 && !m_geometry.isPinned())
        setNewRows(std::max(m_newRows, m_geometry.count() - m_geometry.rowOf(m_heldRow)));
}

void TimelineView::rowsAboutToGo(int first, int last)
{
    m_selection.rowsGo(rows(), first, last);
    for (int row = first; row <= last; ++row) {
        const qint64 id = m_geometry.idAt(row);
        m_layouts.forget(id);
        if (m_heldRow == id)
            m_heldRow = 0;
        if (m_hoveredRow == id)
            m_hoveredRow = 0;
        if (m_focusedRow == id) {
            m_focusedRow = last + 1 < m_geometry.count() ? m_geometry.idAt(last + 1)
                : first > 0                              ? m_geometry.idAt(first - 1)
                                                         : 0;
            m_focusedTarget.reset();
        }
    }
    m_geometry.remove(first, last - first + 1);
    m_hints.erase(m_hints.begin() + first, m_hints.begin() + last + 1);
}

void TimelineView::rowsWent()
{
    layOut();
}

void TimelineView::rowsChanged(int first, int last)
{
    bool any = false;
    for (int row = std::max(0, first); row <= std::min(last, m_geometry.count() - 1); ++row) {
        const qint64 id = m_geometry.idAt(row);
        const RowLayout *known = m_layouts.peek(id);
        const QModelIndex index = m_model->index(row, 0);
        m_hints[size_t(row)].length = index.data(TimelineRoles::TextLengthRole).toInt();
        if (known && known->revision() == index.data(TimelineRoles::RevisionRole).toInt())
            continue;
        holdLine();
        m_layouts.forget(id);
        m_seen->forget(id);
        m_geometry.guessHeight(row, m_geometry.height(row));
        any = true;
    }
    if (any)
        layOut();
}

// Only rows that are laid out can show it; the place of what is read is kept, whatever is above.
void TimelineView::mediaChanged(const QString &key, bool onlyPicture)
{
    QList<qint64> concerned;
    m_layouts.forEach([&](RowLayout &layout) {
        if (layout.showsMedia(key))
            concerned.append(layout.id());
    });
    for (const qint64 id : std::as_const(concerned)) {
        const int row = m_geometry.rowOf(id);
        if (onlyPicture) {
            updateRow(id);
        } else if (row >= 0) {
            holdLine();
            m_layouts.forget(id);
            m_geometry.guessHeight(row, m_geometry.height(row));
        }
    }
    if (!onlyPicture && !concerned.isEmpty())
        layOut();
}

void TimelineView::orderChanged()
{
    holdLine();
    m_hints.clear();
    std::vector<qint64> ids;
    std::vector<int> guesses;
    readHints(0, m_model->rowCount() - 1, ids, guesses);
    m_geometry.reorder(std::move(ids), guesses);
    m_selection.clear();
    layOut();
}

} // namespace cumulet
