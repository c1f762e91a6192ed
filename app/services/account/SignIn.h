#pragma once

#include "domain/Account.h"
#include "services/account/AccountService.h"
#include "wire/AccountWires.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace cumulet {

/// Tries an address and password once, before anything is kept; a success adds the account. One attempt at a time.
class SignIn : public QObject
{
    Q_OBJECT

public:
    using WireFactory = std::function<AccountWires()>;
    SignIn(AccountService &accounts, WireFactory wires, QObject *parent = nullptr);
    ~SignIn() override;

    /// account.id is 0; host and port may be empty. Ends in succeeded() or failed().
    void attempt(const Account &account, const QString &password, AccountService::PasswordPlace place);
    void cancel();
    bool isUnderWay() const { return m_session != nullptr; }

Q_SIGNALS:
    /// password: for the first session, since there may be no place that keeps it.
    void succeeded(const cumulet::Account &account, const QString &password);
    /// Kind Certificate: the certificate can be looked at and accepted for the next attempt.
    void failed(const cumulet::Error &error, const cumulet::CertificateProblem &certificate);

private:
    void keep();
    void fail(const Error &error);
    void drop();

    AccountService &m_accounts;
    WireFactory m_makeWires;
    AccountWires m_wires;
    SessionWire *m_session = nullptr;
    Account m_account;
    QString m_password;
    AccountService::PasswordPlace m_place = AccountService::PasswordPlace::Keyring;
    CertificateProblem m_certificate;
    QTimer m_limit;
};

} // namespace cumulet
