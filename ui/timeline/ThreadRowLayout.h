#pragma once

#include "ui/common/AvatarPainter.h"
#include "ui/common/Glyphs.h"
#include "ui/common/MediaSource.h"
#include "ui/models/TimelineRows.h"
#include "ui/timeline/RowLayout.h"

#include <QCoreApplication>

namespace cumulet {

/// A post with its comments as a card.
class ThreadRowLayout : public RowLayout
{
    Q_DECLARE_TR_FUNCTIONS(cumulet::ThreadRowLayout)
public:
    ThreadRowLayout(const ThreadRow &row, const LayoutContext &context);

    /// The post as one spoken sentence; its comments are spoken by themselves.
    static QString spoken(const ThreadRow &row, const QDateTime &now);
    static QString spokenComment(const PostItem &comment, const QDateTime &now);
    bool showsMedia(const QString &key) const override;

protected:
    void paintBehind(QPainter *painter, const RowPaint &how) const override;
    void paintParts(QPainter *painter, const RowPaint &how) const override;

private:
    struct Picture
    {
        QRectF circle;
        AvatarLook look;
    };
    struct MediaBox
    {
        Attachment attachment;
        QString account;
        MediaLook look;
        QRectF rect;
        int target = -1;
    };
    struct Sign
    {
        Glyph glyph;
        QRectF box;
        QColor ink;
        int target; // -1, or the target that it belongs to
    };

    static QString authorOf(const PostItem &item);
    static QString roleWord(Affiliation role);
    static QString stateWords(const PostItem &item, bool isComment);
    static QString spokenState(const PostItem &item, bool isComment);
    static QString noticeWord(ThreadNotices notices);
    static QString timeWords(const PostItem &item, const QDateTime &now);
    static QString placeWords(const PostItem &item);
    static QString spokenParts(const PostItem &item, const QDateTime &now, bool isComment);

    void placePicture(const PostItem &item, const QRectF &circle);
    qreal placeHeader(const PostItem &post, const QString &noticeWord, qreal top);
    qreal placeBody(const PostItem &item, const TextLook &look, qreal x, qreal y, qreal width);
    qreal placeFailure(const PostItem &item, qreal x, qreal y, qreal width, bool isComment);
    qreal placeActions(const ThreadRow &row, qreal y);
    qreal placeComments(const ThreadRow &row, qreal y);
    qreal placeComment(const PostItem &comment, qreal x, qreal y, qreal width);
    qreal placeCommentBox(const ThreadRow &row, qreal x, qreal y, qreal width);
    static QString likeWords(const PostItem &item, bool isSpoken);
    qreal placeLike(const PostItem &item, qreal x, qreal y, bool isComment);
    qreal placeAnswered(const PostItem &comment, qreal x, qreal middle, qreal room);
    // pictures and files: ThreadRowMedia.cpp
    static QString mediaName(const MediaLook &look);
    static QString fileSize(qint64 bytes);
    qreal placeMedia(const PostItem &item, qreal x, qreal y, qreal width);
    int addMediaTarget(const PostItem &item, int index, const MediaLook &look);
    qreal placePictures(const std::vector<size_t> &pictures, qreal x, qreal y, qreal width);
    qreal placeFile(MediaBox &box, qreal x, qreal y, qreal width);
    void paintMedia(QPainter *painter, const RowPaint &how) const;
    void paintPicture(QPainter *painter, const MediaBox &box, const QImage &image) const;
    void paintPlaceholder(QPainter *painter, const MediaBox &box) const;
    void paintProgress(QPainter *painter, const MediaBox &box) const;
    int addMore(const PostItem &item, const QRectF &box, bool isQuiet);

    const LayoutContext *m_context; // only while laying out
    QDateTime m_now;
    QRectF m_card;
    QRectF m_rule; // beside the comments
    QRectF m_commentBox;
    bool m_hasEditor = false;
    int m_boxTarget = -1;
    std::vector<Picture> m_pictures;
    std::vector<Sign> m_signs;
    std::vector<MediaBox> m_media;
    std::vector<QRectF> m_chips; // role words stand in them
};

} // namespace cumulet
