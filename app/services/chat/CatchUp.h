#pragma once

#include "store/MessageStore.h"
#include "wire/ArchiveWire.h"

#include <QObject>

#include <memory>

namespace cumulet {

class InboundPipeline;

/// Reads the archive after a login: everything newer than what is stored, in pages that are kept together with their
/// progress. The first time, or when the server no longer knows where we were, the newest pages instead, backward; what
/// is skipped then is kept as a gap. (Servers do not report an unknown id: Prosody answers with an empty page, ejabberd
/// by number. An empty answer is therefore compared with the newest message.)
class CatchUp : public QObject
{
    Q_OBJECT

public:
    CatchUp(AccountId account, ArchiveWire &archive, MessageStore &store, InboundPipeline &pipeline,
        QObject *parent = nullptr);

    /// Done when everything is stored; also where the server has no archive. An error: run again on the next stream.
    Future<Done> run();
    /// The stream is gone: answers that still come count for nothing.
    void stop();
    /// The last run has ended well: nothing is missing on this stream.
    bool isComplete() const { return m_isComplete; }

private:
    struct Run;
    using RunRef = std::shared_ptr<Run>;
    void readForward(const RunRef &run, const ArchiveId &after);
    void keepForward(const RunRef &run, const ArchivePage &page);
    void compareNewest(const RunRef &run);
    void readNewest(const RunRef &run);
    void keepNewest(const RunRef &run, const ArchivePage &page);
    void fillGaps(const RunRef &run);
    void readBackward(const RunRef &run, const ArchiveGap &gap, int pages);
    void keepBackward(const RunRef &run, ArchiveGap gap, int pages, const ArchivePage &received);
    void finish(const RunRef &run, const Result<Done> &result);
    void ask(const RunRef &run, const ArchiveRequest &request, std::function<void(const ArchivePage &)> step,
        std::function<void(const Error &)> otherwise = {});

    AccountId m_account;
    ArchiveWire &m_archive;
    MessageStore &m_store;
    InboundPipeline &m_pipeline;
    RunRef m_run;
    bool m_isComplete = false;
};

} // namespace cumulet
