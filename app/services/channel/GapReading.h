#pragma once

#include "domain/SharedAnswers.h"
#include "services/channel/ChannelParts.h"
#include "wire/ChannelWire.h"

namespace cumulet {

class ChannelIntake;
class ChannelStandings;

/// Fills gaps when the reader wants them: a page at a time that brings something, kept together with what is left of
/// the gap, until it meets what was known before. Never in a node that has banned us.
class GapReading : public QObject
{
    Q_OBJECT

public:
    GapReading(
        const ChannelParts &parts, ChannelIntake &intake, const ChannelStandings &standings, QObject *parent = nullptr);

    /// Done as well where the gap is closed already.
    Future<Done> fill(const NodeId &node, qint64 gap);

Q_SIGNALS:
    void gapsChanged(const cumulet::NodeId &node);

private:
    Future<Done> read(const NodeId &node, qint64 gap, int pages);
    Future<Done> readPage(const NodeId &node, const ChannelGap &gap, int pages);
    Future<Done> keep(const NodeId &node, const ChannelGap &gap, const PostPage &page, int pages);
    Future<Done> beginAgain(const NodeId &node, const ChannelGap &gap, int pages);

    ChannelParts m_parts;
    ChannelIntake &m_intake;
    const ChannelStandings &m_standings;
    SharedAnswers<QString> m_underWay;
};

} // namespace cumulet
