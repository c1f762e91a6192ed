#include "ui/roster/ProfileDialog.h"

#include "services/channel/ChannelLines.h"
#include "services/roster/RosterService.h"
#include "ui/channel/ChannelWords.h"
#include "ui/chat/ContactDetails.h"
#include "ui/common/AvatarLabel.h"
#include "ui/common/ErrorText.h"
#include "ui/common/PlainLabel.h"

#include <QDialogButtonBox>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cumulet {

ProfileDialog::ProfileDialog(
    const ProgramParts &parts, const AccountServices &services, const Jid &jid, QWidget *parent)
    : QDialog(parent)
    , m_parts(parts)
    , m_services(services)
    , m_jid(jid.bare())
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(u"profile"_s);
    m_parts.theme.fill(this, Theme::Side);
    m_channel.node = NodeId::of(m_jid);
    build();
    showPerson();
    readChannel();
    readPlaces();
    readShared();
    connect(m_services.roster, &RosterService::presenceChanged, this, [this](const Jid &changed) {
        if (changed.bare() == m_jid) {
            showPerson();
        }
    });
    connect(&m_services.channels->lines(), &ChannelLines::statusChanged, this, [this](const Jid &changed) {
        if (changed == m_jid) {
            whenDone(m_services.channels->lines().stored(m_jid), this,
                [this](const Result<NodeLine> &line) { showStatus(line); });
        }
    });
}

PlainLabel *ProfileDialog::addLabel(QVBoxLayout *layout, Theme::Type type, Theme::Token ink, const QString &name)
{
    auto *label = new PlainLabel(m_parts.theme, type, ink, this);
    label->setObjectName(name);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout->addWidget(label);
    return label;
}

void ProfileDialog::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::page, Theme::page, Theme::page, Theme::page);
    layout->setSpacing(Theme::tight);
    m_picture = new AvatarLabel(m_parts.avatars, Theme::avatarProfile, this);
    m_name = new PlainLabel(m_parts.theme, Theme::Type::Title, Theme::Text, this);
    m_name->setWeight(QFont::DemiBold);
    auto *who = new QVBoxLayout;
    who->setSpacing(Theme::tight);
    who->addStretch();
    who->addWidget(m_name);
    m_address = addLabel(who, Theme::Type::Small, Theme::Muted, u"profileAddress"_s);
    m_presence = addLabel(who, Theme::Type::Small, Theme::Text, u"profilePresence"_s);
    who->addStretch();
    auto *top = new QHBoxLayout;
    top->setSpacing(Theme::wide);
    top->addWidget(m_picture);
    top->addLayout(who, 1);
    layout->addLayout(top);
    buildChannel(layout);
    m_sharedHeading = addLabel(layout, Theme::Type::Tiny, Theme::Muted, {});
    m_sharedHeading->setText(tr("Channels that you both follow, as far as it is known here"));
    m_shared = new QListWidget(this);
    m_shared->setObjectName(u"sharedChannels"_s);
    m_shared->setAccessibleName(tr("Channels that you both follow"));
    connect(m_shared, &QListWidget::itemActivated, this, [this](const QListWidgetItem *item) {
        Q_EMIT channelWanted(Jid::fromTrusted(item->data(Qt::UserRole).toString()));
        accept();
    });
    layout->addWidget(m_shared, 1);
    layout->addStretch();
    buildButtons(layout);
    setMinimumWidth(m_parts.theme.scaled(440));
}

void ProfileDialog::buildChannel(QVBoxLayout *layout)
{
    layout->addSpacing(Theme::medium);
    m_title = addLabel(layout, Theme::Type::Body, Theme::Text, u"profileChannel"_s);
    m_title->setWeight(QFont::DemiBold);
    m_status = addLabel(layout, Theme::Type::Body, Theme::Text, u"profileStatus"_s);
    m_description = addLabel(layout, Theme::Type::Small, Theme::Muted, u"profileDescription"_s);
    m_places = addLabel(layout, Theme::Type::Small, Theme::Muted, u"profilePlaces"_s);
    m_status->hide();
    m_description->hide();
    m_places->hide();
    layout->addSpacing(Theme::medium);
}

void ProfileDialog::buildButtons(QVBoxLayout *layout)
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *chat = buttons->addButton(tr("&Chat"), QDialogButtonBox::ActionRole);
    chat->setObjectName(u"profileChat"_s);
    m_open = buttons->addButton(tr("&Open channel"), QDialogButtonBox::ActionRole);
    m_open->setObjectName(u"profileOpen"_s);
    m_follow = buttons->addButton(tr("&Follow"), QDialogButtonBox::ActionRole);
    m_follow->setObjectName(u"profileFollow"_s);
    m_open->setEnabled(false);
    m_follow->hide();
    const bool isSelf = m_jid == m_services.account.jid.bare();
    chat->setVisible(!isSelf);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(chat, &QPushButton::clicked, this, [this] {
        Q_EMIT chatWanted(m_jid);
        accept();
    });
    connect(m_open, &QPushButton::clicked, this, [this] {
        Q_EMIT channelWanted(m_jid);
        accept();
    });
    connect(m_follow, &QPushButton::clicked, this, &ProfileDialog::follow);
    layout->addWidget(buttons);
}

void ProfileDialog::showPerson()
{
    const QString name = m_services.roster->nameOf(m_jid);
    const Presence presence = m_services.roster->presenceOf(m_jid);
    setWindowTitle(tr("Profile of %1").arg(name));
    m_picture->setLook({.account = m_services.account.jid.text(), .jid = m_jid.text(), .name = name});
    m_name->setText(name);
    m_address->setText(m_jid.text());
    const QString show = ContactDetails::wordsOf(presence.show);
    m_presence->setText(presence.status.isEmpty() ? show : u"%1 · %2"_s.arg(show, presence.status));
    // of those who are no contacts nothing is known
    m_presence->setVisible(m_services.roster->item(m_jid).has_value());
}

void ProfileDialog::readChannel()
{
    m_title->setText(tr("Looking for the channel…"));
    whenDone(m_services.channels->preview(m_channel.node), this,
        [this](const Result<Channel> &channel) { showChannel(channel); });
    whenDone(
        m_services.channels->lines().status(m_jid), this, [this](const Result<NodeLine> &line) { showStatus(line); });
}

void ProfileDialog::showChannel(const Result<Channel> &channel)
{
    if (!channel) {
        m_title->setText(channel.error().kind == ErrorKind::NotFound
                ? tr("No channel of this address.")
                : tr("The channel cannot be looked at now. %1").arg(ErrorText::sentence(channel.error())));
        return;
    }
    m_channel = *channel;
    const ChannelStanding standing = m_services.channels->standingIn(m_channel);
    m_title->setText(tr("Channel: %1").arg(m_channel.displayTitle()));
    m_description->setText(m_channel.description);
    m_description->setVisible(!m_channel.description.trimmed().isEmpty());
    m_open->setEnabled(true);
    m_follow->setText(
        outcomeOfFollowing(standing) == NodeSubscription::Subscribed ? tr("&Follow") : tr("Ask to &follow"));
    m_follow->setVisible(isAllowed(ChannelOperation::Follow, standing));
}

void ProfileDialog::showStatus(const Result<NodeLine> &line)
{
    if (line) {
        m_status->setText(line->text);
        m_status->setVisible(!line->text.isEmpty());
    }
}

void ProfileDialog::readPlaces()
{
    whenDone(m_services.channels->lines().places(m_jid), this, [this](const Result<Places> &places) {
        if (!places) {
            return; // they are told or not, and no more than that
        }
        QStringList lines;
        const auto add = [&lines](const QString &words, const QString &place) {
            if (!place.isEmpty()) {
                lines.append(words.arg(place));
            }
        };
        add(tr("Was at: %1"), places->previous);
        add(tr("Is at: %1"), places->current);
        add(tr("Goes to: %1"), places->next);
        m_places->setText(lines.join(u'\n'));
        m_places->setVisible(!lines.isEmpty());
    });
}

void ProfileDialog::readShared()
{
    m_sharedHeading->hide();
    m_shared->hide();
    whenDone(m_services.channels->sharedWith(m_jid), this, [this](const Result<QList<Channel>> &channels) {
        if (!channels || channels->isEmpty() || m_jid == m_services.account.jid.bare()) {
            return;
        }
        for (const Channel &channel : *channels) {
            auto *item = new QListWidgetItem(channel.displayTitle(), m_shared);
            item->setData(Qt::UserRole, channel.node.channel().text());
        }
        m_sharedHeading->show();
        m_shared->show();
        m_shared->setCurrentRow(0);
    });
}

void ProfileDialog::follow()
{
    m_follow->setEnabled(false);
    whenDone(m_services.channels->follow(m_channel.node), this, [this](const Result<Membership> &membership) {
        m_follow->setEnabled(true);
        if (!membership) {
            m_title->setText(ErrorText::sentence(membership.error(), ErrorText::Attempt::Follow));
            return;
        }
        m_channel.ownAffiliation = membership->affiliation;
        m_channel.ownSubscription = membership->subscription;
        showChannel(m_channel);
    });
}

} // namespace cumulet
