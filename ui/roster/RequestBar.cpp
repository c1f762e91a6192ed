#include "ui/roster/RequestBar.h"

#include "services/account/Accounts.h"
#include "services/roster/RosterService.h"
#include "ui/common/PlainLabel.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cumulet {

RequestBar::RequestBar(const ProgramParts &parts, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_words(new PlainLabel(parts.theme, Theme::Type::Small, Theme::Text, this))
    , m_accept(new QPushButton(tr("Accept"), this))
    , m_refuse(new QPushButton(tr("Refuse"), this))
{
    m_words->setWordWrap(true);
    m_accept->setObjectName(u"acceptRequest"_s);
    m_refuse->setObjectName(u"refuseRequest"_s);
    setEmphasis(m_accept, Emphasis::Primary);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_accept);
    buttons->addWidget(m_refuse);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::medium, Theme::small, Theme::medium, Theme::small);
    layout->addWidget(m_words);
    layout->addLayout(buttons);
    connect(m_accept, &QPushButton::clicked, this, [this] { answer(true); });
    connect(m_refuse, &QPushButton::clicked, this, [this] { answer(false); });
    connect(&parts.accounts, &Accounts::added, this, &RequestBar::followAccount);
    connect(&parts.accounts, &Accounts::aboutToRemove, this, [this](AccountId id) {
        if (id == m_account) {
            hide();
        }
    });
    for (const AccountId id : parts.accounts.ids()) {
        followAccount(id);
    }
    refresh();
}

void RequestBar::followAccount(AccountId id)
{
    connect(m_parts.accounts.of(id)->roster, &RosterService::requestsChanged, this, &RequestBar::refresh);
    refresh();
}

void RequestBar::refresh()
{
    for (const AccountId id : m_parts.accounts.ids()) {
        const auto &requests = m_parts.accounts.of(id)->roster->requests();
        if (requests.isEmpty()) {
            continue;
        }
        m_account = id;
        m_jid = requests.first().jid;
        QString words = tr("%1 asks to see when you are available.").arg(m_jid.text());
        if (!requests.first().text.isEmpty()) {
            words += u"\n“%1”"_s.arg(requests.first().text.left(300));
        }
        m_words->setText(words);
        m_accept->setAccessibleName(tr("Accept the request of %1").arg(m_jid.text()));
        m_refuse->setAccessibleName(tr("Refuse the request of %1").arg(m_jid.text()));
        show();
        return;
    }
    hide();
}

void RequestBar::answer(bool accepts)
{
    if (const AccountServices *services = m_parts.accounts.of(m_account)) {
        accepts ? services->roster->accept(m_jid) : services->roster->refuse(m_jid);
    }
}

void RequestBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_parts.theme.color(Theme::AccentGround));
}

} // namespace cumulet
