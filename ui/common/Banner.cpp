#include "ui/common/Banner.h"

#include "ui/common/PlainLabel.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace cumulet {

Banner::Banner(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_text(new PlainLabel(theme, Theme::Type::Small, Theme::Warning))
    , m_action(new QPushButton)
{
    setEmphasis(m_action, Emphasis::Link);
    m_action->setAutoDefault(false);
    m_text->setWordWrap(true);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(Theme::page, Theme::tight, Theme::page - Theme::tight, Theme::tight);
    line->addWidget(m_text, 1);
    line->addWidget(m_action);
    connect(m_action, &QPushButton::clicked, this, &Banner::activated);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    hide();
}

void Banner::setMessage(Tone tone, const QString &text, const QString &action)
{
    const bool isNew = text != m_text->text();
    m_tone = tone;
    m_text->setInk(tone == Tone::Quiet ? Theme::Muted : tone == Tone::Warning ? Theme::Warning : Theme::Danger);
    m_text->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    setAccessibleName(text);
    setVisible(!text.isEmpty());
    update();
    if (isNew && !text.isEmpty() && QAccessible::isActive()) {
        QAccessibleAnnouncementEvent news(this, text);
        QAccessible::updateAccessibility(&news);
    }
}

QString Banner::text() const
{
    return m_text->text();
}

void Banner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(),
        m_theme.color(m_tone == Tone::Quiet ? Theme::Hover
                : m_tone == Tone::Warning   ? Theme::WarningGround
                                            : Theme::DangerGround));
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.color(Theme::Line));
}

} // namespace cumulet
