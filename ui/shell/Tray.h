#pragma once

#include <QObject>

QT_BEGIN_NAMESPACE
class QMenu;
class QWidget;
QT_END_NAMESPACE

class KStatusNotifierItem;

namespace cumulet {

/// The icon in the tray: says whether something is unread and whether we are connected; a click shows the window.
class Tray : public QObject
{
    Q_OBJECT

public:
    Tray(QWidget *window, QMenu *menu, QObject *parent = nullptr);

    void setUnread(int unread);
    void setOnline(bool isOnline);
    /// Whether a tray is there to hold the icon: only then may the window be closed without quitting.
    static bool isAvailable();

private:
    void refresh();

    KStatusNotifierItem *m_item;
    int m_unread = 0;
    bool m_isOnline = false;
};

} // namespace cumulet
