#include "ui/common/Theme.h"

#include "ui/common/Contrast.h"
#include "ui/common/Icons.h"
#include "ui/common/ThemeStyle.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QStyleHints>
#include <QWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

// the size in which the drawings were made; lengths that hold text grow with the font from here
static constexpr qreal drawnFontPixels = 14;
// what Qt's own style highlights with when the system names no colour
static constexpr QRgb fusionHighlight = 0xff308cc6;

Theme::Theme(QObject *parent)
    : QObject(parent)
{
    refresh();
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &Theme::refresh);
}

Theme::Colors Theme::light()
{
    Colors c;
    c[Rail] = 0xeef1f5;
    c[Side] = 0xf6f7f9;
    c[Ground] = 0xffffff;
    c[Card] = 0xffffff;
    c[Line] = 0xe3e7ec;
    c[FieldLine] = 0xd3d9e0;
    c[Control] = 0x7d8996;
    c[Text] = 0x1d232b;
    c[Muted] = 0x66717f;
    c[Accent] = 0x2f6fde;
    c[AccentGround] = 0xe6effd;
    c[Selected] = 0xdde8fb;
    c[Hover] = 0xebeef2;
    c[OwnBubble] = 0xe3eefe;
    c[OtherBubble] = 0xf1f3f6;
    c[CodeGround] = 0xf3f5f8;
    c[Mention] = 0xc2410c;
    c[Badge] = 0x6c7886;
    c[Warning] = 0xb35c00;
    c[WarningGround] = 0xfff4e3;
    c[Danger] = 0xc0262d;
    c[DangerGround] = 0xfdecec;
    c[Good] = 0x1a7f4b;
    c[PresenceAvailable] = 0x2ea86b;
    c[PresenceAway] = 0xe0a020;
    c[PresenceBusy] = 0xd23b3b;
    c[PresenceGone] = 0x98a3af;
    c[Highlight] = 0xfff3c4;
    return c;
}

Theme::Colors Theme::dark()
{
    Colors c;
    c[Rail] = 0x101318;
    c[Side] = 0x14181e;
    c[Ground] = 0x1a1f26;
    c[Card] = 0x20262e;
    c[Line] = 0x2d353f;
    c[FieldLine] = 0x39434f;
    c[Control] = 0x76838f;
    c[Text] = 0xe6eaf0;
    c[Muted] = 0x97a3b1;
    c[Accent] = 0x7fb0ff;
    c[AccentGround] = 0x1f3050;
    c[Selected] = 0x24364f;
    c[Hover] = 0x222a34;
    c[OwnBubble] = 0x23395c;
    c[OtherBubble] = 0x262d36;
    c[CodeGround] = 0x161b21;
    c[Mention] = 0xff8a5c;
    c[Badge] = 0x5b6776;
    c[Warning] = 0xffb65c;
    c[WarningGround] = 0x3a2c17;
    c[Danger] = 0xff8080;
    c[DangerGround] = 0x3d2124;
    c[Good] = 0x5fd39a;
    c[PresenceAvailable] = 0x3fbf7f;
    c[PresenceAway] = 0xe9b144;
    c[PresenceBusy] = 0xf06a6a;
    c[PresenceGone] = 0x6d7884;
    c[Highlight] = 0x4a4326;
    return c;
}

// A system with colours of its own (a desktop's accent, a tinted base) keeps them; ours stand where it has none.
void Theme::takeSystemColors(Colors &c, const QPalette &system, bool alsoGrounds)
{
    const QColor accent = system.color(QPalette::Active, QPalette::Highlight);
    if (!accent.isValid() || accent.rgb() == fusionHighlight || accent.alpha() < 255)
        return;
    c[Accent] = readableOn(accent, {c[Ground], c[Card]}, 3.0);
    if (alsoGrounds) {
        c[Ground] = system.color(QPalette::Active, QPalette::Base);
        c[Side] = system.color(QPalette::Active, QPalette::Window);
        c[Text] = readableOn(system.color(QPalette::Active, QPalette::Text), {c[Ground], c[Side]}, 7.0);
        c[Rail] = mixed(c[Text], c[Side], 0.05);
        c[Card] = luminance(c[Ground]) > 0.5 ? c[Ground] : mixed(c[Text], c[Ground], 0.04);
        c[Line] = mixed(c[Text], c[Ground], 0.12);
        c[FieldLine] = mixed(c[Text], c[Ground], 0.2);
        c[Hover] = mixed(c[Text], c[Side], 0.06);
        c[OtherBubble] = mixed(c[Text], c[Ground], 0.06);
        c[CodeGround] = mixed(c[Text], c[Ground], 0.05);
    }
    c[AccentGround] = mixed(c[Accent], c[Ground], 0.13);
    c[Selected] = mixed(c[Accent], c[Side], 0.18);
    c[OwnBubble] = mixed(c[Accent], c[Ground], 0.15);
}

// What follows from the others, and the contrasts that hold whatever the system chose.
void Theme::settle(Colors &c, bool dark)
{
    const QList<QColor> grounds{c[Rail], c[Side], c[Ground], c[Card], c[AccentGround], c[Selected], c[Hover],
        c[OwnBubble], c[OtherBubble], c[CodeGround], c[Highlight]};
    const QList<QColor> plain{c[Rail], c[Side], c[Ground], c[Card], c[OwnBubble], c[OtherBubble], c[Hover]};
    c[Text] = readableOn(c[Text], grounds, 7.0);
    c[Muted] = readableOn(c[Muted], grounds, 4.5);
    c[Link] = readableOn(c[Accent], grounds, 4.5);
    c[Control] = readableOn(c[Control], plain, 3.0);
    c[Mention] = readableOn(c[Mention], plain, 4.5);
    c[Warning] = readableOn(c[Warning], QList<QColor>(plain) << c[WarningGround], 4.5);
    c[Danger] = readableOn(c[Danger], QList<QColor>(plain) << c[DangerGround], 4.5);
    c[Good] = readableOn(c[Good], plain, 4.5);
    c[Accent] = readableOn(c[Accent], {c[Ground], c[Side], c[Card]}, dark ? 4.5 : 3.0);
    c[OnAccent] = inkOn(c[Accent]);
    c[OnMention] = inkOn(c[Mention]);
    c[Badge] = readableOn(c[Badge], {QColor(Qt::white)}, 4.5);
    c[OnBadge] = Qt::white;
    c[OnDanger] = inkOn(c[Danger]);
}

QPalette Theme::paletteOf(const Colors &c) const
{
    QPalette p;
    p.setColor(QPalette::Window, c[Side]);
    p.setColor(QPalette::WindowText, c[Text]);
    p.setColor(QPalette::Base, c[Ground]);
    p.setColor(QPalette::AlternateBase, c[Hover]);
    p.setColor(QPalette::Text, c[Text]);
    p.setColor(QPalette::PlaceholderText, c[Muted]);
    p.setColor(QPalette::Button, c[Card]);
    p.setColor(QPalette::ButtonText, c[Text]);
    p.setColor(QPalette::BrightText, c[Danger]);
    p.setColor(QPalette::Highlight, c[Accent]);
    p.setColor(QPalette::HighlightedText, c[OnAccent]);
    p.setColor(QPalette::Accent, c[Accent]);
    p.setColor(QPalette::Link, c[Link]);
    p.setColor(QPalette::LinkVisited, c[Link]);
    p.setColor(QPalette::ToolTipBase, c[Text]);
    p.setColor(QPalette::ToolTipText, c[Ground]);
    p.setColor(QPalette::Light, c[Card]);
    p.setColor(QPalette::Midlight, c[Hover]);
    p.setColor(QPalette::Mid, c[Line]);
    p.setColor(QPalette::Dark, c[FieldLine]);
    p.setColor(QPalette::Shadow, mixed(Qt::black, c[Side], 0.6));
    const QColor faded = mixed(c[Muted], c[Side], 0.6);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::PlaceholderText})
        p.setColor(QPalette::Disabled, role, faded);
    p.setColor(QPalette::Disabled, QPalette::Highlight, mixed(c[Accent], c[Side], 0.4));
    return p;
}

void Theme::refresh()
{
    if (m_refreshing)
        return;
    m_refreshing = true;
    if (m_dressed)
        QApplication::setPalette(QPalette()); // uncovers what the system would have
    const QPalette system = QGuiApplication::palette();
    const auto asked = QGuiApplication::styleHints()->colorScheme();
    const bool systemIsDark = asked == Qt::ColorScheme::Dark
        || (asked == Qt::ColorScheme::Unknown && luminance(system.color(QPalette::Base)) < 0.2);
    m_dark = m_scheme == Scheme::Dark || (m_scheme == Scheme::System && systemIsDark);
    Colors colors = m_dark ? dark() : light();
    const bool sameMood = (luminance(system.color(QPalette::Base)) < 0.2) == m_dark;
    takeSystemColors(colors, system, sameMood);
    settle(colors, m_dark);
    m_colors = colors;
    m_palette = paletteOf(colors);
    if (m_dressed)
        QApplication::setPalette(m_palette);
    m_refreshing = false;
    Q_EMIT changed();
}

void Theme::setScheme(Scheme scheme)
{
    if (scheme == m_scheme)
        return;
    m_scheme = scheme;
    m_refreshing = true; // one change, told once, below
    QGuiApplication::styleHints()->setColorScheme(scheme == Scheme::Dark ? Qt::ColorScheme::Dark
            : scheme == Scheme::Light                                    ? Qt::ColorScheme::Light
                                                                         : Qt::ColorScheme::Unknown);
    m_refreshing = false;
    refresh();
}

// "Sans Serif" is what Qt says where no desktop has chosen a font.
static bool isGeneric(const QFont &font)
{
    static const QStringList generic{u"Sans Serif"_s, u"Sans"_s, u"sans-serif"_s, QString()};
    return generic.contains(font.family(), Qt::CaseInsensitive);
}

void Theme::dress(QApplication &application)
{
    const QFont given = application.font();
    if (isGeneric(given)) {
        QFont better = given;
        if (QFontDatabase::hasFamily(u"Inter"_s))
            better.setFamily(u"Inter"_s);
        if (QFontInfo(better).pixelSize() < drawnFontPixels)
            better.setPointSizeF(given.pointSizeF() * drawnFontPixels / std::max(1, QFontInfo(given).pixelSize()));
        application.setFont(better);
    }
    Icons::prepare();
    application.setStyle(new ThemeStyle(this)); // owned by the application
    m_dressed = true;
    refresh();
}

static qreal factor(Theme::Type type)
{
    switch (type) {
    case Theme::Type::Body:
        return 1.0;
    case Theme::Type::Post:
        return 1.04;
    case Theme::Type::Comment:
        return 0.97;
    case Theme::Type::Small:
        return 0.9;
    case Theme::Type::Tiny:
        return 0.8;
    case Theme::Type::Title:
        return 1.15;
    case Theme::Type::Display:
        return 1.5;
    }
    return 1.0;
}

QFont Theme::font(Type type, QFont::Weight weight) const
{
    QFont font = QApplication::font();
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor(type));
    else
        font.setPixelSize(qRound(font.pixelSize() * factor(type)));
    font.setWeight(weight);
    return font;
}

QFont Theme::codeFont(Type type) const
{
    const QFont like = font(type);
    QFont code = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (like.pointSizeF() > 0)
        code.setPointSizeF(like.pointSizeF() * 0.94);
    else
        code.setPixelSize(qRound(like.pixelSize() * 0.94));
    return code;
}

int Theme::lineHeight(Type type) const
{
    const QFont sized = font(type);
    const qreal spread = type == Type::Post || type == Type::Body ? 1.43 : 1.4;
    return std::max(qRound(QFontInfo(sized).pixelSize() * spread), qRound(QFontMetricsF(sized).height()));
}

int Theme::scaled(int pixels) const
{
    const qreal now = QFontInfo(QApplication::font()).pixelSize();
    return qRound(pixels * std::max(1.0, now / drawnFontPixels));
}

void Theme::fill(QWidget *widget, Token token)
{
    const auto apply = [this, widget, token] {
        QPalette own = widget->palette();
        own.setColor(QPalette::Window, color(token));
        widget->setPalette(own);
    };
    widget->setAutoFillBackground(true);
    apply();
    connect(this, &Theme::changed, widget, apply);
}

static constexpr auto emphasisProperty = "cumuletEmphasis";

void setEmphasis(QWidget *button, Emphasis emphasis)
{
    button->setProperty(emphasisProperty, int(emphasis));
    button->update();
}

Emphasis emphasisOf(const QObject *button)
{
    return button ? Emphasis(button->property(emphasisProperty).toInt()) : Emphasis::Plain;
}

} // namespace cumulet
