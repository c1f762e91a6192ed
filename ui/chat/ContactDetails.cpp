#include "ui/chat/ContactDetails.h"

#include "services/roster/RosterService.h"
#include "ui/common/AvatarLabel.h"
#include "ui/common/ErrorText.h"
#include "ui/common/PlainLabel.h"
#include "ui/roster/ContactDialog.h"

#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cumulet {

QString ContactDetails::wordsOf(Presence::Show show)
{
    switch (show) {
    case Presence::Show::Available:
        return tr("available");
    case Presence::Show::Chat:
        return tr("happy to chat");
    case Presence::Show::Away:
        return tr("away");
    case Presence::Show::ExtendedAway:
        return tr("away for longer");
    case Presence::Show::DoNotDisturb:
        return tr("do not disturb");
    case Presence::Show::Offline:
        break;
    }
    return tr("offline");
}

ContactDetails::ContactDetails(
    const ProgramParts &parts, const AccountServices &services, const Jid &jid, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_services(services)
    , m_jid(jid.bare())
    , m_layout(new QVBoxLayout(this))
{
    m_parts.theme.fill(this, Theme::Side);
    setAccessibleName(tr("About this contact"));
    m_layout->setContentsMargins(Theme::wide, Theme::page, Theme::wide, Theme::wide);
    m_layout->setSpacing(Theme::tight);
    const auto addLabel = [this](Theme::Type type, Theme::Token ink) {
        auto *label = new PlainLabel(m_parts.theme, type, ink, this);
        label->setWordWrap(true);
        m_layout->addWidget(label);
        return label;
    };
    m_picture = new AvatarLabel(parts.avatars, Theme::avatarProfile, this);
    m_layout->addWidget(m_picture, 0, Qt::AlignHCenter);
    m_name = addLabel(Theme::Type::Title, Theme::Text);
    m_name->setWeight(QFont::DemiBold);
    m_name->setAlignment(Qt::AlignHCenter);
    m_address = addLabel(Theme::Type::Small, Theme::Muted);
    m_address->setAlignment(Qt::AlignHCenter);
    m_address->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_status = addLabel(Theme::Type::Small, Theme::Text);
    m_status->setAlignment(Qt::AlignHCenter);
    addHeading(tr("Their channel"));
    QPushButton *channel = addAction(IconNames::people, tr("Open the channel of %1").arg(m_jid.shortName()));
    channel->setObjectName(u"openChannel"_s);
    connect(channel, &QPushButton::clicked, this, [this] { Q_EMIT channelActivated(m_jid); });
    QPushButton *profile = addAction(IconNames::person, tr("Profile…"));
    profile->setObjectName(u"openProfile"_s);
    connect(profile, &QPushButton::clicked, this, [this] { Q_EMIT profileWanted(m_jid); });
    addHeading(tr("Devices"));
    m_devices = addLabel(Theme::Type::Small, Theme::Text);
    addHeading(tr("Contact"));
    m_subscription = addLabel(Theme::Type::Small, Theme::Muted);
    m_add = addAction(IconNames::addPerson, tr("Add to contacts…"));
    m_ask = addAction(IconNames::retry, tr("Ask to see their status again"));
    m_rename = addAction(IconNames::edit, tr("Rename or change groups…"));
    m_remove = addAction(IconNames::remove, tr("Remove from contacts…"));
    m_layout->addStretch();
    connect(m_add, &QPushButton::clicked, this, &ContactDetails::addContact);
    connect(m_ask, &QPushButton::clicked, this, &ContactDetails::addContact);
    connect(m_rename, &QPushButton::clicked, this, &ContactDetails::rename);
    connect(m_remove, &QPushButton::clicked, this, &ContactDetails::removeContact);
    const auto refreshIf = [this](const Jid &changed) {
        if (changed.bare() == m_jid) {
            refresh();
        }
    };
    connect(m_services.roster, &RosterService::itemChanged, this, refreshIf);
    connect(m_services.roster, &RosterService::presenceChanged, this, refreshIf);
    connect(m_services.roster, &RosterService::rosterReplaced, this, &ContactDetails::refresh);
    refresh();
}

PlainLabel *ContactDetails::addHeading(const QString &words)
{
    auto *heading = new PlainLabel(m_parts.theme, Theme::Type::Tiny, Theme::Muted, this);
    heading->setWeight(QFont::DemiBold);
    heading->setText(words);
    m_layout->addSpacing(Theme::medium);
    m_layout->addWidget(heading);
    return heading;
}

QPushButton *ContactDetails::addAction(QStringView icon, const QString &words)
{
    auto *button = new QPushButton(m_parts.icons.named(icon), words, this);
    setEmphasis(button, Emphasis::Flat);
    m_layout->addWidget(button, 0, Qt::AlignLeft);
    return button;
}

static QString wordsOf(const RosterItem &item)
{
    switch (item.subscription) {
    case PresenceSubscription::Both:
        return ContactDetails::tr("You see each other's status.");
    case PresenceSubscription::To:
        return ContactDetails::tr("You see their status; they do not see yours.");
    case PresenceSubscription::From:
        return item.isAsked ? ContactDetails::tr("They see your status. You asked to see theirs.")
                            : ContactDetails::tr("They see your status; you do not see theirs.");
    case PresenceSubscription::None:
        break;
    }
    return item.isAsked ? ContactDetails::tr("You asked to see their status; they have not answered.")
                        : ContactDetails::tr("You do not see each other's status.");
}

void ContactDetails::refresh()
{
    const QString name = m_services.roster->nameOf(m_jid);
    const Presence presence = m_services.roster->presenceOf(m_jid);
    m_picture->setLook({.account = m_services.account.jid.text(), .jid = m_jid.text(), .name = name});
    m_name->setText(name);
    m_address->setText(m_jid.text());
    m_status->setText(
        presence.status.isEmpty() ? wordsOf(presence.show) : u"%1 · %2"_s.arg(wordsOf(presence.show), presence.status));
    QStringList devices;
    for (const auto &[resource, of] : m_services.roster->devicesOf(m_jid).asKeyValueRange()) {
        devices.append(u"%1 · %2"_s.arg(resource.left(60), wordsOf(of.show)));
    }
    m_devices->setText(devices.isEmpty() ? tr("None that we can see") : devices.mid(0, 8).join(u'\n'));
    const auto item = m_services.roster->item(m_jid);
    m_subscription->setText(item ? cumulet::wordsOf(*item) : tr("Not one of your contacts."));
    const bool seesStatus =
        item && (item->subscription == PresenceSubscription::Both || item->subscription == PresenceSubscription::To);
    m_add->setVisible(!item);
    m_ask->setVisible(item && !seesStatus);
    m_rename->setVisible(item.has_value());
    m_remove->setVisible(item.has_value());
}

void ContactDetails::addContact()
{
    if (const auto item = m_services.roster->item(m_jid)) {
        whenDone(m_services.roster->add(m_jid, item->name, item->groups), this, [this](const Result<Done> &done) {
            Q_EMIT said(done ? tr("Asked.") : ErrorText::sentence(done.error(), ErrorText::Attempt::Contact));
        });
        return;
    }
    auto *dialog = new ContactDialog(m_parts, this);
    dialog->setContact(m_services.account.id, m_jid);
    dialog->open();
}

void ContactDetails::rename()
{
    auto *dialog = new ContactDialog(m_parts, this);
    dialog->setContact(m_services.account.id, m_jid);
    dialog->open();
}

void ContactDetails::removeContact()
{
    auto *question = new QMessageBox(QMessageBox::Question, tr("Remove contact"),
        tr("Remove %1 from your contacts?").arg(m_services.roster->nameOf(m_jid)), QMessageBox::Cancel, this);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(tr("You will no longer see each other's status. Your messages stay."));
    question->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *remove = question->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    connect(remove, &QPushButton::clicked, this, [this] {
        whenDone(m_services.roster->remove(m_jid), this, [this](const Result<Done> &done) {
            if (!done) {
                Q_EMIT said(ErrorText::sentence(done.error(), ErrorText::Attempt::Contact));
            }
        });
    });
    question->open();
}

} // namespace cumulet
