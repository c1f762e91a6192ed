#pragma once

#include "domain/Account.h"
#include "domain/Conversation.h"
#include "domain/NodeId.h"
#include "ui/shell/ProgramParts.h"

#include <QHash>
#include <QMainWindow>

#include <functional>

QT_BEGIN_NAMESPACE
class QSplitter;
class QStackedWidget;
QT_END_NAMESPACE

namespace cumulet {

class AccountListModel;
class AccountRail;
class ConversationListModel;
class ConversationPane;
class EmptyState;
class Place;
class StatusFooter;
class Toast;
class UndoOffers;

/// The window: accounts, the list, the open place, its details. Opens places and nothing else; what happens inside a
/// place is its own business.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(const ProgramParts &parts, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// What the login dialog starts with, from the command line.
    void setLoginDefaults(const Jid &jid, const QString &host, quint16 port);
    /// Shows that conversation, at that row if it is not 0.
    void openConversation(ConversationId id, qint64 row = 0);
    /// item: a post or comment of the channel that is to be shown.
    void openAddress(
        AccountId account, Conversation::Kind kind, const Jid &jid, qint64 row = 0, const ItemId &item = {});
    /// Follows a link: xmpp: opens here, http(s) and mailto outside, anything else is refused.
    void openLink(const QString &link);
    /// The menu of the tray.
    QMenu *trayMenu() const { return m_trayMenu; }
    void present();

Q_SIGNALS:
    void activityChanged(bool isActive);
    void quitRequested();

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    void buildMenus();
    void connectParts();
    void restoreLayout();
    void saveLayout();
    void showWelcome();
    void showPlace(const Conversation &conversation, qint64 row);
    void showHome();
    void showConsole();
    /// Opens it and then, when its place is there anew, goes on.
    void openThen(AccountId account, Conversation::Kind kind, const Jid &jid, qint64 row,
        const std::function<void()> &then, const ItemId &item = {});
    void enter(Place *place);
    void openThread(const Jid &channel, qint64 row, bool toComment);
    void openOwnChannel(AccountId account);
    AccountId actingAccount() const;
    void markAllRead();
    void markRead(ConversationId id);
    void addNotices(QMenu *menu, const Conversation &entry);
    void closePlace();
    void showDetails(bool shown);
    void refreshWelcome();
    void refreshTitle();
    void showLogin();
    void showSettings();
    void showFind(const QString &address = {});
    /// The channel, at that post or comment if one is named.
    void openPost(AccountId account, const NodeId &node, const ItemId &item);
    void showNewChannel();
    void showProfile(AccountId account, const Jid &jid);
    void askPassword(AccountId account);
    void showListMenu(ConversationId id, const QPoint &position);
    void followAccount(AccountId id);
    void stepPane(int by);
    void say(const QString &words);
    void fitWidth();

    ProgramParts m_parts;
    ConversationListModel *m_list;
    AccountListModel *m_accountList;
    AccountRail *m_rail = nullptr;
    ConversationPane *m_pane = nullptr;
    StatusFooter *m_footer = nullptr;
    QSplitter *m_splitter = nullptr;
    QStackedWidget *m_places = nullptr;
    EmptyState *m_welcome = nullptr;
    QWidget *m_detailsPane = nullptr;
    Place *m_place = nullptr;
    UndoOffers *m_undo = nullptr;
    Toast *m_toast = nullptr;
    QMenu *m_trayMenu = nullptr;
    bool m_wantsDetails = true;
    Jid m_loginJid;
    QString m_loginHost;
    quint16 m_loginPort = 0;
};

} // namespace cumulet
