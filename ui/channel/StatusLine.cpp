#include "ui/channel/StatusLine.h"

#include "services/channel/ChannelLines.h"
#include "services/channel/ChannelService.h"
#include "ui/common/ErrorText.h"
#include "ui/common/PlainLabel.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cumulet {

StatusLine::StatusLine(const ProgramParts &parts, const AccountServices &services, const Jid &channel, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_channel(channel)
    , m_text(new PlainLabel(parts.theme, Theme::Type::Small, Theme::Muted, this))
{
    m_text->setObjectName(u"status"_s);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::wide, 0, Theme::wide, 0);
    layout->setSpacing(Theme::tight);
    if (channel == services.account.jid.bare()) {
        m_edit = new QLineEdit(this);
        m_edit->setObjectName(u"ownStatus"_s);
        m_edit->setMaxLength(int(ChannelLines::longest));
        m_edit->setPlaceholderText(tr("Your status in one line"));
        m_edit->setAccessibleName(tr("Your status"));
        m_edit->setToolTip(tr("Enter shows it to everybody who may see your status."));
        m_edit->installEventFilter(this);
        connect(m_edit, &QLineEdit::returnPressed, this, &StatusLine::submit);
        layout->addWidget(m_edit);
    }
    layout->addWidget(m_text);
    m_text->hide();
    setVisible(m_edit != nullptr);
    auto &lines = services.channels->lines();
    connect(&lines, &ChannelLines::statusChanged, this, [this](const Jid &changed) {
        if (changed == m_channel) {
            read();
        }
    });
    connect(&lines, &ChannelLines::statusRefused, this, [this](const Error &error) {
        if (m_edit) {
            m_text->setText(tr("Your status was not taken. %1").arg(ErrorText::sentence(error)));
            m_text->show();
        }
    });
    read();
}

void StatusLine::read()
{
    const auto show = [this](const Result<NodeLine> &line) {
        if (!line) {
            return;
        }
        const bool isUntouched = !m_isRead || (m_edit && m_edit->text() == m_shown);
        m_isRead = true;
        m_shown = line->text;
        if (!m_edit) {
            m_text->setText(line->text);
            m_text->setVisible(!line->text.isEmpty());
            setVisible(!line->text.isEmpty());
            return;
        }
        if (isUntouched && (!m_edit->isModified() || m_edit->text().isEmpty())) {
            m_edit->setText(line->text);
        }
        m_text->setText(tr("Waits until the channel service is there."));
        m_text->setVisible(line->isWaiting);
    };
    whenDone(m_isRead ? m_services.channels->lines().stored(m_channel) : m_services.channels->lines().status(m_channel),
        this, show);
}

void StatusLine::submit()
{
    const QString text = m_edit->text().simplified();
    m_edit->setModified(false);
    whenDone(m_services.channels->lines().setOwnStatus(text), this, [this, text](const Result<Done> &done) {
        if (!done) {
            m_edit->setModified(true);
            Q_EMIT said(ErrorText::sentence(done.error()));
            return;
        }
        m_edit->setText(text);
        Q_EMIT said(text.isEmpty() ? tr("Your status says nothing now.") : tr("Your status: %1").arg(text));
    });
}

bool StatusLine::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape && m_edit->text() != m_shown) {
        m_edit->setText(m_shown);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace cumulet
