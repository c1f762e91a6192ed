#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>

#include <array>

QT_BEGIN_NAMESPACE
class QApplication;
class QWidget;
QT_END_NAMESPACE

namespace cumulet {

/// The one table of how Cumulet looks: colours, spaces, radii, type. Every painted part and the style of the stock
/// widgets read it; nobody else names a colour. One object is made in main and handed to all who paint; it follows
/// the system or the user's choice, live, and says changed(). GUI thread.
class Theme : public QObject
{
    Q_OBJECT
public:
    enum class Scheme { System, Light, Dark };
    Q_ENUM(Scheme)

    enum Token {
        Rail, ///< account rail
        Side, ///< list, details, dialogs
        Ground, ///< behind timelines, in fields
        Card,
        Line, ///< hair lines between parts, outlines of cards
        FieldLine, ///< outlines of fields and buttons
        Control, ///< parts that must be seen to be used: ticks boxes, scroll handles; 3:1
        Text,
        Muted, ///< second-rank text, 4.5:1 on every ground above
        Accent, ///< fills, focus ring
        OnAccent, ///< text on Accent
        Link, ///< accent as text, 4.5:1 on every ground
        AccentGround, ///< tint behind a chosen tab
        Selected, ///< selected row of a list
        Hover, ///< row or flat button under the pointer
        OwnBubble,
        OtherBubble,
        CodeGround,
        Mention, ///< unread line, mention badge; also as text
        OnMention,
        Badge,
        OnBadge,
        Warning, ///< text on WarningGround, Ground and Side
        WarningGround,
        Danger, ///< failed, destructive; as text
        DangerGround,
        OnDanger, ///< text on Danger
        Good,
        PresenceAvailable,
        PresenceAway,
        PresenceBusy,
        PresenceGone,
        Highlight, ///< a row just jumped to
        TokenCount
    };

    /// Type scale, relative to the application font.
    enum class Type { Body, Post, Comment, Small, Tiny, Title, Display };

    // spaces and sizes, in device-independent pixels
    static constexpr int tight = 4;
    static constexpr int small = 8;
    static constexpr int medium = 12;
    static constexpr int wide = 16;
    static constexpr int page = 20;
    static constexpr int fieldRadius = 8;
    static constexpr int cardRadius = 12;
    static constexpr int bubbleRadius = 14;
    static constexpr int avatarRow = 36;
    static constexpr int avatarComment = 26;
    static constexpr int avatarProfile = 72;

    explicit Theme(QObject *parent = nullptr);

    /// Makes the whole application look like this theme: style, palette and, where the system offers no better
    /// than a generic fallback, the font. Call once, before the first window; later changes follow by themselves.
    void dress(QApplication &application);

    Scheme scheme() const { return m_scheme; }
    void setScheme(Scheme scheme);
    bool isDark() const { return m_dark; }

    QColor color(Token token) const { return m_colors[token]; }
    const QPalette &palette() const { return m_palette; }
    QFont font(Type type, QFont::Weight weight = QFont::Normal) const;
    /// Fixed-width, for code, in the size of type.
    QFont codeFont(Type type) const;
    /// Distance of two base lines of running text of type, in pixels.
    int lineHeight(Type type) const;
    /// pixels at the drawings' font size of 14 px, grown with a larger application font (never shrunk).
    int scaled(int pixels) const;
    int rowHeight() const { return scaled(56); }
    int compactRowHeight() const { return scaled(36); }
    int headerHeight() const { return scaled(60); }
    /// Widest column of posts: a line holds 60 to 90 characters.
    int columnWidth() const { return scaled(620); }
    int bubbleWidth() const { return scaled(470); }

    /// Fills widget with token from now on, through every change of the theme.
    void fill(QWidget *widget, Token token);

    /// Takes system colours and our choice again; called by itself when the system changes its scheme.
    void refresh();

Q_SIGNALS:
    void changed();

private:
    using Colors = std::array<QColor, TokenCount>;

    static Colors light();
    static Colors dark();
    static void takeSystemColors(Colors &colors, const QPalette &system, bool alsoGrounds);
    static void settle(Colors &colors, bool dark);
    QPalette paletteOf(const Colors &colors) const;

    Scheme m_scheme = Scheme::System;
    bool m_dark = false;
    bool m_dressed = false;
    bool m_refreshing = false;
    Colors m_colors;
    QPalette m_palette;
};

/// How much a button asks to be pressed; ThemeStyle draws it.
enum class Emphasis { Plain, Primary, Danger, Flat, Link, Pill };
void setEmphasis(QWidget *button, Emphasis emphasis);
Emphasis emphasisOf(const QObject *button);

} // namespace cumulet
