#include "ui/settings/SettingsDialog.h"

#include "services/account/AccountService.h"
#include "services/account/Accounts.h"
#include "services/channel/ChannelService.h"
#include "services/preference/PreferenceService.h"
#include "services/session/SessionService.h"
#include "ui/channel/ChannelWords.h"
#include "ui/common/ErrorText.h"
#include "ui/common/PlainLabel.h"
#include "ui/common/TimeText.h"
#include "ui/settings/ChannelServiceDialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QInputDialog>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cumulet {

SettingsDialog::SettingsDialog(const ProgramParts &parts, QWidget *parent)
    : QDialog(parent)
    , m_parts(parts)
    , m_pages(new QListWidget(this))
    , m_stack(new QStackedWidget(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Settings"));
    m_parts.theme.fill(this, Theme::Side);
    m_pages->addItems({tr("Accounts"), tr("Look and behaviour")});
    m_pages->setAccessibleName(tr("Pages of settings"));
    m_pages->setFixedWidth(m_parts.theme.scaled(170));
    m_stack->addWidget(makeAccounts());
    m_stack->addWidget(makeLook());
    connect(m_pages, &QListWidget::currentRowChanged, m_stack, &QStackedWidget::setCurrentIndex);
    m_pages->setCurrentRow(0);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *body = new QHBoxLayout;
    body->addWidget(m_pages);
    body->addWidget(m_stack, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::wide, Theme::wide, Theme::wide, Theme::wide);
    layout->addLayout(body, 1);
    layout->addWidget(buttons);
    resize(m_parts.theme.scaled(680), m_parts.theme.scaled(460));
}

void SettingsDialog::showAccounts()
{
    m_pages->setCurrentRow(0);
}

QWidget *SettingsDialog::makeAccounts()
{
    auto *page = new QWidget(this);
    m_accounts = new QListWidget(page);
    m_accounts->setObjectName(u"accounts"_s);
    m_accounts->setAccessibleName(tr("Accounts"));
    m_connection = new PlainLabel(m_parts.theme, Theme::Type::Small, Theme::Muted, page);
    m_connection->setWordWrap(true);
    m_connection->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *add = new QPushButton(tr("Add account…"), page);
    m_toggle = new QPushButton(page);
    m_toggle->setObjectName(u"toggleAccount"_s);
    m_password = new QPushButton(tr("Change password…"), page);
    m_password->setToolTip(tr("The password that this program logs in with"));
    m_service = new QPushButton(tr("Channel service…"), page);
    m_service->setObjectName(u"channelService"_s);
    connect(m_service, &QPushButton::clicked, this, [this] {
        if (const auto account = m_parts.accountService.account(currentAccount())) {
            (new ChannelServiceDialog(m_parts, *account, this))->open();
        }
    });
    m_remove = new QPushButton(tr("Remove…"), page);
    m_remove->setObjectName(u"removeAccount"_s);
    setEmphasis(m_remove, Emphasis::Danger);
    connect(add, &QPushButton::clicked, this, &SettingsDialog::loginRequested);
    connect(m_toggle, &QPushButton::clicked, this, &SettingsDialog::toggleAccount);
    connect(m_password, &QPushButton::clicked, this, &SettingsDialog::changePassword);
    connect(m_remove, &QPushButton::clicked, this, &SettingsDialog::removeAccount);
    connect(m_accounts, &QListWidget::currentRowChanged, this, &SettingsDialog::showAccount);
    connect(&m_parts.accountService, &AccountService::accountAdded, this, &SettingsDialog::listAccounts);
    connect(&m_parts.accountService, &AccountService::accountChanged, this, &SettingsDialog::listAccounts);
    connect(&m_parts.accountService, &AccountService::accountRemoved, this, &SettingsDialog::listAccounts);
    for (const AccountId id : m_parts.accounts.ids()) {
        connect(m_parts.accounts.of(id)->session, &SessionService::statusChanged, this, &SettingsDialog::showAccount);
        connect(m_parts.accounts.of(id)->channels, &ChannelService::statusChanged, this, &SettingsDialog::showAccount);
    }
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addWidget(m_toggle);
    buttons->addWidget(m_password);
    buttons->addWidget(m_service);
    buttons->addWidget(m_remove);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(Theme::medium, 0, 0, 0);
    layout->addWidget(m_accounts, 1);
    layout->addWidget(m_connection);
    layout->addLayout(buttons);
    listAccounts();
    return page;
}

AccountId SettingsDialog::currentAccount() const
{
    const QListWidgetItem *item = m_accounts->currentItem();
    return item ? item->data(Qt::UserRole).toLongLong() : 0;
}

void SettingsDialog::listAccounts()
{
    const AccountId current = currentAccount();
    m_accounts->clear();
    for (const Account &account : m_parts.accountService.accounts()) {
        auto *item = new QListWidgetItem(
            account.isEnabled ? account.jid.text() : tr("%1 (switched off)").arg(account.jid.text()), m_accounts);
        item->setData(Qt::UserRole, QVariant::fromValue<qint64>(account.id));
        if (account.id == current) {
            m_accounts->setCurrentItem(item);
        }
    }
    if (!m_accounts->currentItem() && m_accounts->count() > 0) {
        m_accounts->setCurrentRow(0);
    }
    showAccount();
}

QString SettingsDialog::connectionText(AccountId id) const
{
    const AccountServices *services = m_parts.accounts.of(id);
    if (!services) {
        return {};
    }
    const ConnectionStatus &status = services->session->status();
    QStringList lines;
    switch (status.state) {
    case ConnectionState::Online:
        lines.append(
            tr("Connected since %1, as %2.").arg(TimeText::clock(status.since), services->session->boundJid().text()));
        break;
    case ConnectionState::CatchingUp:
    case ConnectionState::Connecting:
        lines.append(tr("Connecting…"));
        break;
    case ConnectionState::Offline:
        lines.append(tr("Offline."));
        break;
    case ConnectionState::Waiting:
    case ConnectionState::Failed:
        lines.append(ErrorText::sentence(status.error, ErrorText::Attempt::SignIn));
        if (!status.error.detail.isEmpty()) {
            lines.append(tr("Details: %1").arg(status.error.detail.left(500)));
        }
        break;
    }
    const ChannelServiceStatus &channels = services->channels->status();
    lines.append(channels.state == ChannelServiceStatus::Ready ? tr("Channels: %1").arg(channels.service.text())
            : ChannelWords::serviceTrouble(channels).isEmpty() ? tr("Channels: not looked for yet.")
                                                               : ChannelWords::serviceTrouble(channels));
    if (!services->session->isGuarded()) {
        lines.append(
            tr("Warning: the stream guard does not fit the installed XMPP library. Letters outside English may "
               "arrive damaged; please report the version of the library."));
    }
    if (!services->account.trustedCertificate.isEmpty()) {
        lines.append(tr("One certificate of this server is trusted because you accepted it."));
    }
    return lines.join(u'\n');
}

void SettingsDialog::showAccount()
{
    const auto account = m_parts.accountService.account(currentAccount());
    for (QPushButton *button : {m_toggle, m_password, m_service, m_remove}) {
        button->setEnabled(account.has_value());
    }
    m_toggle->setText(account && !account->isEnabled ? tr("Switch on") : tr("Switch off"));
    m_connection->setText(account ? connectionText(account->id) : tr("No account yet."));
}

void SettingsDialog::toggleAccount()
{
    if (auto account = m_parts.accountService.account(currentAccount())) {
        account->isEnabled = !account->isEnabled;
        whenDone(m_parts.accountService.change(*account), this, [this](const Result<Done> &done) {
            if (!done) {
                m_connection->setText(ErrorText::sentence(done.error()));
            }
        });
    }
}

void SettingsDialog::changePassword()
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Password"));
    dialog->setLabelText(tr("The password to log in with:"));
    dialog->setTextEchoMode(QLineEdit::Password);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, id = currentAccount()](const QString &password) {
        if (password.isEmpty()) {
            return;
        }
        whenDone(m_parts.accountService.setPassword(id, password), this, [this, id, password](const Result<Done> &) {
            // also where no keyring keeps it: for this run it holds
            if (const AccountServices *services = m_parts.accounts.of(id)) {
                services->session->retryNow(password);
            }
        });
    });
    dialog->open();
}

void SettingsDialog::removeAccount()
{
    const auto account = m_parts.accountService.account(currentAccount());
    if (!account) {
        return;
    }
    auto *question = new QMessageBox(QMessageBox::Warning, tr("Remove account"),
        tr("Remove %1 from this program?").arg(account->jid.text()), QMessageBox::Cancel, this);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(tr("Its messages, posts and waiting texts are deleted here. The account itself stays "
                                    "on its server."));
    question->setAttribute(Qt::WA_DeleteOnClose);
    connect(question->addButton(tr("Remove"), QMessageBox::DestructiveRole), &QPushButton::clicked, this,
        [this, id = account->id] {
            whenDone(m_parts.accountService.remove(id), this, [this](const Result<Done> &done) {
                if (!done) {
                    m_connection->setText(ErrorText::sentence(done.error()));
                }
            });
        });
    question->open();
}

QWidget *SettingsDialog::makeLook()
{
    auto *page = new QWidget(this);
    auto *scheme = new QComboBox(page);
    scheme->setObjectName(u"scheme"_s);
    scheme->addItem(tr("As the system"), int(Theme::Scheme::System));
    scheme->addItem(tr("Light"), int(Theme::Scheme::Light));
    scheme->addItem(tr("Dark"), int(Theme::Scheme::Dark));
    scheme->setCurrentIndex(scheme->findData(int(m_parts.theme.scheme())));
    connect(scheme, &QComboBox::currentIndexChanged, this, [this, scheme] {
        m_parts.theme.setScheme(Theme::Scheme(scheme->currentData().toInt()));
        m_parts.preferences.set(u"scheme"_s, QString::number(scheme->currentData().toInt()));
    });
    const auto makeCheck = [&](const QString &words, const QString &key, bool otherwise) {
        auto *check = new QCheckBox(words, page);
        check->setChecked(m_parts.preferences.isSet(key, otherwise));
        connect(check, &QCheckBox::toggled, this, [this, key](bool isOn) { m_parts.preferences.set(key, isOn); });
        return check;
    };
    auto *form = new QFormLayout(page);
    form->setContentsMargins(Theme::medium, 0, 0, 0);
    form->addRow(tr("&Colours"), scheme);
    auto *holding = new QSpinBox(page);
    holding->setObjectName(u"holdSeconds"_s);
    holding->setRange(0, 30);
    holding->setSuffix(tr(" s"));
    holding->setSpecialValueText(tr("Send at once"));
    holding->setValue(m_parts.preferences.value(u"holdSeconds"_s, u"5"_s).toInt());
    connect(holding, &QSpinBox::valueChanged, this,
        [this](int seconds) { m_parts.preferences.set(u"holdSeconds"_s, QString::number(seconds)); });
    form->addRow(tr("Time to &undo a post"), holding);
    form->addRow({}, makeCheck(tr("Stay in the tray when the window is closed"), u"staysInTray"_s, true));
    auto *notices = makeCheck(tr("Show a notice when a message or an answer arrives"), u"notices"_s, true);
    auto *text = makeCheck(tr("Show in it what was written"), u"noticesShowText"_s, true);
    text->setEnabled(notices->isChecked());
    connect(notices, &QCheckBox::toggled, text, &QWidget::setEnabled);
    form->addRow({}, notices);
    form->addRow({}, text);
    return page;
}

} // namespace cumulet
