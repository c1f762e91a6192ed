#include "ui/channel/InviteDialog.h"

#include "services/channel/ChannelService.h"
#include "services/roster/RosterService.h"
#include "ui/common/ErrorText.h"
#include "ui/common/PlainLabel.h"

#include <QCompleter>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStringListModel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cumulet {

static QString nameAndAddress(const RosterItem &item)
{
    return item.name.isEmpty() ? item.jid.text() : u"%1 <%2>"_s.arg(item.displayName(), item.jid.text());
}

InviteDialog::InviteDialog(
    const ProgramParts &parts, const AccountServices &services, const Channel &channel, QWidget *parent)
    : QDialog(parent)
    , m_parts(parts)
    , m_services(services)
    , m_channel(channel)
    , m_who(new QLineEdit(this))
    , m_error(new PlainLabel(parts.theme, Theme::Type::Small, Theme::Danger, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Invite"));
    m_parts.theme.fill(this, Theme::Side);
    auto *heading = new PlainLabel(parts.theme, Theme::Type::Body, Theme::Text, this);
    heading->setText(tr("Invite somebody to %1").arg(channel.displayTitle()));
    heading->setWordWrap(true);
    m_who->setObjectName(u"invited"_s);
    m_who->setPlaceholderText(tr("Name or name@example.org"));
    m_who->setMaxLength(3071); // the longest address there can be, RFC 7622
    QStringList contacts;
    for (const RosterItem &item : m_services.roster->items()) {
        contacts.append(nameAndAddress(item));
    }
    contacts.sort(Qt::CaseInsensitive);
    auto *completer = new QCompleter(contacts, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    m_who->setCompleter(completer);
    m_error->setWordWrap(true);
    m_error->hide();
    auto *form = new QFormLayout;
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    form->addRow(tr("&Whom"), m_who);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_invite = buttons->addButton(tr("Invite"), QDialogButtonBox::AcceptRole);
    m_invite->setDefault(true);
    setEmphasis(m_invite, Emphasis::Primary);
    connect(buttons, &QDialogButtonBox::accepted, this, &InviteDialog::submit);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::page, Theme::page, Theme::page, Theme::page);
    layout->addWidget(heading);
    layout->addLayout(form);
    layout->addWidget(m_error);
    layout->addStretch();
    layout->addWidget(buttons);
    setMinimumWidth(parts.theme.scaled(380));
}

// the address in "Name <address>", a contact's name, or an address
Jid InviteDialog::meant() const
{
    const QString words = m_who->text().trimmed();
    for (const RosterItem &item : m_services.roster->items()) {
        if (words == nameAndAddress(item) || words.compare(item.displayName(), Qt::CaseInsensitive) == 0) {
            return item.jid;
        }
    }
    const auto address = Jid::parse(words);
    return address && !address->local().isEmpty() ? address->bare() : Jid();
}

void InviteDialog::submit()
{
    const Jid jid = meant();
    if (jid.isEmpty()) {
        showError(tr("This is no contact of yours, and no address like name@example.org."));
        return;
    }
    m_invite->setEnabled(false);
    whenDone(m_services.channels->invite(m_channel.node, jid), this, [this, jid](const Result<Done> &done) {
        m_invite->setEnabled(true);
        if (!done) {
            showError(ErrorText::sentence(done.error()));
            return;
        }
        Q_EMIT invited(jid);
        accept();
    });
}

void InviteDialog::showError(const QString &sentence)
{
    m_error->setText(sentence);
    m_error->show();
    m_who->setFocus();
    m_who->selectAll();
}

} // namespace cumulet
