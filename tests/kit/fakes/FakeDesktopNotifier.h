#pragma once

#include "platform/DesktopNotifier.h"

#include <QMap>

namespace cumulet::tests {

/// A desktop that keeps what it was asked to show.
class FakeDesktopNotifier : public DesktopNotifier
{
    Q_OBJECT

public:
    using DesktopNotifier::DesktopNotifier;

    void show(const DesktopNotice &notice) override
    {
        shown.insert(notice.key, notice);
        ++count;
    }
    void withdraw(const QString &key) override { shown.remove(key); }

    QMap<QString, DesktopNotice> shown; ///< what is on the screen
    int count = 0; ///< how often something popped up
};

} // namespace cumulet::tests
