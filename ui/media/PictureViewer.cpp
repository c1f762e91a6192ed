#include "ui/media/PictureViewer.h"

#include "ui/common/ErrorText.h"
#include "ui/common/PictureDecoding.h"
#include "ui/common/PlainLabel.h"
#include "ui/media/FileSaving.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QWheelEvent>
#include <QtConcurrentRun>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr double step = 1.25;
static constexpr double smallest = 0.05;
static constexpr double largest = 8;
static constexpr QSize mostDecoded{6000, 6000};

PictureViewer::PictureViewer(
    Theme &theme, const Icons &icons, const QString &words, const QString &name, QWidget *parent)
    : QDialog(parent)
    , m_icons(icons)
    , m_words(words)
    , m_name(name)
    , m_area(new QScrollArea(this))
    , m_picture(new QLabel)
    , m_caption(new PlainLabel(theme, Theme::Type::Small, Theme::Muted, this))
{
    setWindowTitle(name.isEmpty() ? tr("Picture") : name);
    setAttribute(Qt::WA_DeleteOnClose);
    resize(900, 700);
    theme.fill(this, Theme::Ground);
    m_picture->setAlignment(Qt::AlignCenter);
    m_picture->setTextFormat(Qt::PlainText);
    m_picture->setAccessibleName(words.isEmpty() ? tr("Picture without description") : tr("Picture: %1").arg(words));
    m_area->setWidget(m_picture);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setAlignment(Qt::AlignCenter);
    m_caption->setText(words.isEmpty() ? tr("Picture without description") : words);
    m_caption->setWordWrap(true);
    auto *line = new QHBoxLayout;
    auto *smaller = addButton(IconNames::zoomOut, tr("S&maller"), line);
    auto *larger = addButton(IconNames::zoomIn, tr("&Larger"), line);
    auto *fit = addButton(IconNames::zoomFit, tr("&Fit"), line);
    line->addStretch(1);
    auto *copy = addButton(IconNames::copy, tr("&Copy"), line);
    auto *save = addButton(IconNames::save, tr("&Save as…"), line);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_area, 1);
    column->addWidget(m_caption);
    column->addLayout(line);
    connect(smaller, &QPushButton::clicked, this, [this] { setZoom(m_zoom / step, false); });
    connect(larger, &QPushButton::clicked, this, [this] { setZoom(m_zoom * step, false); });
    connect(fit, &QPushButton::clicked, this, [this] { setZoom(fitting(), true); });
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setImage(m_image); });
    connect(save, &QPushButton::clicked, this, &PictureViewer::save);
}

QPushButton *PictureViewer::addButton(QStringView icon, const QString &words, QLayout *line)
{
    auto *button = new QPushButton(m_icons.named(icon), words, this);
    button->setEnabled(false);
    button->setAutoDefault(false);
    line->addWidget(button);
    m_needPicture.append(button);
    return button;
}

void PictureViewer::show(const Future<QByteArray> &bytes)
{
    say(tr("Loading…"));
    whenDone(bytes, this, [this](const Result<QByteArray> &read) {
        if (read)
            take(*read);
        else
            say(ErrorText::sentence(read.error(), ErrorText::Attempt::Load));
    });
    QDialog::show();
}

void PictureViewer::take(const QByteArray &bytes)
{
    m_bytes = bytes;
    QtConcurrent::run(decodedPicture, bytes, mostDecoded).then(this, [this](const QImage &image) {
        m_image = image;
        if (image.isNull()) {
            say(tr("This picture cannot be shown."));
            return;
        }
        m_picture->setText({});
        for (QPushButton *button : std::as_const(m_needPicture))
            button->setEnabled(true);
        setZoom(fitting(), true);
    });
}

void PictureViewer::say(const QString &words)
{
    m_picture->setText(words);
}

double PictureViewer::fitting() const
{
    const QSizeF room = QSizeF(m_area->viewport()->size()) * devicePixelRatioF();
    if (m_image.isNull())
        return 1;
    return std::min({1.0, room.width() / m_image.width(), room.height() / m_image.height()});
}

void PictureViewer::setZoom(double zoom, bool fits)
{
    if (m_image.isNull())
        return;
    m_zoom = std::clamp(zoom, smallest, largest);
    m_fits = fits;
    const QSize size = (QSizeF(m_image.size()) * m_zoom).toSize().expandedTo({1, 1});
    QPixmap pixmap = QPixmap::fromImage(
        size == m_image.size() ? m_image : m_image.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    pixmap.setDevicePixelRatio(devicePixelRatioF());
    m_picture->setPixmap(pixmap);
    m_picture->setMinimumSize(m_fits ? QSize(1, 1) : pixmap.deviceIndependentSize().toSize());
}

void PictureViewer::save()
{
    saveFile(this, m_name, m_bytes);
}

void PictureViewer::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        setZoom(m_zoom * step, false);
        return;
    case Qt::Key_Minus:
        setZoom(m_zoom / step, false);
        return;
    case Qt::Key_0:
        setZoom(1, false);
        return;
    default:
        QDialog::keyPressEvent(event);
    }
}

void PictureViewer::resizeEvent(QResizeEvent *event)
{
    QDialog::resizeEvent(event);
    if (m_fits)
        setZoom(fitting(), true);
}

void PictureViewer::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        setZoom(event->angleDelta().y() > 0 ? m_zoom * step : m_zoom / step, false);
        event->accept();
        return;
    }
    QDialog::wheelEvent(event);
}

} // namespace cumulet
