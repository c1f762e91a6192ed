// The Atom entry: what a client sends, checked, and what the service makes of it (buddycloud.md 1.6, 1.7, 4.17).
#pragma once

#include "Request.h"

namespace cumulet::channelserver {

/// What is taken from a sent entry; everything else in it is dropped.
struct Draft
{
    QString title;
    QString contentType;
    QString content;
    QString replyTo; ///< local id; null if it starts a thread
    QString target; ///< local id; null if there is none
    double rating = 0; ///< 1 to 5; 0: not a rating
    QList<Element> copied; ///< geoloc, meta and media, unchanged
};

/// Reads and checks the entry of a published item. On failure the refusal says why.
std::optional<Draft> readDraft(
    ServiceState &service, const Node &node, const QString &author, const Element &entry, Refusal *why);
/// The entry as everybody receives it.
Element writeEntry(const ServiceState &service, const QString &node, const QString &id, const QString &author,
    qint64 time, const Draft &draft);

} // namespace cumulet::channelserver
