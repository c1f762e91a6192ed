#pragma once

#include "ui/common/Theme.h"

#include <QList>
#include <QObject>
#include <QPointer>

#include <functional>

QT_BEGIN_NAMESPACE
class QListWidget;
class QPlainTextEdit;
QT_END_NAMESPACE

namespace cumulet {

/// What can stand in place of a word that is being typed.
struct PickedWord
{
    QString name; ///< what the list says
    QString detail; ///< behind it, less loud; may be empty
    QString text; ///< what is written
};

/// A small list at the cursor of a text field while a word is typed that begins with a sign ("@", "#"). Arrows choose,
/// Enter and Tab or a click take, Escape closes; the keys stay in the field.
class WordPicker : public QObject
{
    Q_OBJECT

public:
    /// Words that fit what was typed behind the sign, the best ones first.
    using Source = std::function<QList<PickedWord>(QChar sign, const QString &typed)>;

    /// Belongs to the field.
    WordPicker(const Theme &theme, QPlainTextEdit &field, const QString &signs, const Source &source);
    ~WordPicker() override;

    bool isOpen() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Word
    {
        int start = -1; // of the sign; -1: there is no such word
        QChar sign;
        QString typed;
    };
    Word wordAtCursor() const;
    void look();
    void show();
    void place();
    void close();
    void take();
    void announce();
    bool takesKey(int key);

    const Theme &m_theme;
    QPlainTextEdit &m_field;
    QString m_signs;
    Source m_source;
    QPointer<QListWidget> m_list; // belongs to the window
    QList<PickedWord> m_words;
    int m_dismissed = -1; // the word that Escape was pressed in
};

} // namespace cumulet
