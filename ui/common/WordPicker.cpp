#include "ui/common/WordPicker.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QTextBlock>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int mostShown = 6;
static constexpr int longestWord = 100;

WordPicker::WordPicker(const Theme &theme, QPlainTextEdit &field, const QString &signs, const Source &source)
    : QObject(&field)
    , m_theme(theme)
    , m_field(field)
    , m_signs(signs)
    , m_source(source)
{
    field.installEventFilter(this);
    connect(&field, &QPlainTextEdit::textChanged, this, &WordPicker::look);
    connect(&field, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        if (isOpen()) {
            look();
        }
    });
}

WordPicker::~WordPicker()
{
    delete m_list.data();
}

bool WordPicker::isOpen() const
{
    return m_list && m_list->isVisible();
}

WordPicker::Word WordPicker::wordAtCursor() const
{
    const QTextCursor cursor = m_field.textCursor();
    const QString line = cursor.block().text();
    const int end = cursor.positionInBlock();
    for (int at = end - 1; at >= 0 && end - at <= longestWord && !line.at(at).isSpace(); --at) {
        const bool begins = at == 0 || line.at(at - 1).isSpace() || line.at(at - 1) == u'(';
        if (begins && m_signs.contains(line.at(at))) {
            return {cursor.block().position() + at, line.at(at), line.sliced(at + 1, end - at - 1)};
        }
    }
    return {};
}

void WordPicker::look()
{
    const Word word = wordAtCursor();
    if (word.start != m_dismissed) {
        m_dismissed = -1;
    }
    const bool isWanted = word.start >= 0 && word.start != m_dismissed && m_field.hasFocus();
    m_words = isWanted ? m_source(word.sign, word.typed) : QList<PickedWord>();
    const bool isWritten = m_words.size() == 1 && m_words.first().text == word.sign + word.typed;
    if (m_words.isEmpty() || isWritten) {
        close();
    } else {
        show();
    }
}

void WordPicker::show()
{
    if (!m_list) {
        m_list = new QListWidget(m_field.window());
        m_list->setObjectName(u"wordPicker"_s);
        m_list->setAccessibleName(tr("Suggestions"));
        m_list->setFocusPolicy(Qt::NoFocus);
        m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        m_list->setTextElideMode(Qt::ElideMiddle);
        m_list->setFrameShape(QFrame::StyledPanel);
        m_list->setAutoFillBackground(true);
        connect(m_list, &QListWidget::itemClicked, this, &WordPicker::take);
    }
    m_list->clear();
    for (const PickedWord &word : std::as_const(m_words)) {
        auto *item = new QListWidgetItem(word.detail.isEmpty() ? word.name : u"%1 · %2"_s.arg(word.name, word.detail));
        item->setToolTip({});
        m_list->addItem(item);
    }
    m_list->setCurrentRow(0);
    place();
    m_list->show();
    m_list->raise();
    announce();
}

void WordPicker::place()
{
    const QRect cursor = m_field.cursorRect();
    const int rows = std::min(m_list->count(), mostShown);
    const QSize size(m_theme.scaled(320), rows * std::max(m_list->sizeHintForRow(0), 20) + 2 * m_list->frameWidth());
    const QWidget *window = m_field.window();
    QPoint at = m_field.viewport()->mapTo(window, cursor.bottomLeft() + QPoint(0, 4));
    if (at.y() + size.height() > window->height()) {
        at.setY(m_field.viewport()->mapTo(window, cursor.topLeft()).y() - size.height() - 4);
    }
    at.setX(std::clamp(at.x(), 0, std::max(0, window->width() - size.width())));
    m_list->setGeometry(QRect(at, size));
}

void WordPicker::announce()
{
    if (QAccessible::isActive() && m_list->currentItem()) {
        QAccessibleAnnouncementEvent news(&m_field, m_list->currentItem()->text());
        QAccessible::updateAccessibility(&news);
    }
}

void WordPicker::close()
{
    if (m_list) {
        m_list->hide();
    }
}

void WordPicker::take()
{
    const Word word = wordAtCursor();
    const int row = m_list ? m_list->currentRow() : -1;
    if (word.start < 0 || row < 0 || row >= m_words.size()) {
        close();
        return;
    }
    const QString text = m_words.at(row).text + u' ';
    QTextCursor cursor = m_field.textCursor();
    cursor.setPosition(word.start, QTextCursor::KeepAnchor);
    close();
    cursor.insertText(text);
    m_field.setTextCursor(cursor);
    close();
}

bool WordPicker::takesKey(int key)
{
    switch (key) {
    case Qt::Key_Down:
    case Qt::Key_Up: {
        const int count = m_list->count();
        m_list->setCurrentRow((m_list->currentRow() + (key == Qt::Key_Down ? 1 : count - 1)) % count);
        announce();
        return true;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Tab:
        take();
        return true;
    case Qt::Key_Escape:
        m_dismissed = wordAtCursor().start;
        close();
        return true;
    default:
        return false;
    }
}

bool WordPicker::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && isOpen()) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isPlain = (key->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
        if (isPlain && takesKey(key->key())) {
            return true;
        }
    } else if (event->type() == QEvent::FocusOut || event->type() == QEvent::Hide) {
        close();
    }
    return QObject::eventFilter(watched, event);
}

} // namespace cumulet
