#pragma once

#include "domain/Channel.h"
#include "services/account/Accounts.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QPushButton;
QT_END_NAMESPACE

namespace cumulet {

/// The way into a channel and out of it: follow or ask, accept or decline an invitation, withdraw a request, stop
/// following. Where one could not come back at once, it asks first.
class FollowButtons : public QWidget
{
    Q_OBJECT

public:
    FollowButtons(const AccountServices &services, QWidget *parent);

    /// With our standing; decides what the buttons say and offer.
    void setChannel(const Channel &channel);
    void follow();
    void unfollow();

Q_SIGNALS:
    void changed(); ///< the service has answered: read the channel again
    void said(const QString &words);

private:
    QString words() const;
    void leave();
    void setBusy(bool isBusy);

    AccountServices m_services;
    Channel m_channel;
    QPushButton *m_follow;
    QPushButton *m_decline;
};

} // namespace cumulet
