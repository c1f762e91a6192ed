#include "platform/KdeDesktopNotifier.h"

#include <KNotification>

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDir>
#include <QPixmap>
#include <QStandardPaths>
#include <QTimer>

#include <chrono>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qsizetype longestTitle = 200;
static constexpr qsizetype longestText = 1000;
// KNotification can close only what the desktop has given a number, which takes a moment
static constexpr auto settling = 500ms;

// KNotification shows only events it finds described; a program that is not installed has its description in
// "share" some folders above.
static void findEventDescription()
{
    const auto file = u"knotifications6/cumulet.notifyrc"_s;
    if (!QStandardPaths::locate(QStandardPaths::GenericDataLocation, file).isEmpty()) {
        return;
    }
    QDir folder(QCoreApplication::applicationDirPath());
    for (int up = 0; up < 4; ++up) {
        const auto share = folder.filePath(u"share"_s);
        if (QFile::exists(share + u'/' + file)) {
            const auto others = qEnvironmentVariable("XDG_DATA_DIRS", u"/usr/local/share:/usr/share"_s);
            qputenv("XDG_DATA_DIRS", QFile::encodeName(share + u':' + others));
            return;
        }
        if (!folder.cdUp()) {
            return;
        }
    }
}

KdeDesktopNotifier::KdeDesktopNotifier(QObject *parent)
    : DesktopNotifier(parent)
{
    findEventDescription();
}

KdeDesktopNotifier::~KdeDesktopNotifier()
{
    // what is on the screen cannot be clicked any more
    for (const auto &shown : std::as_const(m_shown)) {
        if (shown.notification) {
            shown.notification->close();
        }
    }
}

void KdeDesktopNotifier::show(const DesktopNotice &notice)
{
    if (!QDBusConnection::sessionBus().isConnected()) {
        return;
    }
    withdraw(notice.key);
    auto *notification = new KNotification(u"message"_s, KNotification::CloseOnTimeout, this);
    notification->setComponentName(u"cumulet"_s);
    notification->setTitle(notice.title.left(longestTitle));
    // the text of a freedesktop notification is markup (Desktop Notifications Specification 1.2, "Markup")
    notification->setText(notice.text.left(longestText).toHtmlEscaped());
    if (!notice.picture.isNull()) {
        notification->setPixmap(QPixmap::fromImage(notice.picture));
    }
    const auto key = notice.key;
    auto *open = notification->addDefaultAction(notice.title.left(longestTitle));
    connect(open, &KNotificationAction::activated, this, [this, key] { Q_EMIT activated(key); });
    Shown shown{notification, {}};
    shown.since.start();
    m_shown.insert(key, shown);
    connect(notification, &KNotification::closed, this, [this, key, notification] {
        if (m_shown.value(key).notification == notification) {
            m_shown.remove(key);
        }
    });
    notification->sendEvent();
}

void KdeDesktopNotifier::withdraw(const QString &key)
{
    const auto shown = m_shown.take(key);
    if (!shown.notification) {
        return;
    }
    if (shown.since.durationElapsed() > settling) {
        shown.notification->close();
    } else {
        QTimer::singleShot(settling, shown.notification.get(), &KNotification::close);
    }
}

} // namespace cumulet
