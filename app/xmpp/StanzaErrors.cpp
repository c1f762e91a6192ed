#include "xmpp/StanzaErrors.h"

#include "xmpp/Namespaces.h"

#include <QXmppAuthenticationError.h>
#include <QXmppBindError.h>
#include <QXmppSendResult.h>
#include <QXmppStreamError.h>

#include <QAbstractSocket>

#include <array>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

using Condition = QXmppStanza::Error::Condition;

// texts in errors come from strangers and end in a log
constexpr int longestText = 500;

struct StanzaCondition
{
    Condition condition;
    QLatin1String name;
    ErrorKind kind;
};

constexpr std::array stanzaConditions{
    StanzaCondition{Condition::BadRequest, "bad-request"_L1, ErrorKind::Rejected},
    StanzaCondition{Condition::Conflict, "conflict"_L1, ErrorKind::Conflict},
    StanzaCondition{Condition::FeatureNotImplemented, "feature-not-implemented"_L1, ErrorKind::Unsupported},
    StanzaCondition{Condition::Forbidden, "forbidden"_L1, ErrorKind::NotAllowed},
    StanzaCondition{Condition::Gone, "gone"_L1, ErrorKind::NotFound},
    StanzaCondition{Condition::InternalServerError, "internal-server-error"_L1, ErrorKind::Rejected},
    StanzaCondition{Condition::ItemNotFound, "item-not-found"_L1, ErrorKind::NotFound},
    StanzaCondition{Condition::JidMalformed, "jid-malformed"_L1, ErrorKind::NotFound},
    StanzaCondition{Condition::NotAcceptable, "not-acceptable"_L1, ErrorKind::Rejected},
    StanzaCondition{Condition::NotAllowed, "not-allowed"_L1, ErrorKind::NotAllowed},
    StanzaCondition{Condition::NotAuthorized, "not-authorized"_L1, ErrorKind::NotAllowed},
    StanzaCondition{Condition::RecipientUnavailable, "recipient-unavailable"_L1, ErrorKind::Unreachable},
    StanzaCondition{Condition::Redirect, "redirect"_L1, ErrorKind::NotFound},
    StanzaCondition{Condition::RegistrationRequired, "registration-required"_L1, ErrorKind::NotAllowed},
    StanzaCondition{Condition::RemoteServerNotFound, "remote-server-not-found"_L1, ErrorKind::Unreachable},
    StanzaCondition{Condition::RemoteServerTimeout, "remote-server-timeout"_L1, ErrorKind::Unreachable},
    StanzaCondition{Condition::ResourceConstraint, "resource-constraint"_L1, ErrorKind::SlowDown},
    StanzaCondition{Condition::ServiceUnavailable, "service-unavailable"_L1, ErrorKind::Unsupported},
    StanzaCondition{Condition::SubscriptionRequired, "subscription-required"_L1, ErrorKind::NotAllowed},
    StanzaCondition{Condition::UndefinedCondition, "undefined-condition"_L1, ErrorKind::Rejected},
    StanzaCondition{Condition::UnexpectedRequest, "unexpected-request"_L1, ErrorKind::Rejected},
    StanzaCondition{Condition::PolicyViolation, "policy-violation"_L1, ErrorKind::NotAllowed},
};

QString withText(QLatin1String name, const QString &text)
{
    return text.isEmpty() ? QString(name) : name + ": "_L1 + text.left(longestText);
}

ErrorKind kindOf(QXmpp::StreamError error)
{
    switch (error) {
    case QXmpp::StreamError::Conflict:
        return ErrorKind::Conflict;
    case QXmpp::StreamError::HostGone:
    case QXmpp::StreamError::HostUnknown:
        return ErrorKind::NotFound;
    case QXmpp::StreamError::NotAuthorized:
        return ErrorKind::Authentication;
    case QXmpp::StreamError::PolicyViolation:
    case QXmpp::StreamError::ResourceConstraint:
        return ErrorKind::SlowDown;
    case QXmpp::StreamError::ConnectionTimeout:
    case QXmpp::StreamError::InternalServerError:
    case QXmpp::StreamError::RemoteConnectionFailed:
    case QXmpp::StreamError::Reset:
    case QXmpp::StreamError::SystemShutdown:
        return ErrorKind::Unreachable;
    case QXmpp::StreamError::UnsupportedEncoding:
    case QXmpp::StreamError::UnsupportedFeature:
    case QXmpp::StreamError::UnsupportedStanzaType:
    case QXmpp::StreamError::UnsupportedVersion:
        return ErrorKind::Unsupported;
    default:
        return ErrorKind::Malformed;
    }
}

ErrorKind kindOf(QXmpp::AuthenticationError::Type type)
{
    switch (type) {
    case QXmpp::AuthenticationError::EncryptionRequired:
    case QXmpp::AuthenticationError::MechanismMismatch:
    case QXmpp::AuthenticationError::RequiredTasks:
        return ErrorKind::Unsupported;
    default:
        return ErrorKind::Authentication;
    }
}

} // namespace

Error toError(const QXmppStanza::Error &error)
{
    if (error.fileTooLarge()) {
        return {ErrorKind::TooLarge, withText("file-too-large"_L1, error.text())};
    }
    for (const auto &known : stanzaConditions) {
        if (known.condition == error.condition()) {
            return {known.kind, withText(known.name, error.text())};
        }
    }
    return {ErrorKind::Rejected, withText("no-condition"_L1, error.text())};
}

Error toError(const QXmppError &error)
{
    const QString text = error.description.left(longestText);
    if (const auto stanza = error.value<QXmppStanza::Error>()) {
        return toError(*stanza);
    }
    if (const auto stream = error.value<QXmpp::StreamError>()) {
        return {kindOf(*stream), text};
    }
    if (const auto authentication = error.value<QXmpp::AuthenticationError>()) {
        return {kindOf(authentication->type),
            authentication->text.isEmpty() ? text : authentication->text.left(longestText)};
    }
    if (const auto binding = error.value<QXmpp::BindError>()) {
        return toError(binding->stanzaError);
    }
    if (error.holdsType<QXmpp::TimeoutError>()) {
        return {ErrorKind::Timeout, text};
    }
    if (error.holdsType<QXmpp::SendError>()) {
        return {ErrorKind::Offline, text};
    }
    if (error.holdsType<QAbstractSocket::SocketError>()) {
        return {ErrorKind::Unreachable, text};
    }
    return {ErrorKind::Rejected, text};
}

Error errorIn(const QDomElement &stanza)
{
    const auto element = child(stanza, u"error", ns::client);
    if (element.isNull()) {
        return {ErrorKind::Rejected, u"an error without its cause"_s};
    }
    QXmppStanza::Error error;
    error.parse(element);
    return toError(error);
}

} // namespace cumulet
