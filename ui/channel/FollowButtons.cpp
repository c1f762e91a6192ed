#include "ui/channel/FollowButtons.h"

#include "services/channel/ChannelService.h"
#include "ui/common/ErrorText.h"
#include "ui/common/Theme.h"

#include <QHBoxLayout>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace cumulet {

FollowButtons::FollowButtons(const AccountServices &services, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_follow(new QPushButton(this))
    , m_decline(new QPushButton(tr("Decline"), this))
{
    m_follow->setObjectName(u"follow"_s);
    m_decline->setObjectName(u"decline"_s);
    m_decline->setToolTip(tr("Decline the invitation"));
    m_decline->hide();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_follow);
    layout->addWidget(m_decline);
    connect(m_follow, &QPushButton::clicked, this, [this] {
        const auto standing = m_channel.ownSubscription;
        standing == NodeSubscription::None || standing == NodeSubscription::Invited ? follow() : unfollow();
    });
    connect(m_decline, &QPushButton::clicked, this, &FollowButtons::leave);
}

QString FollowButtons::words() const
{
    if (m_channel.isGone) {
        return tr("Remove from the list");
    }
    switch (m_channel.ownSubscription) {
    case NodeSubscription::Subscribed:
        return tr("Following");
    case NodeSubscription::Pending:
        return tr("Withdraw request");
    case NodeSubscription::Invited:
        return tr("Accept invitation");
    case NodeSubscription::None:
        break;
    }
    const auto outcome = outcomeOfFollowing(m_services.channels->standingIn(m_channel));
    return outcome == NodeSubscription::Pending ? tr("Ask to follow") : tr("Follow");
}

void FollowButtons::setChannel(const Channel &channel)
{
    m_channel = channel;
    const ChannelStanding standing = m_services.channels->standingIn(m_channel);
    const bool mayFollow = isAllowed(ChannelOperation::Follow, standing);
    const bool isFollowed = m_channel.ownSubscription == NodeSubscription::Subscribed && !m_channel.isGone;
    m_follow->setText(words());
    m_follow->setVisible(mayFollow || isAllowed(ChannelOperation::Unfollow, standing));
    m_follow->setToolTip(isFollowed ? tr("Stop following") : QString());
    setEmphasis(m_follow, mayFollow ? Emphasis::Primary : Emphasis::Plain);
    m_decline->setVisible(m_channel.ownSubscription == NodeSubscription::Invited && !m_channel.isGone);
}

void FollowButtons::setBusy(bool isBusy)
{
    m_follow->setEnabled(!isBusy);
    m_decline->setEnabled(!isBusy);
}

void FollowButtons::follow()
{
    setBusy(true);
    whenDone(m_services.channels->follow(m_channel.node), this, [this](const Result<Membership> &membership) {
        setBusy(false);
        if (!membership) {
            Q_EMIT said(ErrorText::sentence(membership.error(), ErrorText::Attempt::Follow));
        } else if (membership->subscription == NodeSubscription::Pending) {
            Q_EMIT said(tr("Asked. You can read here as soon as somebody agrees."));
        }
        Q_EMIT changed();
    });
}

void FollowButtons::leave()
{
    setBusy(true);
    whenDone(m_services.channels->unfollow(m_channel.node), this, [this](const Result<Done> &done) {
        setBusy(false);
        if (!done) {
            Q_EMIT said(ErrorText::sentence(done.error(), ErrorText::Attempt::Follow));
        }
        Q_EMIT changed();
    });
}

void FollowButtons::unfollow()
{
    const bool asksAgain = m_channel.ownSubscription == NodeSubscription::Subscribed
        && m_channel.accessModel != AccessModel::Open && !m_channel.isGone;
    if (!asksAgain) {
        leave();
        return;
    }
    auto *question = new QMessageBox(QMessageBox::Question, tr("Stop following"),
        tr("Stop following %1?").arg(m_channel.displayTitle()), QMessageBox::Cancel, this);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(tr("To come back you have to ask again."));
    question->setAttribute(Qt::WA_DeleteOnClose);
    connect(question->addButton(tr("Stop following"), QMessageBox::DestructiveRole), &QPushButton::clicked, this,
        &FollowButtons::leave);
    question->open();
}

} // namespace cumulet
