#pragma once

#include <QDialog>
#include <QKeySequence>
#include <QList>
#include <QString>

namespace cumulet {

class Theme;

/// The one table of keys: what they do, in the order in which the help shows them.
struct Shortcut
{
    enum Id {
        GoTo,
        Home,
        PreviousEntry,
        NextEntry,
        PreviousUnread,
        NextUnread,
        NewPost,
        NewChat,
        FindHere,
        Details,
        NextPane,
        PreviousPane,
        Undo,
        ReadAll,
        Settings,
        Help,
        Quit,
        InTimeline, ///< handled by the timeline itself; listed for the help
    };
    Id id;
    QKeySequence keys;
    QString words;
};

QList<Shortcut> shortcuts();

/// Shows the table.
class ShortcutsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ShortcutsDialog(const Theme &theme, QWidget *parent = nullptr);
};

} // namespace cumulet
