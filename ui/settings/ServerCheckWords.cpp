#include "ui/settings/ServerCheckWords.h"

#include "services/channel/ChannelChecks.h"
#include "ui/common/ErrorText.h"

using namespace Qt::StringLiterals;

namespace cumulet {

QString ServerCheckWords::subject(const QString &name)
{
    const QList<std::pair<QLatin1String, QString>> subjects{
        {QLatin1String(channelCheck::service), tr("Channel service")},
        {QLatin1String(channelCheck::registration), tr("Registration for channels")},
        {QLatin1String(channelCheck::ownChannel), tr("Your own channel")},
        {QLatin1String(channelCheck::directory), tr("Channel directory")},
        {QLatin1String(channelCheck::mediaServer), tr("Media server")},
        {QLatin1String(channelCheck::search), tr("Search in what you follow")},
        {QLatin1String(channelCheck::archive), tr("What came while you were away")},
        {QLatin1String(channelCheck::temporary), tr("Temporary channels")},
    };
    for (const auto &[key, words] : subjects) {
        if (name == key) {
            return words;
        }
    }
    return name;
}

QString ServerCheckWords::lack(const QString &name)
{
    const QList<std::pair<QLatin1String, QString>> sentences{
        {QLatin1String(channelCheck::service),
            tr("Without it there are no channels. Ask who runs the server, or name a service in the settings of the "
               "account.")},
        {QLatin1String(channelCheck::registration), tr("The service makes no channel for you.")},
        {QLatin1String(channelCheck::ownChannel), tr("Others cannot follow you.")},
        {QLatin1String(channelCheck::directory),
            tr("Channels are found by their address and in the list of the server, not by words.")},
        {QLatin1String(channelCheck::mediaServer), tr("The service keeps no pictures and files of channels.")},
        {QLatin1String(channelCheck::search), tr("Only posts that are stored here are searched.")},
        {QLatin1String(channelCheck::archive), tr("Each channel is read when you open it.")},
        {QLatin1String(channelCheck::temporary), tr("The service does not announce them.")},
    };
    for (const auto &[key, words] : sentences) {
        if (name == key) {
            return words;
        }
    }
    return {};
}

QString ServerCheckWords::detail(const ServerCheck::Line &line)
{
    if (line.subject != QLatin1String(channelCheck::service)) {
        return line.detail;
    }
    const QString address = line.detail.section(u' ', 0, 0);
    const QString way = line.detail.section(u' ', 1);
    return way == "listed"_L1    ? tr("%1, listed by your server").arg(address)
        : way == "remembered"_L1 ? tr("%1, where it was last time").arg(address)
        : way == "dns"_L1        ? tr("%1, named in the DNS").arg(address)
                                 : tr("%1, named in the settings of the account").arg(address);
}

QString ServerCheckWords::line(const ServerCheck::Line &line)
{
    const QString name = subject(line.subject);
    switch (line.state) {
    case ServerCheck::State::NotAsked:
        return tr("%1: not asked").arg(name);
    case ServerCheck::State::Asking:
        return tr("%1: asking…").arg(name);
    case ServerCheck::State::Works:
        return line.detail.isEmpty() ? tr("%1: works").arg(name) : tr("%1: works (%2)").arg(name, detail(line));
    case ServerCheck::State::Missing:
        break;
    }
    // what is not there needs no further reason; a refusal or silence does
    const QString reason = line.error.kind == ErrorKind::NotFound ? QString() : u' ' + ErrorText::sentence(line.error);
    return tr("%1: missing. %2").arg(name, lack(line.subject)) + reason;
}

} // namespace cumulet
