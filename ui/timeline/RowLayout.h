#pragma once

#include "ui/timeline/RowStyle.h"
#include "ui/timeline/TextBlock.h"

#include <QCoreApplication>
#include <QDate>
#include <QDateTime>
#include <QHash>
#include <QList>
#include <QPainter>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace cumulet {

class AvatarPainter;
class MediaSource;

/// What can be done with a row, or an item in it.
enum class RowAction {
    None,
    Retry,
    Edit,
    Discard,
    Comment, ///< comment on the post, or answer the comment
    Delete,
    ShowEarlier, ///< bring the earlier comments, or the history missing in a gap
    Fold,
    Unfold,
    CopyLink,
    Like, ///< or take the like back
    OpenThread, ///< the post alone with all its comments
    GoToAnswered, ///< the comment that this one answers
    OpenAuthor, ///< the author's own channel or chat
    OpenChannel, ///< the channel a merged view shows the post of
    Undo, ///< takes back what is held, before it is sent
    Mute, ///< the thread, or not any more
    Follow, ///< the same
    More, ///< the menu of what else can be done
    OpenMedia, ///< a picture; which one is said by TimelineView::mediaActivated
    SaveMedia, ///< a file
    RetryMedia, ///< a picture that could not be loaded
};

/// Something in a row that can be reached: a link, a button, a whole comment.
struct RowTarget
{
    enum Kind { Link, Button, Comment };

    Kind kind = Button;
    RowAction action = RowAction::None;
    QString itemId; ///< of the post or comment it belongs to; empty in chats
    qint64 block = 0; ///< of the text block it belongs to
    QString link; ///< address, JID or tag of a Link
    int linkKind = 0; ///< TextSpan::Kind of a Link
    int linkIndex = -1; ///< of a Link in its text, or of a picture or file in its post
    QString name; ///< as a screen reader says it: "Comment on the post by Juliet"
    QList<QRectF> rects;
    bool isTabStop = true;
    bool isQuiet = false; ///< drawn only while the row is pointed at or focused
};

/// A place in the text of a row.
struct TextPlace
{
    qint64 block = 0;
    int offset = 0;
    bool operator==(const TextPlace &) const = default;
};

/// What a row is laid out for.
struct LayoutContext
{
    const RowStyle &style;
    int width = 0;
    QDateTime now;
    /// How often the text of that block was asked to show more: 0 is folded.
    std::function<int(qint64 block)> unfolded;
    int editorHeight = 0; ///< of the widget that stands in the place of the comment box; 0: none
    MediaSource *media = nullptr; ///< none: pictures and files are left out
};

/// How a row is to be painted just now.
struct RowPaint
{
    const AvatarPainter &avatars;
    QRectF exposed; ///< in the row's coordinates
    bool isFocused = false; ///< with a ring
    bool isPointedAt = false;
    bool isHighlighted = false; ///< just jumped to
    int hovered = -1; ///< index of a target
    int focused = -1;
    /// Selected part of a block, [from, to).
    std::function<std::pair<int, int>(qint64 block)> selection;
    MediaSource *media = nullptr;
};

/// One row, laid out for one width and theme: knows its height, paints itself, says what is where. Holds no widget and
/// is thrown away when anything it shows changes.
class RowLayout
{
    Q_DECLARE_TR_FUNCTIONS(cumulet::RowLayout)
public:
    virtual ~RowLayout();
    RowLayout(const RowLayout &) = delete;
    RowLayout &operator=(const RowLayout &) = delete;

    qint64 id() const { return m_id; }
    int revision() const { return m_revision; }
    int height() const { return m_height; }
    /// Where an editor would stand; null if the row has no such place.
    QRectF editorRect() const { return m_editorRect; }
    /// The card or bubble, without lines above it.
    QRectF body() const { return m_body; }

    void paint(QPainter *painter, const RowPaint &asked) const;

    const std::vector<RowTarget> &targets() const { return m_targets; }
    /// Index of the topmost target at point, -1.
    int targetAt(const QPointF &point) const;
    /// The text under point; with nearest also the text closest to it.
    std::optional<TextPlace> textAt(const QPointF &point, bool nearest) const;
    QRectF lineOf(const TextPlace &place) const;
    std::pair<int, int> wordAt(const TextPlace &place) const;
    std::pair<int, int> paragraphAt(const TextPlace &place) const;
    /// Whether that file (MediaSource::keyOf) is in the row.
    virtual bool showsMedia(const QString &) const { return false; }
    bool shows(const QString &jid) const { return m_people.contains(jid); }
    /// Whether the text of block is folded or could be.
    bool isFolded(qint64 block) const;

protected:
    struct Placed
    {
        TextBlock block;
        QPointF origin;
        qreal width;
    };
    /// A word or two in one line.
    struct Words
    {
        QString text;
        QPointF base; ///< left end of the base line
        const QFont *font;
        QColor ink;
    };

    RowLayout(qint64 id, int revision, const LayoutContext &context);

    virtual void paintBehind(QPainter *painter, const RowPaint &how) const = 0;
    virtual void paintParts(QPainter *painter, const RowPaint &how) const = 0;

    const RowStyle &style() const { return m_style; }
    QColor color(int token) const;
    /// Day line and unread line; returns where the row itself starts.
    qreal placeLinesAbove(const QDate &startsDay, bool startsUnread, const QDateTime &unreadSince, const QDateTime &now,
        qreal above = 10, qreal below = 10);
    int columnWidth() const { return m_columnWidth; }
    int columnLeft() const { return m_columnLeft; }

    /// Lays block out at origin and takes its links as targets.
    const TextBlock &place(TextBlock block, const TextLook &look, const QPointF &origin, qreal width,
        const TextFold &fold, bool shrinks, const QString &itemId);
    void movePlaced(size_t index, const QPointF &by);
    void say(const QString &text, const QPointF &base, const QFont &font, const QColor &ink);
    /// A word that can be clicked, in the style of a link; returns its right end.
    qreal sayButton(const QString &text, RowAction action, const QString &itemId, qint64 block, const QString &name,
        const QPointF &topLeft);

    qint64 m_id;
    int m_revision;
    int m_height = 0;
    QRectF m_body;
    QRectF m_editorRect;
    std::vector<RowTarget> m_targets;
    std::vector<Placed> m_texts;
    std::vector<Words> m_words;
    QStringList m_people;

private:
    struct Rule
    {
        QString text;
        qreal middle;
        bool isUnread;
    };

    void paintRule(QPainter *painter, const Rule &rule) const;

    const RowStyle &m_style;
    int m_columnWidth;
    int m_columnLeft;
    std::vector<Rule> m_rules;
};

/// One line, at most length characters, direction isolated: fit to stand among other words.
QString nameInLine(const QString &name, int length = 80);
/// The limits of a text that was asked that often to show more.
TextFold foldFor(int unfolded, const TextFold &folded);

} // namespace cumulet
