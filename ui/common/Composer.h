#pragma once

#include "ui/common/Theme.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QAbstractButton;
class QHBoxLayout;
class QPlainTextEdit;
class QPushButton;
class QToolButton;
class QVBoxLayout;
QT_END_NAMESPACE

namespace cumulet {

class PlainLabel;

/// Where one writes: a message, a post or a comment. Plain text only; grows with the text up to eight lines. What
/// was submitted leaves the field at once, so that it is neither sent twice nor mixed with what is typed next; whoever takes
/// submitted() says taken() when the text is in safe hands, or giveBack().
class Composer : public QWidget
{
    Q_OBJECT
public:
    enum class Mode { Chat, Post, Comment };

    Composer(const Theme &theme, Mode mode, QWidget *parent = nullptr);

    QString text() const;
    /// text() below what was submitted and is not in safe hands yet: what must not be lost.
    QString unsent() const;
    /// The text that was submitted first is in safe hands.
    void taken();
    /// It is not: it comes back into the field, above what was typed since.
    void giveBack();
    /// Puts the cursor at the end; does not emit textEdited().
    void setText(const QString &text);
    void clear() { setText({}); }
    /// Puts text below what is there.
    void addText(const QString &text);

    void setPlaceholder(const QString &text);
    /// Who will see it: "Open: anyone can read · 214 followers". Empty: no line.
    void setAudience(const QString &text);
    /// Enter sends and Shift+Enter breaks the line (as chats start), or Ctrl+Enter sends (posts, comments).
    void setSendsOnEnter(bool sends);
    bool sendsOnEnter() const { return m_sendsOnEnter; }
    /// Characters that may be sent, 0: any number. The counter appears in the last tenth.
    void setMaxLength(int characters);
    /// A sentence above the field with a way out of it: "Correcting: ..." . Empty hides it.
    void setContext(const QString &text);
    /// Adds a button at the left of the field (owned by the composer from then on).
    void addButton(QAbstractButton *button);
    /// Adds a widget between the context line and the field (owned by the composer from then on).
    void addRow(QWidget *row);
    /// Something else goes with the text: it may be empty then, also in submitted().
    void setMayBeEmpty(bool mayBeEmpty);
    /// Why nothing can be written, in place of the field; empty: writing is possible.
    void setRefusal(const QString &sentence);
    /// What can be done about it: a button below the sentence. Empty: nothing.
    void setRefusalAction(const QString &words);
    bool isEmpty() const;
    QPlainTextEdit *field() const { return m_field; }

Q_SIGNALS:
    /// Not blank (unless it may be), within the maximum, as typed without trailing blanks.
    void submitted(const QString &text);
    void textEdited();
    void escapePressed();
    /// For "correct the last message".
    void upArrowInEmpty();
    void refusalActionTriggered();
    /// The way out of the context line was taken.
    void contextDismissed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void build(Mode mode);
    bool takesKey(QEvent *event);
    void fitHeight();
    void showState();
    void takeTheme();
    void submit();

    const Theme &m_theme;
    bool m_sendsOnEnter;
    bool m_setting = false;
    bool m_focused = false;
    bool m_mayBeEmpty = false;
    QStringList m_handedOver; ///< submitted, not yet taken
    int m_maxLength = 0;
    QWidget *m_box = nullptr;
    QPlainTextEdit *m_field = nullptr;
    QToolButton *m_send = nullptr;
    PlainLabel *m_hint = nullptr;
    PlainLabel *m_counter = nullptr;
    PlainLabel *m_audience = nullptr;
    PlainLabel *m_context = nullptr;
    QToolButton *m_dismiss = nullptr;
    PlainLabel *m_refusal = nullptr;
    QPushButton *m_refusalAction = nullptr;
    QHBoxLayout *m_line = nullptr;
    QVBoxLayout *m_boxColumn = nullptr;
};

} // namespace cumulet
