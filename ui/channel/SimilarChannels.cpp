#include "ui/channel/SimilarChannels.h"

#include "services/channel/ChannelDirectory.h"
#include "ui/common/PlainLabel.h"

#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qsizetype mostShown = 5;
static constexpr int widestTitle = 200; // pixels, of the narrowest pane

SimilarChannels::SimilarChannels(
    const Theme &theme, const AccountServices &services, const NodeId &node, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_services(services)
    , m_node(node)
    , m_layout(new QVBoxLayout(this))
{
    setAccessibleName(tr("Similar channels"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(Theme::tight);
}

void SimilarChannels::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (std::exchange(m_isAsked, true)) {
        return;
    }
    whenDone(m_services.directory->similarTo(m_node), this, [this](const Result<FoundChannels> &found) {
        if (found) {
            list(*found);
        } else if (found.error().kind != ErrorKind::NotFound) {
            m_isAsked = false; // asked again with the next look
        }
    });
}

void SimilarChannels::list(const FoundChannels &found)
{
    if (found.rows.isEmpty()) {
        return;
    }
    auto *heading = new PlainLabel(m_theme, Theme::Type::Small, Theme::Text, this);
    heading->setWeight(QFont::DemiBold);
    heading->setText(tr("Similar channels"));
    m_layout->addSpacing(Theme::small);
    m_layout->addWidget(heading);
    for (const auto &channel : found.rows.mid(0, mostShown)) {
        add(channel);
    }
}

void SimilarChannels::add(const FoundChannel &channel)
{
    auto *button = new QPushButton(this);
    button->setObjectName(u"similarChannel"_s);
    button->setToolTip(plainToolTip(channel.node.channel().text()));
    button->setAccessibleName(tr("Open %1").arg(channel.displayTitle()));
    setEmphasis(button, Emphasis::Link);
    QString title = QFontMetrics(m_theme.font(Theme::Type::Body, QFont::DemiBold))
                        .elidedText(channel.displayTitle(), Qt::ElideRight, m_theme.scaled(widestTitle));
    button->setText(title.replace(u'&', "&&"_L1)); // which would be taken for a key
    connect(button, &QPushButton::clicked, this, [this, jid = channel.node.channel()] { Q_EMIT activated(jid); });
    m_layout->addWidget(button, 0, Qt::AlignLeft);
}

} // namespace cumulet
