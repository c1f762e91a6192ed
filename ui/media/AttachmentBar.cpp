#include "ui/media/AttachmentBar.h"

#include "services/channel/ChannelService.h"
#include "ui/common/Composer.h"
#include "ui/common/ErrorText.h"
#include "ui/media/AttachmentRow.h"
#include "ui/timeline/RowLayout.h"

#include <QBuffer>
#include <QClipboard>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QImage>
#include <QKeyEvent>
#include <QLocale>
#include <QMimeData>
#include <QMimeDatabase>
#include <QPlainTextEdit>
#include <QStandardPaths>
#include <QToolButton>
#include <QVBoxLayout>
#include <QtConcurrentRun>

using namespace Qt::StringLiterals;

namespace cumulet {

AttachmentBar::AttachmentBar(const ProgramParts &parts, const AccountServices &services, ConversationId conversation,
    const ItemId &thread, Composer *composer)
    : QWidget(composer)
    , m_parts(parts)
    , m_services(services)
    , m_conversation(conversation)
    , m_thread(thread)
    , m_composer(composer)
    , m_button(new QToolButton(composer))
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(Theme::small, 0, 0, 0);
    m_column->setSpacing(0);
    m_button->setObjectName(u"attach"_s);
    m_button->setAutoRaise(true);
    m_button->setIcon(parts.icons.named(IconNames::attach));
    m_button->setAccessibleName(tr("Attach pictures or files"));
    connect(m_button, &QToolButton::clicked, this, &AttachmentBar::choose);
    composer->addButton(m_button);
    composer->addRow(this);
    composer->field()->installEventFilter(this);
    composer->field()->viewport()->installEventFilter(this);
    connect(services.channels, &ChannelService::statusChanged, this, &AttachmentBar::askPlace);
    hide();
    askPlace();
    reload();
}

// Where files cannot go, nobody shall choose one first.
void AttachmentBar::askPlace()
{
    whenDone(m_services.media->uploadPlace(), this, [this](const Result<UploadPlace> &place) {
        if (place) {
            m_place = *place;
        }
        const bool isThere = m_place.kind != UploadPlace::None;
        m_button->setEnabled(isThere);
        m_button->setToolTip(isThere ? tr("Attach pictures or files") : tr("This service has no place for files."));
    });
}

QList<Attachment> AttachmentBar::attachments() const
{
    QList<Attachment> attachments;
    for (const AttachmentRow *row : m_rows) {
        // what was typed last may not be stored yet; the store does one thing after the other
        whenDone(m_services.media->describeAttachment(row->attachment().row, row->attachment().description.text),
            m_composer, [](const Result<Done> &) {});
        attachments.append(row->attachment());
    }
    return attachments;
}

void AttachmentBar::reload()
{
    whenDone(m_services.media->draft(m_conversation, m_thread), this, [this](const Result<QList<Attachment>> &draft) {
        if (!draft) {
            return; // an error of the store is said where the draft's text is read
        }
        for (AttachmentRow *row : std::exchange(m_rows, {})) {
            row->deleteLater();
        }
        for (const auto &attachment : *draft) {
            show(attachment);
        }
        refresh();
    });
}

void AttachmentBar::show(const Attachment &attachment)
{
    auto *row = new AttachmentRow(m_parts, m_services.account.jid.text(), attachment, this);
    m_rows.append(row);
    m_column->addWidget(row);
    connect(row, &AttachmentRow::removeRequested, this, [this, row] { remove(row); });
    connect(row, &AttachmentRow::described, this, [this, row](const QString &text) {
        whenDone(m_services.media->describeAttachment(row->attachment().row, text), this, [](const Result<Done> &) {});
    });
}

void AttachmentBar::remove(AttachmentRow *row)
{
    whenDone(m_services.media->detach(row->attachment().row), this, [this](const Result<Done> &) { reload(); });
    m_composer->field()->setFocus();
}

void AttachmentBar::refresh()
{
    setVisible(!m_rows.isEmpty());
    m_composer->setMayBeEmpty(!m_rows.isEmpty());
}

void AttachmentBar::choose()
{
    auto *dialog = new QFileDialog(this, tr("Attach pictures or files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
    connect(dialog, &QFileDialog::filesSelected, this, &AttachmentBar::attach);
    dialog->open();
}

void AttachmentBar::attach(const QStringList &paths)
{
    for (const QString &path : paths) {
        attachOne(path);
    }
}

void AttachmentBar::attachOne(const QString &path)
{
    const QFileInfo file(path);
    const QString name = nameInLine(file.fileName());
    if (m_place.kind == UploadPlace::None) {
        Q_EMIT said(tr("This service has no place for files."));
        return;
    }
    if (!file.isFile()) {
        Q_EMIT said(tr("%1 is no file that can be sent.").arg(name));
        return;
    }
    if (file.size() > m_place.largest) {
        Q_EMIT said(tr("%1 is too large. The service takes files of up to %2.")
                .arg(name, QLocale().formattedDataSize(m_place.largest, 0)));
        return;
    }
    const QString mediaType = QMimeDatabase().mimeTypeForFile(path, QMimeDatabase::MatchExtension).name();
    const MediaDescription description{file.fileName(), mediaType, file.size(), {}};
    whenDone(m_services.media->attachFile(m_conversation, m_thread, path, description), this,
        [this, name](const Result<Attachment> &added) { noteAdded(added, name); });
}

void AttachmentBar::noteAdded(const Result<Attachment> &added, const QString &name)
{
    if (added) {
        show(*added);
        refresh();
    } else if (added.error().kind == ErrorKind::TooLarge) {
        Q_EMIT said(tr("%1 was not attached: a post can have ten files.").arg(name));
    } else {
        Q_EMIT said(tr("%1 could not be attached. %2").arg(name, ErrorText::sentence(added.error())));
    }
}

void AttachmentBar::attachPicture(const QImage &image)
{
    const auto encoded = QtConcurrent::run([image]() -> Result<QByteArray> {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
        return bytes;
    });
    whenDone(encoded, this, [this](const Result<QByteArray> &bytes) {
        const QString name = tr("Picture") + u".png"_s;
        const MediaDescription description{name, u"image/png"_s, bytes->size(), {}};
        whenDone(m_services.media->attachBytes(m_conversation, m_thread, *bytes, description), this,
            [this, name](const Result<Attachment> &added) { noteAdded(added, name); });
    });
}

bool AttachmentBar::takes(const QMimeData &content) const
{
    const auto urls = content.urls();
    const bool hasFiles = std::any_of(urls.cbegin(), urls.cend(), [](const QUrl &url) { return url.isLocalFile(); });
    return m_place.kind != UploadPlace::None && (hasFiles || (content.hasImage() && !content.hasText()));
}

void AttachmentBar::take(const QMimeData &content)
{
    const auto urls = content.urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile()) {
            attachOne(url.toLocalFile());
        }
    }
    if (urls.isEmpty()) {
        attachPicture(qvariant_cast<QImage>(content.imageData()));
    }
}

bool AttachmentBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Paste)) {
        const QMimeData *content = QGuiApplication::clipboard()->mimeData();
        if (content && takes(*content)) {
            take(*content);
            return true;
        }
    }
    if (event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove || event->type() == QEvent::Drop) {
        auto *drop = static_cast<QDropEvent *>(event);
        if (takes(*drop->mimeData())) {
            drop->setDropAction(Qt::CopyAction);
            drop->accept();
            if (event->type() == QEvent::Drop) {
                take(*drop->mimeData());
            }
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace cumulet
