// Recorded exchanges between plain clients and a real Buddycloud server: see README.md beside them.
#pragma once

#include <QDomDocument>
#include <QList>
#include <QString>

namespace cumulet::tests {

/// A stanza that one of the recorded clients sent or received.
struct CapturedStanza
{
    QString user; ///< "romeo"
    QDomElement stanza;
    bool isSent = false;
};

/// One recorded operation, in the order of the wire.
struct Capture
{
    QString name; ///< of the file, without ".xml"
    QDomDocument document; ///< keeps the stanzas alive
    QList<CapturedStanza> stanzas;
};

/// All recorded operations in CUMULET_CAPTURES/buddycloud (default: ../shared/reference/captures beside the project),
/// in order. Empty where there are none.
QList<Capture> readCaptures();
/// Where they are looked for.
QString capturesFolder();

/// The full JID of a recorded client.
QString fullJidOf(const QString &user);

/// A request without what may differ between two clients that ask for the same: ids of stanzas, prefixes, the order of
/// attributes, the spelling of item ids, and what our client adds to be on the safe side (paging, our own id, the node
/// on <configure/>, a channel type).
QString shapeOf(const QDomElement &stanza);

} // namespace cumulet::tests
