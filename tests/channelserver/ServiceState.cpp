#include "ServiceState.h"

#include "Address.h"

#include <QTimeZone>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

bool ServiceState::isLocalNode(const QString &domain) const
{
    return domain == settings.usersDomain || domain == settings.domain
        || (!settings.topicsDomain.isEmpty() && domain == settings.topicsDomain)
        || (has(Habit::RelayRemote) && domain == "far.test"_L1);
}

bool ServiceState::isRelayed(const QString &node) const
{
    return has(Habit::RelayRemote) && NodeName::fromText(node).domain == "far.test"_L1;
}

bool ServiceState::isOwnNode(const QString &node) const
{
    const auto name = NodeName::fromText(node);
    return !isRelayed(node) && (!name.isValid() || isLocalNode(name.domain));
}

QString ServiceState::newQuestionId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces); // nobody shall guess it
}

QString ServiceState::tagAuthority() const
{
    return has(Habit::NullTag) ? "null@"_L1 + settings.domain : settings.domain;
}

QString wireTime(const QDateTime &time)
{
    return time.toUTC().toString(u"yyyy-MM-dd'T'HH:mm:ss.zzz'Z'"_s);
}

QString wireTime(qint64 msecsSinceEpoch)
{
    return wireTime(QDateTime::fromMSecsSinceEpoch(msecsSinceEpoch, QTimeZone::UTC));
}

std::optional<qint64> timeFromWire(const QString &text)
{
    const auto time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!time.isValid() || !text.contains(u'T'))
        return std::nullopt;
    return time.toMSecsSinceEpoch();
}

} // namespace cumulet::channelserver
