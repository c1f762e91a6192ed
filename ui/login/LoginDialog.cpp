#include "ui/login/LoginDialog.h"

#include "services/account/SignIn.h"
#include "ui/common/ErrorText.h"
#include "ui/common/PlainLabel.h"
#include "ui/common/TimeText.h"

#include <QAccessible>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int patience = 10000; // ms until we say what is being tried

LoginDialog::LoginDialog(const ProgramParts &parts, QWidget *parent)
    : QDialog(parent)
    , m_parts(parts)
{
    setWindowTitle(tr("Log in"));
    m_parts.theme.fill(this, Theme::Side);
    build();
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        const auto jid = Jid::parse(m_address->text().trimmed());
        m_progress->setText(tr("Still waiting for an answer of %1…").arg(jid ? jid->domain() : QString()));
    });
    connect(&parts.signIn, &SignIn::succeeded, this, &QDialog::accept);
    connect(&parts.signIn, &SignIn::failed, this, &LoginDialog::showError);
}

LoginDialog::~LoginDialog()
{
    m_parts.signIn.cancel();
}

void LoginDialog::build()
{
    const Theme &theme = m_parts.theme;
    const auto makeError = [&](QWidget *field) {
        auto *label = new PlainLabel(theme, Theme::Type::Small, Theme::Danger, this);
        label->setWordWrap(true);
        label->setBuddy(field);
        label->hide();
        return label;
    };
    auto *title = new PlainLabel(theme, Theme::Type::Display, Theme::Text, this);
    title->setText(tr("Log in"));
    auto *lead = new PlainLabel(theme, Theme::Type::Body, Theme::Muted, this);
    lead->setWordWrap(true);
    lead->setText(tr("With the address and password of your XMPP account. Your server does the rest."));

    m_address = new QLineEdit(this);
    m_address->setObjectName(u"address"_s);
    m_address->setPlaceholderText(tr("name@example.org"));
    m_address->setAccessibleName(tr("Address"));
    m_password = new QLineEdit(this);
    m_password->setObjectName(u"password"_s);
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setAccessibleName(tr("Password"));
    m_server = new QLineEdit(this);
    m_server->setObjectName(u"server"_s);
    m_server->setPlaceholderText(tr("host:port, only if your provider says so"));
    m_server->setAccessibleName(tr("Server"));
    m_addressError = makeError(m_address);
    m_passwordError = makeError(m_password);
    m_serverError = makeError(m_server);
    m_keepInFile = new QCheckBox(tr("Keep the password in a file if there is no keyring"), this);
    m_keepInFile->setToolTip(tr("The file can be read by you alone. Without it you are asked at each start."));

    m_form = new QFormLayout;
    m_form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    m_form->setVerticalSpacing(Theme::tight);
    m_form->addRow(tr("&Address"), m_address);
    m_form->addRow(m_addressError);
    m_form->addRow(tr("&Password"), m_password);
    m_form->addRow(m_passwordError);
    m_form->addRow(tr("&Server"), m_server);
    m_form->addRow(m_serverError);
    m_form->addRow(m_keepInFile);
    m_form->setRowVisible(m_server, false);

    m_certificate = new QWidget(this);
    m_certificateText = new PlainLabel(theme, Theme::Type::Small, Theme::Text, m_certificate);
    m_certificateText->setWordWrap(true);
    m_certificateText->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_trust = new QPushButton(tr("Trust this certificate from now on"), m_certificate);
    m_trust->setObjectName(u"trust"_s);
    setEmphasis(m_trust, Emphasis::Danger);
    auto *certificateLayout = new QVBoxLayout(m_certificate);
    certificateLayout->setContentsMargins(0, Theme::small, 0, 0);
    certificateLayout->addWidget(m_certificateText);
    certificateLayout->addWidget(m_trust, 0, Qt::AlignLeft);
    m_certificate->hide();
    connect(m_trust, &QPushButton::clicked, this, [this] {
        m_trusted = m_offered;
        submit();
    });

    m_progress = new PlainLabel(theme, Theme::Type::Small, Theme::Muted, this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_login = buttons->addButton(tr("Log in"), QDialogButtonBox::AcceptRole);
    m_login->setObjectName(u"login"_s);
    m_login->setDefault(true);
    setEmphasis(m_login, Emphasis::Primary);
    connect(buttons, &QDialogButtonBox::accepted, this, &LoginDialog::submit);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::page + 4, Theme::page, Theme::page + 4, Theme::page);
    layout->setSpacing(Theme::small);
    layout->addWidget(title);
    layout->addWidget(lead);
    layout->addSpacing(Theme::small);
    layout->addLayout(m_form);
    layout->addWidget(m_certificate);
    layout->addWidget(m_progress);
    layout->addStretch();
    layout->addWidget(buttons);
    setMinimumWidth(theme.scaled(400));
}

void LoginDialog::prefill(const Jid &jid, const QString &host, quint16 port)
{
    m_address->setText(jid.text());
    if (!host.isEmpty()) {
        m_server->setText(port ? u"%1:%2"_s.arg(host).arg(port) : host);
        showServerFields();
    }
    (jid.isEmpty() ? m_address : m_password)->setFocus();
}

// errors, a certificate, the server's field: what comes in finds room, the rest keeps its size
bool LoginDialog::event(QEvent *event)
{
    const bool isDone = QDialog::event(event);
    if (event->type() == QEvent::LayoutRequest) {
        const int needed = std::max(layout()->totalHeightForWidth(width()), layout()->totalMinimumSize().height());
        resize(width(), std::max(height(), needed));
    }
    return isDone;
}

void LoginDialog::showServerFields()
{
    m_form->setRowVisible(m_server, true);
}

void LoginDialog::clearErrors()
{
    for (PlainLabel *label : {m_addressError, m_passwordError, m_serverError}) {
        label->hide();
    }
    m_certificate->hide();
    m_progress->setText({});
}

void LoginDialog::submit()
{
    clearErrors();
    Account account;
    const auto jid = Jid::parse(m_address->text().trimmed());
    if (!jid || jid->local().isEmpty()) {
        m_addressError->setText(tr("An address looks like name@example.org."));
        m_addressError->show();
        m_address->setFocus();
        return;
    }
    if (m_password->text().isEmpty()) {
        m_passwordError->setText(tr("The password is missing."));
        m_passwordError->show();
        m_password->setFocus();
        return;
    }
    account.jid = jid->bare();
    if (const QString server = m_server->text().trimmed(); !server.isEmpty()) {
        const auto colon = server.lastIndexOf(u':');
        bool isNumber = true;
        account.host = colon < 0 ? server : server.left(colon);
        account.port = colon < 0 ? 5222 : QStringView(server).mid(colon + 1).toUShort(&isNumber);
        if (!isNumber || account.host.isEmpty() || account.port == 0) {
            m_serverError->setText(tr("A server looks like xmpp.example.org:5222."));
            m_serverError->show();
            m_server->setFocus();
            return;
        }
    }
    account.trustedCertificate = m_trusted;
    setUnderWay(true);
    m_parts.signIn.attempt(account, m_password->text(),
        m_keepInFile->isChecked() ? AccountService::PasswordPlace::File : AccountService::PasswordPlace::Keyring);
}

void LoginDialog::setUnderWay(bool isUnderWay)
{
    m_login->setEnabled(!isUnderWay);
    m_trust->setEnabled(!isUnderWay);
    m_progress->setText(isUnderWay ? tr("Logging in…") : QString());
    if (isUnderWay) {
        m_patience.start();
    } else {
        m_patience.stop();
    }
}

void LoginDialog::showError(const Error &error, const CertificateProblem &certificate)
{
    setUnderWay(false);
    const QString sentence = ErrorText::sentence(error, ErrorText::Attempt::SignIn);
    const auto showAt = [&](PlainLabel *label, QLineEdit *field) {
        label->setText(sentence);
        label->show();
        field->setFocus();
        field->selectAll();
        QAccessibleEvent event(label, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    };
    switch (error.kind) {
    case ErrorKind::Authentication:
    case ErrorKind::NotAllowed:
        showAt(m_passwordError, m_password);
        return;
    case ErrorKind::Certificate:
        m_addressError->setText(sentence);
        m_addressError->show();
        showCertificate(certificate);
        return;
    case ErrorKind::Conflict:
        showAt(m_addressError, m_address);
        return;
    default:
        // the lookup may be what failed: now the server's name helps
        showServerFields();
        showAt(m_server->text().isEmpty() ? m_addressError : m_serverError,
            m_server->text().isEmpty() ? m_address : m_server);
    }
}

void LoginDialog::showCertificate(const CertificateProblem &certificate)
{
    m_offered = certificate.sha256;
    const QString fingerprint = QString::fromLatin1(certificate.sha256.toHex(':')).toUpper();
    m_certificateText->setText(
        tr("The server's certificate is not trusted:\n%1\nFor: %2\nFrom: %3\nValid: %4 to %5\nSHA-256: %6\n\nAccept it "
           "only if you know that it is your server's: whoever made it can read everything.")
            .arg(certificate.reasons.join(u'\n'), certificate.subject, certificate.issuer,
                TimeText::full(certificate.validFrom), TimeText::full(certificate.validUntil), fingerprint));
    m_trust->setEnabled(!m_offered.isEmpty());
    m_certificate->show();
}

} // namespace cumulet
