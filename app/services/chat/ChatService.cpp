#include "services/chat/ChatService.h"

#include "services/chat/CatchUp.h"
#include "services/chat/ChatStates.h"
#include "services/chat/InboundPipeline.h"
#include "services/chat/OlderHistory.h"
#include "services/chat/Outbox.h"
#include "services/chat/ReceiptPolicy.h"
#include "services/chat/SeenMarkers.h"
#include "services/roster/RosterService.h"
#include "store/ConversationStore.h"
#include "wire/ChatWire.h"

#include <QLoggingCategory>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

Q_LOGGING_CATEGORY(lcChat, "cumulet.chat", QtInfoMsg)

namespace {

constexpr qsizetype maxBody = 256 * 1024;
constexpr int correctableRows = 100; ///< how far back our last message is looked for
constexpr qint64 correctableFor = 24 * 60 * 60; // seconds
constexpr std::chrono::seconds catchUpAgain{30};

} // namespace

struct ChatService::Private
{
    Private(ChatService &service, const Parts &of)
        : q(service)
        , parts(of)
        , pipeline(of.account, of.ownJid, of.messages)
        , catchUp(of.account, of.archive, of.messages, pipeline)
        , older(of.archive, of.messages, pipeline)
        , outbox(of.account, of.wire, of.archive, of.messages)
        , states(of.wire, of.roster)
        , markers({of.wire, of.messages, of.conversations, of.roster})
        , receipts(of.roster)
    {
    }

    void connectParts();
    void tell(const MessageChanges &changes);
    void answerReceipts(const QList<IncomingMessage> &messages, const MessageChanges &changes);
    Future<Jid> peerOf(ConversationId conversation);
    Future<Done> enqueue(ConversationId conversation, const QString &body, MessageRow corrects);
    Future<Done> queueAgain(const OriginId &originId);
    Future<Message> row(MessageRow row);
    Future<Done> catchUpThenSend();
    Future<Done> sendWhatWaits();

    ChatService &q;
    Parts parts;
    InboundPipeline pipeline;
    CatchUp catchUp;
    OlderHistory older;
    Outbox outbox;
    ChatStates states;
    SeenMarkers markers;
    ReceiptPolicy receipts;
    QHash<ConversationId, Jid> peers;
    QTimer catchUpTimer;
    bool isRunning = false;
    bool isNewStream = true; ///< the outbox has not been started on it yet
};

ChatService::ChatService(const Parts &parts, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, parts))
{
    d->connectParts();
    d->outbox.load();
}

ChatService::~ChatService() = default;

void ChatService::Private::connectParts()
{
    catchUpTimer.setSingleShot(true);
    catchUpTimer.setInterval(catchUpAgain);
    connect(
        &catchUpTimer, &QTimer::timeout, &q, [this] { whenDone(catchUpThenSend(), &q, [](const Result<Done> &) {}); });
    connect(&parts.wire, &ChatWire::messageReceived, &q, [this](const IncomingMessage &message) {
        if (!message.isOwn) {
            states.noteMessage(message.peer);
        }
        pipeline.addMessage(message);
    });
    connect(&parts.wire, &ChatWire::noticeReceived, &pipeline, &InboundPipeline::addNotice);
    connect(&pipeline, &InboundPipeline::changed, &q, [this](const MessageChanges &changes) { tell(changes); });
    connect(&pipeline, &InboundPipeline::liveKept, &q,
        [this](const QList<IncomingMessage> &messages, const MessageChanges &changes) {
            answerReceipts(messages, changes);
        });
    connect(&pipeline, &InboundPipeline::failed, &q, &ChatService::failed);
    connect(&outbox, &Outbox::changed, &q, [this](const MessageChanges &changes) { tell(changes); });
    connect(&outbox, &Outbox::waitingChanged, &q, &ChatService::waitingChanged);
    connect(&outbox, &Outbox::failed, &q, &ChatService::failed);
    connect(&markers, &SeenMarkers::markedRead, &q,
        [this](ConversationId conversation) { Q_EMIT q.conversationsChanged({conversation}); });
    connect(&markers, &SeenMarkers::failed, &q, &ChatService::failed);
    connect(&states, &ChatStates::changed, &q, [this](const Jid &peer, ChatState state) {
        state == ChatState::None ? void(q.m_chatStates.remove(peer)) : void(q.m_chatStates.insert(peer, state));
        Q_EMIT q.chatStateChanged(peer, state);
    });
}

// One signal for each conversation, however much was written in it.
void ChatService::Private::tell(const MessageChanges &changes)
{
    QList<ConversationId> conversations;
    conversations.reserve(changes.conversations.size());
    for (const MessageChanges::OfConversation &of : changes.conversations) {
        conversations.append(of.conversation);
        Q_EMIT q.messagesChanged(of.conversation, of.inserted, of.changed);
    }
    if (!conversations.isEmpty()) {
        Q_EMIT q.conversationsChanged(conversations);
    }
    if (!changes.fresh.isEmpty()) {
        Q_EMIT q.arrived(changes.fresh);
    }
}

void ChatService::Private::answerReceipts(const QList<IncomingMessage> &messages, const MessageChanges &changes)
{
    if (!isRunning) {
        return;
    }
    const QList<IncomingMessage> answered = receipts.toAnswer(messages, changes);
    for (const IncomingMessage &message : answered) {
        parts.wire.sendNotice(message.peer, message.messageId, DeliveryState::Delivered);
    }
}

Future<Jid> ChatService::Private::peerOf(ConversationId conversation)
{
    if (const auto known = peers.constFind(conversation); known != peers.cend()) {
        return ready(*known);
    }
    return andThen(
        parts.conversations.entry(conversation), &q, [this, conversation](const Conversation &entry) -> Result<Jid> {
            peers.insert(conversation, entry.jid);
            return entry.jid;
        });
}

Future<Page<Message>> ChatService::page(ConversationId conversation, const PageRequest &request)
{
    return d->parts.messages.page(conversation, request);
}

Future<Page<Message>> ChatService::pageAround(ConversationId conversation, MessageRow row, int limit)
{
    return andThen(d->parts.messages.cursorOf(row), this, [this, conversation, limit](const Cursor &place) {
        return d->parts.messages.pageAround(conversation, place, limit);
    });
}

Future<QList<Message>> ChatService::messages(const QList<MessageRow> &rows)
{
    return d->parts.messages.messages(rows);
}

Future<Done> ChatService::fetchOlder(ConversationId conversation)
{
    if (!d->isRunning) {
        return cumulet::failed<Done>({ErrorKind::Offline, u"not connected"_s});
    }
    return andThen(d->peerOf(conversation), this,
        [this, conversation](const Jid &peer) { return d->older.fetch(conversation, peer); });
}

Future<Done> ChatService::send(ConversationId conversation, const QString &body, MessageRow corrects)
{
    if (body.isEmpty()) {
        return cumulet::failed<Done>({ErrorKind::Malformed, u"nothing is written"_s});
    }
    if (body.size() > maxBody) {
        return cumulet::failed<Done>({ErrorKind::TooLarge, u"over 256 Ki characters"_s});
    }
    if (corrects == 0) {
        return d->enqueue(conversation, body, 0);
    }
    return andThen(d->row(corrects), this, [this, conversation, body, corrects](const Message &message) {
        return message.isOwn && message.conversation == conversation
            ? d->enqueue(conversation, body, corrects)
            : cumulet::failed<Done>({ErrorKind::NotAllowed, u"only an own message can be corrected"_s});
    });
}

Future<Done> ChatService::Private::enqueue(ConversationId conversation, const QString &body, MessageRow corrects)
{
    const OriginId originId = makeOriginId();
    whenDone(peerOf(conversation), &q, [this](const Result<Jid> &peer) {
        if (peer) {
            states.noteSent(*peer);
        }
    });
    return andThen(parts.messages.enqueue(parts.account, conversation, originId, body, corrects), &q,
        [this, originId](const MessageChanges &changes) -> Result<Done> {
            tell(changes);
            outbox.noteEnqueued(originId);
            return Done{};
        });
}

Future<Message> ChatService::Private::row(MessageRow row)
{
    return andThen(parts.messages.messages({row}), &q, [](const QList<Message> &messages) -> Result<Message> {
        if (messages.isEmpty()) {
            return Error{ErrorKind::NotFound, u"that message is gone"_s};
        }
        return messages.first();
    });
}

Future<Done> ChatService::Private::queueAgain(const OriginId &originId)
{
    return andThen(parts.messages.setState(parts.account, originId, DeliveryState::Queued), &q,
        [this, originId](const MessageChanges &changes) -> Result<Done> {
            tell(changes);
            outbox.noteEnqueued(originId);
            return Done{};
        });
}

Future<Done> ChatService::retry(MessageRow row)
{
    return andThen(d->parts.messages.failed(row), this, [this](const QList<OriginId> &failed) {
        auto all = ready(Done{});
        for (const OriginId &originId : failed) {
            all = andThen(all, this, [this, originId](Done) { return d->queueAgain(originId); });
        }
        return all;
    });
}

Future<QString> ChatService::discard(MessageRow row)
{
    if (!d->outbox.letGo(row)) {
        return cumulet::failed<QString>({ErrorKind::Conflict, u"it is being sent"_s});
    }
    return andThen(d->row(row), this, [this](const Message &message) {
        return andThen(
            d->parts.messages.discard(message.row), this, [this, message](const QString &text) -> Result<QString> {
                d->outbox.load();
                Q_EMIT messagesChanged(message.conversation, {}, {message.row});
                Q_EMIT conversationsChanged({message.conversation});
                return text;
            });
    });
}

Future<Message> ChatService::lastCorrectable(ConversationId conversation)
{
    const PageRequest newest{std::nullopt, PageRequest::Before, correctableRows};
    return andThen(
        d->parts.messages.page(conversation, newest), this, [](const Page<Message> &page) -> Result<Message> {
            const auto last = std::find_if(
                page.rows.crbegin(), page.rows.crend(), [](const Message &message) { return message.isOwn; });
            const bool isCorrectable = last != page.rows.crend() && last->state != DeliveryState::Failed
                && last->time.secsTo(QDateTime::currentDateTimeUtc()) < correctableFor;
            if (!isCorrectable) {
                return Error{ErrorKind::NotFound, u"no message of ours that may be corrected"_s};
            }
            return *last;
        });
}

void ChatService::noteTyping(ConversationId conversation, bool isEmpty)
{
    whenDone(d->peerOf(conversation), this, [this, isEmpty](const Result<Jid> &peer) {
        if (peer) {
            d->states.noteTyping(*peer, isEmpty);
        }
    });
}

void ChatService::markSeen(ConversationId conversation, const Message &newest)
{
    whenDone(d->peerOf(conversation), this, [this, conversation, newest](const Result<Jid> &peer) {
        if (peer) {
            d->markers.markSeen(conversation, *peer, newest);
        }
    });
}

Future<Done> ChatService::start(bool resumed)
{
    d->isRunning = true;
    d->states.start();
    d->markers.start();
    d->isNewStream = d->isNewStream || !resumed;
    if (resumed && d->catchUp.isComplete()) {
        return d->sendWhatWaits();
    }
    return d->catchUpThenSend();
}

// Sending does not wait for an archive that does not answer: only what has an unknown outcome does.
Future<Done> ChatService::Private::catchUpThenSend()
{
    return eitherWay(catchUp.run(), &q, [this](const Result<Done> &caughtUp) -> Future<Done> {
        if (!isRunning || (!caughtUp && caughtUp.error().kind == ErrorKind::Canceled)) {
            return cumulet::failed<Done>({ErrorKind::Canceled, u"that stream is gone"_s});
        }
        if (!caughtUp) {
            qCInfo(lcChat) << "catching up failed:" << caughtUp.error().detail;
            catchUpTimer.start();
        }
        return andThen(sendWhatWaits(), &q, [caughtUp](Done) -> Result<Done> { return caughtUp; });
    });
}

Future<Done> ChatService::Private::sendWhatWaits()
{
    return outbox.start(!std::exchange(isNewStream, false));
}

void ChatService::stop()
{
    d->isRunning = false;
    d->catchUpTimer.stop();
    d->catchUp.stop();
    d->outbox.stop();
    d->states.stop();
    d->markers.stop();
}

int ChatService::waiting() const
{
    return d->outbox.waiting();
}

} // namespace cumulet
