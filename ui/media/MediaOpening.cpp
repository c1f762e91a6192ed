#include "ui/media/MediaOpening.h"

#include "services/media/MediaService.h"
#include "ui/common/ErrorText.h"
#include "ui/common/MediaSource.h"
#include "ui/media/FileSaving.h"
#include "ui/media/PictureViewer.h"

#include <QFile>
#include <QtConcurrentRun>

namespace cumulet {

MediaOpening::MediaOpening(const ProgramParts &parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
{
}

void MediaOpening::act(const AccountServices &services, const Attachment &attachment, RowAction action)
{
    switch (action) {
    case RowAction::OpenMedia:
        open(services, attachment);
        return;
    case RowAction::SaveMedia:
        save(services, attachment);
        return;
    case RowAction::RetryMedia:
        m_parts.media->retry(services.account.jid.text(), attachment);
        return;
    default:
        return;
    }
}

Future<QByteArray> MediaOpening::bytesOf(const AccountServices &services, const Attachment &attachment) const
{
    if (attachment.row == 0) {
        return services.media->file(attachment.media);
    }
    return QtConcurrent::run([path = services.media->pathOf(attachment)]() -> Result<QByteArray> {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            return Error{ErrorKind::NotFound, file.errorString()};
        }
        return file.readAll();
    });
}

void MediaOpening::open(const AccountServices &services, const Attachment &attachment)
{
    const auto look = m_parts.media->look(services.account.jid.text(), attachment);
    auto *viewer = new PictureViewer(m_parts.theme, m_parts.icons, nameInLine(look.description.text, 1000),
        nameInLine(look.description.name), m_window);
    viewer->show(bytesOf(services, attachment));
}

void MediaOpening::save(const AccountServices &services, const Attachment &attachment)
{
    const auto look = m_parts.media->look(services.account.jid.text(), attachment);
    Q_EMIT said(tr("Loading the file…"));
    whenDone(
        bytesOf(services, attachment), this, [this, name = look.description.name](const Result<QByteArray> &bytes) {
            if (bytes) {
                saveFile(m_window, name, *bytes);
            } else {
                Q_EMIT said(ErrorText::sentence(bytes.error(), ErrorText::Attempt::Load));
            }
        });
}

} // namespace cumulet
