#include "ui/shell/ContactScanBar.h"

#include "ui/common/PlainLabel.h"
#include "ui/models/DiscoveryModel.h"

#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace cumulet {

ContactScanBar::ContactScanBar(const Theme &theme, DiscoveryModel &found, QWidget *parent)
    : QWidget(parent)
    , m_found(found)
    , m_words(new PlainLabel(theme, Theme::Type::Body, Theme::Muted, this))
    , m_button(new QPushButton(this))
{
    m_words->setWordWrap(true);
    m_button->setObjectName(u"scanContacts"_s);
    m_button->setAutoDefault(false); // Enter in the field is not meant for it
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_words, 1);
    layout->addWidget(m_button);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_found.isScanning()) {
            m_found.stopScan();
        } else {
            m_hasStarted = true;
            m_found.startScan();
        }
    });
    connect(&m_found, &DiscoveryModel::scanProgressed, this, &ContactScanBar::tell);
    tell();
}

void ContactScanBar::showEvent(QShowEvent *event)
{
    m_hasStarted = false; // the rows of before are gone
    tell();
    QWidget::showEvent(event);
}

void ContactScanBar::tell()
{
    m_button->setText(m_found.isScanning() ? tr("Stop &looking") : tr("&Look"));
    if (m_found.isScanning()) {
        m_words->setText(tr("%1 of %2 contacts asked").arg(m_found.scanned()).arg(m_found.contactCount()));
    } else if (!m_hasStarted) {
        m_words->setText(tr("Look which of your %n contact(s) have a channel?", nullptr, m_found.contactCount()));
    } else if (m_found.rowCount() == 0) {
        m_words->setText(tr("None of your contacts has a channel that you can see."));
    } else {
        m_words->setText(tr("%n of your contacts have a channel.", nullptr, m_found.rowCount()));
    }
}

} // namespace cumulet
