#include "main/Program.h"

#include "main/AccountAssembly.h"
#include "platform/KdeDesktopNotifier.h"
#include "platform/KeychainSecretStore.h"
#include "platform/SystemNetworkState.h"
#include "services/account/AccountService.h"
#include "services/account/Accounts.h"
#include "services/account/SignIn.h"
#include "services/channel/ChannelService.h"
#include "services/conversation/ConversationService.h"
#include "services/feed/FeedService.h"
#include "services/notify/NotificationService.h"
#include "services/preference/PreferenceService.h"
#include "services/search/SearchService.h"
#include "services/session/SessionService.h"
#include "store/AccountStore.h"
#include "store/ChannelStore.h"
#include "store/ConversationStore.h"
#include "store/Database.h"
#include "store/FeedStore.h"
#include "store/MessageStore.h"
#include "store/PreferenceStore.h"
#include "store/RosterStore.h"
#include "store/SearchStore.h"
#include "ui/common/AvatarPainter.h"
#include "ui/common/Theme.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/ServiceAvatars.h"
#include "ui/shell/ServiceMedia.h"
#include "ui/shell/StorageTrouble.h"
#include "ui/shell/Tray.h"
#include "xmpp/XmppWires.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <QSslCertificate>
#include <QStandardPaths>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace cumulet {

Q_LOGGING_CATEGORY(lcProgram, "cumulet.program", QtInfoMsg)

static constexpr auto deletionHolding = 8s; // how long a deletion can be undone
static constexpr auto goodbye = 1500ms; // how long the streams may take to close before we end anyway

static XmppOptions optionsOf(const CommandLine &line)
{
    XmppOptions options;
    options.clientVersion = QCoreApplication::applicationVersion();
    if (!line.certificateFile.isEmpty()) {
        options.extraCertificates = QSslCertificate::fromPath(line.certificateFile);
        if (options.extraCertificates.isEmpty()) {
            qCWarning(lcProgram, "no certificate in %s", qUtf8Printable(line.certificateFile));
        }
    }
    return options;
}

static QString databaseFile(const CommandLine &line)
{
    return QDir(line.profile).filePath(u"cumulet.sqlite"_s);
}

// A profile in a folder of its own shares no passwords with others.
static QString keyringName(const CommandLine &line)
{
    const bool isUsual = line.profile == QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    return isUsual ? u"Cumulet"_s : u"Cumulet "_s + line.profile;
}

// In the order of their making; they go in the reverse order: windows, services, stores, database.
struct Program::Parts
{
    explicit Parts(const CommandLine &commandLine)
        : line(commandLine)
        , options(optionsOf(commandLine))
        , accountStore(database)
        , rosterStore(database)
        , conversationStore(database)
        , messageStore(database)
        , channelStore(database)
        , feedStore(database)
        , searchStore(database)
        , preferenceStore(database)
        , secrets(commandLine.profile, keyringName(commandLine))
        , preferences(preferenceStore)
        , accountService(accountStore, secrets)
        , assembly({accountService, conversationStore, messageStore, channelStore, rosterStore, secrets, network,
              [this] { return makeWires(options); }, commandLine.startsOffline, {}, commandLine.profile})
        , accounts(accountService, [this](const Account &account) { return assembly.make(account); })
        , conversations(conversationStore, accounts)
        , feeds(feedStore, accounts, conversations)
        , search(searchStore)
        , notifications(accounts, conversations, notifier)
        , signIn(accountService, [this] { return makeWires(options); })
        , avatarSource(accounts)
        , avatars(theme, &avatarSource)
        , media(accounts)
    {
    }

    CommandLine line;
    XmppOptions options;
    Database database;
    AccountStore accountStore;
    RosterStore rosterStore;
    ConversationStore conversationStore;
    MessageStore messageStore;
    ChannelStore channelStore;
    FeedStore feedStore;
    SearchStore searchStore;
    PreferenceStore preferenceStore;
    KeychainSecretStore secrets;
    SystemNetworkState network;
    KdeDesktopNotifier notifier;
    PreferenceService preferences;
    AccountService accountService;
    AccountAssembly assembly;
    Accounts accounts;
    ConversationService conversations;
    FeedService feeds;
    SearchService search;
    NotificationService notifications;
    SignIn signIn;
    Theme theme;
    ServiceAvatars avatarSource;
    AvatarPainter avatars;
    ServiceMedia media;
    std::unique_ptr<MainWindow> window;
    std::unique_ptr<Tray> tray;
    QString link; // to be opened when the window is there
};

Program::Program(const CommandLine &line, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Parts>(line))
{
    d->link = line.link;
    d->theme.dress(*qApp);
}

Program::~Program() = default;

void Program::start()
{
    openDatabase();
}

void Program::openDatabase()
{
    whenDone(d->database.open(databaseFile(d->line)), this, [this](const Result<Database::Opened> &opened) {
        if (!opened) {
            explain(StorageTrouble::Unreadable, opened.error().detail);
            return;
        }
        switch (opened->obstacle) {
        case Database::Obstacle::None:
            loadProfile();
            return;
        case Database::Obstacle::Damaged:
            explain(StorageTrouble::Damaged);
            return;
        case Database::Obstacle::Newer:
            explain(StorageTrouble::Newer);
            return;
        case Database::Obstacle::NotWritable:
            explain(StorageTrouble::NotWritable);
            return;
        }
    });
}

void Program::explain(int kind, const QString &detail)
{
    auto *trouble = new StorageTrouble(StorageTrouble::Kind(kind), d->line.profile, detail);
    connect(trouble, &StorageTrouble::closeChosen, qApp, &QCoreApplication::quit);
    connect(trouble, &StorageTrouble::freshStartChosen, this, [this] {
        whenDone(d->database.startAfresh(databaseFile(d->line)), this, [this](const Result<Database::Opened> &opened) {
            if (opened) {
                loadProfile();
            } else {
                explain(StorageTrouble::Unreadable, opened.error().detail);
            }
        });
    });
    trouble->open();
}

// What was there last time is in the window before anything of the network is asked.
void Program::loadProfile()
{
    const auto tellWishes = [this] {
        d->notifications.setWishes(
            d->preferences.isSet(u"notices"_s, true), d->preferences.isSet(u"noticesShowText"_s, true));
        for (const AccountId id : d->accounts.ids()) {
            tellHolding(id);
        }
    };
    connect(&d->preferences, &PreferenceService::changed, this, tellWishes);
    whenDone(andThen(d->preferences.load(), this,
                 [this, tellWishes](Done) {
                     tellWishes();
                     d->theme.setScheme(Theme::Scheme(d->preferences.value(u"scheme"_s, u"0"_s).toInt()));
                     return d->conversations.load();
                 }),
        this, [this](const Result<Done> &done) {
            if (!done) {
                explain(StorageTrouble::Unreadable, done.error().detail);
                return;
            }
            showWindow();
            whenDone(d->accountService.load(), this, [this](const Result<Done> &loaded) {
                if (!loaded) {
                    explain(StorageTrouble::Unreadable, loaded.error().detail);
                    return;
                }
                logInFromCommandLine();
                if (!d->link.isEmpty()) {
                    d->window->openLink(std::exchange(d->link, {}));
                }
            });
        });
}

void Program::showWindow()
{
    d->window = std::make_unique<MainWindow>(ProgramParts{
        .accountService = d->accountService,
        .accounts = d->accounts,
        .conversations = d->conversations,
        .feeds = d->feeds,
        .search = d->search,
        .preferences = d->preferences,
        .notifications = d->notifications,
        .signIn = d->signIn,
        .theme = d->theme,
        .avatars = d->avatars,
        .icons = Icons(d->theme),
        .media = &d->media,
    });
    d->window->setLoginDefaults(d->line.account, d->line.host, d->line.port);
    connect(d->window.get(), &MainWindow::quitRequested, this, &Program::quit);
    connect(d->window.get(), &MainWindow::activityChanged, this, [this](bool isActive) {
        for (const AccountId id : d->accounts.ids()) {
            d->accounts.of(id)->session->setWindowActive(isActive);
        }
    });
    connect(&d->signIn, &SignIn::succeeded, this, [this](const Account &account, const QString &password) {
        // where no place keeps the password it still serves this run
        if (const AccountServices *services = d->accounts.of(account.id)) {
            services->session->retryNow(password);
        }
    });
    d->window->show();
    if (Tray::isAvailable()) {
        d->tray = std::make_unique<Tray>(d->window.get(), d->window->trayMenu());
    }
    connect(&d->conversations, &ConversationService::totalUnreadChanged, this, &Program::refreshTray);
    connect(&d->accounts, &Accounts::added, this, &Program::followAccount);
    refreshTray();
}

void Program::followAccount(AccountId id)
{
    connect(d->accounts.of(id)->session, &SessionService::statusChanged, this, &Program::refreshTray);
    tellHolding(id);
}

void Program::tellHolding(AccountId id)
{
    const std::chrono::seconds posts(d->preferences.value(u"holdSeconds"_s, u"5"_s).toInt());
    d->accounts.of(id)->channels->setHolding(posts, deletionHolding);
}

void Program::refreshTray()
{
    if (!d->tray) {
        return;
    }
    const auto ids = d->accounts.ids();
    d->tray->setUnread(d->conversations.totalUnread());
    d->tray->setOnline(std::any_of(
        ids.cbegin(), ids.cend(), [this](AccountId id) { return d->accounts.of(id)->session->isConnected(); }));
}

void Program::logInFromCommandLine()
{
    const auto &known = d->accountService.accounts();
    const bool isKnown = std::any_of(
        known.cbegin(), known.cend(), [this](const Account &account) { return account.jid == d->line.account; });
    if (d->line.account.isEmpty() || isKnown || d->line.passwordFile.isEmpty()) {
        return;
    }
    QFile file(d->line.passwordFile);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Text)) {
        qCWarning(lcProgram, "cannot read %s", qUtf8Printable(d->line.passwordFile));
        return;
    }
    const QString password = QString::fromUtf8(file.readLine(4096)).trimmed();
    Account account;
    account.jid = d->line.account;
    account.host = d->line.host;
    account.port = d->line.port;
    connect(&d->signIn, &SignIn::failed, this,
        [](const Error &error) { qCWarning(lcProgram, "login failed: %s", qUtf8Printable(error.detail)); });
    // the file is where the user keeps it; the profile gets a copy of the same kind
    d->signIn.attempt(account, password, AccountService::PasswordPlace::File);
}

void Program::take(const QStringList &arguments, const QString &activationToken)
{
    if (!activationToken.isEmpty()) {
        qputenv("XDG_ACTIVATION_TOKEN", activationToken.toUtf8());
    }
    QString link;
    for (const QString &argument : arguments) {
        if (argument.startsWith("xmpp:"_L1)) {
            link = argument;
        }
    }
    if (!d->window) {
        d->link = link;
        return;
    }
    d->window->present();
    if (!link.isEmpty()) {
        d->window->openLink(link);
    }
}

// What can still be undone goes now; it is in the database like everything that was written.
void Program::quit()
{
    if (d->window) {
        d->window->hide();
    }
    const auto ids = d->accounts.ids();
    const auto left = std::make_shared<qsizetype>(ids.size());
    const auto finish = [this, hasLeft = std::make_shared<bool>(false)] {
        if (!std::exchange(*hasLeft, true)) {
            leave();
        }
    };
    for (const AccountId id : ids) {
        whenDone(d->accounts.of(id)->channels->releaseHeld(), this, [left, finish](const Result<Done> &) {
            if (--*left == 0) {
                finish();
            }
        });
    }
    QTimer::singleShot(ids.isEmpty() ? 0ms : goodbye, this, finish);
}

// Says goodbye on every stream, so that the servers know at once.
void Program::leave()
{
    for (const AccountId id : d->accounts.ids()) {
        d->accounts.of(id)->session->goOffline();
    }
    const auto end = [this] {
        whenDone(d->database.settle(), this, [](const Result<Done> &) { QCoreApplication::quit(); });
    };
    const auto ids = d->accounts.ids();
    const bool isConnected = std::any_of(ids.cbegin(), ids.cend(),
        [this](AccountId id) { return d->accounts.of(id)->session->status().state != ConnectionState::Offline; });
    QTimer::singleShot(isConnected ? goodbye : 0ms, this, end);
}

} // namespace cumulet
