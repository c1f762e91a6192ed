#include "ui/settings/ServerCheckDialog.h"

#include "services/account/Accounts.h"
#include "services/channel/ChannelChecks.h"
#include "ui/common/PlainLabel.h"
#include "ui/settings/ServerCheckWords.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cumulet {

ServerCheckDialog::ServerCheckDialog(const ProgramParts &parts, QWidget *parent)
    : QDialog(parent)
    , m_parts(parts)
    , m_account(new QComboBox(this))
    , m_lines(new QListWidget(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Server check"));
    m_parts.theme.fill(this, Theme::Side);
    auto *about = new PlainLabel(parts.theme, Theme::Type::Small, Theme::Muted, this);
    about->setWordWrap(true);
    about->setText(tr("Asks your server what it can do for channels. Nothing is changed."));
    m_account->setAccessibleName(tr("Account"));
    for (const AccountId id : m_parts.accounts.ids()) {
        m_account->addItem(m_parts.accounts.of(id)->account.jid.text(), QVariant::fromValue<qint64>(id));
    }
    m_account->setVisible(m_account->count() > 1);
    m_lines->setObjectName(u"checkLines"_s);
    m_lines->setAccessibleName(tr("What the server can do"));
    m_lines->setWordWrap(true);
    m_lines->setResizeMode(QListView::Adjust);
    m_lines->setSpacing(Theme::tight);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_run = buttons->addButton(tr("Check"), QDialogButtonBox::ActionRole);
    m_run->setObjectName(u"runCheck"_s);
    m_copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    m_copy->setObjectName(u"copyCheck"_s);
    setEmphasis(m_run, Emphasis::Primary);
    m_run->setDefault(true);
    connect(m_run, &QPushButton::clicked, this, &ServerCheckDialog::toggle);
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_account, &QComboBox::currentIndexChanged, this, &ServerCheckDialog::start);
    connect(&m_parts.accounts, &Accounts::aboutToRemove, this, [this](AccountId id) {
        if (m_account->currentData().toLongLong() == id) {
            reject(); // what it asks is about to go
        }
    });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::page, Theme::page, Theme::page, Theme::page);
    layout->addWidget(about);
    layout->addWidget(m_account);
    layout->addWidget(m_lines, 1);
    layout->addWidget(buttons);
    resize(m_parts.theme.scaled(520), m_parts.theme.scaled(440));
    start();
}

void ServerCheckDialog::start()
{
    delete m_check;
    m_lines->clear();
    const AccountServices *services = m_parts.accounts.of(m_account->currentData().toLongLong());
    if (services) {
        m_check = new ServerCheck(channelChecks(*services->channels, *services->directory), this);
        for (int index = 0; index < m_check->lines().size(); ++index) {
            m_lines->addItem(ServerCheckWords::line(m_check->lines().at(index)));
        }
        m_lines->setCurrentRow(0);
        connect(m_check, &ServerCheck::lineChanged, this, &ServerCheckDialog::showLine);
        connect(m_check, &ServerCheck::finished, this, &ServerCheckDialog::refreshButtons);
    }
    refreshButtons();
}

void ServerCheckDialog::toggle()
{
    if (m_check->isRunning()) {
        m_check->cancel();
    } else {
        m_check->run();
    }
    refreshButtons();
}

void ServerCheckDialog::showLine(int index)
{
    m_lines->item(index)->setText(ServerCheckWords::line(m_check->lines().at(index)));
    m_lines->doItemsLayout(); // it may need another line now
}

void ServerCheckDialog::refreshButtons()
{
    m_run->setEnabled(m_check);
    m_copy->setEnabled(m_check);
    m_run->setText(m_check && m_check->isRunning() ? tr("Stop") : tr("Check"));
}

QString ServerCheckDialog::text() const
{
    QStringList lines{m_account->currentText()};
    for (int row = 0; row < m_lines->count(); ++row) {
        lines.append(m_lines->item(row)->text());
    }
    return lines.join(u'\n');
}

} // namespace cumulet
