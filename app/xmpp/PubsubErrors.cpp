#include "xmpp/PubsubErrors.h"

#include "xmpp/PubsubElements.h"
#include "xmpp/StanzaErrors.h"

#include <QStringList>

#include <array>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

constexpr qsizetype longestText = 500;
constexpr qsizetype mostConditions = 8;

struct ConditionKind
{
    QLatin1String condition;
    ErrorKind kind;
};

// these say more than the general condition beside them, or are not in RFC 6120
constexpr std::array tellingConditions{
    ConditionKind{"not_authorized"_L1, ErrorKind::NotAllowed}, // the service's own spelling in answers to items
    ConditionKind{"service-unavailable"_L1, ErrorKind::Unreachable}, // the component is away, its server answers
    ConditionKind{"parent-item-not-found"_L1, ErrorKind::NotFound},
    ConditionKind{"targeted-item-not-found"_L1, ErrorKind::NotFound},
    ConditionKind{"item-already-rated"_L1, ErrorKind::Conflict},
    ConditionKind{"precondition-not-met"_L1, ErrorKind::Conflict},
    ConditionKind{"payload-too-big"_L1, ErrorKind::TooLarge},
    ConditionKind{"closed-node"_L1, ErrorKind::NotAllowed},
    ConditionKind{"pending-subscription"_L1, ErrorKind::NotAllowed},
    ConditionKind{"unsupported"_L1, ErrorKind::Unsupported},
};

QStringList conditionsIn(const QDomElement &error)
{
    QStringList names;
    for (auto child = error.firstChildElement(); !child.isNull() && names.size() < mostConditions;
        child = child.nextSiblingElement()) {
        if (const QString name = localName(child); name != "text"_L1) {
            names.append(name.left(longestText));
        }
    }
    return names;
}

QString detailOf(const QStringList &conditions, const QString &text)
{
    const QString names = conditions.isEmpty() ? u"no-condition"_s : conditions.join(u' ');
    return text.isEmpty() ? names : names + ": "_L1 + text;
}

} // namespace

Error pubsubErrorIn(const QDomElement &iq)
{
    const auto element = childNamed(iq, u"error");
    if (element.isNull()) {
        return {ErrorKind::Rejected, u"an error without its cause"_s};
    }
    const auto conditions = conditionsIn(element);
    const QString detail = detailOf(conditions, textOf(childNamed(element, u"text"), longestText));
    for (const auto &known : tellingConditions) {
        if (conditions.contains(known.condition)) {
            return {known.kind, detail};
        }
    }
    QXmppStanza::Error error;
    error.parse(element);
    return {toError(error).kind, detail};
}

bool hasCondition(const Error &error, QStringView condition)
{
    const QStringView detail = error.detail;
    const auto colon = detail.indexOf(u':');
    return detail.first(colon < 0 ? detail.size() : colon).split(u' ').contains(condition);
}

bool meansServiceLost(const QDomElement &stanza)
{
    const auto conditions = conditionsIn(childNamed(stanza, u"error"));
    return conditions.contains("service-unavailable"_L1) || conditions.contains("remote-server-timeout"_L1)
        || conditions.contains("recipient-unavailable"_L1);
}

} // namespace cumulet
