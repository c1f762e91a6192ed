#pragma once

#include "domain/Async.h"
#include "domain/Post.h"
#include "services/account/Accounts.h"
#include "ui/shell/ProgramParts.h"
#include "ui/timeline/RowLayout.h"

#include <QObject>

namespace cumulet {

/// What a click on a picture or file of a post does.
class MediaOpening : public QObject
{
    Q_OBJECT

public:
    /// window: where dialogs belong; it must outlive this object.
    MediaOpening(const ProgramParts &parts, QWidget *window);

    void act(const AccountServices &services, const Attachment &attachment, RowAction action);

Q_SIGNALS:
    void said(const QString &words);

private:
    Future<QByteArray> bytesOf(const AccountServices &services, const Attachment &attachment) const;
    void open(const AccountServices &services, const Attachment &attachment);
    void save(const AccountServices &services, const Attachment &attachment);

    ProgramParts m_parts;
    QWidget *m_window;
};

} // namespace cumulet
