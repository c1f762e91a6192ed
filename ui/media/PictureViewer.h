#pragma once

#include "domain/Async.h"
#include "ui/common/Icons.h"

#include <QDialog>
#include <QImage>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
class QScrollArea;
QT_END_NAMESPACE

namespace cumulet {

class PlainLabel;
class Theme;

/// One picture in a window of its own: fitted, larger, smaller; saved or copied. Esc closes it.
class PictureViewer : public QDialog
{
    Q_OBJECT

public:
    /// words: what can be seen, as the sender says; name: proposed for saving.
    PictureViewer(
        Theme &theme, const Icons &icons, const QString &words, const QString &name, QWidget *parent = nullptr);

    /// The bytes of the picture; an error is said in their place.
    void show(const Future<QByteArray> &bytes);
    /// How much larger than it is, 1: as it is.
    double zoom() const { return m_zoom; }

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    QPushButton *addButton(QStringView icon, const QString &words, QLayout *line);
    void take(const QByteArray &bytes);
    void say(const QString &words);
    double fitting() const;
    void setZoom(double zoom, bool fits);
    void save();

    const Icons m_icons;
    const QString m_words;
    const QString m_name;
    QScrollArea *m_area;
    QLabel *m_picture;
    PlainLabel *m_caption;
    QList<QPushButton *> m_needPicture;
    QByteArray m_bytes;
    QImage m_image;
    double m_zoom = 1;
    bool m_fits = true;
};

} // namespace cumulet
