#pragma once

#include "platform/DesktopNotifier.h"

#include <QElapsedTimer>
#include <QHash>
#include <QPointer>

class KNotification;

namespace cumulet {

/// Notices by KNotification (freedesktop notifications, or the portal in a sandbox). Without a notification service
/// nothing is shown and nothing fails. Needs a QGuiApplication.
class KdeDesktopNotifier : public DesktopNotifier
{
    Q_OBJECT

public:
    explicit KdeDesktopNotifier(QObject *parent = nullptr);
    ~KdeDesktopNotifier() override;

    void show(const DesktopNotice &notice) override;
    void withdraw(const QString &key) override;

private:
    struct Shown
    {
        QPointer<KNotification> notification;
        QElapsedTimer since;
    };
    QHash<QString, Shown> m_shown;
};

} // namespace cumulet
