#include "ui/shell/Place.h"

#include "text/TextSpan.h"

namespace cumulet {

void Place::followLink(const QString &target, int kind)
{
    switch (TextSpan::Kind(kind)) {
    case TextSpan::Mention:
        if (const auto jid = Jid::parse(target)) {
            Q_EMIT channelActivated(jid->bare());
        }
        return;
    case TextSpan::Hashtag:
        Q_EMIT wordsActivated(target);
        return;
    default:
        Q_EMIT addressActivated(target);
    }
}

} // namespace cumulet
