#pragma once

#include "services/account/Accounts.h"
#include "services/channel/ChannelService.h"
#include "ui/shell/ProgramParts.h"

#include <QObject>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace cumulet {

/// Carries a post elsewhere with its source: into another channel as a post, or into a chat as an unsent message.
class PassingOn : public QObject
{
    Q_OBJECT

public:
    /// window is what dialogs stand over.
    PassingOn(const ProgramParts &parts, const AccountServices &services, QWidget *window);

    /// Asks for one of the channels where we may post and shows the text before it is sent. link: of the post.
    void repost(const Post &post, const QString &link);
    /// Asks for a contact or chat, and puts link and first line below what is unsent there.
    void share(const Post &post, const QString &link);
    /// Puts text below what is unsent in that chat; shared() follows.
    void put(const Jid &chat, const QString &text);

Q_SIGNALS:
    void said(const QString &words);
    /// The text lies there as unsent.
    void shared(const cumulet::Jid &jid);

private:
    void send(const Jid &channel, const QString &text);

    ProgramParts m_parts;
    AccountServices m_services;
    QWidget *m_window;
};

} // namespace cumulet
