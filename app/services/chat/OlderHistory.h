#pragma once

#include "domain/Async.h"
#include "domain/Identifier.h"
#include "domain/Jid.h"
#include "domain/SharedAnswers.h"

#include <QObject>

#include <memory>

namespace cumulet {

class ArchiveWire;
class InboundPipeline;
class MessageStore;
struct ConversationHistory;

/// Reads one conversation back from the archive, page by page, when somebody scrolls there.
class OlderHistory : public QObject
{
    Q_OBJECT

public:
    OlderHistory(ArchiveWire &archive, MessageStore &store, InboundPipeline &pipeline, QObject *parent = nullptr);

    /// Done when something older is stored. NotFound: there is nothing older, or the server has no archive.
    Future<Done> fetch(ConversationId conversation, const Jid &peer);

private:
    struct Reading;
    Future<Done> read(ConversationId conversation, const Jid &peer);
    void readPage(const std::shared_ptr<Reading> &reading, const ConversationHistory &history);
    void finish(const std::shared_ptr<Reading> &reading, const Result<Done> &result);
    void finishAtBeginning(const std::shared_ptr<Reading> &reading, bool foundSome);

    ArchiveWire &m_archive;
    MessageStore &m_store;
    InboundPipeline &m_pipeline;
    SharedAnswers<ConversationId> m_underWay;
};

} // namespace cumulet
