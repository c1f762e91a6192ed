#pragma once

#include "domain/Identifier.h"
#include "domain/Jid.h"
#include "domain/Result.h"

#include <QByteArray>
#include <QDateTime>
#include <QStringList>

namespace cumulet {

/// What is kept about an account; its password is in platform/SecretStore, never here.
struct Account
{
    AccountId id = 0;
    Jid jid; ///< bare
    QString host; ///< empty: found by the domain's SRV records
    quint16 port = 0;
    bool isEnabled = true;
    bool asksForPassword = false; ///< no keyring: the password is asked at each start
    QByteArray trustedCertificate; ///< SHA-256 of the one certificate the user accepted by hand, or empty
    Jid channelService; ///< the home channel service found last time, or empty
    Jid chosenChannelService; ///< typed by the user, asked instead of looking for one; empty: it is looked for
    QString statusText;
    int show = 0; ///< Presence::Show chosen by the user
};

/// Where a connection stands.
enum class ConnectionState {
    Offline, ///< not wanted: disabled, or the user chose "offline"
    Connecting,
    CatchingUp, ///< logged in; the archive and the channels are being read
    Online,
    Waiting, ///< lost; will be tried again at ConnectionStatus::nextTry
    Failed, ///< needs the user: see ConnectionStatus::error
};

/// A server certificate that could not be trusted, for the user to judge.
struct CertificateProblem
{
    QString subject;
    QString issuer;
    QDateTime validFrom;
    QDateTime validUntil;
    QByteArray sha256;
    QStringList reasons; ///< as given by TLS, plain text
};

/// The connection of one account as the user sees it.
struct ConnectionStatus
{
    ConnectionState state = ConnectionState::Offline;
    Error error; ///< meaningful in Waiting and Failed
    QDateTime since; ///< when this state began
    QDateTime nextTry; ///< in Waiting
    CertificateProblem certificate; ///< when error is of kind Certificate
};

} // namespace cumulet

Q_DECLARE_METATYPE(cumulet::Account)
Q_DECLARE_METATYPE(cumulet::ConnectionStatus)
