#pragma once

#include "services/account/Accounts.h"
#include "services/channel/ChannelService.h"
#include "ui/shell/ProgramParts.h"

#include <QDialog>

QT_BEGIN_NAMESPACE
class QListWidget;
class QPushButton;
class QVBoxLayout;
QT_END_NAMESPACE

namespace cumulet {

class AvatarLabel;
class PlainLabel;
struct NodeLine;

/// A person: picture, name, address, presence, their channel with its status and places, and the channels that both of
/// us follow. Leads to the chat and to the channels.
class ProfileDialog : public QDialog
{
    Q_OBJECT

public:
    ProfileDialog(
        const ProgramParts &parts, const AccountServices &services, const Jid &jid, QWidget *parent = nullptr);

Q_SIGNALS:
    void chatWanted(const cumulet::Jid &jid);
    void channelWanted(const cumulet::Jid &jid);

private:
    void build();
    void buildChannel(QVBoxLayout *layout);
    void buildButtons(QVBoxLayout *layout);
    PlainLabel *addLabel(QVBoxLayout *layout, Theme::Type type, Theme::Token ink, const QString &name);
    void showPerson();
    void readChannel();
    void showChannel(const Result<Channel> &channel);
    void showStatus(const Result<NodeLine> &line);
    void readPlaces();
    void readShared();
    void follow();

    ProgramParts m_parts;
    AccountServices m_services;
    Jid m_jid;
    Channel m_channel;
    AvatarLabel *m_picture = nullptr;
    PlainLabel *m_name = nullptr;
    PlainLabel *m_address = nullptr;
    PlainLabel *m_presence = nullptr;
    PlainLabel *m_title = nullptr;
    PlainLabel *m_description = nullptr;
    PlainLabel *m_status = nullptr;
    PlainLabel *m_places = nullptr;
    PlainLabel *m_sharedHeading = nullptr;
    QListWidget *m_shared = nullptr;
    QPushButton *m_open = nullptr;
    QPushButton *m_follow = nullptr;
};

} // namespace cumulet
