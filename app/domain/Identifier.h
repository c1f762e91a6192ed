// Ids of different kinds are different types, so that they cannot be mixed up.
#pragma once

#include <QHashFunctions>
#include <QString>

namespace cumulet {

/// An opaque text that names something; kept as it came from the network.
template <typename Tag> class Identifier
{
public:
    Identifier() = default;
    explicit Identifier(QString text)
        : m_text(std::move(text))
    {
    }

    const QString &text() const { return m_text; }
    bool isEmpty() const { return m_text.isEmpty(); }

    auto operator<=>(const Identifier &) const = default;
    friend size_t qHash(const Identifier &id, size_t seed = 0) { return qHash(id.m_text, seed); }

private:
    QString m_text;
};

/// The id attribute of a message stanza, chosen by its sender.
using MessageId = Identifier<struct MessageIdTag>;
/// The id our own program gave to what it wrote (XEP-0359 origin-id); also used as the stanza's id. Never changes.
using OriginId = Identifier<struct OriginIdTag>;
/// The id an archive gave to a message (XEP-0359 stanza-id, XEP-0313 result id).
using ArchiveId = Identifier<struct ArchiveIdTag>;

/// A new random id for something that we write.
OriginId makeOriginId();

/// Row ids of the local database; 0 means "not stored".
using AccountId = qint64;
using ConversationId = qint64;
using MessageRow = qint64;
using PostRow = qint64;

} // namespace cumulet
