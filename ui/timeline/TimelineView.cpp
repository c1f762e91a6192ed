#include "ui/timeline/TimelineView.h"

#include "ui/common/AvatarPainter.h"
#include "ui/common/MediaSource.h"
#include "ui/common/Theme.h"
#include "ui/models/TimelineRoles.h"
#include "ui/timeline/RowContent.h"
#include "ui/timeline/SeenRows.h"
#include "ui/timeline/TimelineAccessible.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QPaintEvent>
#include <QPushButton>
#include <QScrollBar>

#include <algorithm>

namespace cumulet {

static constexpr int highlightTime = 2000; // milliseconds

TimelineView::TimelineView(const Theme &theme, const AvatarPainter &avatars, NewestEdge edge, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
    , m_avatars(avatars)
    , m_style(std::make_unique<RowStyle>(theme))
    , m_geometry(edge)
    , m_pill(new QPushButton(viewport()))
    , m_seen(new SeenRows(this))
{
    TimelineAccessible::install();
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(
        Qt::ScrollBarAlwaysOn); // or the width, and with it every height, would change back and forth
    setAccessibleName(edge == NewestEdge::Bottom ? tr("Messages") : tr("Posts"));
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    setEmphasis(m_pill, Emphasis::Pill);
    m_pill->setFocusPolicy(Qt::TabFocus);
    m_pill->setCursor(Qt::PointingHandCursor);
    m_pill->hide();
    m_prefetch.setSingleShot(true);
    m_minute.setInterval(60 * 1000);
    m_highlightEnd.setSingleShot(true);
    connect(m_pill, &QPushButton::clicked, this, &TimelineView::goToNewest);
    connect(m_seen, &SeenRows::seen, this, &TimelineView::rowsSeen);
    connect(&m_prefetch, &QTimer::timeout, this, &TimelineView::prefetch);
    connect(&m_minute, &QTimer::timeout, this, &TimelineView::minutePassed);
    connect(&m_highlightEnd, &QTimer::timeout, this, [this] {
        m_highlighted = 0;
        viewport()->update();
    });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &TimelineView::scrollBarMoved);
    connect(verticalScrollBar(), &QScrollBar::sliderReleased, this, &TimelineView::updateScrollBar);
    connect(&theme, &Theme::changed, this, &TimelineView::takeTheme);
    connect(&avatars, &AvatarPainter::changed, this, [this](const QString &, const QString &jid) {
        m_layouts.forEach([this, &jid](RowLayout &layout) {
            if (layout.shows(jid))
                updateRow(layout.id());
        });
    });
}

TimelineView::~TimelineView()
{
    TimelineAccessible::viewGoes(this);
}

void TimelineView::setMedia(MediaSource *media)
{
    m_media = media;
    connect(media, &MediaSource::changed, this, &TimelineView::mediaChanged);
}

void TimelineView::setHeader(QWidget *header)
{
    delete m_header;
    m_header = header;
    if (header) {
        header->setParent(viewport());
        header->installEventFilter(this);
        header->show();
    }
    layOut();
}

// ---- place

TimelineView::Place TimelineView::place() const
{
    const TimelineGeometry::Anchor anchor = m_geometry.anchor();
    return {m_geometry.isPinned(), anchor.rowId, anchor.y};
}

void TimelineView::restore(const Place &place)
{
    if (place.atNewest || m_geometry.rowOf(place.rowId) < 0)
        m_geometry.pin();
    else
        m_geometry.setAnchor({place.rowId, place.y});
    m_heldLine.reset();
    layOut();
}

void TimelineView::goToNewest()
{
    Q_EMIT newestWanted();
    m_heldRow = 0;
    m_heldLine.reset();
    m_geometry.pin();
    layOut();
}

bool TimelineView::goToRow(qint64 rowId, bool highlight)
{
    const int row = m_geometry.rowOf(rowId);
    if (row < 0)
        return false;
    m_heldLine.reset();
    // measured first, so that a row that fits is seen whole
    const int height = layOutRowAt(row)->height();
    m_geometry.setHeight(row, height);
    const int spare = m_geometry.viewportHeight() - height;
    m_geometry.setAnchor({rowId, std::clamp(spare / 3, Theme::small + 0, std::max(Theme::small + 0, spare))});
    if (highlight) {
        m_highlighted = rowId;
        m_highlightEnd.start(highlightTime);
    }
    layOut();
    setFocusedRow(rowId, false);
    return true;
}

bool TimelineView::goToUnread()
{
    for (int row = 0; row < m_geometry.count(); ++row) {
        if (m_model->index(row, 0).data(TimelineRoles::StartsUnreadRole).toBool()) {
            const qint64 id = m_geometry.idAt(row);
            m_geometry.setHeight(row, layOutRowAt(row)->height());
            m_geometry.setAnchor({id, m_geometry.viewportHeight() / 5});
            layOut();
            if (std::abs(m_geometry.offset() - m_geometry.edgeOffset()) <= 1)
                m_geometry.pin();
            afterScroll();
            return true;
        }
    }
    return false;
}

void TimelineView::setNewRows(int count)
{
    if (count == m_newRows)
        return;
    const int before = m_newRows;
    m_newRows = count;
    placePill();
    if (count > before && QAccessible::isActive()) {
        QAccessibleAnnouncementEvent news(this, m_pill->text());
        QAccessible::updateAccessibility(&news);
    }
    Q_EMIT newRowsChanged(count);
}

// ---- editor

void TimelineView::openEditor(qint64 rowId, QWidget *editor)
{
    if (m_editor && m_editor != editor)
        closeEditor();
    m_editor = editor;
    m_editorRow = rowId;
    editor->setParent(viewport());
    editor->installEventFilter(this);
    m_editorHeight = std::max(33, editor->sizeHint().height());
    holdLine();
    m_layouts.forget(rowId);
    layOut();
    if (const int row = m_geometry.rowOf(rowId); row >= 0) {
        const RowLayout *layout = layOutRowAt(row);
        const qint64 bottom = m_geometry.y(row) + qint64(layout->editorRect().bottom()) + Theme::medium;
        if (bottom > m_geometry.viewportHeight())
            userScrollBy(bottom - m_geometry.viewportHeight());
    }
    placeEditor();
    editor->setFocus();
}

void TimelineView::closeEditor()
{
    if (!m_editor)
        return;
    QWidget *editor = m_editor;
    m_editor = nullptr;
    const bool hadFocus = editor->isAncestorOf(QApplication::focusWidget()) || editor->hasFocus();
    editor->removeEventFilter(this);
    editor->hide();
    editor->deleteLater();
    holdLine();
    m_layouts.forget(m_editorRow);
    layOut();
    if (hadFocus)
        setFocus();
}

bool TimelineView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest && !m_inLayout) {
        if (watched == m_editor) {
            const int height = std::max(33, m_editor->sizeHint().height());
            if (height != m_editorHeight) {
                m_editorHeight = height;
                holdLine();
                m_layouts.forget(m_editorRow);
                layOut();
            }
        } else if (watched == m_header) {
            layOut();
        }
    }
    return QAbstractScrollArea::eventFilter(watched, event);
}

// ---- painting

void TimelineView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_theme.color(Theme::Ground));
    if (m_geometry.count() == 0)
        return;
    const TimelineSelection::Rows rowsNow = rows();
    for (int row = m_geometry.rowAtY(event->rect().top()); row < m_geometry.count(); ++row) {
        const int y = int(m_geometry.y(row));
        if (y > event->rect().bottom())
            break;
        const qint64 id = m_geometry.idAt(row);
        const RowLayout *layout = m_layouts.find(id);
        if (!layout) // laid out before every paint; only a row on the very edge may be missing
            layout = layOutRowAt(row);
        RowPaint how{m_avatars, QRectF(event->rect().translated(0, -y)),
            m_showsFocus && hasFocus() && id == m_focusedRow, id == m_hoveredRow, id == m_highlighted,
            id == m_hoveredRow ? m_hoveredTarget : -1, -1, {}, nullptr};
        if (how.isFocused && m_focusedTarget)
            how.focused = indexOf(*layout, *m_focusedTarget);
        how.media = m_media;
        if (!m_selection.isEmpty())
            how.selection = [this, &rowsNow, row](qint64 block) { return m_selection.within(rowsNow, row, block); };
        painter.save();
        painter.translate(0, y);
        // marks piled up over a letter stay within their row
        painter.setClipRect(QRect(0, 0, viewport()->width(), layout->height()));
        layout->paint(&painter, how);
        painter.restore();
    }
}

void TimelineView::updateRow(qint64 rowId)
{
    const int row = m_geometry.rowOf(rowId);
    if (row >= 0)
        viewport()->update(QRect(0, int(m_geometry.y(row)), viewport()->width(), m_geometry.height(row)));
}

QRect TimelineView::rowRect(qint64 rowId) const
{
    const int row = m_geometry.rowOf(rowId);
    if (row < 0)
        return {};
    const qint64 y = std::clamp<qint64>(m_geometry.y(row), -1'000'000'000, 1'000'000'000);
    return QRect(0, int(y), viewport()->width(), m_geometry.height(row));
}

QString TimelineView::spokenRow(qint64 rowId) const
{
    const int row = m_geometry.rowOf(rowId);
    return row < 0 ? QString() : cumulet::spokenRow(rowValue(row), QDateTime::currentDateTime());
}

const RowLayout *TimelineView::rowLayout(qint64 rowId)
{
    const int row = m_geometry.rowOf(rowId);
    return row < 0 ? nullptr : layOutRowAt(row);
}

// ---- events of the window

void TimelineView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        forgetLayouts();
    layOut();
}

void TimelineView::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    m_minute.start();
    layOut();
}

void TimelineView::hideEvent(QHideEvent *event)
{
    QAbstractScrollArea::hideEvent(event);
    m_minute.stop();
    m_prefetch.stop();
    m_heldRow = 0;
    noteSeen();
}

void TimelineView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange || event->type() == QEvent::LocaleChange)
        takeTheme();
}

bool TimelineView::event(QEvent *event)
{
    if (event->type() == QEvent::WindowActivate || event->type() == QEvent::WindowDeactivate) {
        if (event->type() == QEvent::WindowActivate)
            m_heldRow = 0;
        noteSeen();
    }
    return QAbstractScrollArea::event(event);
}

} // namespace cumulet
