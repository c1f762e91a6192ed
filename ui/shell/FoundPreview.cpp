#include "ui/shell/FoundPreview.h"

#include "services/channel/ChannelService.h"
#include "services/roster/RosterService.h"
#include "ui/channel/ChannelWords.h"
#include "ui/common/ErrorText.h"
#include "ui/common/PlainLabel.h"
#include "ui/models/DiscoveryModel.h"
#include "ui/shell/FoundDelegate.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int lookDelay = 250; // ms on one row before the service is asked
static constexpr qsizetype longestText = 1'200;

FoundPreview::FoundPreview(const ProgramParts &parts, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_title(new PlainLabel(parts.theme, Theme::Type::Title, Theme::Text, this))
    , m_summary(new PlainLabel(parts.theme, Theme::Type::Small, Theme::Muted, this))
    , m_text(new PlainLabel(parts.theme, Theme::Type::Body, Theme::Text, this))
    , m_trouble(new PlainLabel(parts.theme, Theme::Type::Small, Theme::Warning, this))
{
    setAccessibleName(tr("Preview"));
    m_title->setWeight(QFont::DemiBold);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::medium, 0, 0, 0);
    layout->setSpacing(Theme::small);
    for (PlainLabel *label : {m_title, m_summary, m_text, m_trouble}) {
        label->setWordWrap(true);
        label->setMinimumWidth(m_parts.theme.scaled(180));
        layout->addWidget(label);
    }
    m_text->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    layout->addStretch();
    addButtons(layout);
    m_delay.setSingleShot(true);
    m_delay.setInterval(lookDelay);
    connect(&m_delay, &QTimer::timeout, this, &FoundPreview::look);
    clear();
}

void FoundPreview::addButtons(QVBoxLayout *layout)
{
    const auto add = [&](const QString &words, const QString &name) {
        auto *button = new QPushButton(words, this);
        button->setObjectName(name);
        layout->addWidget(button);
        return button;
    };
    m_follow = add(tr("&Follow"), u"followFound"_s);
    setEmphasis(m_follow, Emphasis::Primary);
    m_open = add(tr("&Open channel"), u"openChannel"_s);
    m_chat = add(tr("&Chat"), u"openChat"_s);
    m_add = add(tr("&Add contact…"), u"addContact"_s);
    connect(m_follow, &QPushButton::clicked, this, &FoundPreview::follow);
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (m_item.isEmpty()) {
            Q_EMIT channelWanted(m_node.channel());
        } else {
            Q_EMIT postWanted(m_node, m_item);
        }
    });
    connect(m_chat, &QPushButton::clicked, this, [this] { Q_EMIT chatWanted(m_node.channel()); });
    connect(m_add, &QPushButton::clicked, this, [this] { Q_EMIT contactWanted(m_node.channel()); });
}

void FoundPreview::clear()
{
    m_delay.stop();
    m_node = {};
    m_item = {};
    forget();
    m_title->hide();
    m_summary->hide();
    m_trouble->hide();
    m_text->hide();
    showButtons();
}

void FoundPreview::forget()
{
    m_answer.reset();
    m_channel.reset();
    m_isMissing = false;
}

void FoundPreview::setFound(const AccountServices &services, const QModelIndex &index)
{
    m_services = services;
    const auto text = [&index](int role) { return index.data(role).toString(); };
    const NodeId node = NodeId::of(Jid::fromTrusted(text(DiscoveryModel::JidRole)));
    const bool isNew = node != m_node;
    m_node = node;
    m_item = ItemId::fromWire(text(DiscoveryModel::ItemRole));
    m_kind = index.data(DiscoveryModel::KindRole).toInt();
    if (isNew) {
        forget();
        m_delay.start();
    }
    m_title->setText(text(DiscoveryModel::TitleRole));
    m_title->show();
    const QString address = text(DiscoveryModel::JidRole);
    const QString first = m_item.isEmpty() ? address : tr("in %1", "channel").arg(address);
    m_summary->setText(m_kind == DiscoveryModel::Address ? tr("Looking…") : first + u'\n' + FoundDelegate::mark(index));
    m_summary->show();
    m_text->setText(text(DiscoveryModel::TextRole).left(longestText));
    m_text->setVisible(!m_text->text().isEmpty());
    if (isNew) {
        m_trouble->hide();
    } else if (m_answer) {
        showChannel(*m_answer);
    }
    showButtons();
}

void FoundPreview::look()
{
    if (!m_services || m_node.isEmpty()) {
        return;
    }
    whenDone(m_services->channels->preview(m_node), this, [this, node = m_node](const Result<Channel> &channel) {
        if (node == m_node) {
            m_answer = channel;
            showChannel(channel);
            showButtons();
        }
    });
}

void FoundPreview::showChannel(const Result<Channel> &channel)
{
    if (!channel) {
        const bool isMissing = channel.error().kind == ErrorKind::NotFound;
        m_isMissing = isMissing;
        m_summary->setVisible(m_kind != DiscoveryModel::Address);
        m_trouble->setText(!isMissing ? ErrorText::sentence(channel.error())
                : m_kind == DiscoveryModel::Channel || m_kind == DiscoveryModel::Post
                ? tr("This channel is gone.")
                : tr("There is no channel of that address. It may be a person."));
        m_trouble->show();
        return;
    }
    m_channel = *channel;
    if (m_item.isEmpty()) {
        if (m_kind != DiscoveryModel::Person) {
            m_title->setText(channel->displayTitle());
        }
        m_summary->setText(m_node.channel().text() + u'\n'
            + ChannelWords::summary(*channel, m_services->channels->standingIn(*channel)));
        m_text->setText(channel->description.left(longestText));
        m_text->setVisible(!m_text->text().isEmpty());
    }
}

void FoundPreview::showButtons()
{
    const bool isChosen = !m_node.isEmpty();
    const bool isPost = !m_item.isEmpty();
    const bool mayBePerson = isChosen && !isPost && m_kind != DiscoveryModel::Channel;
    const bool isPersonal = m_channel && m_channel->type == ChannelType::Personal;
    m_open->setVisible(isChosen && !m_isMissing);
    m_follow->setVisible(
        m_channel && m_services && isAllowed(ChannelOperation::Follow, m_services->channels->standingIn(*m_channel)));
    m_chat->setVisible(mayBePerson || (isChosen && !isPost && isPersonal));
    m_add->setVisible(m_chat->isVisibleTo(this) && !m_services->roster->isContact(m_node.channel())
        && m_node.channel() != m_services->account.jid);
}

void FoundPreview::activate()
{
    if (m_node.isEmpty()) {
        return;
    }
    const bool isChat = m_kind == DiscoveryModel::Person || m_isMissing;
    if (isChat) {
        m_chat->click();
    } else {
        m_open->click();
    }
}

void FoundPreview::follow()
{
    m_follow->setEnabled(false);
    whenDone(m_services->channels->follow(m_node), this, [this, node = m_node](const Result<Membership> &membership) {
        m_follow->setEnabled(true);
        if (membership) {
            Q_EMIT channelWanted(node.channel());
            return;
        }
        if (node == m_node) {
            m_trouble->setText(ErrorText::sentence(membership.error(), ErrorText::Attempt::Follow));
            m_trouble->show();
        }
    });
}

} // namespace cumulet
