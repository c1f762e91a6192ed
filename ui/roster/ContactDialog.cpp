#include "ui/roster/ContactDialog.h"

#include "services/account/Accounts.h"
#include "services/roster/RosterService.h"
#include "ui/common/ErrorText.h"
#include "ui/common/PlainLabel.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cumulet {

ContactDialog::ContactDialog(const ProgramParts &parts, QWidget *parent)
    : QDialog(parent)
    , m_parts(parts)
    , m_account(new QComboBox(this))
    , m_address(new QLineEdit(this))
    , m_name(new QLineEdit(this))
    , m_groups(new QLineEdit(this))
    , m_error(new PlainLabel(parts.theme, Theme::Type::Small, Theme::Danger, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Add a contact"));
    m_parts.theme.fill(this, Theme::Side);
    m_address->setObjectName(u"contactAddress"_s);
    m_address->setPlaceholderText(tr("name@example.org"));
    m_name->setMaxLength(200);
    m_groups->setPlaceholderText(tr("Friends, Work"));
    m_error->setWordWrap(true);
    m_error->hide();
    auto *form = new QFormLayout;
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    form->addRow(tr("A&ccount"), m_account);
    form->addRow(tr("&Address"), m_address);
    form->addRow(m_error);
    form->addRow(tr("&Name (only you see it)"), m_name);
    form->addRow(tr("&Groups"), m_groups);
    for (const AccountId id : parts.accounts.ids()) {
        m_account->addItem(parts.accounts.of(id)->account.jid.text(), QVariant::fromValue<qint64>(id));
    }
    form->setRowVisible(m_account, m_account->count() > 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_accept = buttons->addButton(tr("Add and ask to see their status"), QDialogButtonBox::AcceptRole);
    m_accept->setDefault(true);
    setEmphasis(m_accept, Emphasis::Primary);
    connect(buttons, &QDialogButtonBox::accepted, this, &ContactDialog::submit);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::page, Theme::page, Theme::page, Theme::page);
    layout->addLayout(form);
    layout->addStretch();
    layout->addWidget(buttons);
    setMinimumWidth(parts.theme.scaled(380));
}

void ContactDialog::setContact(AccountId account, const Jid &jid)
{
    m_account->setCurrentIndex(m_account->findData(QVariant::fromValue<qint64>(account)));
    m_account->setEnabled(false);
    m_address->setText(jid.bare().text());
    m_address->setReadOnly(true);
    const AccountServices *services = m_parts.accounts.of(account);
    if (const auto item = services ? services->roster->item(jid) : std::nullopt) {
        setWindowTitle(tr("Change a contact"));
        m_name->setText(item->name);
        m_groups->setText(item->groups.join(u", "_s));
        m_accept->setText(tr("Save"));
    }
    m_name->setFocus();
}

void ContactDialog::showError(const QString &sentence)
{
    m_error->setText(sentence);
    m_error->show();
    m_address->setFocus();
}

void ContactDialog::submit()
{
    m_error->hide();
    const AccountId account = m_account->currentData().toLongLong();
    const AccountServices *services = m_parts.accounts.of(account);
    const auto jid = Jid::parse(m_address->text().trimmed());
    if (!services || !jid || jid->local().isEmpty()) {
        showError(tr("An address looks like name@example.org."));
        return;
    }
    if (jid->bare() == services->account.jid) {
        showError(tr("This is your own address."));
        return;
    }
    QStringList groups;
    for (const QString &group : m_groups->text().split(u',', Qt::SkipEmptyParts)) {
        if (const QString name = group.trimmed(); !name.isEmpty() && !groups.contains(name)) {
            groups.append(name);
        }
    }
    const QString name = m_name->text().trimmed();
    const auto item = services->roster->item(*jid);
    Future<Done> answer;
    if (item && m_address->isReadOnly()) {
        RosterItem changed = *item;
        changed.name = name;
        changed.groups = groups;
        answer = services->roster->change(changed);
    } else {
        answer = services->roster->add(jid->bare(), name, groups);
    }
    m_accept->setEnabled(false);
    whenDone(answer, this, [this, account, jid = jid->bare()](const Result<Done> &done) {
        m_accept->setEnabled(true);
        if (!done) {
            showError(ErrorText::sentence(done.error(), ErrorText::Attempt::Contact));
            return;
        }
        Q_EMIT added(account, jid);
        accept();
    });
}

} // namespace cumulet
