#include "ui/timeline/ChatRowLayout.h"

#include "ui/common/AvatarPainter.h"
#include "ui/common/ErrorText.h"
#include "ui/common/Glyphs.h"
#include "ui/common/NameColor.h"
#include "ui/common/Theme.h"
#include "ui/common/TimeText.h"

#include <QPainterPath>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qreal padding = 12;
static constexpr qreal paddingAbove = 7;
static constexpr qreal gapInGroup = 3;
static constexpr qreal gapBetweenGroups = 9;
static constexpr qreal innerRadius = 5; // where bubbles of a group meet
static constexpr TextFold folded{40, 3000};

ChatRowLayout::ChatRowLayout(const ChatRow &row, const LayoutContext &context)
    : RowLayout(row.id, row.revision, context)
    , m_row(row)
{
    m_people = {row.senderJid};
    qreal y = placeLinesAbove(row.startsDay, row.startsUnread, row.unreadSince, context.now);
    y += row.groupStart && y == 0 ? gapBetweenGroups : gapInGroup;
    placeBubble(context, y);
    m_body = m_bubble;
    if (row.state == DeliveryState::Failed)
        placeFailure(m_bubble.bottom() + 2);
    m_height = int(std::ceil(m_body.bottom()));
    m_row.body.clear();
    m_row.spans.clear();
}

QString ChatRowLayout::metaText() const
{
    QString text = TimeText::clock(m_row.time);
    if (m_row.edited && !m_row.retracted)
        text = tr("%1 · edited").arg(text);
    const auto with = [&text](const QString &word) { return text + u" · "_s + word; };
    switch (m_row.state) {
    case DeliveryState::Queued:
        return with(tr("waiting"));
    case DeliveryState::Sending:
        return with(tr("sending"));
    case DeliveryState::Failed:
        return with(tr("Failed"));
    case DeliveryState::Displayed:
        // once per group: what comes before it was read, too
        return m_row.groupEnd ? with(tr("read")) : text;
    default:
        return text;
    }
}

qreal ChatRowLayout::metaWidth() const
{
    const bool hasGlyph = m_row.state != DeliveryState::Received;
    return std::ceil(style().tinyMetrics.horizontalAdvance(metaText()))
        + (hasGlyph ? 4 + style().tinyMetrics.height() : 0);
}

void ChatRowLayout::placeBubble(const LayoutContext &context, qreal top)
{
    const RowStyle &s = style();
    const bool withPicture = m_row.showsSender && !m_row.own;
    const qreal left = columnLeft() + (withPicture ? s.commentAvatar + Theme::small : 0);
    const qreal room = columnLeft() + columnWidth() - left;
    const qreal most = std::min<qreal>(s.theme.bubbleWidth(), room) - 2 * padding;
    m_nameHeight = withPicture && m_row.groupStart ? s.smallLine : 0;
    const QPointF origin(left + padding, top + paddingAbove + m_nameHeight);
    const int unfolded = context.unfolded ? context.unfolded(m_row.id) : 0;
    const TextBlock &text = m_row.retracted
        ? place(TextBlock(m_row.id, tr("This message was deleted."), {}), s.notice, origin, most, folded, true, {})
        : place(
              TextBlock(m_row.id, m_row.body, m_row.spans), s.chat, origin, most, foldFor(unfolded, folded), true, {});
    qreal width = text.naturalWidth();
    qreal bottom = origin.y() + text.height();
    const qreal meta = metaWidth();
    const bool beside =
        !text.isFolded() && unfolded == 0 && text.lastLineEnd() >= 0 && text.lastLineEnd() + 8 + meta <= most;
    if (m_nameHeight > 0) {
        const QString name = s.smallBoldMetrics.elidedText(nameInLine(m_row.senderName), Qt::ElideRight, most);
        say(name, QPointF(origin.x(), top + paddingAbove + s.smallBoldMetrics.ascent()), s.smallBold,
            nameInk(m_row.senderJid, s.theme));
        width = std::max(width, s.smallBoldMetrics.horizontalAdvance(name));
    }
    if (text.isFolded() || unfolded > 0) {
        const QString words = text.isFolded() ? tr("Show %n more words", nullptr, text.hiddenWords()) : tr("Show less");
        const qreal end = sayButton(words, text.isFolded() ? RowAction::Unfold : RowAction::Fold, {}, m_row.id, words,
            QPointF(origin.x(), bottom));
        width = std::max(width, end - origin.x());
        bottom += s.targetHeight;
    }
    if (beside) {
        width = std::max(width, text.lastLineEnd() + 8 + meta);
        m_metaBase = QPointF(origin.x() + text.lastLineEnd() + 8,
            bottom - text.lastLineHeight() / 2 + (s.tinyMetrics.ascent() - s.tinyMetrics.descent()) / 2 + 1);
    } else {
        width = std::max(width, meta);
        m_metaBase = QPointF(origin.x() + width - meta, bottom + s.tinyMetrics.ascent());
        bottom += std::ceil(s.tinyMetrics.height());
    }
    m_bubble = QRectF(left, top, std::ceil(width) + 2 * padding, std::ceil(bottom + paddingAbove - top));
    if (m_row.own) {
        const QPointF by(columnLeft() + columnWidth() - m_bubble.right(), 0);
        m_bubble.translate(by);
        movePlaced(m_texts.size() - 1, by);
        m_metaBase += by;
        for (Words &words : m_words)
            words.base += by;
        for (RowTarget &target : m_targets) {
            if (target.kind == RowTarget::Button)
                for (QRectF &rect : target.rects)
                    rect.translate(by);
        }
    }
}

// Under the bubble: why it failed, and what can be done.
void ChatRowLayout::placeFailure(qreal top)
{
    const RowStyle &s = style();
    struct Choice
    {
        QString text;
        RowAction action;
        QString name;
    };
    QList<Choice> choices;
    if (m_row.mayRetry)
        choices.append({tr("Retry"), RowAction::Retry, tr("Send the message again")});
    choices.append({tr("Edit"), RowAction::Edit, tr("Edit the message")});
    choices.append({tr("Discard"), RowAction::Discard, tr("Discard the message")});
    qreal width = 0;
    for (const Choice &choice : choices)
        width += std::ceil(s.smallBoldMetrics.horizontalAdvance(choice.text)) + Theme::wide;
    const qreal edge = columnLeft() + columnWidth();
    qreal x = edge - width + Theme::wide;
    const QString why = s.smallMetrics.elidedText(ErrorText::sentence(m_row.error, ErrorText::Attempt::Message),
        Qt::ElideRight, std::max(0.0, x - Theme::wide - columnLeft()));
    const qreal base = top + (s.targetHeight - s.smallMetrics.height()) / 2 + s.smallMetrics.ascent();
    say(why, QPointF(x - Theme::wide - s.smallMetrics.horizontalAdvance(why), base), s.small, color(Theme::Danger));
    for (const Choice &choice : choices)
        x = sayButton(choice.text, choice.action, {}, m_row.id, choice.name, QPointF(x, top)) + Theme::wide;
    m_body.setBottom(top + s.targetHeight);
}

static QPainterPath bubblePath(const QRectF &r, qreal topLeft, qreal topRight, qreal bottomRight, qreal bottomLeft)
{
    QPainterPath path;
    path.moveTo(r.left() + topLeft, r.top());
    path.lineTo(r.right() - topRight, r.top());
    path.arcTo(QRectF(r.right() - 2 * topRight, r.top(), 2 * topRight, 2 * topRight), 90, -90);
    path.lineTo(r.right(), r.bottom() - bottomRight);
    path.arcTo(
        QRectF(r.right() - 2 * bottomRight, r.bottom() - 2 * bottomRight, 2 * bottomRight, 2 * bottomRight), 0, -90);
    path.lineTo(r.left() + bottomLeft, r.bottom());
    path.arcTo(QRectF(r.left(), r.bottom() - 2 * bottomLeft, 2 * bottomLeft, 2 * bottomLeft), 270, -90);
    path.lineTo(r.left(), r.top() + topLeft);
    path.arcTo(QRectF(r.left(), r.top(), 2 * topLeft, 2 * topLeft), 180, -90);
    path.closeSubpath();
    return path;
}

void ChatRowLayout::paintBehind(QPainter *painter, const RowPaint &how) const
{
    const qreal round = std::min<qreal>(Theme::bubbleRadius, m_bubble.height() / 2);
    const qreal above = m_row.groupStart ? round : innerRadius;
    const qreal below = m_row.groupEnd ? round : innerRadius;
    const QPainterPath path =
        m_row.own ? bubblePath(m_bubble, round, above, below, round) : bubblePath(m_bubble, above, round, round, below);
    painter->fillPath(path, color(m_row.own ? Theme::OwnBubble : Theme::OtherBubble));
    if (m_row.state == DeliveryState::Failed) {
        painter->setPen(QPen(color(Theme::Danger), 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawPath(path);
    }
    if (m_row.mention && !m_row.own) {
        painter->setClipPath(path);
        painter->fillRect(QRectF(m_bubble.left(), m_bubble.top(), 3, m_bubble.height()), color(Theme::Mention));
        painter->setClipping(false);
    }
    if (m_row.showsSender && !m_row.own && m_row.groupEnd) {
        const qreal side = style().commentAvatar;
        AvatarLook look{m_row.accountJid, m_row.senderJid, m_row.senderName};
        how.avatars.paint(painter, QRectF(columnLeft(), m_bubble.bottom() - side, side, side), look);
    }
}

void ChatRowLayout::paintParts(QPainter *painter, const RowPaint &) const
{
    const QString text = metaText();
    const RowStyle &s = style();
    QColor ink = color(Theme::Muted);
    if (m_row.state == DeliveryState::Failed)
        ink = color(Theme::Danger);
    painter->setFont(s.tiny);
    painter->setPen(ink);
    painter->drawText(m_metaBase, text);
    const qreal side = s.tinyMetrics.height();
    const QRectF box(m_metaBase.x() + s.tinyMetrics.horizontalAdvance(text) + 4,
        m_metaBase.y() - (s.tinyMetrics.ascent() - s.tinyMetrics.descent()) / 2 - side / 2, side, side);
    switch (m_row.state) {
    case DeliveryState::Queued:
    case DeliveryState::Sending:
        return drawGlyph(painter, Glyph::Clock, box, ink);
    case DeliveryState::Sent:
        return drawGlyph(painter, Glyph::Tick, box, ink);
    case DeliveryState::Delivered:
        return drawGlyph(painter, Glyph::TwoTicks, box, ink);
    case DeliveryState::Displayed:
        return drawGlyph(painter, Glyph::TwoTicks, box, color(Theme::Link));
    case DeliveryState::Failed:
        return drawGlyph(painter, Glyph::Alert, box, ink);
    case DeliveryState::Received:
        return;
    }
}

QString ChatRowLayout::stateWords(const ChatRow &row)
{
    switch (row.state) {
    case DeliveryState::Queued:
        return tr("waiting to be sent");
    case DeliveryState::Sending:
        return tr("being sent");
    case DeliveryState::Sent:
        return tr("sent");
    case DeliveryState::Delivered:
        return tr("delivered");
    case DeliveryState::Displayed:
        return tr("read");
    case DeliveryState::Failed:
        return tr("failed: %1").arg(ErrorText::sentence(row.error, ErrorText::Attempt::Message));
    case DeliveryState::Received:
        break;
    }
    return {};
}

QString ChatRowLayout::spoken(const ChatRow &row, const QDateTime &now)
{
    QStringList parts;
    parts << (row.own ? tr("You") : nameInLine(row.senderName));
    parts << TimeText::brief(row.time, now);
    if (row.edited)
        parts << tr("edited");
    if (row.mention)
        parts << tr("mentions you");
    if (const QString state = stateWords(row); !state.isEmpty())
        parts << state;
    const QString body = row.retracted ? tr("This message was deleted.") : row.body.left(2000);
    return tr("%1. %2", "who, when and state; the text").arg(parts.join(u", "), body);
}

} // namespace cumulet
