#pragma once

#include "domain/Media.h"
#include "ui/shell/ProgramParts.h"

#include <QTimer>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QLineEdit;
QT_END_NAMESPACE

namespace cumulet {

/// One file of a draft: how it looks, its name and size, the words for those who cannot see it, and the way out.
class AttachmentRow : public QWidget
{
    Q_OBJECT

public:
    AttachmentRow(
        const ProgramParts &parts, const QString &account, const Attachment &attachment, QWidget *parent = nullptr);

    const Attachment &attachment() const { return m_attachment; }

Q_SIGNALS:
    void removeRequested();
    /// The words have changed, and rest for a moment.
    void described(const QString &text);

private:
    void showPicture();

    ProgramParts m_parts;
    QString m_account;
    Attachment m_attachment;
    QLabel *m_picture;
    QLineEdit *m_words = nullptr;
    QTimer m_delay;
};

} // namespace cumulet
