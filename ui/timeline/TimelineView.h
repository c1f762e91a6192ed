#pragma once

#include "ui/timeline/RowCache.h"
#include "ui/timeline/RowLayout.h"
#include "ui/timeline/TimelineGeometry.h"
#include "ui/timeline/TimelineSelection.h"

#include <QAbstractItemModel>
#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

QT_BEGIN_NAMESPACE
class QPushButton;
QT_END_NAMESPACE

namespace cumulet {

class AvatarPainter;
class MediaSource;
class SeenRows;
class Theme;

/// The one view of chats (newest at the bottom) and channels (newest at the top). It lays out and paints only the rows
/// near the viewport; whatever is not the reader's own scroll leaves what is read where it is. It shows a model with the
/// roles of ui/models/TimelineRoles.h and changes nothing: what is clicked is said by signals.
class TimelineView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    using NewestEdge = TimelineGeometry::NewestEdge;

    /// Where the reader is, to be kept over a restart.
    struct Place
    {
        bool atNewest = true;
        qint64 rowId = 0;
        qint64 y = 0;
    };

    TimelineView(const Theme &theme, const AvatarPainter &avatars, NewestEdge edge, QWidget *parent = nullptr);
    ~TimelineView() override;

    void setModel(QAbstractItemModel *model);
    QAbstractItemModel *model() const { return m_model; }
    /// Says whether the model's newest row is the newest there is; until told otherwise it always is. Rows that come
    /// while it is not are history, not news.
    void setLiveCheck(std::function<bool()> isLive) { m_isLive = std::move(isLive); }
    /// Where pictures and files of posts come from; none: they are left out. It must outlive the view.
    void setMedia(MediaSource *media);
    /// A widget that scrolls with the content, above the first row. The view owns it.
    void setHeader(QWidget *header);

    // ---- place
    Place place() const;
    void restore(const Place &place);
    bool isAtNewest() const { return m_geometry.isPinned(); }
    void goToNewest();
    /// Shows that row, lit for a moment; false if the model does not hold it.
    bool goToRow(qint64 rowId, bool highlight = true);
    /// Shows a comment in a row and puts the focus on it; false if it is not there.
    bool goToItem(qint64 rowId, qint64 block);
    /// Shows the row that starts what is unread; false if there is none.
    bool goToUnread();
    int newRows() const { return m_newRows; }

    // ---- editor
    /// Puts editor (owned by the view from then on) in the place of a thread's comment box; it moves with the row and is
    /// hidden, never destroyed, while that is out of sight. One at a time.
    void openEditor(qint64 rowId, QWidget *editor);
    /// Hides and deletes it.
    void closeEditor();
    QWidget *editor() const { return m_editor; }
    qint64 editorRow() const { return m_editor ? m_editorRow : 0; }

    // ---- selection and focus
    QString selectedText() const;
    void clearSelection();
    void selectAll();
    void copy() const;
    /// The row that keys act on, 0: none.
    qint64 focusedRow() const { return m_focusedRow; }

    // ---- for accessibility and tests
    int rowCount() const { return m_geometry.count(); }
    qint64 rowIdAt(int row) const { return m_geometry.idAt(row); }
    int rowOf(qint64 rowId) const { return m_geometry.rowOf(rowId); }
    /// In viewport coordinates; of a row out of sight the place may be a guess.
    QRect rowRect(qint64 rowId) const;
    QString spokenRow(qint64 rowId) const;
    /// Lays the row out if need be; null if it is gone. Valid until the next event.
    const RowLayout *rowLayout(qint64 rowId);
    const TimelineGeometry &geometryOfRows() const { return m_geometry; }
    int layoutsHeld() const { return m_layouts.count(); }
    /// Does what a click on that target does.
    void activate(qint64 rowId, const RowTarget &target);
    void focusRow(qint64 rowId);

Q_SIGNALS:
    /// Less than two screens are left towards older or newer rows. Said once for each number of rows; for older ones
    /// again when the reader goes on there and nothing has come.
    void nearOldestEdge();
    void nearNewestEdge();
    /// The reader asked for the newest row; a model that does not reach there must jump.
    void newestWanted();
    void atNewestChanged(bool isAtNewest);
    void newRowsChanged(int count);
    /// Rows were in sight for a second in an active window; each is said once.
    void rowsSeen(const QList<qint64> &rowIds);
    /// target is a URL, a JID or a tag as kind (TextSpan::Kind) says. Nothing is opened by the view.
    void linkActivated(const QString &target, int kind);
    /// The real target under the pointer or focus; empty when it leaves.
    void linkHovered(const QString &target);
    /// itemId is the post or comment in a thread, empty in a chat.
    void actionTriggered(qint64 rowId, const QString &itemId, cumulet::RowAction action);
    /// A picture or file of a post: index is its place among the attachments.
    void mediaActivated(qint64 rowId, const QString &itemId, int index, cumulet::RowAction action);
    void contextMenuRequested(qint64 rowId, const QString &itemId, const QPoint &globalPosition);
    void focusedRowChanged(qint64 rowId);
    void selectionChanged();

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    struct RowHint
    {
        quint8 kind;
        int length;
    };
    /// What stays recognisable of a target when its row is laid out again.
    struct TargetKey
    {
        RowTarget::Kind kind = RowTarget::Button;
        RowAction action = RowAction::None;
        qint64 block = 0;
        int linkIndex = -1;
        bool operator==(const TargetKey &) const = default;
    };
    /// A line of text at a place of the viewport, to be found again in the next layout.
    struct HeldLine
    {
        qint64 rowId;
        TextPlace place;
        qreal y;
    };

    // ---- model (TimelineViewModel.cpp)
    void connectModel();
    void takeAllRows();
    void readHints(int first, int last, std::vector<qint64> &ids, std::vector<int> &guesses);
    int guess(const RowHint &hint) const;
    void learn(int row, int height);
    void mediaChanged(const QString &key, bool onlyPicture);
    void guessAgain();
    void rowsAboutToCome(int first);
    void rowsCame(int first, int last);
    void rowsAboutToGo(int first, int last);
    void rowsWent();
    void rowsChanged(int first, int last);
    void orderChanged();
    bool comesAtNewestEdge(int first) const;
    QVariant rowValue(int row) const;
    TimelineSelection::Rows rows() const;

    // ---- layout (TimelineViewLayout.cpp)
    LayoutContext context(qint64 rowId) const;
    RowLayout *layOutRowAt(int row);
    bool measureVisible();
    void layOut();
    void keepHeldRowInSight();
    void holdLine();
    void restoreLine();
    void forgetLayouts();
    void prefetch();
    void placeHeader();
    void placeEditor();
    void placePill();
    void updateScrollBar();
    void scrollBarMoved(int value);
    void afterScroll();
    void userScrollTo(qint64 offset);
    void userScrollBy(qint64 pixels) { userScrollTo(m_geometry.offset() + pixels); }
    void checkEdges();
    void noteSeen();
    void setNewRows(int count);
    void takeTheme();
    void minutePassed();

    // ---- input (TimelineViewInput.cpp, TimelineViewKeys.cpp)
    std::optional<TimelineSelection::End> textEndAt(const QPointF &point, bool nearest);
    int rowAtPoint(const QPointF &point) const;
    QPointF inRow(int row, const QPointF &point) const;
    const RowTarget *targetAt(const QPointF &point, qint64 *rowId);
    void setHover(qint64 rowId, int target);
    void updateHover(const QPointF &point);
    void dragTo(const QPointF &point);
    void selectPart(const TimelineSelection::End &at, bool wholeParagraph);
    void publishSelection();
    void moveFocus(int step);
    bool moveTarget(bool forward);
    const RowTarget *focusedTarget();
    void bringIntoSight(int row);
    bool actByKey(QKeyEvent *event);
    void actOnFocused(RowAction action);
    void setFocusedRow(qint64 rowId, bool byKeyboard);
    void tellFocus();
    void toggleFold(qint64 block, RowAction action);
    static TargetKey keyOf(const RowTarget &target);
    int indexOf(const RowLayout &layout, const TargetKey &key) const;
    void updateRow(qint64 rowId);

    const Theme &m_theme;
    const AvatarPainter &m_avatars;
    MediaSource *m_media = nullptr;
    std::unique_ptr<RowStyle> m_style;
    QPointer<QAbstractItemModel> m_model;
    std::function<bool()> m_isLive;
    TimelineGeometry m_geometry;
    std::vector<RowHint> m_hints;
    RowCache m_layouts;
    TimelineSelection m_selection;
    QHash<qint64, int> m_unfolded;
    std::optional<HeldLine> m_heldLine;
    double m_corrections[3]{}; // measured minus guessed height, by kind of row
    int m_measured[3]{};
    bool m_inLayout = false;
    bool m_wasLive = true;
    bool m_wasAtNewest = true;
    qint64 m_heldRow = 0; // the first row that came while nobody looked: it must not scroll out by itself
    int m_newRows = 0;
    int m_askedOlderAt = -1;
    int m_askedNewerAt = -1;
    QElapsedTimer m_lastAsked;

    QPointer<QWidget> m_header;
    QPointer<QWidget> m_editor;
    qint64 m_editorRow = 0;
    int m_editorHeight = 0;
    QPushButton *m_pill;
    SeenRows *m_seen;
    QTimer m_prefetch;
    QTimer m_minute;
    QTimer m_highlightEnd;
    qint64 m_highlighted = 0;

    bool m_settingBar = false;
    qreal m_wheelRest = 0;
    qint64 m_focusedRow = 0;
    std::optional<TargetKey> m_focusedTarget;
    bool m_showsFocus = false;
    qint64 m_hoveredRow = 0;
    int m_hoveredTarget = -1;
    bool m_pressed = false;
    bool m_dragging = false;
    QPointF m_pressPoint;
    QPointF m_dragPoint;
    std::optional<std::pair<qint64, TargetKey>> m_pressedTarget;
    QBasicTimer m_autoScroll;
    qint64 m_doubleClicked = 0; // time stamp, for the triple click
};

} // namespace cumulet
