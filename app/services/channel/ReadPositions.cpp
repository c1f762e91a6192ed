#include "services/channel/ReadPositions.h"

#include "services/channel/ChannelStandings.h"
#include "store/ConversationStore.h"

#include <QLoggingCategory>
#include <QTimeZone>

#include <algorithm>

namespace cumulet {

Q_LOGGING_CATEGORY(lcReadPositions, "cumulet.readpositions", QtInfoMsg)

static constexpr qsizetype mostChannels = 1000;

ReadPositions::ReadPositions(const ChannelParts &parts, const ChannelStandings &standings, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_standings(standings)
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(parts.timing.sharing);
    connect(&m_delay, &QTimer::timeout, this, &ReadPositions::publishNext);
    if (m_parts.readPositions) {
        connect(m_parts.readPositions, &ReadPositionWire::moved, this, [this](const QList<ReadPosition> &positions) {
            for (const auto &position : positions) {
                take(position);
            }
        });
    }
}

void ReadPositions::start()
{
    if (!m_parts.readPositions || m_isShared) {
        return;
    }
    const auto answer = m_parts.readPositions->positions();
    whenDone(answer, this, [this, stream = m_stream](const Result<QList<ReadPosition>> &positions) {
        if (stream != m_stream) {
            return;
        }
        if (!positions) {
            qCInfo(lcReadPositions, "not shared: %s", qUtf8Printable(positions.error().detail));
            return;
        }
        m_isShared = true;
        for (const auto &position : *positions) {
            take(position);
        }
        m_delay.start();
    });
}

void ReadPositions::stop()
{
    ++m_stream;
    m_isShared = false;
    m_isPublishing = false;
    m_delay.stop();
}

void ReadPositions::note(const NodeId &node, const QDateTime &upTo)
{
    // a clock of this device that is ahead must not hide what comes
    const auto time = std::min(upTo, QDateTime::currentDateTimeUtc());
    const bool isNew =
        m_parts.readPositions && time.isValid() && time > m_known.value(node) && time > m_waiting.value(node);
    if (!isNew || !m_standings.isFollowed(node) || (!m_waiting.contains(node) && m_waiting.size() >= mostChannels)) {
        return;
    }
    m_waiting.insert(node, time);
    if (m_isShared && !m_isPublishing && !m_delay.isActive()) {
        m_delay.start();
    }
}

void ReadPositions::take(const ReadPosition &position)
{
    const bool isPlausible = position.upTo <= QDateTime::currentDateTimeUtc().addDays(1);
    if (!isPlausible || !m_standings.isFollowed(position.node) || position.upTo <= m_known.value(position.node)) {
        return;
    }
    m_known.insert(position.node, position.upTo);
    if (m_waiting.value(position.node) <= position.upTo) {
        m_waiting.remove(position.node);
    }
    const Cursor there{position.upTo.toMSecsSinceEpoch(), 0};
    auto entry = m_parts.conversations.ensure(m_parts.account, Conversation::Kind::Channel, position.node.channel());
    whenDone(entry, this, [this, position, there](const Result<Conversation> &conversation) {
        if (!conversation) {
            return;
        }
        whenDone(m_parts.conversations.readPosition(conversation->id), this,
            [this, position, there, id = conversation->id](const Result<Cursor> &here) {
                if (here && here->time > there.time) { // read further here, when nobody could be told
                    note(position.node, QDateTime::fromMSecsSinceEpoch(here->time, QTimeZone::UTC));
                    return;
                }
                whenDone(
                    m_parts.conversations.markRead(id, there), this, [this, id](const Result<Conversation> &moved) {
                        if (moved) {
                            Q_EMIT conversationsChanged({id});
                        }
                    });
            });
    });
}

void ReadPositions::publishNext()
{
    if (!m_isShared || m_isPublishing || m_waiting.isEmpty()) {
        return;
    }
    const ReadPosition position{m_waiting.cbegin().key(), m_waiting.cbegin().value()};
    m_waiting.remove(position.node);
    m_isPublishing = true;
    const auto answer = m_parts.readPositions->publish(position);
    whenDone(answer, this, [this, position, stream = m_stream](const Result<Done> &done) {
        if (stream != m_stream) {
            note(position.node, position.upTo); // unless the new stream knows it already
            return;
        }
        m_isPublishing = false;
        if (!done) {
            qCInfo(lcReadPositions, "not shared: %s", qUtf8Printable(done.error().detail));
            m_isShared = false; // tried again on the next stream
            note(position.node, position.upTo);
            return;
        }
        m_known.insert(position.node, std::max(position.upTo, m_known.value(position.node)));
        publishNext();
    });
}

} // namespace cumulet
