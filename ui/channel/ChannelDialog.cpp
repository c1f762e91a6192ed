#include "ui/channel/ChannelDialog.h"

#include "services/account/Accounts.h"
#include "services/channel/ChannelService.h"
#include "ui/channel/ChannelWords.h"
#include "ui/channel/NodeAccess.h"
#include "ui/channel/SettingsChanges.h"
#include "ui/common/ErrorText.h"
#include "ui/common/PlainLabel.h"

#include <QCheckBox>
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
    m_access->setObjectName(u"access"_s);
    for (const AccessModel model : {AccessModel::Open, AccessModel::Local, AccessModel::Authorize}) {
        m_access->addItem(ChannelWords::accessMeaning(model), int(model));
    }
    m_role = new QComboBox(this);
    m_role->setObjectName(u"role"_s);
    for (const Affiliation role : {Affiliation::Publisher, Affiliation::Member}) {
        m_role->addItem(ChannelWords::roleMeaning(role), int(role));
    }
    m_listed = new QCheckBox(tr("&Listed among the channels of its server"), this);
    m_listed->setObjectName(u"listed"_s);
    m_listed->setChecked(true);
    m_nodeAccess = new NodeAccess(this);
    m_nodeAccess->hide();
    m_facts = new PlainLabel(m_parts.theme, Theme::Type::Small, Theme::Muted, this);
    m_facts->setWordWrap(true);
    m_facts->hide();
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
    m_form->addRow(m_nodeAccess);
    m_form->addRow(tr("What new &followers may do"), m_role);
    m_form->addRow(m_listed);
    m_form->addRow(m_facts);
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
    m_accept->setText(tr("Save"));
    m_accept->setEnabled(false); // until what the service has is known
    m_title->setFocus();
    readNodes();
}

void ChannelDialog::readNodes()
{
    const AccountServices *services = m_parts.accounts.of(m_changedAccount);
    if (!services) {
        return;
    }
    whenDone(services->channels->nodes().read(m_changed.node.channel()), this,
        [this](const Result<QList<NodeSettings>> &nodes) {
            if (nodes) {
                showNodes(*nodes);
            } else {
                showError(ErrorText::sentence(nodes.error()));
                m_accept->setEnabled(false);
            }
        });
}

static void choose(QComboBox *choice, int value, const QString &words)
{
    if (choice->findData(value) < 0) {
        choice->addItem(words, value); // not offered to others, but kept where it is
    }
    choice->setCurrentIndex(choice->findData(value));
}

void ChannelDialog::showNodes(const QList<NodeSettings> &nodes)
{
    m_nodes = nodes;
    const ChannelSettings &fields = nodes.first().fields;
    const Channel face = faceWith(m_changed, fields);
    if (!m_title->isModified()) {
        m_title->setText(face.title.trimmed());
    }
    if (!m_description->document()->isModified()) {
        m_description->setPlainText(face.description.trimmed());
    }
    const AccessModel model = shownAccess(face.accessModel);
    choose(m_access, int(model), ChannelWords::accessMeaning(model));
    choose(m_role, int(face.defaultAffiliation), ChannelWords::roleMeaning(face.defaultAffiliation));
    m_listed->setChecked(isListed(fields));
    m_nodeAccess->setNodes(nodes);
    QStringList facts{face.type == ChannelType::Personal ? tr("This is somebody's personal channel.")
            : face.type == ChannelType::Topic            ? tr("This is a channel about a topic.")
                                                         : tr("The service does not tell what kind of channel it is.")};
    for (const NodeSettings &node : nodes) {
        if (node.error) {
            facts.append(u"%1: %2"_s.arg(NodeAccess::nameOf(node.node), ErrorText::sentence(*node.error)));
        }
    }
    m_facts->setText(facts.join(u'\n'));
    m_facts->show();
    m_accept->setEnabled(true);
    adjustSize();
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
    m_accept->setEnabled(m_changedAccount != 0 ? !m_nodes.isEmpty() : !jid.isEmpty());
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
    m_changedAccount != 0 ? change() : make();
}

void ChannelDialog::make()
{
    const AccountId account = m_account->currentData().toLongLong();
    const AccountServices *services = m_parts.accounts.of(account);
    if (!services) {
        reject();
        return;
    }
    ChannelSettings further;
    if (!m_listed->isChecked()) {
        further.insert(u"buddycloud#advertise_node"_s, u"false"_s);
    }
    m_accept->setEnabled(false);
    whenDone(services->channels->createTopicChannel(address(), m_title->text().trimmed(),
                 m_description->toPlainText().trimmed().left(1024), AccessModel(m_access->currentData().toInt()),
                 Affiliation(m_role->currentData().toInt()), further),
        this, [this, account](const Result<NodeId> &node) {
            if (!node) {
                showError(node.error().kind == ErrorKind::Conflict ? tr("That name is taken.")
                                                                   : ErrorText::sentence(node.error()));
                return;
            }
            Q_EMIT created(account, node->channel());
            accept();
        });
}

void ChannelDialog::change()
{
    const AccountServices *services = m_parts.accounts.of(m_changedAccount);
    if (!services) {
        reject();
        return;
    }
    WantedSettings wanted;
    wanted.title = m_title->text().trimmed();
    wanted.description = m_description->toPlainText().trimmed().left(1024);
    wanted.access = AccessModel(m_access->currentData().toInt());
    wanted.role = Affiliation(m_role->currentData().toInt());
    wanted.isListed = m_listed->isChecked();
    wanted.isSameForAll = m_nodeAccess->followsPosts();
    wanted.accessOf = [this, access = wanted.access](const NodeId &node) { return m_nodeAccess->chosen(node, access); };
    m_accept->setEnabled(false);
    whenDone(services->channels->nodes().change(changesTo(m_nodes, wanted)), this,
        [this](const Result<QList<NodeSettings>> &outcome) {
            if (outcome) {
                noteChanged(*outcome);
            } else {
                showError(ErrorText::sentence(outcome.error()));
            }
        });
}

// What was taken is not sent once more; what was refused is told, each by its name.
void ChannelDialog::noteChanged(const QList<NodeSettings> &outcome)
{
    QStringList refusals;
    for (const NodeSettings &one : outcome) {
        if (one.error) {
            refusals.append(
                tr("%1: not changed. %2").arg(NodeAccess::nameOf(one.node), ErrorText::sentence(*one.error)));
            continue;
        }
        for (NodeSettings &known : m_nodes) {
            if (known.node == one.node) {
                known.fields.insert(one.fields);
            }
        }
    }
    refusals.isEmpty() ? accept() : showError(refusals.join(u'\n'));
}

} // namespace cumulet
