#include "ui/shell/PlaceHeader.h"

#include "ui/common/AvatarLabel.h"
#include "ui/common/PlainLabel.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cumulet {

PlaceHeader::PlaceHeader(const ProgramParts &parts, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_picture(new AvatarLabel(parts.avatars, parts.theme.scaled(38), this))
    , m_title(new PlainLabel(parts.theme, Theme::Type::Title, Theme::Text, this))
    , m_line(new PlainLabel(parts.theme, Theme::Type::Small, Theme::Muted, this))
    , m_extra(new QHBoxLayout)
{
    m_parts.theme.fill(this, Theme::Ground);
    m_title->setWeight(QFont::DemiBold);
    m_title->setElided(true);
    m_line->setElided(true);
    setFixedHeight(m_parts.theme.headerHeight());
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addStretch();
    words->addWidget(m_title);
    words->addWidget(m_line);
    words->addStretch();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Theme::page, 0, Theme::medium, 0);
    layout->setSpacing(Theme::medium);
    layout->addWidget(m_picture);
    layout->addLayout(words, 1);
    layout->addLayout(m_extra);
    const auto addTool = [&](QStringView icon, const QString &name, const QString &tip, void (PlaceHeader::*signal)()) {
        auto *button = new QToolButton(this);
        button->setObjectName(name);
        button->setIcon(m_parts.icons.named(icon));
        button->setIconSize({16, 16});
        button->setFixedSize(32, 32);
        button->setAutoRaise(true);
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        layout->addWidget(button);
        connect(button, &QToolButton::clicked, this, signal);
    };
    layout->setSpacing(Theme::small);
    addTool(IconNames::search, u"searchHere"_s, tr("Search messages and posts"), &PlaceHeader::searchRequested);
    addTool(IconNames::details, u"details"_s, tr("Show or hide the details"), &PlaceHeader::detailsToggled);
}

void PlaceHeader::setLook(const AvatarLook &look)
{
    AvatarLook shown = look;
    shown.behind = Theme::Ground;
    m_picture->setLook(shown);
}

void PlaceHeader::setTitle(const QString &title)
{
    m_title->setText(title);
}

void PlaceHeader::setLine(const QString &line)
{
    m_line->setText(line);
}

void PlaceHeader::addWidget(QWidget *widget)
{
    m_extra->addWidget(widget);
}

void PlaceHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(m_parts.theme.color(Theme::Line));
    painter.drawLine(0, height() - 1, width(), height() - 1);
}

} // namespace cumulet
