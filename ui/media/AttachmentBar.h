#pragma once

#include "services/account/Accounts.h"
#include "services/media/MediaService.h"
#include "ui/shell/ProgramParts.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QMimeData;
class QToolButton;
class QVBoxLayout;
QT_END_NAMESPACE

namespace cumulet {

class AttachmentRow;
class Composer;

/// The files of a draft within its composer, with the button that adds some. Files can be dropped and pictures pasted
/// into the composer's field, too. Every file is copied and stored before it is shown here.
class AttachmentBar : public QWidget
{
    Q_OBJECT

public:
    /// thread: the draft of a comment there; empty: of a new post. The composer owns it.
    AttachmentBar(const ProgramParts &parts, const AccountServices &services, ConversationId conversation,
        const ItemId &thread, Composer *composer);

    /// What goes with the text, with alternative texts as they stand.
    QList<Attachment> attachments() const;
    /// Reads from the store what belongs to the draft: after it was sent, or came back.
    void reload();
    void attach(const QStringList &paths);

Q_SIGNALS:
    void said(const QString &words);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void askPlace();
    void choose();
    bool takes(const QMimeData &content) const;
    void take(const QMimeData &content);
    void attachOne(const QString &path);
    void attachPicture(const QImage &image);
    void noteAdded(const Result<Attachment> &added, const QString &name);
    void show(const Attachment &attachment);
    void remove(AttachmentRow *row);
    void refresh();

    ProgramParts m_parts;
    AccountServices m_services;
    ConversationId m_conversation;
    ItemId m_thread;
    Composer *m_composer;
    QToolButton *m_button;
    QVBoxLayout *m_column;
    QList<AttachmentRow *> m_rows;
    UploadPlace m_place{UploadPlace::MediaServer, MediaWire::largestFile}; // until it is known
};

} // namespace cumulet
