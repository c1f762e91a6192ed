// How a repeat without an archive id is known. A message's identity is one number, unique in its account:
//   upper half: fingerprint of who (we, or the peer of that conversation) and the stanza id,
//   lower half: fingerprint of what (conversation, text; the time too where there is no stanza id).
// So one small index serves repeats (the whole number) and receipts, markers and corrections (its upper half).
// Whoever finds a row by it compares the real texts: a collision, also a wanted one, neither hides nor changes
// anything; the next probe is then tried.
#pragma once

#include "domain/Identifier.h"

#include <QStringView>

#include <initializer_list>

namespace cumulet {

/// FNV-1a over the parts, mixed down to 32 bits. Stored in the database: never change it.
quint32 fingerprint(std::initializer_list<QStringView> parts);

/// Upper half of the identity of a message with that stanza id.
quint32 stanzaKey(bool isOwn, ConversationId conversation, const QString &stanzaId);
/// Lower half. time: 0, or for a message without stanza id; probe: 0, 1 ... until a free place is found.
quint32 contentKey(ConversationId conversation, const QString &body, qint64 time, int probe);

inline qint64 identityOf(quint32 stanza, quint32 content)
{
    return qint64((quint64(stanza) << 32) | content);
}

/// All identities of one stanza key.
struct IdentityRange
{
    explicit IdentityRange(quint32 stanza)
        : first(identityOf(stanza, 0))
        , last(identityOf(stanza, 0xffffffffU))
    {
    }
    qint64 first;
    qint64 last;
};

} // namespace cumulet
