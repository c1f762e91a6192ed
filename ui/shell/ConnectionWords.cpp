#include "ui/shell/ConnectionWords.h"

#include "ui/common/ErrorText.h"
#include "ui/common/TimeText.h"

using namespace Qt::StringLiterals;

namespace cumulet {

void ConnectionWords::show(Banner &banner, const ConnectionStatus &status, int waiting)
{
    const QString rest = waiting > 0 ? u' ' + tr("%n thing(s) wait to be sent.", nullptr, waiting) : QString();
    switch (status.state) {
    case ConnectionState::Online:
        banner.clear();
        return;
    case ConnectionState::Connecting:
        banner.setMessage(Banner::Tone::Quiet, tr("Connecting…") + rest);
        return;
    case ConnectionState::CatchingUp:
        banner.setMessage(Banner::Tone::Quiet, tr("Catching up…") + rest);
        return;
    case ConnectionState::Offline:
        banner.setMessage(Banner::Tone::Warning, tr("You are offline.") + rest, tr("Go online"));
        return;
    case ConnectionState::Waiting:
        banner.setMessage(
            Banner::Tone::Warning, tr("Offline since %1.").arg(TimeText::clock(status.since)) + rest, tr("Retry now"));
        return;
    case ConnectionState::Failed:
        banner.setMessage(Banner::Tone::Danger, ErrorText::sentence(status.error, ErrorText::Attempt::SignIn) + rest,
            tr("Look at it"));
        return;
    }
}

} // namespace cumulet
