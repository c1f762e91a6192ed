#pragma once

#include "domain/Conversation.h"
#include "services/channel/ChannelService.h"
#include "ui/models/ThreadsModel.h"

namespace cumulet {

class ConversationService;

/// The threads of one channel. Follows ChannelService::threadsChanged; older ones are asked from the service.
class ChannelTimelineModel : public ThreadsModel
{
    Q_OBJECT

public:
    ChannelTimelineModel(const AccountServices &services, ConversationService &conversations,
        const Conversation &conversation, QObject *parent = nullptr);

    void load();
    /// To be set before load(); the rows are never sorted anew under the reader.
    void setOrder(ThreadOrder order) { m_order = order; }
    ThreadOrder order() const { return m_order; }
    /// Sorts anew, from the newest thread on; jumped() follows.
    void sortBy(ThreadOrder order);
    /// Our standing, which decides what a row offers; refreshed by the place when the channel changes.
    void setChannel(const Channel &channel);
    const NodeId &node() const { return m_node; }
    void markSeen(const QList<qint64> &rowIds) override;

protected:
    Setting settingOf(const Thread &thread) const override;
    Affiliation roleOf(const Jid &jid) const override { return m_roles.value(jid, Affiliation::None); }
    Future<Page<Thread>> askPage(const PageRequest &request) override;
    Future<QList<Thread>> askThreads(const QList<PostRow> &starts) override;
    Future<QList<ChannelGap>> askGaps() override;
    Future<Done> askMissing(qint64 gap) override;
    Future<Done> askServer() override;
    Cursor placeOf(const Thread &thread) const override;
    bool isFinal(ErrorKind kind) const override { return kind == ErrorKind::NotFound; }

private:
    void readRoles();
    void readDrafts();

    AccountServices m_services;
    ConversationService &m_conversations;
    Conversation m_conversation;
    NodeId m_node;
    Channel m_channel;
    QHash<Jid, Affiliation> m_roles;
    ThreadOrder m_order = ThreadOrder::LatestActivity;
};

} // namespace cumulet
