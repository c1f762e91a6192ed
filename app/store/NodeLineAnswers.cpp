// What ChannelStore answers about people: the lines they say of themselves, and what we follow together.
#include "store/ChannelStore.h"

#include "store/Database.h"
#include "store/sql/ChannelRows.h"
#include "store/sql/NodeLines.h"

namespace cumulet {

Future<QList<Channel>> ChannelStore::sharedWith(AccountId account, const Jid &person)
{
    return m_database.run<QList<Channel>>([=](Connection &connection) -> Result<QList<Channel>> {
        return channelsSharedWith(connection, account, person.bare());
    });
}

Future<NodeLine> ChannelStore::line(AccountId account, const NodeId &node)
{
    return m_database.run<NodeLine>(
        [=](Connection &connection) -> Result<NodeLine> { return readNodeLine(connection, account, node); });
}

Future<bool> ChannelStore::keepLine(AccountId account, const NodeLine &line)
{
    return m_database.run<bool>(
        [=](Connection &connection) -> Result<bool> { return writeNodeLine(connection, account, line); });
}

Future<Done> ChannelStore::writeLine(AccountId account, const NodeId &node, const QString &text)
{
    return m_database.run<Done>(
        [=](Connection &connection) -> Result<Done> {
            writeWaitingLine(connection, account, node, text);
            return Done{};
        },
        Database::Safety::Power); // what the user wrote
}

Future<Done> ChannelStore::settleLine(AccountId account, const NodeLine &taken)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        settleWaitingLine(connection, account, taken);
        return Done{};
    });
}

} // namespace cumulet
