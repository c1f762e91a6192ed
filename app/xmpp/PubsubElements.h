// Walking through what a channel service sends. Elements are matched by local name, never by namespace: the service
// puts children into the empty namespace, into jabber:client or into a neighbour's (buddycloud.md section 0, rule 5).
#pragma once

#include "domain/Jid.h"
#include "domain/NodeId.h"

#include <QDateTime>
#include <QDomElement>
#include <QList>
#include <QString>

#include <optional>

namespace cumulet {

/// The name of an element without its prefix.
QString localName(const QDomElement &element);
/// The first child element of that local name; null where there is none.
QDomElement childNamed(const QDomElement &parent, QStringView name);
/// All child elements of that local name, at most limit.
QList<QDomElement> childrenNamed(const QDomElement &parent, QStringView name, qsizetype limit = 10'000);
/// The text of an element, at most limit characters; a character is never cut in half.
QString textOf(const QDomElement &element, qsizetype limit);

/// The address in an attribute, without its resource; empty where it is none.
Jid bareJidIn(const QDomElement &element, const QString &attribute);
/// The node in an attribute; nothing where it is none of ours (for example "/firehose").
std::optional<NodeId> nodeIn(const QDomElement &element, const QString &attribute = QStringLiteral("node"));
/// A date-time (XEP-0082) as UTC; invalid where it is none. One without a zone is taken as UTC.
QDateTime timeFrom(const QString &text);

} // namespace cumulet
