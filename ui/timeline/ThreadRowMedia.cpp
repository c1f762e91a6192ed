// Pictures and files of posts and comments. Their places are kept before anything is loaded: a row never grows
// under the reader because a picture came.
#include "ui/timeline/ThreadRowLayout.h"

#include "ui/common/MediaSource.h"
#include "ui/common/Theme.h"

#include <QLocale>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qreal widestPicture = 440;
static constexpr qreal gap = 8;
static constexpr qreal radius = 8;

static QString pictureWords(const MediaDescription &description)
{
    return nameInLine(description.text, 300);
}

QString ThreadRowLayout::mediaName(const MediaLook &look)
{
    const QString words = pictureWords(look.description);
    switch (look.state) {
    case MediaLook::File:
        return tr("File %1").arg(nameInLine(look.description.name));
    case MediaLook::Failed:
        return tr("Load the picture again");
    default:
        return words.isEmpty() ? tr("Picture without description") : tr("Picture: %1").arg(words);
    }
}

QString ThreadRowLayout::fileSize(qint64 bytes)
{
    return bytes < 0 ? QString() : QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat);
}

qreal ThreadRowLayout::placeMedia(const PostItem &item, qreal x, qreal y, qreal width)
{
    if (!m_context->media || item.attachments.isEmpty() || item.retracted)
        return y;
    std::vector<size_t> pictures;
    std::vector<size_t> files;
    for (qsizetype i = 0; i < item.attachments.size(); ++i) {
        MediaBox box;
        box.attachment = item.attachments.at(i);
        box.account = item.accountJid;
        box.look = m_context->media->look(item.accountJid, box.attachment);
        (box.look.state == MediaLook::File ? files : pictures).push_back(m_media.size());
        box.target = addMediaTarget(item, int(i), box.look);
        m_media.push_back(std::move(box));
    }
    y = placePictures(pictures, x, y + gap, width);
    for (const size_t file : files)
        y = placeFile(m_media[file], x, y, width);
    return y + (files.empty() ? 0 : 4);
}

int ThreadRowLayout::addMediaTarget(const PostItem &item, int index, const MediaLook &look)
{
    RowTarget target;
    target.action = look.state == MediaLook::File ? RowAction::SaveMedia
        : look.state == MediaLook::Failed         ? RowAction::RetryMedia
                                                  : RowAction::OpenMedia;
    target.itemId = item.itemId;
    target.block = item.id;
    target.linkIndex = index;
    target.name = mediaName(look);
    m_targets.push_back(target);
    return int(m_targets.size()) - 1;
}

// One as it is, more of them two in a line; each in a box of 4:3.
qreal ThreadRowLayout::placePictures(const std::vector<size_t> &pictures, qreal x, qreal y, qreal width)
{
    if (pictures.empty())
        return y;
    const bool isOne = pictures.size() == 1;
    const qreal whole = std::min(width, isOne ? widestPicture : 1.4 * widestPicture);
    const qreal boxWidth = std::floor(isOne ? whole : (whole - gap) / 2);
    const qreal boxHeight = std::floor(boxWidth * 3 / 4);
    for (size_t i = 0; i < pictures.size(); ++i) {
        MediaBox &box = m_media[pictures[i]];
        box.rect =
            QRectF(x + qreal(i % 2) * (boxWidth + gap), y + qreal(i / 2) * (boxHeight + gap), boxWidth, boxHeight);
        m_targets[size_t(box.target)].rects = {box.rect};
    }
    return y + qreal((pictures.size() + 1) / 2) * (boxHeight + gap);
}

qreal ThreadRowLayout::placeFile(MediaBox &box, qreal x, qreal y, qreal width)
{
    const RowStyle &s = style();
    const qreal height = s.targetHeight + 8;
    box.rect = QRectF(x, y, std::min(width, widestPicture), height);
    const qreal base = y + (height + s.smallMetrics.ascent() - s.smallMetrics.descent()) / 2;
    const QString save = tr("Save…");
    const qreal saveWidth = std::ceil(s.smallBoldMetrics.horizontalAdvance(save));
    const QString size =
        box.look.percent >= 0 ? tr("%1 % uploaded").arg(box.look.percent) : fileSize(box.look.description.size);
    const qreal sizeWidth = std::ceil(s.smallMetrics.horizontalAdvance(size));
    const qreal room = box.rect.width() - saveWidth - sizeWidth - 48;
    const QString name = s.smallBoldMetrics.elidedText(
        nameInLine(box.look.description.name, 120), Qt::ElideMiddle, std::max(20.0, room));
    say(name, QPointF(x + 12, base), s.smallBold, color(Theme::Text));
    say(size, QPointF(x + 24 + std::ceil(s.smallBoldMetrics.horizontalAdvance(name)), base), s.small,
        color(Theme::Muted));
    say(save, QPointF(box.rect.right() - 12 - saveWidth, base), s.smallBold, color(Theme::Link));
    RowTarget &target = m_targets[size_t(box.target)];
    target.rects = {box.rect};
    target.name = tr("Save the file %1, %2").arg(nameInLine(box.look.description.name), size);
    return y + height + 6;
}

bool ThreadRowLayout::showsMedia(const QString &key) const
{
    return std::any_of(m_media.begin(), m_media.end(),
        [&key](const MediaBox &box) { return MediaSource::keyOf(box.attachment) == key; });
}

static QRectF fitted(const QSizeF &size, const QRectF &box)
{
    const QSizeF scaled = size.scaled(box.size(), Qt::KeepAspectRatio);
    return {box.left(), box.center().y() - scaled.height() / 2, scaled.width(), scaled.height()};
}

void ThreadRowLayout::paintMedia(QPainter *painter, const RowPaint &how) const
{
    for (const MediaBox &box : m_media) {
        if (!box.rect.intersects(how.exposed))
            continue;
        if (box.look.state == MediaLook::File) {
            painter->setPen(QPen(color(Theme::Line), 1));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(box.rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
            continue;
        }
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatio() : 1;
        const QImage image = how.media && box.look.state == MediaLook::Picture
            ? how.media->picture(box.account, box.attachment, (box.rect.size() * ratio).toSize())
            : QImage();
        image.isNull() ? paintPlaceholder(painter, box) : paintPicture(painter, box, image);
        if (box.look.percent >= 0)
            paintProgress(painter, box);
    }
}

void ThreadRowLayout::paintPicture(QPainter *painter, const MediaBox &box, const QImage &image) const
{
    const QRectF place = fitted(image.size(), box.rect);
    QPainterPath frame;
    frame.addRoundedRect(place, radius, radius);
    painter->save();
    painter->setClipPath(frame, Qt::IntersectClip);
    painter->setRenderHint(QPainter::SmoothPixmapTransform);
    painter->drawImage(place, image);
    painter->restore();
    painter->setPen(QPen(color(Theme::Line), 1));
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(frame);
}

// The words that stand for a picture, in the place that it will have.
void ThreadRowLayout::paintPlaceholder(QPainter *painter, const MediaBox &box) const
{
    painter->setPen(QPen(color(Theme::Line), 1));
    painter->setBrush(color(Theme::Ground));
    painter->drawRoundedRect(box.rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    const bool hasFailed = box.look.state == MediaLook::Failed;
    const QString words = pictureWords(box.look.description);
    QString said = words.isEmpty() ? tr("Picture without description") : words;
    if (hasFailed)
        said = tr("The picture could not be loaded.") + u'\n' + tr("Try again");
    painter->setFont(hasFailed ? style().smallBold : style().small);
    painter->setPen(color(hasFailed ? Theme::Link : Theme::Muted));
    painter->drawText(box.rect.adjusted(16, 12, -16, -12), Qt::AlignCenter | Qt::TextWordWrap, said);
}

void ThreadRowLayout::paintProgress(QPainter *painter, const MediaBox &box) const
{
    const QRectF bar(box.rect.left() + 8, box.rect.bottom() - 12, box.rect.width() - 16, 4);
    painter->setPen(Qt::NoPen);
    painter->setBrush(color(Theme::Line));
    painter->drawRoundedRect(bar, 2, 2);
    painter->setBrush(color(Theme::Accent));
    painter->drawRoundedRect(QRectF(bar.topLeft(), QSizeF(bar.width() * box.look.percent / 100, 4)), 2, 2);
}

} // namespace cumulet
