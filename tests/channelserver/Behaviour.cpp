#include "Behaviour.h"

#include <array>

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static constexpr std::array words{
    std::pair{"double-replies"_L1, Habit::DoubleReplies},
    std::pair{"null-tag"_L1, Habit::NullTag},
    std::pair{"empty-ns"_L1, Habit::EmptyNamespaces},
    std::pair{"swapped-ns"_L1, Habit::SwappedNamespaces},
    std::pair{"underscore"_L1, Habit::Underscore},
    std::pair{"no-before"_L1, Habit::NoBefore},
    std::pair{"default-value"_L1, Habit::DefaultValue},
    std::pair{"strict-create"_L1, Habit::StrictCreate},
    std::pair{"quiet-invite"_L1, Habit::QuietInvite},
    std::pair{"quiet-deny"_L1, Habit::QuietDeny},
    std::pair{"owner-only-config"_L1, Habit::OwnerOnlyConfig},
    std::pair{"relay-remote"_L1, Habit::RelayRemote},
    std::pair{"silence"_L1, Habit::Silence},
    std::pair{"weak-bans"_L1, Habit::WeakBans},
    std::pair{"greedy-unregister"_L1, Habit::GreedyUnregister},
    std::pair{"silent-remote"_L1, Habit::SilentRemote},
    std::pair{"outcast-dies"_L1, Habit::OutcastDies},
    std::pair{"duplicate-events"_L1, Habit::DuplicateEvents},
    std::pair{"reorder-events"_L1, Habit::ReorderEvents},
    std::pair{"legacy-entry"_L1, Habit::LegacyEntry},
    std::pair{"remote-holes"_L1, Habit::RemoteHoles},
    std::pair{"huge"_L1, Habit::Huge},
};

QStringList Behaviour::names()
{
    QStringList names;
    for (const auto &[word, habit] : words)
        names.append(word);
    return names;
}

Behaviour Behaviour::allReal()
{
    using enum Habit;
    return {DoubleReplies | NullTag | EmptyNamespaces | SwappedNamespaces | Underscore | NoBefore | DefaultValue
            | StrictCreate | QuietInvite | QuietDeny | OwnerOnlyConfig | RelayRemote | RemoteHoles | Silence | WeakBans
            | GreedyUnregister,
        -1, 1000};
}

Behaviour Behaviour::fromText(const QString &text, QString *error)
{
    Behaviour behaviour;
    for (const auto &part : text.split(u',', Qt::SkipEmptyParts)) {
        auto word = part.trimmed();
        if (word == "proper"_L1) {
            behaviour = proper();
            continue;
        }
        if (word == "all-real"_L1) {
            behaviour.habits |= allReal().habits;
            continue;
        }
        const bool off = word.startsWith(u'-');
        const auto number = word.section(u'=', 1);
        word = word.section(u'=', 0, 0).mid(off ? 1 : 0);
        const auto known = std::ranges::find_if(words, [&](const auto &pair) { return pair.first == word; });
        bool isNumber = true;
        const int milliseconds = number.isEmpty() ? 0 : number.toInt(&isNumber);
        if (known == words.end() || !isNumber) {
            if (error)
                *error = u"no behaviour called \"%1\"; there are: proper, all-real, %2"_s.arg(
                    part.trimmed(), names().join(u", "_s));
            return {};
        }
        behaviour.habits.setFlag(known->second, !off);
        if (known->second == Habit::SilentRemote && !number.isEmpty())
            behaviour.remoteDelay = milliseconds;
        if (known->second == Habit::OutcastDies && !number.isEmpty())
            behaviour.restartDelay = milliseconds;
    }
    return behaviour;
}

} // namespace cumulet::channelserver
