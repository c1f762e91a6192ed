#pragma once

#include "wire/ArchiveWire.h"

#include <functional>
#include <optional>
#include <variant>

namespace cumulet::tests {

/// An archive with the paging of XEP-0313 over what the test put into it. Answers come with the next turn of the event
/// loop, as from a network.
class FakeArchiveWire : public ArchiveWire
{
    Q_OBJECT

public:
    using ArchiveWire::ArchiveWire;
    using Entry = std::variant<IncomingMessage, DeliveryNotice>;

    Future<ArchivePage> page(const ArchiveRequest &request) override;

    /// Adds at the end, with the next archive id; gives that id.
    ArchiveId add(IncomingMessage message);
    ArchiveId add(const DeliveryNotice &notice);
    /// Forgets the oldest entries, as servers do after a while.
    void expire(qsizetype count) { m_entries.remove(0, count); }
    qsizetype count() const { return m_entries.size(); }
    /// How many messages of that origin id are stored.
    qsizetype countOf(const OriginId &originId) const;

    QList<ArchiveRequest> requests;
    QList<Error> failures; ///< taken from the front instead of answering
    bool isSupported = true;
    bool reportsUnknownIds = false; ///< NotFound; otherwise an empty page, as Prosody does
    bool isSilent = false; ///< answers never come
    std::function<void()> beforeAnswer; ///< something happens between question and answer

private:
    struct Stored
    {
        ArchiveId id;
        Entry entry;
        Jid peer() const;
        QDateTime time() const;
    };
    Result<ArchivePage> answerTo(const ArchiveRequest &request) const;

    QList<Stored> m_entries;
    int m_lastId = 0;
};

} // namespace cumulet::tests
