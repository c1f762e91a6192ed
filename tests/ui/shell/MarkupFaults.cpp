#include "shell/MarkupFaults.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QTabBar>
#include <QTextDocument>
#include <QTextFormat>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

// words of a stranger, neither escaped nor shown by something that leaves them alone
static bool isMarkup(const QString &text)
{
    return text.contains("<b>"_L1) || text.contains("<img"_L1);
}

QStringList markupFaultsOf(const QWidget *widget)
{
    QStringList found;
    const auto note = [&](const char *where, const QString &text) {
        found.append(u"%1 '%2', %3: %4"_s.arg(QString::fromLatin1(widget->metaObject()->className()),
            widget->objectName(), QString::fromLatin1(where), text.left(60)));
    };
    if (const auto *label = qobject_cast<const QLabel *>(widget);
        label && label->textFormat() != Qt::PlainText && isMarkup(label->text())) {
        note("text", label->text());
    }
    // these guess whether a text is rich
    for (const auto &text : {widget->toolTip(), widget->whatsThis()}) {
        if (isMarkup(text)) {
            note("tooltip", text);
        }
    }
    for (const auto *action : widget->actions()) {
        if (isMarkup(action->toolTip())) {
            note("tooltip of an action", action->toolTip());
        }
    }
    if (const auto *tabs = qobject_cast<const QTabBar *>(widget)) {
        for (int i = 0; i < tabs->count(); ++i) {
            if (isMarkup(tabs->tabToolTip(i))) {
                note("tooltip of a tab", tabs->tabToolTip(i));
            }
        }
    }
    if (const auto *view = qobject_cast<const QAbstractItemView *>(widget); view && view->model()) {
        for (int row = 0; row < view->model()->rowCount(); ++row) {
            const auto toolTip = view->model()->index(row, 0).data(Qt::ToolTipRole).toString();
            if (isMarkup(toolTip)) {
                note("tooltip of a row", toolTip);
            }
        }
    }
    // every text that was laid out: nothing in it is bold or a picture because somebody wrote so
    for (const auto *document : widget->findChildren<QTextDocument *>(Qt::FindDirectChildrenOnly)) {
        for (const auto &format : document->allFormats()) {
            if (format.isImageFormat()) {
                note("picture", document->toPlainText());
            }
        }
    }
    return found;
}

QStringList markupFaults()
{
    QStringList found;
    for (QWidget *window : QApplication::topLevelWidgets()) {
        if (window->isVisible()) {
            (void)window->grab(); // lays out and paints all of it
        }
        found += markupFaultsOf(window);
        for (const QWidget *widget : window->findChildren<QWidget *>()) {
            found += markupFaultsOf(widget);
        }
    }
    return found;
}

} // namespace cumulet::tests
