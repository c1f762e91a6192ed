#include "ui/shell/FindDialog.h"

#include "services/account/Accounts.h"
#include "services/channel/ChannelService.h"
#include "services/roster/RosterService.h"
#include "text/XmppAddress.h"
#include "ui/channel/ChannelWords.h"
#include "ui/common/ErrorText.h"
#include "ui/common/PlainLabel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int lookDelay = 400; // ms without a key before the service is asked

FindDialog::FindDialog(const ProgramParts &parts, QWidget *parent)
    : QDialog(parent)
    , m_parts(parts)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Find or follow"));
    m_parts.theme.fill(this, Theme::Side);
    build();
    m_delay.setSingleShot(true);
    m_delay.setInterval(lookDelay);
    connect(&m_delay, &QTimer::timeout, this, &FindDialog::look);
    setAddress({});
}

void FindDialog::build()
{
    m_account = new QComboBox(this);
    m_account->setAccessibleName(tr("Account"));
    for (const AccountId id : m_parts.accounts.ids()) {
        m_account->addItem(m_parts.accounts.of(id)->account.jid.text(), QVariant::fromValue<qint64>(id));
    }
    m_account->setVisible(m_account->count() > 1);
    m_address = new QLineEdit(this);
    m_address->setObjectName(u"findAddress"_s);
    m_address->setPlaceholderText(tr("Address or link: name@example.org"));
    m_address->setAccessibleName(tr("Address or link"));
    m_address->setMaxLength(4000);
    m_title = new PlainLabel(m_parts.theme, Theme::Type::Title, Theme::Text, this);
    m_title->setWeight(QFont::DemiBold);
    m_title->setWordWrap(true);
    m_preview = new PlainLabel(m_parts.theme, Theme::Type::Body, Theme::Muted, this);
    m_preview->setWordWrap(true);
    m_preview->setMinimumHeight(m_parts.theme.scaled(66));
    m_preview->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_openChannel = new QPushButton(tr("Open channel"), this);
    m_openChannel->setObjectName(u"openChannel"_s);
    setEmphasis(m_openChannel, Emphasis::Primary);
    m_openChat = new QPushButton(tr("Chat"), this);
    m_openChat->setObjectName(u"openChat"_s);
    m_addContact = new QPushButton(tr("Add contact…"), this);
    m_addContact->setObjectName(u"addContact"_s);
    auto *create = new QPushButton(m_parts.icons.named(IconNames::add), tr("Make a new channel…"), this);
    create->setObjectName(u"newChannel"_s);
    setEmphasis(create, Emphasis::Flat);

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_openChannel);
    buttons->addWidget(m_openChat);
    buttons->addWidget(m_addContact);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::page, Theme::page, Theme::page, Theme::page);
    layout->addWidget(m_account);
    layout->addWidget(m_address);
    layout->addWidget(m_title);
    layout->addWidget(m_preview);
    layout->addLayout(buttons);
    layout->addSpacing(Theme::small);
    layout->addWidget(create, 0, Qt::AlignLeft);
    setMinimumWidth(m_parts.theme.scaled(440));

    connect(m_address, &QLineEdit::textChanged, this, &FindDialog::setAddress);
    connect(m_account, &QComboBox::currentIndexChanged, &m_delay, qOverload<>(&QTimer::start));
    const auto choose = [this](auto signal) {
        return [this, signal] {
            Q_EMIT(this->*signal)(account(), m_jid);
            accept();
        };
    };
    connect(m_openChannel, &QPushButton::clicked, this, choose(&FindDialog::channelChosen));
    connect(m_openChat, &QPushButton::clicked, this, choose(&FindDialog::chatChosen));
    connect(m_addContact, &QPushButton::clicked, this, choose(&FindDialog::contactWanted));
    connect(create, &QPushButton::clicked, this, [this] {
        Q_EMIT newChannelWanted();
        accept();
    });
}

AccountId FindDialog::account() const
{
    return m_account->currentData().toLongLong();
}

void FindDialog::setAddress(const QString &typed)
{
    if (m_address->text() != typed) {
        m_address->setText(typed);
        return; // the field calls again
    }
    const QString text = typed.trimmed();
    const auto uri = parseXmppAddress(text);
    const auto jid = uri ? std::optional(uri->node.isEmpty() ? uri->jid : uri->node.channel()) : Jid::parse(text);
    m_jid = jid && !jid->local().isEmpty() ? jid->bare() : Jid();
    const bool isAddress = !m_jid.isEmpty();
    m_openChannel->setEnabled(isAddress);
    m_openChat->setEnabled(isAddress);
    m_addContact->setEnabled(isAddress);
    m_title->setText(isAddress ? m_jid.text() : QString());
    m_preview->setText(text.isEmpty() ? tr("People and channels have addresses that look like mail addresses.")
            : isAddress               ? tr("Looking…")
                                      : tr("An address looks like name@example.org."));
    if (isAddress) {
        m_delay.start();
    } else {
        m_delay.stop();
    }
}

void FindDialog::look()
{
    const AccountServices *services = m_parts.accounts.of(account());
    if (!services || m_jid.isEmpty()) {
        return;
    }
    m_addContact->setVisible(!services->roster->isContact(m_jid));
    whenDone(services->channels->preview(NodeId::of(m_jid)), this, [this, jid = m_jid](const Result<Channel> &channel) {
        if (jid == m_jid) {
            showPreview(channel);
        }
    });
}

void FindDialog::showPreview(const Result<Channel> &channel)
{
    if (channel) {
        const AccountServices *services = m_parts.accounts.of(account());
        m_title->setText(channel->displayTitle());
        m_preview->setText(ChannelWords::summary(*channel, services->channels->standingIn(*channel)) + u'\n'
            + channel->description.left(300));
        return;
    }
    const ErrorKind kind = channel.error().kind;
    m_preview->setText(kind == ErrorKind::NotFound ? tr("There is no channel of that address. It may be a person.")
                                                   : ErrorText::sentence(channel.error()));
    m_openChannel->setEnabled(kind != ErrorKind::NotFound);
}

} // namespace cumulet
