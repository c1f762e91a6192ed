#include "ui/channel/DestinationDialog.h"

#include "ui/common/Theme.h"

#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int jidRole = Qt::UserRole;

DestinationDialog::DestinationDialog(
    const ProgramParts &parts, const QString &title, const QString &accept, QWidget *parent)
    : QDialog(parent)
    , m_filter(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_text(new QPlainTextEdit(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    parts.theme.fill(this, Theme::Side);
    m_filter->setObjectName(u"destinationFilter"_s);
    m_filter->setPlaceholderText(tr("Type to filter"));
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setMaxLength(200);
    m_filter->installEventFilter(this);
    m_list->setObjectName(u"destinations"_s);
    m_list->setAccessibleName(tr("Where to"));
    m_list->setUniformItemSizes(true);
    m_text->setObjectName(u"destinationText"_s);
    m_text->setAccessibleName(tr("Text"));
    m_text->setTabChangesFocus(true);
    m_text->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_accept = buttons->addButton(accept, QDialogButtonBox::AcceptRole);
    m_accept->setObjectName(u"acceptDestination"_s);
    m_accept->setDefault(true);
    setEmphasis(m_accept, Emphasis::Primary);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::page, Theme::page, Theme::page, Theme::page);
    layout->addWidget(m_filter);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_text, 1);
    layout->addWidget(buttons);
    resize(parts.theme.scaled(440), parts.theme.scaled(420));
    connect(m_filter, &QLineEdit::textChanged, this, &DestinationDialog::filter);
    connect(m_list, &QListWidget::currentRowChanged, this, &DestinationDialog::refresh);
    connect(m_list, &QListWidget::itemDoubleClicked, this, &DestinationDialog::choose);
    connect(m_text, &QPlainTextEdit::textChanged, this, &DestinationDialog::refresh);
    connect(buttons, &QDialogButtonBox::accepted, this, &DestinationDialog::choose);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    refresh();
}

void DestinationDialog::setDestinations(const QList<Destination> &destinations)
{
    m_list->clear();
    for (const Destination &destination : destinations) {
        const QString address = destination.jid.text();
        auto *item = new QListWidgetItem(
            destination.name == address ? address : u"%1 · %2"_s.arg(destination.name.simplified(), address), m_list);
        item->setData(jidRole, address);
    }
    filter(m_filter->text());
}

void DestinationDialog::setText(const QString &text)
{
    m_text->setPlainText(text);
    m_text->show();
}

void DestinationDialog::filter(const QString &words)
{
    QListWidgetItem *first = nullptr;
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem *item = m_list->item(row);
        item->setHidden(!item->text().contains(words.trimmed(), Qt::CaseInsensitive));
        if (!first && !item->isHidden()) {
            first = item;
        }
    }
    if (!m_list->currentItem() || m_list->currentItem()->isHidden()) {
        m_list->setCurrentItem(first);
    }
    refresh();
}

void DestinationDialog::refresh()
{
    const QListWidgetItem *item = m_list->currentItem();
    const bool hasText = m_text->isHidden() || !m_text->toPlainText().trimmed().isEmpty();
    m_accept->setEnabled(item && !item->isHidden() && hasText);
}

void DestinationDialog::choose()
{
    if (!m_accept->isEnabled()) {
        return;
    }
    const auto jid = Jid::fromTrusted(m_list->currentItem()->data(jidRole).toString());
    Q_EMIT chosen(jid, m_text->toPlainText());
    accept();
}

// the list is walked while typing
bool DestinationDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const int step = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
        for (int row = m_list->currentRow() + step; step != 0 && row >= 0 && row < m_list->count(); row += step) {
            if (!m_list->item(row)->isHidden()) {
                m_list->setCurrentRow(row);
                return true;
            }
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace cumulet
