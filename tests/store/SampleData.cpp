#include "SampleData.h"

#include "Answer.h"
#include "store/AccountStore.h"
#include "store/ChannelStore.h"
#include "store/ConversationStore.h"
#include "store/Database.h"
#include "store/MessageStore.h"
#include "store/RosterStore.h"

#include <QTimeZone>

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

static constexpr int batch = 5000;
static constexpr int vocabularySize = 20'000;
static constexpr int daysOfChats = 730;
static constexpr int earlierThreads = 400;

static QString makeWord(QRandomGenerator &random)
{
    static constexpr std::array syllables{
        "ba"_L1, "den"_L1, "ko"_L1, "lir"_L1, "me"_L1, "no"_L1, "pas"_L1, "ra"_L1, "so"_L1, "ti"_L1, "vu"_L1, "ze"_L1};
    QString word;
    const int count = 1 + int(random.bounded(4));
    for (int i = 0; i < count; ++i) {
        word += syllables.at(random.bounded(quint32(syllables.size())));
    }
    return word;
}

SampleData::SampleData(quint32 seed, SampleSize size)
    : m_size(size)
    , m_random(seed)
    , m_end(QDateTime::currentDateTimeUtc().addSecs(-60))
{
    m_vocabulary.reserve(vocabularySize);
    for (int i = 0; i < vocabularySize; ++i) {
        m_vocabulary += makeWord(m_random);
    }
    for (int i = 0; i < m_size.contacts; ++i) {
        m_contacts += Jid::fromTrusted(u"contact%1@example.org"_s.arg(i));
    }
}

QString SampleData::word()
{
    // few words are said often, many seldom
    return m_vocabulary.at(qsizetype(std::pow(m_random.generateDouble(), 4) * (vocabularySize - 1)));
}

QString SampleData::sentence(int words)
{
    QString text = word();
    text[0] = text.at(0).toUpper();
    for (int i = 1; i < words; ++i) {
        text += u' ' + word();
    }
    return text + u'.';
}

QString SampleData::uuid()
{
    const auto part = [this](int digits) {
        return QString::number(m_random.generate64(), 16).rightJustified(16, u'0').right(digits);
    };
    return u"%1-%2-4%3-a%4-%5"_s.arg(part(8), part(4), part(3), part(3), part(12));
}

IncomingMessage SampleData::message(const Jid &self, const Jid &peer, const QDateTime &time)
{
    IncomingMessage message;
    message.peer = peer;
    message.isOwn = m_random.bounded(2) == 0;
    message.from = message.isOwn ? self.withResource(u"phone"_s) : peer.withResource(u"laptop.x7Kq"_s);
    message.messageId = MessageId(uuid());
    message.originId = OriginId(message.messageId.text());
    message.body = sentence(1 + int(m_random.bounded(18)));
    message.time = time;
    message.wantsReceipt = true;
    message.isMarkable = true;
    return message;
}

Post SampleData::post(const NodeId &node, const Jid &author, const ItemId &inReplyTo, const QDateTime &time)
{
    Post post;
    post.node = node;
    post.item = ItemId::fromWire(uuid());
    post.inReplyTo = inReplyTo;
    post.author = author;
    post.body = sentence(inReplyTo.isEmpty() ? 10 + int(m_random.bounded(50)) : 3 + int(m_random.bounded(25)));
    post.published = time;
    post.updated = time;
    return post;
}

Result<SampleContent> SampleData::fill(Database &database)
{
    auto content = fillChats(database);
    if (!content) {
        return content;
    }
    if (const auto done = fillChannels(database, *content); !done) {
        return done.error();
    }
    return content;
}

Result<SampleContent> SampleData::fillChats(Database &database)
{
    SampleContent content;
    content.self = Jid::fromTrusted(u"romeo@example.org"_s);
    content.largeChatPeer = m_contacts.value(0);
    content.largeChannelNode = NodeId::of(Jid::fromTrusted(u"channel0@topics.example.org"_s));
    content.rareWord = u"zyzzyva"_s;
    content.commonWord = m_vocabulary.at(3);
    AccountStore accounts(database);
    Account account;
    account.jid = content.self;
    const auto saved = answerOf(accounts.save(account));
    if (!saved) {
        return saved.error();
    }
    content.account = saved->id;
    for (const auto step : {&SampleData::fillRoster, &SampleData::fillMessages}) {
        if (const auto done = (this->*step)(database, content); !done) {
            return done.error();
        }
    }
    const auto chat =
        answerOf(ConversationStore(database).ensure(content.account, Conversation::Kind::Chat, content.largeChatPeer));
    content.largeChat = chat ? chat->id : 0;
    return content;
}

Result<Done> SampleData::fillRoster(Database &database, const SampleContent &content)
{
    QList<RosterItem> items;
    for (const auto &contact : std::as_const(m_contacts)) {
        items +=
            RosterItem{contact, sentence(2), {u"Group %1"_s.arg(items.size() % 12)}, PresenceSubscription::Both, false};
    }
    return answerOf(RosterStore(database).replace(content.account, items));
}

Result<Done> SampleData::fillMessages(Database &database, const SampleContent &content)
{
    MessageStore store(database);
    const auto start = m_end.addDays(-daysOfChats).toMSecsSinceEpoch();
    const auto step = qint64(daysOfChats) * 86'400'000 / std::max(m_size.messages, 1);
    int ofLarge = m_size.largeChat;
    QList<IncomingMessage> messages;
    for (int i = 0; i < m_size.messages; ++i) {
        const int left = m_size.messages - i;
        const bool isLarge = m_contacts.size() == 1 || int(m_random.bounded(quint32(left))) < ofLarge;
        ofLarge -= isLarge ? 1 : 0;
        const auto peer =
            isLarge ? content.largeChatPeer : m_contacts.at(1 + m_random.bounded(int(m_contacts.size()) - 1));
        auto next = message(content.self, peer, QDateTime::fromMSecsSinceEpoch(start + i * step, QTimeZone::UTC));
        next.isFromArchive = true;
        next.archiveId = ArchiveId(uuid());
        if (i == m_size.messages / 3) {
            next.body += u' ' + content.rareWord;
        }
        messages += next;
        if (messages.size() == batch || i + 1 == m_size.messages) {
            if (const auto kept = answerOf(store.keep(content.account, messages)); !kept) {
                return kept.error();
            }
            messages.clear();
        }
    }
    return Done{};
}

QList<Post> SampleData::posts(const NodeId &node, int count)
{
    QList<Post> posts;
    QList<ItemId> starts;
    for (int i = 0; i < count; ++i) {
        const auto time = m_end.addSecs(qint64(i - count) * 600);
        const bool isStart = starts.isEmpty() || m_random.bounded(4) == 0;
        const auto author = m_contacts.at(m_random.bounded(int(m_contacts.size())));
        // comments belong to one of the newest threads
        const auto recent = std::min<int>(int(starts.size()), 10);
        const auto start = isStart ? ItemId() : starts.at(starts.size() - 1 - m_random.bounded(recent));
        posts += post(node, author, start, time);
        if (isStart) {
            starts += posts.last().item;
        }
    }
    return posts;
}

Result<Done> SampleData::fillChannels(Database &database, SampleContent &content)
{
    ChannelStore store(database);
    for (int i = 0; i < m_size.channels; ++i) {
        Channel channel;
        channel.node = NodeId::of(Jid::fromTrusted(u"channel%1@topics.example.org"_s.arg(i)));
        channel.title = sentence(2);
        channel.description = sentence(12);
        const Membership membership{channel.node, content.self, Affiliation::Publisher, NodeSubscription::Subscribed};
        const auto all = posts(channel.node, i == 0 ? m_size.largeChannel : m_size.otherChannel);
        const auto kept = answerOf(store.keepChannel(content.account, channel));
        const auto followed = answerOf(store.keepMembership(content.account, membership));
        const auto posted = answerOf(store.keepPosts(content.account, channel.node, all, false));
        if (!kept || !followed || !posted) {
            return Error{ErrorKind::Storage, u"channels"_s};
        }
    }
    const auto channel = answerOf(ConversationStore(database).ensure(
        content.account, Conversation::Kind::Channel, content.largeChannelNode.channel()));
    content.largeChannel = channel ? channel->id : 0;
    return m_size.channels > 0 ? fillLargeThread(database, content) : Done{};
}

Result<Done> SampleData::fillLargeThread(Database &database, SampleContent &content)
{
    ChannelStore store(database);
    const auto newest = answerOf(
        store.page(content.largeChannel, {{}, PageRequest::Before, earlierThreads}, ThreadOrder::LatestActivity));
    if (!newest || newest->rows.isEmpty()) {
        return newest ? Result<Done>(Done{}) : newest.error();
    }
    content.earlierThread = newest->rows.first().start.row;
    const auto &start = newest->rows.at(newest->rows.size() - 1 - newest->rows.size() / 20).start;
    content.largeThread = start.row;
    QList<Post> comments;
    for (int i = 0; i < m_size.largeThread; ++i) {
        const auto author = m_contacts.at(m_random.bounded(int(m_contacts.size())));
        comments += post(content.largeChannelNode, author, start.item, start.published.addSecs(i + 1));
    }
    const auto kept = answerOf(store.keepPosts(content.account, content.largeChannelNode, comments, false));
    return kept ? Result<Done>(Done{}) : kept.error();
}

} // namespace cumulet::tests
