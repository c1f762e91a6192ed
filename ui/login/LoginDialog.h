#pragma once

#include "domain/Account.h"
#include "ui/shell/ProgramParts.h"

#include <QDialog>
#include <QTimer>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QFormLayout;
class QLineEdit;
class QPushButton;
QT_END_NAMESPACE

namespace cumulet {

class PlainLabel;

/// Adds an account: address and password; server and port only when the lookup failed or were given. Errors stand at
/// the field that caused them; an untrusted certificate is shown and can be accepted, that one only.
class LoginDialog : public QDialog
{
    Q_OBJECT

public:
    explicit LoginDialog(const ProgramParts &parts, QWidget *parent = nullptr);
    ~LoginDialog() override;

    /// Fills the fields, for a server given at the start of the program.
    void prefill(const Jid &jid, const QString &host, quint16 port);

protected:
    bool event(QEvent *event) override;

private:
    void build();
    void submit();
    void showError(const Error &error, const CertificateProblem &certificate);
    void showCertificate(const CertificateProblem &certificate);
    void clearErrors();
    void setUnderWay(bool isUnderWay);
    void showServerFields();

    ProgramParts m_parts;
    QFormLayout *m_form = nullptr;
    QLineEdit *m_address = nullptr;
    QLineEdit *m_password = nullptr;
    QLineEdit *m_server = nullptr;
    PlainLabel *m_addressError = nullptr;
    PlainLabel *m_passwordError = nullptr;
    PlainLabel *m_serverError = nullptr;
    PlainLabel *m_progress = nullptr;
    QCheckBox *m_keepInFile = nullptr;
    QWidget *m_certificate = nullptr;
    PlainLabel *m_certificateText = nullptr;
    QPushButton *m_trust = nullptr;
    QPushButton *m_login = nullptr;
    QTimer m_patience;
    QByteArray m_trusted;
    QByteArray m_offered;
};

} // namespace cumulet
