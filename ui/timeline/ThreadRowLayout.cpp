#include "ui/timeline/ThreadRowLayout.h"

#include "ui/common/ErrorText.h"
#include "ui/common/Theme.h"
#include "ui/common/TimeText.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qreal padding = 16;
static constexpr qreal paddingAbove = 14;
static constexpr qreal gapBelow = 14;
static constexpr TextFold foldedPost{14, 1200};
static constexpr TextFold foldedComment{14, 1200};

ThreadRowLayout::ThreadRowLayout(const ThreadRow &row, const LayoutContext &context)
    : RowLayout(row.id, row.revision, context)
    , m_context(&context)
    , m_now(context.now)
{
    const qreal top = placeLinesAbove(row.startsDay, row.startsUnread, row.unreadSince, context.now, 2, 14);
    const qreal x = columnLeft() + padding;
    const qreal width = columnWidth() - 2 * padding;
    qreal y = placeHeader(row.post, noticeWord(row.notices), top + paddingAbove) + 8;
    if (!row.post.title.isEmpty() && !row.post.retracted) {
        TextLook look = style().post;
        look.font.setWeight(QFont::DemiBold);
        // titles are no part of what can be selected: their block has an id of its own
        y += place(TextBlock(-row.post.id, nameInLine(row.post.title, 300), {}), look, QPointF(x, y), width, {3, 300},
                 false, row.post.itemId)
                 .height()
            + 4;
    }
    y = placeBody(row.post, style().post, x, y, width);
    if (row.post.state == DeliveryState::Failed)
        y = placeFailure(row.post, x, y + 4, width, false);
    y = placeActions(row, y + 4);
    y = placeComments(row, y);
    m_card = m_body = QRectF(columnLeft(), top, columnWidth(), std::ceil(y + paddingAbove - 2 - top));
    m_height = int(std::ceil(m_card.bottom() + gapBelow));
    m_context = nullptr;
}

QString ThreadRowLayout::authorOf(const PostItem &item)
{
    return item.own ? tr("You") : nameInLine(item.authorName.isEmpty() ? item.authorJid : item.authorName);
}

QString ThreadRowLayout::roleWord(Affiliation role)
{
    switch (role) {
    case Affiliation::Owner:
        return tr("owner");
    case Affiliation::Moderator:
        return tr("moderator");
    default:
        return {};
    }
}

// What is not finished says so in words.
QString ThreadRowLayout::stateWords(const PostItem &item, bool isComment)
{
    switch (item.state) {
    case DeliveryState::Queued:
        if (item.heldSeconds > 0)
            return tr("sending in %n s", nullptr, item.heldSeconds);
        return item.waitsForFiles ? tr("waiting for its files") : tr("waiting · will be sent when online");
    case DeliveryState::Sending:
        return tr("sending…");
    case DeliveryState::Failed:
        return isComment ? tr("Failed", "a comment") : tr("Failed", "a post");
    default:
        return {};
    }
}

// The same for the ear: a number that changes each second would be said again and again.
QString ThreadRowLayout::spokenState(const PostItem &item, bool isComment)
{
    return item.heldSeconds > 0 ? tr("sent in a moment, can be undone") : stateWords(item, isComment);
}

QString ThreadRowLayout::noticeWord(ThreadNotices notices)
{
    switch (notices) {
    case ThreadNotices::Followed:
        return tr("followed", "a thread");
    case ThreadNotices::Muted:
        return tr("muted", "a thread");
    default:
        return {};
    }
}

QString ThreadRowLayout::timeWords(const PostItem &item, const QDateTime &now)
{
    QString words = TimeText::age(item.time, now);
    if (item.edited && !item.retracted)
        words = tr("%1 · edited", "a post's age").arg(words);
    if (!item.place.isEmpty() && !item.retracted)
        words += u" · "_s + placeWords(item);
    return words;
}

QString ThreadRowLayout::placeWords(const PostItem &item)
{
    return tr("near %1", "a place").arg(nameInLine(item.place, 30));
}

void ThreadRowLayout::placePicture(const PostItem &item, const QRectF &circle)
{
    m_people.append(item.authorJid);
    m_pictures.push_back({circle, {item.accountJid, item.authorJid, nameInLine(item.authorName)}});
    RowTarget author;
    author.action = RowAction::OpenAuthor;
    author.itemId = item.itemId;
    author.block = item.id;
    author.name = tr("Open the channel of %1").arg(nameInLine(item.authorName));
    author.rects = {circle};
    author.isTabStop = false;
    m_targets.push_back(author);
}

int ThreadRowLayout::addMore(const PostItem &item, const QRectF &box, bool isQuiet)
{
    RowTarget more;
    more.action = RowAction::More;
    more.itemId = item.itemId;
    more.block = item.id;
    more.name = tr("More about what %1 wrote").arg(authorOf(item));
    more.rects = {box};
    more.isQuiet = isQuiet;
    m_targets.push_back(more);
    const int index = int(m_targets.size()) - 1;
    const qreal side = style().smallMetrics.height();
    m_signs.push_back({Glyph::More, QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side),
        color(Theme::Muted), index});
    return index;
}

qreal ThreadRowLayout::placeHeader(const PostItem &post, const QString &noticeWord, qreal top)
{
    const RowStyle &s = style();
    const qreal left = columnLeft() + padding;
    const qreal right = columnLeft() + columnWidth() - padding;
    const qreal middle = top + s.avatar / 2.0;
    placePicture(post, QRectF(left, top, s.avatar, s.avatar));
    const QString state = stateWords(post, false);
    const QString age = noticeWord.isEmpty()
        ? timeWords(post, m_now)
        : tr("%1 · %2", "muted or followed; a post's age").arg(noticeWord, timeWords(post, m_now));
    const QString when = state.isEmpty() ? age : state;
    const bool failed = post.state == DeliveryState::Failed;
    const qreal whenWidth = (failed ? s.smallBoldMetrics : s.smallMetrics).horizontalAdvance(when);
    const qreal smallBase = middle + (s.smallMetrics.ascent() - s.smallMetrics.descent()) / 2;
    say(when, QPointF(right - whenWidth, smallBase), failed ? s.smallBold : s.small,
        color(failed ? Theme::Danger : Theme::Muted));
    if (post.state == DeliveryState::Queued || post.state == DeliveryState::Sending) {
        const qreal side = s.smallMetrics.height();
        m_signs.push_back({Glyph::Clock, QRectF(right - whenWidth - side - 4, middle - side / 2, side, side),
            color(Theme::Muted), -1});
    }
    const QString role = roleWord(post.role);
    const qreal roleWidth = role.isEmpty() ? 0 : std::ceil(s.tinyMetrics.horizontalAdvance(role)) + 16;
    const QString where = post.channelName.isEmpty() ? QString() : tr("in %1").arg(nameInLine(post.channelName, 40));
    qreal x = left + s.avatar + 10;
    const qreal room = std::max(40.0, right - whenWidth - 34 - x - roleWidth);
    const QString name = s.nameMetrics.elidedText(authorOf(post), Qt::ElideRight, room);
    say(name, QPointF(x, middle + (s.nameMetrics.ascent() - s.nameMetrics.descent()) / 2), s.name, color(Theme::Text));
    const qreal nameWidth = std::ceil(s.nameMetrics.horizontalAdvance(name));
    for (RowTarget &target : m_targets) {
        if (target.action == RowAction::OpenAuthor)
            target.rects.append(QRectF(x, middle - 12, nameWidth, 24));
    }
    x += nameWidth + 10;
    if (!role.isEmpty()) {
        const qreal chipHeight = std::ceil(s.tinyMetrics.height()) + 4;
        const QRectF chip(x, std::round(middle - chipHeight / 2), roleWidth, chipHeight);
        m_chips.push_back(chip);
        say(role, QPointF(x + 8, chip.top() + 2 + s.tinyMetrics.ascent()), s.tiny, color(Theme::Muted));
        x = chip.right() + 10;
    }
    if (!where.isEmpty()) {
        const QString fitting =
            s.smallMetrics.elidedText(where, Qt::ElideRight, std::max(0.0, right - whenWidth - 34 - x));
        RowTarget channel;
        channel.action = RowAction::OpenChannel;
        channel.itemId = post.itemId;
        channel.block = post.id;
        channel.name = tr("Open the channel %1").arg(nameInLine(post.channelName));
        channel.rects = {QRectF(x - 4, middle - 12, s.smallMetrics.horizontalAdvance(fitting) + 8, 24)};
        m_targets.push_back(channel);
        say(fitting, QPointF(x, smallBase), s.small, color(Theme::Link));
    }
    return top + s.avatar;
}

qreal ThreadRowLayout::placeBody(const PostItem &item, const TextLook &look, qreal x, qreal y, qreal width)
{
    const bool isComment = &look == &style().comment;
    if (item.retracted) {
        const QString words = isComment ? tr("This comment was deleted.") : tr("This post was deleted.");
        return y
            + place(TextBlock(item.id, words, {}), style().notice, QPointF(x, y), width, {2, 200}, false, {}).height();
    }
    const int unfolded = m_context->unfolded ? m_context->unfolded(item.id) : 0;
    if (item.body.isEmpty() && !item.attachments.isEmpty())
        return placeMedia(item, x, y, width);
    const TextBlock &text = place(TextBlock(item.id, item.body, item.spans), look, QPointF(x, y), width,
        foldFor(unfolded, isComment ? foldedComment : foldedPost), false, item.itemId);
    y += text.height();
    if (text.isFolded() || unfolded > 0) {
        const QString words = text.isFolded() ? tr("Show %n more words", nullptr, text.hiddenWords()) : tr("Show less");
        sayButton(
            words, text.isFolded() ? RowAction::Unfold : RowAction::Fold, item.itemId, item.id, words, QPointF(x, y));
        y += style().targetHeight;
    }
    return placeMedia(item, x, y, width);
}

// Why it was not sent, and what can be done about it.
qreal ThreadRowLayout::placeFailure(const PostItem &item, qreal x, qreal y, qreal width, bool isComment)
{
    const RowStyle &s = style();
    const auto attempt = isComment ? ErrorText::Attempt::Comment : ErrorText::Attempt::Post;
    TextLook look = s.notice;
    look.font = s.small;
    look.ink = color(Theme::Danger);
    y += place(TextBlock(-item.id - (qint64(1) << 60), ErrorText::sentence(item.error, attempt), {}), look,
        QPointF(x, y), width, {3, 300}, false, {})
             .height();
    if (item.mayRetry)
        x = sayButton(tr("Retry"), RowAction::Retry, item.itemId, item.id, tr("Send it again"), QPointF(x, y))
            + padding;
    x = sayButton(tr("Edit"), RowAction::Edit, item.itemId, item.id, tr("Edit what was not sent"), QPointF(x, y))
        + padding;
    sayButton(tr("Discard"), RowAction::Discard, item.itemId, item.id, tr("Discard what was not sent"), QPointF(x, y));
    return y + s.targetHeight;
}

qreal ThreadRowLayout::placeActions(const ThreadRow &row, qreal y)
{
    const RowStyle &s = style();
    const qreal side = s.smallMetrics.height();
    const qreal middle = y + s.targetHeight / 2.0;
    const qreal base = middle + (s.smallMetrics.ascent() - s.smallMetrics.descent()) / 2;
    qreal x = columnLeft() + padding;
    if (row.post.state == DeliveryState::Queued) {
        sayButton(
            tr("Undo"), RowAction::Undo, row.post.itemId, row.post.id, tr("Do not send this post"), QPointF(x, y));
        return y + s.targetHeight;
    }
    if (row.post.state == DeliveryState::Failed || row.post.state == DeliveryState::Sending)
        return y;
    const auto sign = [&](Glyph glyph, const QString &words, int target) {
        m_signs.push_back({glyph, QRectF(x, middle - side / 2, side, side), color(Theme::Muted), target});
        x += side;
        if (!words.isEmpty())
            say(words, QPointF(x + 5, base), s.small, color(Theme::Muted));
        x += (words.isEmpty() ? 0 : 5 + std::ceil(s.smallMetrics.horizontalAdvance(words))) + 18;
    };
    x = placeLike(row.post, x, y, false);
    if (row.commentCount > 0 || row.mayComment) {
        const qreal from = x;
        const QString words = row.commentCount > 0 ? QString::number(row.commentCount) : tr("Comment");
        sign(Glyph::Comment, words, -1);
        if (row.mayComment) {
            RowTarget comment;
            comment.action = RowAction::Comment;
            comment.itemId = row.post.itemId;
            comment.block = row.post.id;
            comment.name = tr("Comment on the post by %1").arg(authorOf(row.post));
            comment.rects = {QRectF(from - 6, y, x - 18 - from + 12, s.targetHeight)};
            m_targets.push_back(comment);
        }
    }
    addMore(row.post, QRectF(x - 6, y, side + 12, s.targetHeight), false);
    return y + s.targetHeight;
}

// "Like 4"; how good it is found on average only where people say more than that they like it.
QString ThreadRowLayout::likeWords(const PostItem &item, bool isSpoken)
{
    const Ratings &ratings = item.ratings;
    if (ratings.count == 0)
        return {};
    const bool isLikes = ratings.sum == 5 * ratings.count;
    const QString average = QLocale().toString(double(ratings.sum) / ratings.count, 'f', 1);
    if (!isSpoken)
        return isLikes ? QString() : average;
    QString words = isLikes ? tr("%n likes", nullptr, ratings.count)
                            : tr("%n ratings, %1 of 5 on average", nullptr, ratings.count).arg(average);
    if (ratings.own > 0)
        words += u", "_s + (ratings.own == 5 ? tr("liked by you") : tr("rated %1 by you").arg(ratings.own));
    return words;
}

// The button with its number, and stars where there are any; returns where the next one may begin.
qreal ThreadRowLayout::placeLike(const PostItem &item, qreal x, qreal y, bool isComment)
{
    const Ratings &ratings = item.ratings;
    if (!item.mayRate && ratings.count == 0)
        return x;
    const RowStyle &s = style();
    const qreal side = s.smallMetrics.height();
    const qreal middle = y + s.targetHeight / 2.0;
    const qreal base = middle + (s.smallMetrics.ascent() - s.smallMetrics.descent()) / 2;
    const qreal from = x;
    const bool isOwn = ratings.own > 0;
    const QColor ink = color(isOwn ? Theme::Mention : Theme::Muted);
    int target = -1;
    if (item.mayRate) {
        target = int(m_targets.size());
        RowTarget like;
        like.action = RowAction::Like;
        like.itemId = item.itemId;
        like.block = item.id;
        const QString what =
            isComment ? tr("the comment by %1").arg(authorOf(item)) : tr("the post by %1").arg(authorOf(item));
        like.name = isOwn ? tr("Take back your like of %1").arg(what) : tr("Like %1").arg(what);
        if (ratings.count > 0)
            like.name += u", "_s + likeWords(item, true);
        like.isQuiet = isComment && ratings.count == 0;
        m_targets.push_back(like);
    }
    m_signs.push_back(
        {isOwn ? Glyph::FilledHeart : Glyph::Heart, QRectF(x, middle - side / 2, side, side), ink, target});
    x += side;
    QString words = ratings.count > 0 ? QString::number(ratings.count) : QString();
    if (!isComment)
        words = words.isEmpty() ? tr("Like") : tr("Like %1").arg(words);
    if (!words.isEmpty()) {
        say(words, QPointF(x + 5, base), isOwn ? s.smallBold : s.small, ink);
        x += 5 + std::ceil((isOwn ? s.smallBoldMetrics : s.smallMetrics).horizontalAdvance(words));
    }
    if (target >= 0)
        m_targets[size_t(target)].rects = {QRectF(from - 6, y, x - from + 12, s.targetHeight)};
    x += isComment ? 12 : 18;
    if (const QString average = likeWords(item, false); !average.isEmpty()) {
        m_signs.push_back({Glyph::Star, QRectF(x, middle - side / 2, side, side), color(Theme::Muted), -1});
        say(average, QPointF(x + side + 4, base), s.small, color(Theme::Muted));
        x += side + 4 + std::ceil(s.smallMetrics.horizontalAdvance(average)) + (isComment ? 12 : 18);
    }
    return x;
}

// "to Juliet", which goes to what she wrote
qreal ThreadRowLayout::placeAnswered(const PostItem &comment, qreal x, qreal middle, qreal room)
{
    const RowStyle &s = style();
    const QString name = nameInLine(comment.replyToName, 40);
    const QString words = s.smallMetrics.elidedText(tr("to %1").arg(name), Qt::ElideRight, std::max(0.0, room));
    const qreal width = std::ceil(s.smallMetrics.horizontalAdvance(words));
    say(words, QPointF(x, middle + (s.smallMetrics.ascent() - s.smallMetrics.descent()) / 2), s.small,
        color(Theme::Link));
    RowTarget answered;
    answered.action = RowAction::GoToAnswered;
    answered.itemId = comment.itemId;
    answered.block = comment.id;
    answered.name = tr("Go to the comment by %1 that is answered").arg(name);
    answered.rects = {QRectF(x - 3, middle - s.targetHeight / 2.0, width + 6, s.targetHeight)};
    m_targets.push_back(answered);
    return x + width + 8;
}

qreal ThreadRowLayout::placeComments(const ThreadRow &row, qreal y)
{
    const bool hasBox = row.mayComment || m_context->editorHeight > 0;
    if (row.comments.isEmpty() && row.hiddenComments == 0 && !hasBox)
        return y;
    const qreal left = columnLeft() + padding + 6;
    const qreal x = left + 2 + 12;
    const qreal width = columnLeft() + columnWidth() - padding - x;
    const qreal top = y + 6;
    y = top;
    if (row.hiddenComments > 0) {
        const QString words = tr("Show %n earlier comments", nullptr, row.hiddenComments);
        sayButton(words, RowAction::ShowEarlier, row.post.itemId, row.post.id, words, QPointF(x, y));
        y += style().targetHeight;
    }
    for (const PostItem &comment : row.comments)
        y = placeComment(comment, x, y + (y == top ? 2 : 9), width);
    if (hasBox)
        y = placeCommentBox(row, x, y + (y == top ? 2 : 10), width);
    m_rule = QRectF(left, top, 2, y - top);
    return y;
}

qreal ThreadRowLayout::placeComment(const PostItem &comment, qreal x, qreal y, qreal width)
{
    const RowStyle &s = style();
    const qreal top = y;
    const size_t self = m_targets.size();
    m_targets.push_back({});
    placePicture(comment, QRectF(x, y + 1, s.commentAvatar, s.commentAvatar));
    const qreal textLeft = x + s.commentAvatar + 9;
    const qreal textWidth = x + width - textLeft;
    const qreal line = s.comment.lineHeight;
    const qreal moreWidth = 28;
    const QString state = stateWords(comment, true);
    QStringList about;
    if (const QString role = roleWord(comment.role); !role.isEmpty())
        about << role;
    about << (state.isEmpty() ? timeWords(comment, m_now) : state);
    const qreal middle = y + line / 2;
    const QString name =
        s.commentNameMetrics.elidedText(authorOf(comment), Qt::ElideRight, std::max(40.0, textWidth * 0.5));
    say(name, QPointF(textLeft, middle + (s.commentNameMetrics.ascent() - s.commentNameMetrics.descent()) / 2),
        s.commentName, color(Theme::Text));
    qreal at = textLeft + std::ceil(s.commentNameMetrics.horizontalAdvance(name)) + 6;
    if (!comment.replyToName.isEmpty())
        at = placeAnswered(comment, at, middle, (textLeft + textWidth - at) * 0.5);
    const bool failed = comment.state == DeliveryState::Failed;
    const bool waits = comment.state == DeliveryState::Queued;
    const qreal undoWidth = waits ? s.smallBoldMetrics.horizontalAdvance(tr("Undo")) + 8 : 0;
    const qreal likeWidth = comment.mayRate || comment.ratings.count > 0 ? 2 * s.targetHeight : 0;
    const QString words = s.smallMetrics.elidedText(about.join(u" · "), Qt::ElideRight,
        std::max(0.0, textLeft + textWidth - at - moreWidth - undoWidth - likeWidth));
    say(words, QPointF(at, middle + (s.smallMetrics.ascent() - s.smallMetrics.descent()) / 2),
        failed ? s.smallBold : s.small, color(failed ? Theme::Danger : Theme::Muted));
    at += std::ceil(s.smallMetrics.horizontalAdvance(words)) + 8;
    y = placeBody(comment, s.comment, textLeft, y + line, textWidth);
    if (waits)
        sayButton(tr("Undo"), RowAction::Undo, comment.itemId, comment.id, tr("Do not send this comment"),
            QPointF(at, middle - s.targetHeight / 2.0));
    else if (!comment.retracted && !failed && comment.state != DeliveryState::Sending) {
        placeLike(comment, at + 6, middle - s.targetHeight / 2.0, true);
        addMore(comment, QRectF(x + width - moreWidth, middle - s.targetHeight / 2.0, moreWidth, s.targetHeight), true);
    }
    if (failed)
        y = placeFailure(comment, textLeft, y, textWidth, true);
    y = std::max(y, top + s.commentAvatar + 2);
    RowTarget whole;
    whole.kind = RowTarget::Comment;
    whole.action = RowAction::Comment;
    whole.itemId = comment.itemId;
    whole.block = comment.id;
    whole.name = spokenComment(comment, m_now);
    whole.rects = {QRectF(x - 4, top - 3, width + 4, y - top + 6)};
    m_targets[self] = whole;
    return y;
}

qreal ThreadRowLayout::placeCommentBox(const ThreadRow &row, qreal x, qreal y, qreal width)
{
    const RowStyle &s = style();
    if (m_context->editorHeight > 0) {
        m_hasEditor = true;
        m_editorRect = QRectF(x, y, width, m_context->editorHeight);
        return y + m_context->editorHeight;
    }
    const qreal height = std::max(33, s.smallLine + 14);
    m_commentBox = QRectF(x, y, width, height);
    m_editorRect = m_commentBox;
    const QString draft = nameInLine(row.commentDraft, 200);
    const QString keys = tr("Ctrl ↵", "the keys that send a comment");
    const qreal keysWidth = s.tinyMetrics.horizontalAdvance(keys) + 10;
    const qreal base = y + (height + s.smallMetrics.ascent() - s.smallMetrics.descent()) / 2;
    qreal at = x + 10;
    if (!draft.isEmpty()) {
        const QString word = tr("Draft:");
        say(word, QPointF(at, base), s.small, color(Theme::Warning));
        at += s.smallMetrics.horizontalAdvance(word) + 5;
    }
    say(s.smallMetrics.elidedText(
            draft.isEmpty() ? tr("Write a comment…") : draft, Qt::ElideRight, x + width - at - keysWidth - 20),
        QPointF(at, base), s.small, color(Theme::Muted));
    const qreal chipHeight = std::ceil(s.tinyMetrics.height()) + 4;
    const QRectF chip(x + width - 10 - keysWidth, y + std::round((height - chipHeight) / 2), keysWidth, chipHeight);
    m_chips.push_back(chip);
    say(keys, QPointF(chip.left() + 5, chip.top() + 2 + s.tinyMetrics.ascent()), s.tiny, color(Theme::Muted));
    RowTarget box;
    box.action = RowAction::Comment;
    box.itemId = row.post.itemId;
    box.block = row.post.id;
    box.name = tr("Write a comment on the post by %1").arg(authorOf(row.post));
    box.rects = {m_commentBox};
    m_targets.push_back(box);
    m_boxTarget = int(m_targets.size()) - 1;
    return y + height;
}

void ThreadRowLayout::paintBehind(QPainter *painter, const RowPaint &how) const
{
    painter->setPen(QPen(color(how.isHighlighted ? Theme::Accent : Theme::Line), 1));
    painter->setBrush(color(Theme::Card));
    painter->drawRoundedRect(m_card.adjusted(0.5, 0.5, -0.5, -0.5), Theme::cardRadius, Theme::cardRadius);
    painter->fillRect(m_rule, color(Theme::Line));
    painter->setBrush(Qt::NoBrush);
    if (!m_commentBox.isNull()) {
        painter->setPen(QPen(color(how.hovered == m_boxTarget ? Theme::Control : Theme::FieldLine), 1));
        painter->setBrush(color(Theme::Ground));
        painter->drawRoundedRect(m_commentBox.adjusted(0.5, 0.5, -0.5, -0.5), 9, 9);
    }
    painter->setPen(QPen(color(Theme::Line), 1));
    painter->setBrush(Qt::NoBrush);
    for (const QRectF &chip : m_chips) {
        const qreal radius = chip.top() >= m_commentBox.top() && !m_commentBox.isNull() ? 4 : chip.height() / 2;
        painter->drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    }
}

void ThreadRowLayout::paintParts(QPainter *painter, const RowPaint &how) const
{
    for (const Picture &picture : m_pictures)
        how.avatars.paint(painter, picture.circle, picture.look);
    paintMedia(painter, how);
    for (const Sign &sign : m_signs) {
        const bool isQuiet = sign.target >= 0 && m_targets[sign.target].isQuiet;
        if (isQuiet && !how.isPointedAt && how.focused != sign.target && !how.isFocused)
            continue;
        const bool hovered = sign.target >= 0 && how.hovered == sign.target;
        drawGlyph(painter, sign.glyph, sign.box, hovered ? color(Theme::Text) : sign.ink);
    }
}

QString ThreadRowLayout::spokenParts(const PostItem &item, const QDateTime &now, bool isComment)
{
    QStringList parts;
    parts << (isComment ? tr("Comment by %1") : tr("Post by %1")).arg(authorOf(item));
    if (!item.replyToName.isEmpty())
        parts << tr("to %1").arg(nameInLine(item.replyToName, 40));
    if (const QString role = roleWord(item.role); !role.isEmpty())
        parts << role;
    if (!item.channelName.isEmpty())
        parts << tr("in %1").arg(nameInLine(item.channelName, 40));
    const QString state = spokenState(item, isComment);
    parts << (state.isEmpty() ? TimeText::age(item.time, now) : state);
    if (item.state == DeliveryState::Failed)
        parts << ErrorText::sentence(item.error, isComment ? ErrorText::Attempt::Comment : ErrorText::Attempt::Post);
    if (item.edited && !item.retracted)
        parts << tr("edited");
    if (!item.place.isEmpty() && !item.retracted)
        parts << placeWords(item);
    if (item.ratings.count > 0 && !item.retracted)
        parts << likeWords(item, true);
    if (!item.attachments.isEmpty() && !item.retracted)
        parts << tr("%n pictures or files", nullptr, int(item.attachments.size()));
    return parts.join(u", ");
}

QString ThreadRowLayout::spokenComment(const PostItem &comment, const QDateTime &now)
{
    const QString body = comment.retracted ? tr("This comment was deleted.") : comment.body.left(2000);
    return tr("%1. %2", "who, when and state; the text").arg(spokenParts(comment, now, true), body);
}

QString ThreadRowLayout::spoken(const ThreadRow &row, const QDateTime &now)
{
    QString parts = spokenParts(row.post, now, false);
    if (row.commentCount > 0)
        parts += u", "_s + tr("%n comments", nullptr, row.commentCount);
    if (row.notices != ThreadNotices::Usual)
        parts += u", "_s + noticeWord(row.notices);
    const QString title = row.post.title.isEmpty() ? QString() : nameInLine(row.post.title, 300) + u". "_s;
    const QString body = row.post.retracted ? tr("This post was deleted.") : title + row.post.body.left(2000);
    return tr("%1. %2", "who, when and state; the text").arg(parts, body);
}

} // namespace cumulet
