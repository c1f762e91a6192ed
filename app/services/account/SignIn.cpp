#include "services/account/SignIn.h"

#include "wire/SessionWire.h"

#include <QCoreApplication>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace cumulet {

static constexpr auto limit = 60s;

SignIn::SignIn(AccountService &accounts, WireFactory wires, QObject *parent)
    : QObject(parent)
    , m_accounts(accounts)
    , m_makeWires(std::move(wires))
{
    m_limit.setSingleShot(true);
    m_limit.setInterval(limit);
    connect(&m_limit, &QTimer::timeout, this,
        [this] { fail({ErrorKind::Timeout, u"no end of the login within a minute"_s}); });
}

SignIn::~SignIn()
{
    drop();
}

void SignIn::attempt(const Account &account, const QString &password, AccountService::PasswordPlace place)
{
    drop();
    m_account = account;
    m_password = password;
    m_place = place;
    m_certificate = {};
    m_wires = m_makeWires();
    m_session = m_wires.session;
    connect(m_session, &SessionWire::certificateRejected, this,
        [this](const CertificateProblem &problem) { m_certificate = problem; });
    connect(m_session, &SessionWire::disconnected, this, &SignIn::fail);
    connect(m_session, &SessionWire::connected, this, &SignIn::keep);
    m_limit.start();
    m_session->open({
        .jid = account.jid,
        .password = password,
        .host = account.host,
        .port = account.port,
        .trustedCertificate = account.trustedCertificate,
        .presence = {},
    });
}

void SignIn::cancel()
{
    drop();
}

void SignIn::keep()
{
    drop();
    whenDone(m_accounts.add(m_account, m_password, m_place), this, [this](const Result<Account> &account) {
        const QString password = std::exchange(m_password, {});
        if (account) {
            Q_EMIT succeeded(*account, password);
        } else {
            Q_EMIT failed(account.error(), {});
        }
    });
}

void SignIn::fail(const Error &error)
{
    drop();
    m_password.clear();
    Q_EMIT failed(error, m_certificate);
}

// we may be inside a signal of the wire: it is let go of when the event loop turns
void SignIn::drop()
{
    m_limit.stop();
    if (!m_session) {
        return;
    }
    m_session->disconnect(this);
    m_session->close();
    m_session = nullptr;
    QMetaObject::invokeMethod(qApp, [wires = std::move(m_wires)] {}, Qt::QueuedConnection);
    m_wires = {};
}

} // namespace cumulet
