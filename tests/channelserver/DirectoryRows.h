// What a channel directory finds in the store: rows as they are sent, best first. Only channels that anybody can read
// and that want to be found.
#pragma once

#include "Request.h"

namespace cumulet::channelserver {

/// Channels with all words in title, description or address; case does not count.
QList<Element> channelsWith(ServiceState &service, const QStringList &words);
/// Posts and comments with all words, the newest first.
QList<Element> postsWith(ServiceState &service, const QStringList &words);
/// Channels by the number of their posts in that many days (0: ever), on that domain and those below it (empty: all).
QList<Element> mostActive(ServiceState &service, const QString &domain, int days);
/// Channels that people follow who follow what the user follows, but that the user does not follow.
QList<Element> recommendedTo(ServiceState &service, const QString &user);
/// Channels by how many of that channel's followers follow them, too.
QList<Element> similarTo(ServiceState &service, const QString &channel);

} // namespace cumulet::channelserver
