#include "ui/settings/ChannelServiceDialog.h"

#include "services/account/AccountService.h"
#include "ui/common/ErrorText.h"
#include "ui/common/PlainLabel.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cumulet {

ChannelServiceDialog::ChannelServiceDialog(const ProgramParts &parts, const Account &account, QWidget *parent)
    : QDialog(parent)
    , m_parts(parts)
    , m_account(account.id)
    , m_address(new QLineEdit(account.chosenChannelService.text(), this))
    , m_error(new PlainLabel(parts.theme, Theme::Type::Small, Theme::Danger, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Channel service"));
    m_parts.theme.fill(this, Theme::Side);
    auto *about = new PlainLabel(parts.theme, Theme::Type::Small, Theme::Muted, this);
    about->setWordWrap(true);
    about->setText(tr("Usually your server tells where its channels are: leave this empty. If it does not, write the "
                      "address of the service that %1 is to use.")
            .arg(account.jid.text()));
    m_address->setObjectName(u"serviceAddress"_s);
    m_address->setPlaceholderText(tr("looked for by itself"));
    m_address->setMaxLength(1023); // a domain, RFC 7622
    m_error->setObjectName(u"serviceError"_s);
    m_error->setWordWrap(true);
    m_error->hide();
    auto *form = new QFormLayout;
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    form->addRow(tr("&Address"), m_address);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    auto *save = buttons->addButton(tr("Save"), QDialogButtonBox::AcceptRole);
    save->setDefault(true);
    setEmphasis(save, Emphasis::Primary);
    connect(buttons, &QDialogButtonBox::accepted, this, &ChannelServiceDialog::submit);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::page, Theme::page, Theme::page, Theme::page);
    layout->addWidget(about);
    layout->addLayout(form);
    layout->addWidget(m_error);
    layout->addStretch();
    layout->addWidget(buttons);
    setMinimumWidth(parts.theme.scaled(400));
}

void ChannelServiceDialog::submit()
{
    const QString words = m_address->text().trimmed();
    const auto service = Jid::parse(words);
    const bool isAddress = service && service->isBare() && service->local().isEmpty() && !words.contains(u' ');
    if (!words.isEmpty() && !isAddress) {
        showError(tr("This is no address of a service, like channels.example.org."));
        return;
    }
    auto account = m_parts.accountService.account(m_account);
    if (!account) {
        reject();
        return;
    }
    account->chosenChannelService = words.isEmpty() ? Jid() : *service;
    whenDone(m_parts.accountService.change(*account), this,
        [this](const Result<Done> &done) { done ? accept() : showError(ErrorText::sentence(done.error())); });
}

void ChannelServiceDialog::showError(const QString &sentence)
{
    m_error->setText(sentence);
    m_error->show();
    m_address->setFocus();
    m_address->selectAll();
}

} // namespace cumulet
