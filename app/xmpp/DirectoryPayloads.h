// What we ask of a channel directory (buddycloud.md 7.1), and of a channel service that is searched (4.20).
#pragma once

#include "domain/Jid.h"
#include "xmpp/XmlIq.h"

namespace cumulet::payload {

/// A page of a directory's answer: how many, from which on. The set stands inside the query.
struct DirectoryPage
{
    int index = 0;
    int max = 20;
};

XmlIq::Writer channelsByWords(const QString &words, const DirectoryPage &page);
XmlIq::Writer postsByWords(const QString &words, const DirectoryPage &page);
XmlIq::Writer mostActive(const QString &domain, int days, const DirectoryPage &page);
XmlIq::Writer recommended(const Jid &user, const DirectoryPage &page);
XmlIq::Writer similarTo(const Jid &channel, const DirectoryPage &page);

/// Search in what we follow. page: from 1.
XmlIq::Writer followedPosts(const QStringList &words, int perPage, int page);

} // namespace cumulet::payload
