#pragma once

#include "domain/Identifier.h"
#include "domain/Jid.h"
#include "domain/Message.h"
#include "domain/NodeId.h"
#include "domain/Post.h"
#include "domain/Result.h"

#include <QRandomGenerator>
#include <QStringList>

namespace cumulet {
class Database;
}

namespace cumulet::tests {

/// How much is made. The messages that are not in the large chat are spread over the other contacts. Posts are starts
/// and comments; the large thread is a start of the large channel with so many comments more.
struct SampleSize
{
    int contacts = 1000;
    int channels = 200;
    int messages = 1'000'000;
    int largeChat = 100'000;
    int largeChannel = 20'000;
    int otherChannel = 400; ///< posts of each of the others
    int largeThread = 1'000; ///< comments
};

/// What was made, as far as one needs it to look at it.
struct SampleContent
{
    AccountId account = 0;
    Jid self;
    Jid largeChatPeer;
    ConversationId largeChat = 0;
    NodeId largeChannelNode;
    ConversationId largeChannel = 0;
    PostRow largeThread = 0; ///< the row of its start
    PostRow earlierThread = 0; ///< far from the newest ones of the large channel
    QString rareWord; ///< in exactly one message
    QString commonWord; ///< in many
};

/// Fills an open database with the profile of a busy person: the same from the same seed, apart from the times,
/// which end now. Everything goes through the stores, so that indexes and counters are as in real use.
class SampleData
{
public:
    explicit SampleData(quint32 seed = 1, SampleSize size = {});

    /// Waits for the store: not for a thread that shows windows.
    Result<SampleContent> fill(Database &database);
    /// The two halves of it, in this order.
    Result<SampleContent> fillChats(Database &database);
    Result<Done> fillChannels(Database &database, SampleContent &content);

    // the generators, for single messages and posts of the same kind
    QString sentence(int words);
    IncomingMessage message(const Jid &self, const Jid &peer, const QDateTime &time);
    Post post(const NodeId &node, const Jid &author, const ItemId &inReplyTo, const QDateTime &time);
    QString uuid();

private:
    QString word();
    Result<Done> fillRoster(Database &database, const SampleContent &content);
    Result<Done> fillMessages(Database &database, const SampleContent &content);
    Result<Done> fillLargeThread(Database &database, SampleContent &content);
    QList<Post> posts(const NodeId &node, int count);

    SampleSize m_size;
    QRandomGenerator m_random;
    QStringList m_vocabulary;
    QList<Jid> m_contacts;
    QDateTime m_end;
};

} // namespace cumulet::tests
