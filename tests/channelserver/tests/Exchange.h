// Captured exchanges: reading them, and bringing stanzas into a form in which they can be compared.
#pragma once

#include <QDomDocument>
#include <QList>
#include <QString>

namespace cumulet::tests {

/// A stanza in a capture, and who sent or received it.
struct Captured
{
    bool isSent = false;
    QString by; ///< the user's name, "romeo"
    QDomElement stanza;
};

/// One file. The document keeps the stanzas alive.
struct Exchange
{
    QString name; ///< without its ending, "043-publish-note"
    QDomDocument document;
    QList<Captured> stanzas;
};

/// The folder CUMULET_CAPTURES/buddycloud; by default that beside the project.
QString captureFolder();
/// All exchanges of a folder, in their order; empty if there is none.
QList<Exchange> readExchanges(const QString &folder);

/// An element as text: names with their namespaces, attributes sorted, children in order (fields of forms and rows of
/// subscriptions-with-configuration sorted, since the real server gives them in no order); times become "TIME".
QString canonical(const QDomElement &element);

} // namespace cumulet::tests
