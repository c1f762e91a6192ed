#include "ui/common/Composer.h"

#include "ui/common/Icons.h"
#include "ui/common/PlainLabel.h"

#include <QAbstractTextDocumentLayout>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int mostLines = 8;
// a hostile clipboard must not freeze the window
static constexpr int mostCharacters = 262144;

Composer::Composer(const Theme &theme, Mode mode, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_sendsOnEnter(mode == Mode::Chat)
{
    build(mode);
    connect(m_field, &QPlainTextEdit::textChanged, this, [this] {
        showState();
        if (!m_setting)
            Q_EMIT textEdited();
    });
    connect(m_field->document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
        &Composer::fitHeight);
    connect(m_send, &QToolButton::clicked, this, &Composer::submit);
    connect(m_refusalAction, &QPushButton::clicked, this, &Composer::refusalActionTriggered);
    connect(m_dismiss, &QToolButton::clicked, this, &Composer::contextDismissed);
    connect(&theme, &Theme::changed, this, &Composer::takeTheme);
    takeTheme();
    showState();
}

void Composer::build(Mode mode)
{
    const Icons icons(m_theme);
    m_box = new QWidget(this);
    m_field = new QPlainTextEdit(m_box);
    m_field->setFrameShape(QFrame::NoFrame);
    m_field->setTabChangesFocus(true);
    m_field->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_field->viewport()->setAutoFillBackground(false);
    m_field->installEventFilter(this);
    setFocusProxy(m_field);
    m_hint = new PlainLabel(m_theme, Theme::Type::Tiny, Theme::Muted, m_box);
    m_counter = new PlainLabel(m_theme, Theme::Type::Tiny, Theme::Muted, m_box);
    m_send = new QToolButton(m_box);
    m_send->setAutoRaise(true);
    m_send->setIcon(icons.named(IconNames::send, Theme::Link));
    const QString sendWords = mode == Mode::Chat ? tr("Send message") : mode == Mode::Post ? tr("Post") : tr("Comment");
    m_hint->setMinimumHeight(m_send->sizeHint().height());
    m_counter->setMinimumHeight(m_send->sizeHint().height());
    m_send->setAccessibleName(sendWords);
    m_send->setToolTip(sendWords);
    m_audience = new PlainLabel(m_theme, Theme::Type::Small, Theme::Muted, m_box);
    m_context = new PlainLabel(m_theme, Theme::Type::Small, Theme::Link, m_box);
    m_context->setElided(true);
    m_context->setContentsMargins(6, 2, 0, 0);
    m_audience->setContentsMargins(6, 0, 0, 5);
    m_dismiss = new QToolButton(m_box);
    m_dismiss->setAutoRaise(true);
    m_dismiss->setIcon(icons.named(IconNames::close));
    m_dismiss->setAccessibleName(tr("Cancel"));
    m_refusal = new PlainLabel(m_theme, Theme::Type::Body, Theme::Muted, this);
    m_refusal->setAlignment(Qt::AlignCenter);
    m_refusal->setWordWrap(true);
    m_refusalAction = new QPushButton(this);
    m_refusalAction->setObjectName(u"refusalAction"_s);
    m_refusalAction->setAutoDefault(false);

    auto *contextLine = new QHBoxLayout;
    contextLine->addWidget(m_context, 1);
    contextLine->addWidget(m_dismiss);
    m_line = new QHBoxLayout;
    m_line->setSpacing(Theme::small);
    m_line->addWidget(m_field, 1);
    m_line->addWidget(m_counter, 0, Qt::AlignBottom);
    m_line->addWidget(m_hint, 0, Qt::AlignBottom);
    m_line->addWidget(m_send, 0, Qt::AlignBottom);
    m_boxColumn = new QVBoxLayout(m_box);
    m_boxColumn->setContentsMargins(6, Theme::tight, Theme::tight, Theme::tight); // the field has a margin of its own
    m_boxColumn->setSpacing(0);
    m_boxColumn->addLayout(contextLine);
    m_boxColumn->addLayout(m_line);
    m_boxColumn->addWidget(m_audience);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_box);
    column->addWidget(m_refusal);
    column->addWidget(m_refusalAction, 0, Qt::AlignHCenter);
    for (QWidget *quiet : {static_cast<QWidget *>(m_audience), static_cast<QWidget *>(m_context),
             static_cast<QWidget *>(m_dismiss), static_cast<QWidget *>(m_refusal), static_cast<QWidget *>(m_counter),
             static_cast<QWidget *>(m_refusalAction)})
        quiet->hide();
}

QString Composer::text() const
{
    return m_field->toPlainText();
}

QString Composer::unsent() const
{
    QStringList all = m_handedOver;
    if (!isEmpty())
        all.append(text());
    return all.join(u'\n');
}

void Composer::taken()
{
    if (!m_handedOver.isEmpty())
        m_handedOver.removeFirst();
}

void Composer::giveBack()
{
    if (m_handedOver.isEmpty())
        return;
    const QString back = m_handedOver.takeFirst();
    setText(isEmpty() ? back : back + u'\n' + text());
    Q_EMIT textEdited();
}

void Composer::setText(const QString &text)
{
    m_setting = true;
    m_field->setPlainText(text.left(mostCharacters));
    m_field->moveCursor(QTextCursor::End);
    m_setting = false;
}

void Composer::addText(const QString &text)
{
    setText(isEmpty() ? text : this->text() + u'\n' + text);
}

bool Composer::isEmpty() const
{
    return m_field->document()->isEmpty();
}

void Composer::setPlaceholder(const QString &text)
{
    m_field->setPlaceholderText(text);
    m_field->setAccessibleName(text);
    setAccessibleName(text);
}

void Composer::setAudience(const QString &text)
{
    m_audience->setText(text);
    m_audience->setVisible(!text.isEmpty());
    m_field->setAccessibleDescription(text);
}

void Composer::setSendsOnEnter(bool sends)
{
    m_sendsOnEnter = sends;
    showState();
}

void Composer::setMaxLength(int characters)
{
    m_maxLength = characters;
    showState();
}

void Composer::setContext(const QString &text)
{
    m_context->setText(text);
    m_context->setVisible(!text.isEmpty());
    m_dismiss->setVisible(!text.isEmpty());
}

void Composer::addButton(QAbstractButton *button)
{
    m_line->insertWidget(m_line->indexOf(m_field), button, 0, Qt::AlignBottom);
}

void Composer::addRow(QWidget *row)
{
    row->setParent(m_box);
    m_boxColumn->insertWidget(1, row);
}

void Composer::setMayBeEmpty(bool mayBeEmpty)
{
    m_mayBeEmpty = mayBeEmpty;
    showState();
}

void Composer::setRefusal(const QString &sentence)
{
    m_refusal->setText(sentence);
    m_refusal->setVisible(!sentence.isEmpty());
    m_box->setVisible(sentence.isEmpty());
    m_refusalAction->setVisible(!sentence.isEmpty() && !m_refusalAction->text().isEmpty());
}

void Composer::setRefusalAction(const QString &words)
{
    m_refusalAction->setText(words);
    m_refusalAction->setVisible(!words.isEmpty() && !m_refusal->text().isEmpty());
}

void Composer::submit()
{
    QString text = m_field->toPlainText();
    while (!text.isEmpty() && text.back().isSpace())
        text.chop(1);
    const bool isFit = (!text.isEmpty() || m_mayBeEmpty) && (m_maxLength == 0 || text.size() <= m_maxLength);
    // what goes along with a text must not go along with the next one, too
    if (!isFit || (m_mayBeEmpty && !m_handedOver.isEmpty()))
        return;
    m_handedOver.append(text);
    setText({});
    Q_EMIT submitted(text);
}

// The keys that mean something here; everything else is the field's.
bool Composer::takesKey(QEvent *event)
{
    auto *key = static_cast<QKeyEvent *>(event);
    const auto held = key->modifiers() & ~Qt::KeypadModifier;
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
        const bool sends = held == Qt::ControlModifier || (held == Qt::NoModifier && m_sendsOnEnter);
        if (sends)
            submit();
        return sends;
    }
    if (key->key() == Qt::Key_Escape) {
        Q_EMIT escapePressed();
        return true;
    }
    if (key->key() == Qt::Key_Up && held == Qt::NoModifier && isEmpty()) {
        Q_EMIT upArrowInEmpty();
        return true;
    }
    return false;
}

bool Composer::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field) {
        if (event->type() == QEvent::KeyPress && takesKey(event))
            return true;
        const bool undoes =
            event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Undo);
        if (undoes && !m_field->document()->isUndoAvailable()) {
            event->ignore(); // nothing is undone here: the window may know what is
            return true;
        }
        if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
            m_focused = event->type() == QEvent::FocusIn;
            update();
        } else if (event->type() == QEvent::Resize) {
            fitHeight();
        }
    }
    return QWidget::eventFilter(watched, event);
}

void Composer::fitHeight()
{
    // a plain text document measures itself in lines
    const int lines = std::clamp(int(m_field->document()->size().height()), 1, mostLines);
    const int margin = qRound(2 * m_field->document()->documentMargin());
    const int height = lines * m_field->fontMetrics().lineSpacing() + margin + 1;
    m_field->setVerticalScrollBarPolicy(
        m_field->document()->size().height() > mostLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    if (m_field->height() != height || m_field->minimumHeight() != height) {
        m_field->setFixedHeight(height);
        updateGeometry();
    }
    if (m_field->document()->size().height() <= mostLines) // it may have scrolled before it could grow
        m_field->verticalScrollBar()->setValue(0);
}

void Composer::showState()
{
    const int length = int(m_field->document()->characterCount()) - 1;
    const bool tooLong = m_maxLength > 0 && length > m_maxLength;
    m_send->setEnabled((length > 0 || m_mayBeEmpty) && !tooLong);
    m_hint->setText(m_sendsOnEnter ? u"↵"_s : tr("Ctrl ↵", "the keys that send"));
    m_counter->setVisible(m_maxLength > 0 && length > m_maxLength * 9 / 10);
    m_counter->setText(QString::number(m_maxLength - length));
    m_counter->setInk(tooLong ? Theme::Danger : Theme::Muted);
    m_counter->setAccessibleName(tooLong ? tr("%n characters too many", nullptr, length - m_maxLength)
                                         : tr("%n characters left", nullptr, m_maxLength - length));
}

void Composer::takeTheme()
{
    QPalette own = m_field->palette();
    own.setColor(QPalette::Base, Qt::transparent);
    own.setColor(QPalette::Text, m_theme.color(Theme::Text));
    own.setColor(QPalette::PlaceholderText, m_theme.color(Theme::Muted));
    m_field->setPalette(own);
    m_field->setFont(m_theme.font(Theme::Type::Body));
    // one line stands in the middle of the height the buttons need
    m_field->document()->setDocumentMargin(std::max(3.0, (30 - m_field->fontMetrics().lineSpacing()) / 2.0));
    fitHeight();
    update();
}

void Composer::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange)
        takeTheme();
}

void Composer::paintEvent(QPaintEvent *)
{
    if (m_box->isHidden())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_focused ? QPen(m_theme.color(Theme::Accent), 1.5) : QPen(m_theme.color(Theme::FieldLine), 1));
    painter.setBrush(m_theme.color(Theme::Card));
    const qreal inset = painter.pen().widthF() / 2;
    painter.drawRoundedRect(
        QRectF(m_box->geometry()).adjusted(inset, inset, -inset, -inset), Theme::cardRadius, Theme::cardRadius);
}

} // namespace cumulet
