#pragma once

#include "domain/Channel.h"
#include "domain/ChannelRules.h"
#include "services/channel/ChannelService.h"

#include <QCoreApplication>
#include <QString>

namespace cumulet {

/// The words for roles, access and what may (not) be done in a channel.
class ChannelWords
{
    Q_DECLARE_TR_FUNCTIONS(cumulet::ChannelWords)

public:
    /// "Open channel · 214 followers · you can post"
    static QString summary(const Channel &channel, const ChannelStanding &standing);
    /// "Open: anyone can read · 214 followers"
    static QString audience(const Channel &channel);
    static QString access(AccessModel model);
    /// A sentence on what the model means.
    static QString accessMeaning(AccessModel model);
    static QString role(Affiliation affiliation);
    /// A sentence on what the role allows.
    static QString roleMeaning(Affiliation affiliation);
    /// Why something is not offered; empty for Allowed.
    static QString refusal(Verdict verdict);
    /// How the channel service of an account stands; empty while all is well.
    static QString serviceTrouble(const ChannelServiceStatus &status);
};

} // namespace cumulet
