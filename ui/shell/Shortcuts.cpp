#include "ui/shell/Shortcuts.h"

#include "ui/common/PlainLabel.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cumulet {

QList<Shortcut> shortcuts()
{
    const auto tr = [](const char *words) { return ShortcutsDialog::tr(words); };
    return {
        {Shortcut::GoTo, QKeySequence(u"Ctrl+K"_s), tr("Search or go to")},
        {Shortcut::Home, QKeySequence(u"Alt+Home"_s), tr("Home: posts of all channels you follow")},
        {Shortcut::PreviousEntry, QKeySequence(u"Alt+Up"_s), tr("Previous chat or channel")},
        {Shortcut::NextEntry, QKeySequence(u"Alt+Down"_s), tr("Next chat or channel")},
        {Shortcut::PreviousUnread, QKeySequence(u"Alt+Shift+Up"_s), tr("Previous unread")},
        {Shortcut::NextUnread, QKeySequence(u"Alt+Shift+Down"_s), tr("Next unread")},
        {Shortcut::NewPost, QKeySequence(u"Ctrl+N"_s), tr("Write a post or message")},
        {Shortcut::NewChat, QKeySequence(u"Ctrl+Shift+N"_s), tr("Find people or channels")},
        {Shortcut::FindHere, QKeySequence(u"Ctrl+F"_s), tr("Search messages and posts")},
        {Shortcut::Details, QKeySequence(u"F9"_s), tr("Show or hide the details")},
        {Shortcut::NextPane, QKeySequence(u"F6"_s), tr("Next part of the window")},
        {Shortcut::PreviousPane, QKeySequence(u"Shift+F6"_s), tr("Previous part of the window")},
        {Shortcut::InTimeline, QKeySequence(u"J"_s), tr("Next post or message, in the timeline")},
        {Shortcut::InTimeline, QKeySequence(u"K"_s), tr("Previous post or message, in the timeline")},
        {Shortcut::InTimeline, QKeySequence(u"R"_s), tr("Comment or answer, in the timeline")},
        {Shortcut::InTimeline, QKeySequence(u"L"_s), tr("Like, or take the like back, in the timeline")},
        {Shortcut::InTimeline, QKeySequence(u"Return"_s), tr("Open the post alone with all comments, in the timeline")},
        {Shortcut::InTimeline, QKeySequence(u"Alt+Left"_s), tr("Back to where you were, in a channel")},
        {Shortcut::InTimeline, QKeySequence(u"E"_s), tr("Correct or edit mine, in the timeline")},
        {Shortcut::InTimeline, QKeySequence(u"Del"_s), tr("Delete, in the timeline")},
        {Shortcut::InTimeline, QKeySequence(u"C"_s), tr("Copy a link to the post, in the timeline")},
        {Shortcut::InTimeline, QKeySequence(u"F"_s), tr("Fold or unfold a long post, in the timeline")},
        {Shortcut::InTimeline, QKeySequence(u"M"_s), tr("Mute the thread, or not any more, in the timeline")},
        {Shortcut::InTimeline, QKeySequence(u"Shift+M"_s), tr("Follow the thread, or not any more, in the timeline")},
        {Shortcut::Undo, QKeySequence(u"Ctrl+Z"_s), tr("Take back what was just posted or deleted")},
        {Shortcut::ReadAll, QKeySequence(u"Shift+Esc"_s), tr("Mark all as read")},
        {Shortcut::Settings, QKeySequence(u"Ctrl+,"_s), tr("Settings")},
        {Shortcut::Help, QKeySequence(u"F1"_s), tr("This table")},
        {Shortcut::Quit, QKeySequence(u"Ctrl+Q"_s), tr("Quit")},
    };
}

ShortcutsDialog::ShortcutsDialog(const Theme &theme, QWidget *parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keys"));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(Theme::page);
    int row = 0;
    for (const Shortcut &shortcut : shortcuts()) {
        auto *keys = new PlainLabel(theme, Theme::Type::Body, Theme::Text, this);
        keys->setWeight(QFont::DemiBold);
        keys->setText(shortcut.keys.toString(QKeySequence::NativeText));
        auto *words = new PlainLabel(theme, Theme::Type::Body, Theme::Muted, this);
        words->setText(shortcut.words);
        grid->addWidget(keys, row, 0);
        grid->addWidget(words, row++, 1);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::page, Theme::page, Theme::page, Theme::page);
    layout->addLayout(grid);
    layout->addWidget(buttons);
}

} // namespace cumulet
