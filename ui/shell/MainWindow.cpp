#include "ui/shell/MainWindow.h"

#include "services/account/AccountService.h"
#include "services/account/Accounts.h"
#include "services/channel/ChannelService.h"
#include "services/conversation/ConversationService.h"
#include "services/notify/NotificationService.h"
#include "services/preference/PreferenceService.h"
#include "services/roster/RosterService.h"
#include "services/session/SessionService.h"
#include "text/XmppAddress.h"
#include "ui/channel/ChannelDialog.h"
#include "ui/channel/ChannelPlace.h"
#include "ui/chat/ChatPlace.h"
#include "ui/common/EmptyState.h"
#include "ui/common/ErrorText.h"
#include "ui/common/Toast.h"
#include "ui/home/HomePlace.h"
#include "ui/login/LoginDialog.h"
#include "ui/models/AccountListModel.h"
#include "ui/models/ConversationListModel.h"
#include "ui/roster/ContactDialog.h"
#include "ui/roster/ProfileDialog.h"
#include "ui/roster/RequestBar.h"
#include "ui/settings/ServerCheckDialog.h"
#include "ui/settings/SettingsDialog.h"
#include "ui/shell/AccountRail.h"
#include "ui/shell/ConversationPane.h"
#include "ui/shell/FindDialog.h"
#include "ui/shell/NoticeWords.h"
#include "ui/shell/ProtocolConsole.h"
#include "ui/shell/Shortcuts.h"
#include "ui/shell/StatusFooter.h"
#include "ui/shell/Tray.h"
#include "ui/shell/UndoOffers.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDesktopServices>
#include <QInputDialog>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int detailsFrom = 1000; // px of window width under which the details make way

MainWindow::MainWindow(const ProgramParts &parts, QWidget *parent)
    : QMainWindow(parent)
    , m_parts(parts)
    , m_list(new ConversationListModel(parts.conversations, parts.accounts, this))
    , m_accountList(new AccountListModel(parts.accountService, parts.accounts, this))
{
    setWindowTitle(u"Cumulet"_s);
    build();
    buildMenus();
    connectParts();
    restoreLayout();
    showWelcome();
}

MainWindow::~MainWindow()
{
    closePlace();
}

void MainWindow::build()
{
    auto *central = new QWidget(this);
    m_rail = new AccountRail(m_parts, *m_accountList, central);
    auto *left = new QWidget(central);
    m_pane = new ConversationPane(m_parts, *m_list, left);
    m_footer = new StatusFooter(m_parts, *m_accountList, left);
    auto *leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->setSpacing(0);
    leftLayout->addWidget(new RequestBar(m_parts, left));
    leftLayout->addWidget(m_pane, 1);
    m_pane->setFooter(m_footer);
    left->setMinimumWidth(m_parts.theme.scaled(220));

    m_welcome = new EmptyState(m_parts.theme, this);
    m_places = new QStackedWidget(central);
    m_places->addWidget(m_welcome);
    m_places->setMinimumWidth(m_parts.theme.scaled(380));
    m_parts.theme.fill(m_places, Theme::Ground);
    m_detailsPane = new QWidget(central);
    m_detailsPane->setMinimumWidth(m_parts.theme.scaled(200));
    m_parts.theme.fill(m_detailsPane, Theme::Side);
    auto *detailsLayout = new QVBoxLayout(m_detailsPane);
    detailsLayout->setContentsMargins(0, 0, 0, 0);

    m_splitter = new QSplitter(central);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_places);
    m_splitter->addWidget(m_detailsPane);
    m_splitter->setStretchFactor(1, 1);
    auto *layout = new QHBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_rail);
    layout->addWidget(m_splitter, 1);
    setCentralWidget(central);
    m_toast = new Toast(m_parts.theme, central);
    m_undo = new UndoOffers(m_parts, *m_toast, this);
    m_detailsPane->hide();
}

void MainWindow::buildMenus()
{
    QHash<int, QKeySequence> keys;
    for (const Shortcut &shortcut : shortcuts()) {
        keys.insert(shortcut.id, shortcut.keys);
    }
    const auto add = [&](QMenu *menu, const QString &words, Shortcut::Id id, auto slot) {
        QAction *action = menu->addAction(words);
        action->setShortcut(keys.value(id));
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    QMenu *file = menuBar()->addMenu(tr("&Cumulet"));
    connect(file->addAction(tr("&Add an account…")), &QAction::triggered, this, &MainWindow::showLogin);
    file->addMenu(m_footer->menu());
    add(file, tr("Settin&gs…"), Shortcut::Settings, [this] { showSettings(); });
    file->addSeparator();
    add(file, tr("&Quit"), Shortcut::Quit, [this] { Q_EMIT quitRequested(); });

    QMenu *view = menuBar()->addMenu(tr("&View"));
    add(view, tr("&Details"), Shortcut::Details, [this] { showDetails(!m_detailsPane->isVisible()); });
    view->addSeparator();
    const QStringList tabs{tr("&All"), tr("&Unread"), tr("&Chats"), tr("C&hannels"), tr("&Mentions")};
    for (int tab = 0; tab < tabs.size(); ++tab) {
        QAction *action = view->addAction(tabs.at(tab));
        action->setShortcut(QKeySequence(u"Alt+%1"_s.arg(tab + 1)));
        connect(action, &QAction::triggered, this, [this, tab] { m_pane->setTab(tab); });
    }

    QMenu *go = menuBar()->addMenu(tr("&Go"));
    add(go, tr("&Search or go to"), Shortcut::GoTo, [this] { m_pane->focusSearch(); });
    add(go, tr("&Home"), Shortcut::Home, [this] { showHome(); });
    add(go, tr("Search &messages and posts"), Shortcut::FindHere, [this] { m_pane->focusSearch(); });
    add(go, tr("&Find people or channels…"), Shortcut::NewChat, [this] { showFind(); });
    connect(go->addAction(tr("Make a new &channel…")), &QAction::triggered, this, &MainWindow::showNewChannel);
    go->addSeparator();
    add(go, tr("&Previous"), Shortcut::PreviousEntry, [this] { m_pane->step(-1, false); });
    add(go, tr("&Next"), Shortcut::NextEntry, [this] { m_pane->step(1, false); });
    add(go, tr("P&revious unread"), Shortcut::PreviousUnread, [this] { m_pane->step(-1, true); });
    add(go, tr("Ne&xt unread"), Shortcut::NextUnread, [this] { m_pane->step(1, true); });
    go->addSeparator();
    add(go, tr("&Write"), Shortcut::NewPost, [this] {
        if (m_place) {
            m_place->focusComposer();
        }
    });
    add(go, tr("Mar&k all as read"), Shortcut::ReadAll, [this] { markAllRead(); });
    add(go, tr("&Take back"), Shortcut::Undo, [this] { m_undo->undoLatest(actingAccount()); });
    add(go, tr("Next part of the &window"), Shortcut::NextPane, [this] { stepPane(1); });
    add(go, tr("Previous part of the w&indow"), Shortcut::PreviousPane, [this] { stepPane(-1); });

    QMenu *help = menuBar()->addMenu(tr("&Help"));
    add(help, tr("&Keys"), Shortcut::Help, [this] { (new ShortcutsDialog(m_parts.theme, this))->open(); });
    connect(help->addAction(tr("&Server check…")), &QAction::triggered, this,
        [this] { (new ServerCheckDialog(m_parts, this))->open(); });
    connect(help->addAction(tr("&Protocol console…")), &QAction::triggered, this, &MainWindow::showConsole);
    connect(help->addAction(tr("&About Cumulet")), &QAction::triggered, this, [this] {
        QMessageBox::about(this, tr("About Cumulet"),
            tr("Cumulet %1\n\nChat and channels over XMPP.\nGPL-3.0-or-later").arg(QApplication::applicationVersion()));
    });

    m_trayMenu = new QMenu(this);
    connect(m_trayMenu->addAction(tr("&Show")), &QAction::triggered, this, &MainWindow::present);
    m_trayMenu->addMenu(m_footer->menu());
    m_trayMenu->addSeparator();
    connect(m_trayMenu->addAction(tr("&Quit")), &QAction::triggered, this, &MainWindow::quitRequested);
}

void MainWindow::connectParts()
{
    connect(m_rail, &AccountRail::accountChosen, this, [this](AccountId account) {
        m_pane->setAccount(account);
        if (qobject_cast<HomePlace *>(m_place)) {
            closePlace(); // it shows that account's now
            showHome();
        }
    });
    connect(m_pane, &ConversationPane::homeRequested, this, &MainWindow::showHome);
    connect(m_rail, &AccountRail::addRequested, this, &MainWindow::showLogin);
    connect(m_rail, &AccountRail::settingsRequested, this, &MainWindow::showSettings);
    connect(m_pane, &ConversationPane::conversationChosen, this, [this](ConversationId id) { openConversation(id); });
    connect(m_pane, &ConversationPane::conversationEntered, this, [this](ConversationId id) {
        openConversation(id);
        if (m_place && m_place->conversation().id == id) {
            m_place->takeFocus();
        }
    });
    connect(m_pane, &ConversationPane::hitChosen, this, [this](ConversationId id, qint64 row) {
        openConversation(id, row);
        if (m_place && m_place->conversation().id == id) {
            m_place->focusTimeline(); // what was found is read first
        }
    });
    connect(m_pane, &ConversationPane::contactChosen, this,
        [this](AccountId account, const Jid &jid) { openAddress(account, Conversation::Kind::Chat, jid); });
    connect(m_pane, &ConversationPane::addressChosen, this, [this](const Jid &jid) { showFind(jid.text()); });
    connect(m_pane, &ConversationPane::findRequested, this, [this] { showFind(); });
    connect(m_pane, &ConversationPane::contextMenuRequested, this, &MainWindow::showListMenu);
    m_parts.notifications.setWords(&NoticeWords::of);
    connect(&m_parts.notifications, &NotificationService::openRequested, this,
        [this](ConversationId conversation, qint64 row) {
            present();
            openConversation(conversation, row);
        });
    connect(&m_parts.conversations, &ConversationService::totalUnreadChanged, this, &MainWindow::refreshTitle);
    connect(&m_parts.conversations, &ConversationService::failed, this,
        [this](const Error &error) { say(ErrorText::sentence(error)); });
    connect(&m_parts.accounts, &Accounts::added, this, &MainWindow::followAccount);
    connect(&m_parts.accounts, &Accounts::aboutToRemove, this, [this](AccountId id) {
        const bool isOfIt = m_place && m_place->account() == id;
        if (isOfIt && m_place->conversation().id != 0) { // Home goes on with the others
            closePlace();
            showWelcome();
        }
    });
    connect(&m_parts.accountService, &AccountService::accountRemoved, this, &MainWindow::refreshWelcome);
    for (const AccountId id : m_parts.accounts.ids()) {
        followAccount(id);
    }
}

void MainWindow::followAccount(AccountId id)
{
    const AccountServices *services = m_parts.accounts.of(id);
    connect(services->session, &SessionService::passwordNeeded, this, [this, id] { askPassword(id); });
    connect(services->roster, &RosterService::failed, this,
        [this](const Error &error) { say(ErrorText::sentence(error, ErrorText::Attempt::Contact)); });
    connect(services->channels, &ChannelService::followRequested, this, [this](const NodeId &node, const Jid &jid) {
        say(tr("%1 asks to follow %2.").arg(jid.text(), node.channel().text()));
    });
    refreshWelcome();
}

void MainWindow::setLoginDefaults(const Jid &jid, const QString &host, quint16 port)
{
    m_loginJid = jid;
    m_loginHost = host;
    m_loginPort = port;
}

void MainWindow::restoreLayout()
{
    const auto bytes = [this](const QString &key) {
        return QByteArray::fromBase64(m_parts.preferences.value(key).toLatin1());
    };
    if (!restoreGeometry(bytes(u"window/geometry"_s))) {
        resize(1280, 820);
    }
    if (!m_splitter->restoreState(bytes(u"window/splitter"_s))) {
        m_splitter->setSizes({m_parts.theme.scaled(300), 700, m_parts.theme.scaled(264)});
    }
    m_wantsDetails = m_parts.preferences.isSet(u"window/details"_s, true);
}

void MainWindow::saveLayout()
{
    const auto text = [](const QByteArray &bytes) { return QString::fromLatin1(bytes.toBase64()); };
    m_parts.preferences.set(u"window/geometry"_s, text(saveGeometry()));
    m_parts.preferences.set(u"window/splitter"_s, text(m_splitter->saveState()));
    m_parts.preferences.set(u"window/details"_s, m_wantsDetails);
}

void MainWindow::showWelcome()
{
    m_places->setCurrentWidget(m_welcome);
    m_detailsPane->hide();
    refreshWelcome();
}

void MainWindow::refreshWelcome()
{
    m_welcome->clearButtons();
    const bool hasAccounts = !m_parts.accountService.accounts().isEmpty();
    m_pane->parentWidget()->setVisible(hasAccounts); // nothing in there leads anywhere before the first login
    if (!hasAccounts) {
        m_welcome->setWords(tr("Cumulet chats over XMPP and follows channels."),
            tr("Log in with the account you have at any XMPP server."));
        QPushButton *login = m_welcome->addButton(tr("Log in"));
        login->setObjectName(u"welcomeLogin"_s);
        connect(login, &QPushButton::clicked, this, &MainWindow::showLogin);
        login->setAutoDefault(true);
        login->show(); // a hidden one cannot have the keys
        login->setFocus();
        return;
    }
    m_welcome->setWords(tr("Choose a chat or channel."), tr("Ctrl+K goes anywhere."));
    connect(m_welcome->addButton(tr("Find people or channels")), &QPushButton::clicked, this, [this] { showFind(); });
}

void MainWindow::openConversation(ConversationId id, qint64 row)
{
    if (m_place && m_place->conversation().id == id) {
        m_place->jumpTo(row);
        return;
    }
    if (const auto entry = m_parts.conversations.entry(id)) {
        showPlace(*entry, row);
    }
}

void MainWindow::openAddress(AccountId account, Conversation::Kind kind, const Jid &jid, qint64 row, const ItemId &item)
{
    openThen(account, kind, jid, row, [this] { m_place->takeFocus(); }, item);
}

void MainWindow::openThen(AccountId account, Conversation::Kind kind, const Jid &jid, qint64 row,
    const std::function<void()> &then, const ItemId &item)
{
    whenDone(m_parts.conversations.open(account, kind, jid.bare()), this,
        [this, row, then, item](const Result<Conversation> &conversation) {
            if (!conversation) {
                say(ErrorText::sentence(conversation.error()));
                return;
            }
            if (m_place && m_place->conversation().id == conversation->id) {
                m_place->jumpTo(row);
            } else {
                showPlace(*conversation, row);
                if (m_place) {
                    then();
                }
            }
            if (m_place && !item.isEmpty()) {
                m_place->openItem(item);
            }
        });
}

void MainWindow::closePlace()
{
    if (!m_place) {
        return;
    }
    m_place->setLookedAt(false);
    m_place->save();
    while (QLayoutItem *item = m_detailsPane->layout()->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    m_places->removeWidget(m_place);
    m_place->hide();
    m_place->deleteLater();
    m_place = nullptr;
    m_parts.notifications.setVisibleConversation(0);
}

void MainWindow::showPlace(const Conversation &conversation, qint64 row)
{
    if (!m_parts.accounts.of(conversation.account)) {
        return;
    }
    closePlace();
    if (conversation.kind == Conversation::Kind::Channel) {
        enter(new ChannelPlace(m_parts, conversation, m_places));
    } else {
        enter(new ChatPlace(m_parts, conversation, m_places));
    }
    m_pane->setCurrent(conversation.id);
    m_parts.notifications.setVisibleConversation(conversation.id);
    m_place->jumpTo(row);
}

void MainWindow::enter(Place *place)
{
    m_place = place;
    connect(m_place, &Place::detailsToggled, this, [this] { showDetails(!m_detailsPane->isVisible()); });
    connect(m_place, &Place::searchRequested, m_pane, [this] { m_pane->focusSearch(); });
    connect(m_place, &Place::wordsActivated, m_pane, &ConversationPane::focusSearch);
    connect(m_place, &Place::addressActivated, this, &MainWindow::openLink);
    connect(m_place, &Place::personActivated, this,
        [this](const Jid &jid) { openAddress(actingAccount(), Conversation::Kind::Chat, jid); });
    connect(m_place, &Place::channelActivated, this,
        [this](const Jid &jid) { openAddress(actingAccount(), Conversation::Kind::Channel, jid); });
    connect(m_place, &Place::profileWanted, this, [this](const Jid &jid) { showProfile(actingAccount(), jid); });
    connect(m_place, &Place::said, this, &MainWindow::say);
    m_places->addWidget(m_place);
    m_places->setCurrentWidget(m_place);
    m_detailsPane->layout()->addWidget(m_place->makeDetails(m_detailsPane));
    fitWidth();
    m_pane->setHomeCurrent(qobject_cast<HomePlace *>(m_place) != nullptr);
    m_place->setLookedAt(isActiveWindow());
    refreshTitle();
}

void MainWindow::showProfile(AccountId account, const Jid &jid)
{
    const AccountServices *services = m_parts.accounts.of(account);
    if (!services) {
        return;
    }
    auto *profile = new ProfileDialog(m_parts, *services, jid, this);
    connect(profile, &ProfileDialog::chatWanted, this,
        [this, account](const Jid &person) { openAddress(account, Conversation::Kind::Chat, person); });
    connect(profile, &ProfileDialog::channelWanted, this,
        [this, account](const Jid &channel) { openAddress(account, Conversation::Kind::Channel, channel); });
    connect(&m_parts.accounts, &Accounts::aboutToRemove, profile, [profile, account](AccountId leaving) {
        if (leaving == account) {
            profile->reject();
        }
    });
    profile->open();
}

void MainWindow::showHome()
{
    if (m_parts.accounts.ids().isEmpty()) {
        return;
    }
    if (!qobject_cast<HomePlace *>(m_place)) {
        closePlace();
        auto *home = new HomePlace(m_parts, m_pane->account(), m_places);
        connect(home, &HomePlace::threadWanted, this, &MainWindow::openThread);
        connect(home, &HomePlace::ownChannelWanted, this, [this] { openOwnChannel(actingAccount()); });
        connect(home, &HomePlace::findWanted, this, [this] { showFind(); });
        enter(home);
        m_pane->setCurrent(0);
    }
    m_place->takeFocus();
}

void MainWindow::openThread(const Jid &channel, qint64 row, bool toComment)
{
    openThen(actingAccount(), Conversation::Kind::Channel, channel, row, [this, row, toComment] {
        m_place->focusTimeline();
        if (auto *place = qobject_cast<ChannelPlace *>(m_place); place && toComment) {
            place->commentOn(row);
        }
    });
}

void MainWindow::openOwnChannel(AccountId account)
{
    if (const AccountServices *services = m_parts.accounts.of(account)) {
        openThen(account, Conversation::Kind::Channel, services->account.jid, 0, [this] { m_place->focusComposer(); });
    }
}

// of what is open; where that is no single account, the one the list is narrowed to, or the first
AccountId MainWindow::actingAccount() const
{
    if (m_place && m_parts.accounts.of(m_place->account())) {
        return m_place->account();
    }
    return m_parts.accounts.of(m_pane->account()) ? m_pane->account() : m_parts.accounts.ids().value(0);
}

void MainWindow::showDetails(bool shown)
{
    m_wantsDetails = shown;
    m_detailsPane->setVisible(shown && m_place);
}

void MainWindow::fitWidth()
{
    m_detailsPane->setVisible(m_place && m_wantsDetails && width() >= detailsFrom);
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    const bool crossed = (event->oldSize().width() < detailsFrom) != (event->size().width() < detailsFrom);
    if (crossed) {
        fitWidth();
    }
}

void MainWindow::refreshTitle()
{
    const int unread = m_parts.conversations.totalUnread();
    setWindowTitle(unread > 0 ? tr("Cumulet (%1)").arg(unread) : u"Cumulet"_s);
}

void MainWindow::showLogin()
{
    auto *dialog = new LoginDialog(m_parts, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    // what the command line names is asked for once
    const auto accounts = m_parts.accountService.accounts();
    const bool isKnown = std::any_of(
        accounts.cbegin(), accounts.cend(), [this](const Account &account) { return account.jid == m_loginJid; });
    dialog->prefill(isKnown ? Jid() : m_loginJid, m_loginHost, m_loginPort);
    dialog->open();
}

void MainWindow::showSettings()
{
    auto *dialog = new SettingsDialog(m_parts, this);
    connect(dialog, &SettingsDialog::loginRequested, this, &MainWindow::showLogin);
    dialog->open();
}

void MainWindow::showFind(const QString &address)
{
    if (m_parts.accounts.ids().isEmpty()) {
        showLogin();
        return;
    }
    auto *dialog = new FindDialog(m_parts, this);
    connect(dialog, &FindDialog::chatChosen, this,
        [this](AccountId account, const Jid &jid) { openAddress(account, Conversation::Kind::Chat, jid); });
    connect(dialog, &FindDialog::channelChosen, this,
        [this](AccountId account, const Jid &jid) { openAddress(account, Conversation::Kind::Channel, jid); });
    connect(dialog, &FindDialog::postChosen, this, &MainWindow::openPost);
    connect(dialog, &FindDialog::contactWanted, this, [this](AccountId account, const Jid &jid) {
        auto *contact = new ContactDialog(m_parts, this);
        contact->setContact(account, jid);
        connect(contact, &ContactDialog::added, this,
            [this](AccountId of, const Jid &added) { openAddress(of, Conversation::Kind::Chat, added); });
        contact->open();
    });
    connect(dialog, &FindDialog::newChannelWanted, this, &MainWindow::showNewChannel);
    dialog->setAddress(address);
    dialog->open();
}

void MainWindow::showNewChannel()
{
    auto *dialog = new ChannelDialog(m_parts, this);
    connect(dialog, &ChannelDialog::created, this, [this](AccountId account, const Jid &channel) {
        openThen(account, Conversation::Kind::Channel, channel, 0, [this] { m_place->focusComposer(); });
    });
    dialog->open();
}

void MainWindow::showConsole()
{
    auto *console = findChild<ProtocolConsole *>();
    if (!console) {
        console = new ProtocolConsole(m_parts, actingAccount(), this);
    }
    console->show();
    console->raise();
    console->activateWindow();
}

void MainWindow::askPassword(AccountId account)
{
    const auto known = m_parts.accountService.account(account);
    if (!known || findChild<QInputDialog *>(u"password %1"_s.arg(account))) {
        return;
    }
    auto *dialog = new QInputDialog(this);
    dialog->setObjectName(u"password %1"_s.arg(account));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Password"));
    dialog->setLabelText(tr("Password of %1:").arg(known->jid.text()));
    dialog->setTextEchoMode(QLineEdit::Password);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, account](const QString &password) {
        const AccountServices *services = m_parts.accounts.of(account);
        if (services && !password.isEmpty()) {
            services->session->retryNow(password);
        }
    });
    dialog->open();
}

void MainWindow::showListMenu(ConversationId id, const QPoint &position)
{
    const auto entry = m_parts.conversations.entry(id);
    if (!entry) {
        return;
    }
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("&Open")), &QAction::triggered, this, [this, id] { openConversation(id); });
    if (entry->kind == Conversation::Kind::Chat) {
        connect(menu->addAction(m_parts.icons.named(IconNames::person), tr("&Profile…")), &QAction::triggered, this,
            [this, account = entry->account, jid = entry->jid] { showProfile(account, jid); });
        connect(menu->addAction(tr("&Close until something new comes")), &QAction::triggered, this, [this, id] {
            if (m_place && m_place->conversation().id == id) {
                closePlace();
                showWelcome();
            }
            whenDone(m_parts.conversations.close(id), this, [this](const Result<Done> &done) {
                if (!done) {
                    say(ErrorText::sentence(done.error()));
                }
            });
        });
    }
    QAction *read = menu->addAction(tr("Mark as &read"));
    read->setEnabled(entry->unread > 0);
    connect(read, &QAction::triggered, this, [this, id] { markRead(id); });
    addNotices(menu, *entry);
    menu->popup(position);
}

void MainWindow::markAllRead()
{
    const AccountId narrowedTo = m_pane->account();
    const auto entries = m_parts.conversations.entries();
    for (const Conversation &entry : entries) {
        if (entry.unread > 0 && (narrowedTo == 0 || narrowedTo == entry.account)) {
            markRead(entry.id);
        }
    }
}

void MainWindow::markRead(ConversationId id)
{
    whenDone(m_parts.conversations.markAllRead(id), this, [this](const Result<Done> &done) {
        if (!done) {
            say(ErrorText::sentence(done.error()));
        }
    });
}

void MainWindow::addNotices(QMenu *menu, const Conversation &entry)
{
    const auto report = [this](const Result<Done> &done) {
        if (!done) {
            say(ErrorText::sentence(done.error()));
        }
    };
    using Notices = Conversation::Notices;
    QList<std::pair<Notices, QString>> choices;
    if (entry.kind == Conversation::Kind::Chat) {
        choices = {{Notices::Usual, tr("&Every message")}, {Notices::FirstUntilSeen, tr("The &first, until I look")},
            {Notices::Nothing, tr("&Nothing")}};
    } else {
        choices = {{Notices::Usual, tr("What &concerns me, and all in my own channel")},
            {Notices::ForUs, tr("&Mentions and answers")}, {Notices::Everything, tr("&Every post and comment")},
            {Notices::FirstUntilSeen, tr("The &first, until I look")}, {Notices::Nothing, tr("&Nothing")}};
    }
    menu->addSeparator();
    QMenu *notices = menu->addMenu(m_parts.icons.named(IconNames::notifications), tr("&Notices"));
    auto *group = new QActionGroup(notices);
    for (const auto &[choice, words] : std::as_const(choices)) {
        QAction *action = notices->addAction(words);
        action->setCheckable(true);
        action->setChecked(entry.notices == choice);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, report, id = entry.id, choice] {
            whenDone(m_parts.conversations.setNotices(id, choice), this, report);
        });
    }
    if (entry.kind == Conversation::Kind::Channel) {
        QAction *home = menu->addAction(tr("&In Home"));
        home->setCheckable(true);
        home->setChecked(entry.isInHome);
        connect(home, &QAction::triggered, this, [this, report, id = entry.id](bool isInHome) {
            whenDone(m_parts.conversations.setInHome(id, isInHome), this, report);
        });
    }
}

void MainWindow::openPost(AccountId account, const NodeId &node, const ItemId &item)
{
    openAddress(account, Conversation::Kind::Channel, node.channel(), 0, item);
}

void MainWindow::openLink(const QString &link)
{
    if (const auto address = parseXmppAddress(link)) {
        const auto ids = m_parts.accounts.ids();
        if (ids.isEmpty()) {
            showLogin();
            return;
        }
        const AccountId account = actingAccount();
        if (!address->node.isEmpty()) {
            openPost(account, address->node, address->item);
        } else if (address->action == "message"_L1 || m_parts.accounts.of(account)->roster->isContact(address->jid)) {
            openAddress(account, Conversation::Kind::Chat, address->jid);
        } else {
            showFind(address->jid.bare().text());
        }
        return;
    }
    const QUrl url(link, QUrl::StrictMode);
    static const QStringList outside{u"http"_s, u"https"_s, u"mailto"_s};
    if (url.isValid() && outside.contains(url.scheme())) {
        QDesktopServices::openUrl(url);
    } else {
        say(tr("This link is not opened: its kind is not known to be safe."));
    }
}

void MainWindow::stepPane(int by)
{
    // rail, list, place header, timeline, composer, details: whoever can take the focus, in the order of the window
    QList<QWidget *> panes{m_pane, m_place, m_detailsPane->isVisible() ? m_detailsPane : nullptr};
    panes.removeAll(nullptr);
    qsizetype current = 0;
    for (qsizetype pane = 0; pane < panes.size(); ++pane) {
        if (panes.at(pane)->isAncestorOf(QApplication::focusWidget())) {
            current = pane;
        }
    }
    QWidget *next = panes.at((current + by + panes.size()) % panes.size());
    if (next == m_pane) {
        m_pane->focusList();
    } else if (next == m_place) {
        m_place->focusTimeline();
    } else {
        for (QWidget *child : next->findChildren<QWidget *>()) {
            if ((child->focusPolicy() & Qt::TabFocus) != 0 && child->isVisible()) {
                child->setFocus(Qt::ShortcutFocusReason);
                return;
            }
        }
    }
}

void MainWindow::say(const QString &words)
{
    m_toast->showMessage(words);
}

void MainWindow::present()
{
    show();
    setWindowState(windowState() & ~Qt::WindowMinimized);
    raise();
    activateWindow();
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::ActivationChange) {
        m_parts.notifications.setWindowActive(isActiveWindow());
        if (m_place) {
            m_place->setLookedAt(isActiveWindow());
        }
        Q_EMIT activityChanged(isActiveWindow());
    }
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveLayout();
    m_undo->release();
    if (m_place) {
        m_place->save();
    }
    if (Tray::isAvailable() && m_parts.preferences.isSet(u"staysInTray"_s, true)) {
        event->accept(); // the tray icon brings it back
        return;
    }
    event->accept();
    Q_EMIT quitRequested();
}

} // namespace cumulet
