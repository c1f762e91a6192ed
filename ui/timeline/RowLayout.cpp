#include "ui/timeline/RowLayout.h"

#include "ui/common/Theme.h"
#include "ui/common/TimeText.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int charactersPerStep = 20000;
static constexpr int linesPerStep = 2000;

QString nameInLine(const QString &name, int length)
{
    QString line = name.left(4 * length).simplified();
    if (line.size() > length)
        line = line.left(line.at(length - 1).isHighSurrogate() ? length - 1 : length) + u'…';
    return line;
}

TextFold foldFor(int unfolded, const TextFold &folded)
{
    const int steps = std::clamp(unfolded, 0, 500);
    return steps == 0 ? folded : TextFold{steps * linesPerStep, steps * charactersPerStep};
}

RowLayout::RowLayout(qint64 id, int revision, const LayoutContext &context)
    : m_id(id)
    , m_revision(revision)
    , m_style(context.style)
    , m_columnWidth(std::max(80, std::min(context.width - 2 * Theme::page, context.style.theme.columnWidth())))
    , m_columnLeft((context.width - m_columnWidth) / 2)
{
}

RowLayout::~RowLayout() = default;

QColor RowLayout::color(int token) const
{
    return m_style.theme.color(Theme::Token(token));
}

qreal RowLayout::placeLinesAbove(const QDate &startsDay, bool startsUnread, const QDateTime &unreadSince,
    const QDateTime &now, qreal above, qreal below)
{
    qreal y = 0;
    const auto add = [&](const QString &text, bool isUnread) {
        const qreal height = m_style.smallLine + above + below;
        m_rules.push_back({text, y + above + m_style.smallLine / 2.0, isUnread});
        y += height;
    };
    if (startsDay.isValid())
        add(TimeText::day(startsDay, now.toLocalTime().date()), false);
    if (startsUnread)
        add(unreadSince.isValid() && unreadSince.toLocalTime().date() == now.toLocalTime().date()
                ? tr("New since %1").arg(TimeText::clock(unreadSince))
                : tr("New"),
            true);
    return y;
}

const TextBlock &RowLayout::place(TextBlock block, const TextLook &look, const QPointF &origin, qreal width,
    const TextFold &fold, bool shrinks, const QString &itemId)
{
    block.layOut(look, width, fold, shrinks);
    m_texts.push_back({std::move(block), origin, width});
    const TextBlock &placed = m_texts.back().block;
    for (int i = 0; i < placed.links().size(); ++i) {
        const TextSpan &span = placed.links().at(i);
        RowTarget target;
        target.kind = RowTarget::Link;
        target.itemId = itemId;
        target.block = placed.id();
        target.link = span.target;
        target.linkKind = span.kind;
        target.linkIndex = i;
        target.name = nameInLine(placed.text().mid(span.start, std::min(span.length, 200)), 100);
        for (const QRectF &rect : placed.rectsOf(span.start, span.length))
            target.rects.append(rect.translated(origin));
        m_targets.push_back(target);
    }
    return placed;
}

void RowLayout::movePlaced(size_t index, const QPointF &by)
{
    Placed &placed = m_texts[index];
    placed.origin += by;
    for (RowTarget &target : m_targets) {
        if (target.kind == RowTarget::Link && target.block == placed.block.id()) {
            for (QRectF &rect : target.rects)
                rect.translate(by);
        }
    }
}

void RowLayout::say(const QString &text, const QPointF &base, const QFont &font, const QColor &ink)
{
    m_words.push_back({text, base, &font, ink});
}

qreal RowLayout::sayButton(const QString &text, RowAction action, const QString &itemId, qint64 block,
    const QString &name, const QPointF &topLeft)
{
    const qreal width = std::ceil(m_style.smallBoldMetrics.horizontalAdvance(text));
    const qreal base = topLeft.y() + (m_style.targetHeight - m_style.smallBoldMetrics.height()) / 2
        + m_style.smallBoldMetrics.ascent();
    say(text, QPointF(topLeft.x(), base), m_style.smallBold, color(Theme::Link));
    RowTarget target;
    target.action = action;
    target.itemId = itemId;
    target.block = block;
    target.name = name;
    target.rects = {QRectF(topLeft.x() - 4, topLeft.y(), width + 8, m_style.targetHeight)};
    m_targets.push_back(target);
    return topLeft.x() + width;
}

int RowLayout::targetAt(const QPointF &point) const
{
    int found = -1;
    for (size_t i = 0; i < m_targets.size(); ++i) {
        // a whole comment is reached by keyboard only: under the pointer its text can be selected
        if (m_targets[i].kind == RowTarget::Comment)
            continue;
        for (const QRectF &rect : m_targets[i].rects) {
            if (rect.contains(point))
                found = int(i);
        }
    }
    return found;
}

std::optional<TextPlace> RowLayout::textAt(const QPointF &point, bool nearest) const
{
    const Placed *best = nullptr;
    qreal bestDistance = std::numeric_limits<qreal>::max();
    for (const Placed &placed : m_texts) {
        const QRectF area(placed.origin, QSizeF(placed.width, placed.block.height()));
        if (area.contains(point))
            return TextPlace{placed.block.id(), placed.block.offsetAt(point - placed.origin)};
        const qreal distance = point.y() < area.top() ? area.top() - point.y()
            : point.y() > area.bottom()               ? point.y() - area.bottom()
                                                      : 0;
        if (distance < bestDistance) {
            bestDistance = distance;
            best = &placed;
        }
    }
    if (!nearest || !best)
        return std::nullopt;
    return TextPlace{best->block.id(), best->block.offsetAt(point - best->origin)};
}

QRectF RowLayout::lineOf(const TextPlace &place) const
{
    for (const Placed &placed : m_texts) {
        if (placed.block.id() == place.block)
            return placed.block.lineOf(place.offset).translated(placed.origin);
    }
    return {};
}

std::pair<int, int> RowLayout::wordAt(const TextPlace &place) const
{
    for (const Placed &placed : m_texts) {
        if (placed.block.id() == place.block)
            return placed.block.wordAt(place.offset);
    }
    return {};
}

std::pair<int, int> RowLayout::paragraphAt(const TextPlace &place) const
{
    for (const Placed &placed : m_texts) {
        if (placed.block.id() == place.block)
            return placed.block.paragraphAt(place.offset);
    }
    return {};
}

bool RowLayout::isFolded(qint64 block) const
{
    return std::any_of(m_texts.begin(), m_texts.end(),
        [block](const Placed &placed) { return placed.block.id() == block && placed.block.isFolded(); });
}

void RowLayout::paintRule(QPainter *painter, const Rule &rule) const
{
    const QFont &font = rule.isUnread ? m_style.smallBold : m_style.small;
    const QFontMetricsF &metrics = rule.isUnread ? m_style.smallBoldMetrics : m_style.smallMetrics;
    const qreal textWidth = metrics.horizontalAdvance(rule.text);
    const qreal left = m_columnLeft + (m_columnWidth - textWidth) / 2;
    QColor line = color(rule.isUnread ? Theme::Mention : Theme::Line);
    if (rule.isUnread)
        line.setAlphaF(0.55f);
    const qreal y = std::floor(rule.middle);
    painter->fillRect(QRectF(m_columnLeft, y, left - 10 - m_columnLeft, 1), line);
    const qreal right = left + textWidth + 10;
    painter->fillRect(QRectF(right, y, m_columnLeft + m_columnWidth - right, 1), line);
    painter->setFont(font);
    painter->setPen(color(rule.isUnread ? Theme::Mention : Theme::Muted));
    painter->drawText(QPointF(left, rule.middle + (metrics.ascent() - metrics.descent()) / 2), rule.text);
}

void RowLayout::paint(QPainter *painter, const RowPaint &asked) const
{
    RowPaint how = asked;
    const auto known = [this](int target) { return target < int(m_targets.size()) ? target : -1; };
    how.hovered = known(how.hovered);
    how.focused = known(how.focused);
    painter->setRenderHint(QPainter::Antialiasing);
    for (const Rule &rule : m_rules)
        paintRule(painter, rule);
    if (how.isHighlighted) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(color(Theme::Highlight));
        painter->drawRoundedRect(m_body.adjusted(-6, -3, 6, 3), Theme::bubbleRadius + 3, Theme::bubbleRadius + 3);
    }
    paintBehind(painter, how);
    for (const Words &words : m_words) {
        painter->setFont(*words.font);
        painter->setPen(words.ink);
        painter->drawText(words.base, words.text);
    }
    for (const Placed &placed : m_texts) {
        const auto [from, to] = how.selection ? how.selection(placed.block.id()) : std::pair(0, 0);
        int link = -1;
        if (how.focused >= 0 && m_targets[how.focused].kind == RowTarget::Link
            && m_targets[how.focused].block == placed.block.id())
            link = m_targets[how.focused].linkIndex;
        painter->save();
        placed.block.paint(painter, placed.origin, how.exposed.translated(-placed.origin), from, to, link);
        painter->restore();
    }
    paintParts(painter, how);
    if (how.hovered >= 0 && m_targets[how.hovered].action != RowAction::OpenAuthor) { // what would be clicked
        const bool isLink = m_targets[how.hovered].kind == RowTarget::Link;
        const QColor ink = color(isLink ? Theme::Link : Theme::Muted);
        for (const QRectF &rect : m_targets[how.hovered].rects) {
            if (isLink)
                painter->fillRect(QRectF(rect.left(), std::floor(rect.bottom()) - 3, rect.width(), 1), ink);
        }
    }
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(color(Theme::Accent), 2));
    if (how.focused >= 0 && m_targets[how.focused].kind != RowTarget::Link) {
        for (const QRectF &rect : m_targets[how.focused].rects)
            painter->drawRoundedRect(rect.adjusted(0, 1, 0, -1), Theme::tight + 2, Theme::tight + 2);
    } else if (how.isFocused && how.focused < 0) {
        const qreal radius = std::min<qreal>(Theme::cardRadius, m_body.height() / 2);
        painter->drawRoundedRect(m_body.adjusted(1, 1, -1, -1), radius, radius);
    }
}

} // namespace cumulet
