#pragma once

#include <QImage>
#include <QObject>
#include <QString>

namespace cumulet {

/// A notice on the desktop. Texts are plain and are escaped by the notifier where the desktop wants markup.
struct DesktopNotice
{
    QString key; ///< a notice with the same key is replaced
    QString title;
    QString text;
    QImage picture;
};

/// Shows notices of the desktop.
class DesktopNotifier : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    virtual void show(const DesktopNotice &notice) = 0;
    virtual void withdraw(const QString &key) = 0;

Q_SIGNALS:
    void activated(const QString &key);
};

} // namespace cumulet
