#include "ui/shell/Tray.h"

#include <KStatusNotifierItem>
#include <QIcon>
#include <QMenu>
#include <QSystemTrayIcon>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace cumulet {

Tray::Tray(QWidget *window, QMenu *menu, QObject *parent)
    : QObject(parent)
    , m_item(new KStatusNotifierItem(u"im.cumulet.Cumulet"_s, this))
{
    m_item->setTitle(u"Cumulet"_s);
    m_item->setCategory(KStatusNotifierItem::Communications);
    m_item->setStatus(KStatusNotifierItem::Active);
    m_item->setStandardActionsEnabled(false);
    m_item->setContextMenu(menu);
    m_item->setAssociatedWindow(window->windowHandle());
    refresh();
}

bool Tray::isAvailable()
{
    return QSystemTrayIcon::isSystemTrayAvailable();
}

void Tray::setUnread(int unread)
{
    if (m_unread != unread) {
        m_unread = unread;
        refresh();
    }
}

void Tray::setOnline(bool isOnline)
{
    if (m_isOnline != isOnline) {
        m_isOnline = isOnline;
        refresh();
    }
}

void Tray::refresh()
{
    const QString variant = m_unread > 0 ? u"-unread"_s : m_isOnline ? QString() : u"-offline"_s;
    m_item->setIconByPixmap(QIcon(u":/icons/cumulet-tray%1.svg"_s.arg(variant)));
    const QString state = m_unread > 0 ? tr("%n unread", nullptr, m_unread)
        : m_isOnline                   ? tr("Nothing unread")
                                       : tr("Not connected");
    m_item->setToolTip(QIcon(u":/icons/cumulet.svg"_s), u"Cumulet"_s, state);
}

} // namespace cumulet
