#include "store/sql/Fingerprint.h"

namespace cumulet {

quint32 fingerprint(std::initializer_list<QStringView> parts)
{
    quint64 hash = 0xcbf29ce484222325U;
    const auto add = [&hash](quint64 unit) { hash = (hash ^ unit) * 0x100000001b3U; };
    for (const auto part : parts) {
        for (const QChar c : part) {
            add(c.unicode());
        }
        add(0x10000); // no QChar: "ab", "c" is not "a", "bc"
    }
    hash ^= hash >> 33;
    hash *= 0xff51afd7ed558ccdU;
    hash ^= hash >> 33;
    return quint32(hash);
}

quint32 stanzaKey(bool isOwn, ConversationId conversation, const QString &stanzaId)
{
    // ours are also looked up without knowing the conversation; nobody else can make rows that are ours
    return isOwn ? fingerprint({stanzaId}) : fingerprint({QString::number(conversation), stanzaId});
}

quint32 contentKey(ConversationId conversation, const QString &body, qint64 time, int probe)
{
    return fingerprint({QString::number(conversation), body, QString::number(time), QString::number(probe)});
}

} // namespace cumulet
