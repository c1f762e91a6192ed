#include "ui/shell/FindWords.h"

#include "ui/common/ErrorText.h"
#include "ui/models/DiscoveryModel.h"

namespace cumulet {

QString FindWords::sentence(const DiscoveryModel &found, const Circumstances &circumstances)
{
    if (found.failure()) {
        return ErrorText::sentence(*found.failure(), ErrorText::Attempt::Load);
    }
    const bool isWords = found.source() == DiscoveryModel::Words;
    if (isWords && !circumstances.hasWords) {
        return tr("People and channels have addresses that look like mail addresses.");
    }
    if (found.isLooking()) {
        return tr("Looking…");
    }
    if (circumstances.lacksDirectory && (isWords || found.source() == DiscoveryModel::Here)) {
        return circumstances.hasService
            ? tr("There is no channel directory for your server. Channels on this server are listed.")
            : tr("Your server has no channels. An address still finds people.");
    }
    return found.rowCount() == 0 && found.isComplete() ? nothing(found) : QString();
}

QString FindWords::nothing(const DiscoveryModel &found)
{
    switch (found.source()) {
    case DiscoveryModel::Words:
        return tr("Nothing here matches. The channel directory was searched, too.");
    case DiscoveryModel::Active:
        return tr("Nobody has posted in an open channel this week.");
    case DiscoveryModel::Suggested:
        return tr("No suggestions. They come from what those follow who follow what you follow.");
    case DiscoveryModel::Here:
        return tr("This server lists no channels.");
    case DiscoveryModel::Contacts:
        break; // the bar of the scan speaks
    }
    return {};
}

} // namespace cumulet
