#pragma once

#include "domain/Channel.h"
#include "services/account/Accounts.h"
#include "ui/shell/ProgramParts.h"

#include <QTimer>
#include <QWidget>

#include <optional>

QT_BEGIN_NAMESPACE
class QModelIndex;
class QPushButton;
class QVBoxLayout;
QT_END_NAMESPACE

namespace cumulet {

class PlainLabel;

/// A look at what was found before it is opened or followed: what the channel says of itself, or the words of a post, and
/// what can be done.
class FoundPreview : public QWidget
{
    Q_OBJECT

public:
    explicit FoundPreview(const ProgramParts &parts, QWidget *parent = nullptr);

    /// index: a row of a DiscoveryModel; services: of its account. The channel is asked for after a moment, so that
    /// running over a list asks nobody.
    void setFound(const AccountServices &services, const QModelIndex &index);
    /// Nothing is chosen.
    void clear();
    /// Does what Enter means for what is shown: opens the channel, or the chat where there is no channel.
    void activate();

Q_SIGNALS:
    void chatWanted(const cumulet::Jid &jid);
    void channelWanted(const cumulet::Jid &jid);
    void postWanted(const cumulet::NodeId &node, const cumulet::ItemId &item);
    void contactWanted(const cumulet::Jid &jid);

private:
    void addButtons(QVBoxLayout *layout);
    void forget();
    void look();
    void showChannel(const Result<Channel> &channel);
    void showButtons();
    void follow();

    ProgramParts m_parts;
    std::optional<AccountServices> m_services;
    PlainLabel *m_title;
    PlainLabel *m_summary;
    PlainLabel *m_text;
    PlainLabel *m_trouble;
    QPushButton *m_follow = nullptr;
    QPushButton *m_open = nullptr;
    QPushButton *m_chat = nullptr;
    QPushButton *m_add = nullptr;
    QTimer m_delay;
    NodeId m_node;
    ItemId m_item;
    int m_kind = 0; ///< DiscoveryModel::Kind
    std::optional<Result<Channel>> m_answer; ///< what the service says of it
    std::optional<Channel> m_channel; ///< what it says of itself
    bool m_isMissing = false; ///< there is no such channel
};

} // namespace cumulet
