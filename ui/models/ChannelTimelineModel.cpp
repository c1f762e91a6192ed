#include "ui/models/ChannelTimelineModel.h"

#include "services/conversation/ConversationService.h"

namespace cumulet {

ChannelTimelineModel::ChannelTimelineModel(const AccountServices &services, ConversationService &conversations,
    const Conversation &conversation, QObject *parent)
    : ThreadsModel(parent)
    , m_services(services)
    , m_conversations(conversations)
    , m_conversation(conversation)
    , m_node(NodeId::of(conversation.jid))
{
    m_channel.node = m_node;
    m_hasUnread = conversation.unread > 0;
    holding().setClock([channels = services.channels] { return channels->now(); });
    connect(services.channels, &ChannelService::threadsChanged, this,
        [this](ConversationId channel, const QList<PostRow> &inserted, const QList<PostRow> &changed,
            const QList<PostRow> &removed) {
            if (channel == m_conversation.id) {
                noteChanges(inserted, changed, removed);
            }
        });
    connect(services.channels, &ChannelService::gapsChanged, this, [this](const NodeId &node) {
        if (node == m_node) {
            readGaps();
        }
    });
    connect(services.channels, &ChannelService::membersChanged, this, [this](const NodeId &node) {
        if (node == m_node) {
            readRoles();
        }
    });
}

void ChannelTimelineModel::load()
{
    whenDone(m_conversations.readPosition(m_conversation.id), this, [this](const Result<Cursor> &readPosition) {
        if (readPosition) {
            m_readPosition = *readPosition;
            loadNewest();
        } else {
            Q_EMIT failed(readPosition.error());
            Q_EMIT loaded();
        }
    });
    readRoles();
    readDrafts();
    readGaps();
}

void ChannelTimelineModel::readDrafts()
{
    using Drafts = QHash<ItemId, QString>;
    whenDone(m_conversations.commentDrafts(m_conversation.id), this, [this](const Result<Drafts> &drafts) {
        if (drafts && !drafts->isEmpty()) { // after an error each is still read when its composer opens
            setCommentDrafts(*drafts);
        }
    });
}

Cursor ChannelTimelineModel::placeOf(const Thread &thread) const
{
    return m_order == ThreadOrder::LatestActivity
        ? activityOf(thread)
        : Cursor{thread.start.published.toMSecsSinceEpoch(), thread.start.row};
}

void ChannelTimelineModel::sortBy(ThreadOrder order)
{
    if (order != m_order) {
        m_order = order;
        readNewest();
    }
}

void ChannelTimelineModel::setChannel(const Channel &channel)
{
    if (channel != m_channel) {
        m_channel = channel;
        changeLook();
    }
}

void ChannelTimelineModel::readRoles()
{
    whenDone(m_services.channels->members(m_node), this, [this](const Result<QList<Membership>> &members) {
        if (!members) {
            return; // roles are an extra; without them nobody gets a word beside the name
        }
        QHash<Jid, Affiliation> roles;
        for (const Membership &member : *members) {
            if (member.affiliation >= Affiliation::Moderator) {
                roles.insert(member.jid, member.affiliation);
            }
        }
        if (roles != m_roles) {
            m_roles = roles;
            changeLook();
        }
    });
}

ThreadsModel::Setting ChannelTimelineModel::settingOf(const Thread &) const
{
    return {m_services, m_channel};
}

Future<Page<Thread>> ChannelTimelineModel::askPage(const PageRequest &request)
{
    return m_services.channels->page(m_conversation.id, request, m_order);
}

Future<QList<Thread>> ChannelTimelineModel::askThreads(const QList<PostRow> &starts)
{
    return m_services.channels->threads(starts);
}

Future<QList<ChannelGap>> ChannelTimelineModel::askGaps()
{
    return m_services.channels->gaps(m_node);
}

Future<Done> ChannelTimelineModel::askMissing(qint64 gap)
{
    return m_services.channels->fillGap(m_node, gap);
}

Future<Done> ChannelTimelineModel::askServer()
{
    if (alone() != 0) {
        return cumulet::failed<Done>({ErrorKind::Canceled, {}}); // not the signal; a thread comes whole
    }
    return m_services.channels->fetchOlder(m_node);
}

void ChannelTimelineModel::markSeen(const QList<qint64> &rowIds)
{
    m_isAway = false;
    if (alone() != 0) {
        return; // what stands between it and the read position was not seen
    }
    const auto newest = newestOf(rowIds);
    if (newest && *newest > m_readPosition) {
        m_readPosition = *newest;
        whenDone(m_conversations.markRead(m_conversation.id, *newest), this, [this](const Result<Done> &done) {
            if (!done) {
                Q_EMIT failed(done.error());
            }
        });
    }
}

} // namespace cumulet
