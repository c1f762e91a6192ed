#include "ui/channel/ChannelDialog.h"

#include "services/account/Accounts.h"
#include "services/channel/ChannelService.h"
#include "ui/channel/ChannelWords.h"
#include "ui/common/ErrorText.h"
#include "ui/common/PlainLabel.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cumulet {

ChannelDialog::ChannelDialog(const ProgramParts &parts, QWidget *parent)
    : QDialog(parent)
    , m_parts(parts)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("New channel"));
    m_parts.theme.fill(this, Theme::Side);
    build();
    showAddress();
}

void ChannelDialog::build()
{
    m_account = new QComboBox(this);
    for (const AccountId id : m_parts.accounts.ids()) {
        const AccountServices *services = m_parts.accounts.of(id);
        if (services->channels->status().state == ChannelServiceStatus::Ready) {
            m_account->addItem(services->account.jid.text(), QVariant::fromValue<qint64>(id));
        }
    }
    m_name = new QLineEdit(this);
    m_name->setObjectName(u"channelName"_s);
    m_name->setMaxLength(200);
    m_name->setPlaceholderText(tr("gardening"));
    m_address = new PlainLabel(m_parts.theme, Theme::Type::Small, Theme::Muted, this);
    m_title = new QLineEdit(this);
    m_title->setObjectName(u"channelTitle"_s);
    m_title->setMaxLength(128);
    m_description = new QPlainTextEdit(this);
    m_description->setTabChangesFocus(true);
    m_description->setFixedHeight(m_parts.theme.scaled(72));
    m_access = new QComboBox(this);
    for (const AccessModel model : {AccessModel::Open, AccessModel::Local, AccessModel::Authorize}) {
        m_access->addItem(ChannelWords::accessMeaning(model), int(model));
    }
    m_role = new QComboBox(this);
    for (const Affiliation role : {Affiliation::Publisher, Affiliation::Member}) {
        m_role->addItem(ChannelWords::roleMeaning(role), int(role));
    }
    m_error = new PlainLabel(m_parts.theme, Theme::Type::Small, Theme::Danger, this);
    m_error->setWordWrap(true);
    m_error->hide();
    m_form = new QFormLayout;
    m_form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    m_form->addRow(tr("A&ccount"), m_account);
    m_form->addRow(tr("&Name"), m_name);
    m_form->addRow(m_address);
    m_form->addRow(tr("&Title"), m_title);
    m_form->addRow(tr("&Description"), m_description);
    m_form->addRow(tr("Who may &read"), m_access);
    m_form->addRow(tr("What new &followers may do"), m_role);
    m_form->addRow(m_error);
    m_form->setRowVisible(m_account, m_account->count() > 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_accept = buttons->addButton(tr("Make channel"), QDialogButtonBox::AcceptRole);
    m_accept->setObjectName(u"makeChannel"_s);
    m_accept->setDefault(true);
    setEmphasis(m_accept, Emphasis::Primary);
    connect(buttons, &QDialogButtonBox::accepted, this, &ChannelDialog::submit);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_name, &QLineEdit::textChanged, this, &ChannelDialog::showAddress);
    connect(m_account, &QComboBox::currentIndexChanged, this, &ChannelDialog::showAddress);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::page, Theme::page, Theme::page, Theme::page);
    layout->addLayout(m_form);
    layout->addStretch();
    layout->addWidget(buttons);
    setMinimumWidth(m_parts.theme.scaled(420));
}

void ChannelDialog::setChannel(AccountId account, const Channel &channel)
{
    m_changedAccount = account;
    m_changed = channel;
    setWindowTitle(tr("Edit channel"));
    m_form->setRowVisible(m_account, false);
    m_form->setRowVisible(m_name, false);
    m_form->setRowVisible(m_address, false);
    m_title->setText(channel.title);
    m_description->setPlainText(channel.description);
    const AccessModel model =
        channel.accessModel == AccessModel::Whitelist ? AccessModel::Authorize : channel.accessModel;
    m_access->setCurrentIndex(std::max(0, m_access->findData(int(model))));
    m_role->setCurrentIndex(std::max(0, m_role->findData(int(channel.defaultAffiliation))));
    m_accept->setText(tr("Save"));
    m_title->setFocus();
}

Jid ChannelDialog::address() const
{
    const AccountServices *services = m_parts.accounts.of(m_account->currentData().toLongLong());
    if (!services) {
        return {};
    }
    const ChannelServiceStatus &status = services->channels->status();
    const QString domain =
        status.topicsDomain.isEmpty() ? services->account.jid.domain() : status.topicsDomain.domain();
    QString name = m_name->text().trimmed().toLower();
    name.replace(u' ', u'-');
    const auto jid = Jid::parse(name.contains(u'@') ? name : u"%1@%2"_s.arg(name, domain));
    return jid && !jid->local().isEmpty() && jid->isBare() ? *jid : Jid();
}

void ChannelDialog::showAddress()
{
    const Jid jid = address();
    if (m_account->count() == 0) {
        m_address->setText(tr("None of your accounts has a channel service right now."));
    } else if (m_name->text().trimmed().isEmpty()) {
        m_address->setText(tr("Its address is made from the name."));
    } else {
        m_address->setText(jid.isEmpty() ? tr("That cannot be an address.") : tr("Address: %1").arg(jid.text()));
    }
    m_accept->setEnabled(m_changedAccount != 0 || !jid.isEmpty());
}

void ChannelDialog::showError(const QString &sentence)
{
    m_error->setText(sentence);
    m_error->show();
    m_accept->setEnabled(true);
}

void ChannelDialog::submit()
{
    m_error->hide();
    const QString title = m_title->text().trimmed();
    const QString description = m_description->toPlainText().trimmed().left(1024);
    const auto model = AccessModel(m_access->currentData().toInt());
    const auto role = Affiliation(m_role->currentData().toInt());
    const AccountId account = m_changedAccount != 0 ? m_changedAccount : m_account->currentData().toLongLong();
    const AccountServices *services = m_parts.accounts.of(account);
    if (!services) {
        reject();
        return;
    }
    m_accept->setEnabled(false);
    if (m_changedAccount != 0) {
        whenDone(services->channels->configure(m_changed.node, title, description, model, role), this,
            [this](const Result<Done> &done) { done ? accept() : showError(ErrorText::sentence(done.error())); });
        return;
    }
    whenDone(services->channels->createTopicChannel(address(), title, description, model, role), this,
        [this, account](const Result<NodeId> &node) {
            if (!node) {
                showError(node.error().kind == ErrorKind::Conflict ? tr("That name is taken.")
                                                                   : ErrorText::sentence(node.error()));
                return;
            }
            Q_EMIT created(account, node->channel());
            accept();
        });
}

} // namespace cumulet
