#include "ui/shell/ProtocolConsole.h"

#include "services/account/Accounts.h"
#include "services/session/SessionService.h"
#include "ui/common/PlainLabel.h"

#include <QClipboard>
#include <QComboBox>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSysInfo>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cumulet {

ProtocolConsole::ProtocolConsole(const ProgramParts &parts, AccountId account, QWidget *parent)
    : QDialog(parent)
    , m_parts(parts)
    , m_account(new QComboBox(this))
    , m_filter(new QLineEdit(this))
    , m_text(new QPlainTextEdit(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Protocol console"));
    m_parts.theme.fill(this, Theme::Side);
    build();
    const auto ids = m_parts.accounts.ids();
    for (const AccountId id : ids) {
        listen(id);
    }
    connect(&m_parts.accounts, &Accounts::added, this, &ProtocolConsole::listen);
    m_account->setCurrentIndex(std::max(0, m_account->findData(QVariant::fromValue<qint64>(account))));
    m_filter->setFocus();
}

ProtocolConsole::~ProtocolConsole()
{
    const auto ids = m_parts.accounts.ids();
    for (const AccountId id : ids) {
        m_parts.accounts.of(id)->session->setRecording(false);
    }
}

void ProtocolConsole::build()
{
    m_account->setAccessibleName(tr("Account"));
    m_filter->setObjectName(u"consoleFilter"_s);
    m_filter->setPlaceholderText(tr("Only what has these words"));
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setClearButtonEnabled(true);
    m_text->setObjectName(u"consoleText"_s);
    m_text->setAccessibleName(tr("What went over the stream, newest last"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    auto *note = new PlainLabel(m_parts.theme, Theme::Type::Small, Theme::Muted, this);
    note->setWordWrap(true);
    note->setText(
        tr("Recorded from now on, while this window is open. The login and passwords are left out; what people "
           "write is not: look before you pass it on."));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton *copy = buttons->addButton(tr("&Copy all"), QDialogButtonBox::ActionRole);
    QPushButton *clear = buttons->addButton(tr("C&lear"), QDialogButtonBox::ActionRole);
    connect(copy, &QPushButton::clicked, this, &ProtocolConsole::copyReport);
    connect(clear, &QPushButton::clicked, this, [this] {
        m_entries.clear();
        showAll();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(m_account, &QComboBox::currentIndexChanged, this, &ProtocolConsole::showAll);
    connect(m_filter, &QLineEdit::textChanged, this, &ProtocolConsole::showAll);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::page, Theme::page, Theme::page, Theme::page);
    layout->addWidget(m_account);
    layout->addWidget(m_filter);
    layout->addWidget(m_text, 1);
    layout->addWidget(note);
    layout->addWidget(buttons);
    resize(m_parts.theme.scaled(720), m_parts.theme.scaled(520));
}

void ProtocolConsole::listen(AccountId account)
{
    const AccountServices &services = *m_parts.accounts.of(account);
    m_account->addItem(services.account.jid.text(), QVariant::fromValue<qint64>(account));
    m_account->setVisible(m_account->count() > 1);
    SessionService *session = services.session;
    session->setRecording(true);
    connect(session, &SessionService::recorded, this,
        [this, account](const StreamRecord &record) { take(account, record); });
}

void ProtocolConsole::take(AccountId account, const StreamRecord &record)
{
    m_entries.append({account, record});
    if (m_entries.size() > most) {
        m_entries.removeFirst();
    }
    append(m_entries.constLast());
}

bool ProtocolConsole::isWanted(const Entry &entry) const
{
    return entry.account == m_account->currentData().toLongLong()
        && entry.record.text.contains(m_filter->text().trimmed(), Qt::CaseInsensitive);
}

void ProtocolConsole::showAll()
{
    m_text->clear();
    m_text->setMaximumBlockCount(int(4 * most)); // nothing grows without bound, however many lines a stanza has
    for (const Entry &entry : std::as_const(m_entries)) {
        append(entry);
    }
}

void ProtocolConsole::append(const Entry &entry)
{
    if (isWanted(entry)) {
        m_text->appendPlainText(u"%1 %2\n%3\n"_s.arg(entry.record.time.toLocalTime().toString(u"HH:mm:ss.zzz"_s),
            entry.record.isSent ? tr("sent") : tr("received"), entry.record.text));
    }
}

void ProtocolConsole::copyReport() const
{
    QGuiApplication::clipboard()->setText(u"Cumulet %1, Qt %2, %3\n\n%4"_s.arg(QCoreApplication::applicationVersion(),
        QString::fromLatin1(qVersion()), QSysInfo::prettyProductName(), m_text->toPlainText()));
}

} // namespace cumulet
