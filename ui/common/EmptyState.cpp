#include "ui/common/EmptyState.h"

#include "ui/common/Glyphs.h"
#include "ui/common/PlainLabel.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace cumulet {

namespace {

/// A large, faint cloud.
class Sign : public QWidget
{
public:
    Sign(const Theme &theme, QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
    {
        setFixedSize(96, 72);
        connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        drawGlyph(&painter, Glyph::Cloud, QRectF(rect()).adjusted(0, -12, 0, 12), m_theme.color(Theme::AccentGround));
    }

private:
    const Theme &m_theme;
};

} // namespace

EmptyState::EmptyState(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_sentence(new PlainLabel(theme, Theme::Type::Title, Theme::Text))
    , m_detail(new PlainLabel(theme, Theme::Type::Body, Theme::Muted))
    , m_buttons(new QHBoxLayout)
{
    m_sentence->setWeight(QFont::DemiBold);
    for (PlainLabel *label : {m_sentence, m_detail}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
    }
    m_detail->hide();
    m_buttons->setSpacing(Theme::small);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::page, Theme::page, Theme::page, Theme::page);
    column->setSpacing(Theme::small);
    column->addStretch(2);
    column->addWidget(new Sign(theme, this), 0, Qt::AlignHCenter);
    column->addWidget(m_sentence);
    column->addWidget(m_detail);
    column->addSpacing(Theme::small);
    column->addLayout(m_buttons);
    column->addStretch(3);
}

void EmptyState::setWords(const QString &sentence, const QString &detail)
{
    m_sentence->setText(sentence);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    setAccessibleName(sentence);
}

QPushButton *EmptyState::addButton(const QString &text)
{
    if (m_buttons->count() == 0) {
        m_buttons->addStretch();
        m_buttons->addStretch();
    }
    auto *button = new QPushButton(text, this);
    button->setAutoDefault(false);
    setEmphasis(button, m_buttons->count() == 2 ? Emphasis::Primary : Emphasis::Plain);
    m_buttons->insertWidget(m_buttons->count() - 1, button);
    return button;
}

void EmptyState::clearButtons()
{
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
}

} // namespace cumulet
