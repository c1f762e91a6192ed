// cumulet-gallery FOLDER: paints both kinds of timeline and the stock widgets in both themes, at 100 and 200 %, into
// PNG files, to be laid beside the drawings.
#include "Rows.h"

#include "ui/common/AvatarPainter.h"
#include "ui/common/Banner.h"
#include "ui/common/Composer.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Icons.h"
#include "ui/common/PlainLabel.h"
#include "ui/common/Theme.h"
#include "ui/timeline/TimelineView.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <memory>

using namespace Qt::StringLiterals;
using namespace cumulet;

namespace {

std::unique_ptr<QWidget> chatPage(const Theme &theme, const AvatarPainter &avatars, QAbstractItemModel *model)
{
    auto page = std::make_unique<QWidget>();
    auto *column = new QVBoxLayout(page.get());
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *banner = new Banner(theme);
    banner->setMessage(Banner::Tone::Warning, u"Offline since 14:02. 2 messages are waiting."_s, u"Retry now"_s);
    auto *view = new TimelineView(theme, avatars, TimelineView::NewestEdge::Bottom);
    view->setModel(model);
    auto *composer = new Composer(theme, Composer::Mode::Chat);
    composer->setPlaceholder(u"Message Juliet"_s);
    auto *foot = new QWidget;
    auto *footLine = new QVBoxLayout(foot);
    footLine->setContentsMargins(Theme::page, Theme::medium, Theme::page, Theme::medium);
    footLine->addWidget(composer);
    column->addWidget(banner);
    column->addWidget(view, 1);
    column->addWidget(foot);
    return page;
}

std::unique_ptr<QWidget> channelPage(
    const Theme &theme, const AvatarPainter &avatars, QAbstractItemModel *model, bool editing)
{
    auto view = std::make_unique<TimelineView>(theme, avatars, TimelineView::NewestEdge::Top);
    auto *header = new Composer(theme, Composer::Mode::Post);
    header->setPlaceholder(u"Write a post in Verona Gardeners…"_s);
    header->setAudience(u"Open: anyone can read · 214 followers"_s);
    view->setHeader(header);
    view->setModel(model);
    if (editing) {
        auto *comment = new Composer(theme, Composer::Mode::Comment);
        comment->setPlaceholder(u"Write a comment…"_s);
        comment->setText(u"Tuesday it is.\nShall I bring the spade?"_s);
        view->openEditor(view->rowIdAt(0), comment);
    }
    return view;
}

/// What only shows while somebody works: a selection, the focus ring, the pill.
std::unique_ptr<QWidget> busyPage(const Theme &theme, const AvatarPainter &avatars, tests::RowsModel *model)
{
    auto view = std::make_unique<TimelineView>(theme, avatars, TimelineView::NewestEdge::Top);
    view->setModel(model);
    view->resize(664, 760);
    view->show();
    view->activateWindow();
    view->selectAll();
    QKeyEvent down(QEvent::KeyPress, Qt::Key_PageDown, Qt::NoModifier);
    QCoreApplication::sendEvent(view.get(), &down);
    model->insert(0,
        {QVariant::fromValue(tests::threadRow(77, u"news"_s)), QVariant::fromValue(tests::threadRow(78, u"news"_s))});
    view->focusRow(3);
    return view;
}

std::unique_ptr<QWidget> widgetPage(const Theme &theme)
{
    const Icons icons(theme);
    auto page = std::make_unique<QWidget>();
    auto *column = new QVBoxLayout(page.get());
    column->setContentsMargins(20, 20, 20, 20);
    auto *buttons = new QHBoxLayout;
    for (const auto &[text, emphasis] :
        {std::pair(u"Following"_s, Emphasis::Plain), std::pair(u"Follow"_s, Emphasis::Primary),
            std::pair(u"Delete"_s, Emphasis::Danger), std::pair(u"Flat"_s, Emphasis::Flat),
            std::pair(u"Show all"_s, Emphasis::Link), std::pair(u"↑ 3 new posts"_s, Emphasis::Pill)}) {
        auto *button = new QPushButton(text);
        setEmphasis(button, emphasis);
        buttons->addWidget(button);
    }
    auto *menuButton = new QPushButton(u"Following"_s);
    menuButton->setMenu(new QMenu(menuButton));
    buttons->addWidget(menuButton);
    auto *off = new QPushButton(u"Disabled"_s);
    off->setEnabled(false);
    buttons->addWidget(off);
    buttons->addStretch();
    column->addLayout(buttons);
    auto *tools = new QHBoxLayout;
    for (const auto name : {IconNames::search, IconNames::settings, IconNames::add, IconNames::send, IconNames::edit,
             IconNames::remove, IconNames::retry, IconNames::details, IconNames::people, IconNames::person,
             IconNames::more, IconNames::link, IconNames::copy, IconNames::notifications, IconNames::leave}) {
        auto *tool = new QToolButton;
        tool->setAutoRaise(true);
        tool->setIcon(icons.named(name));
        tools->addWidget(tool);
    }
    tools->addStretch();
    column->addLayout(tools);
    auto *fields = new QHBoxLayout;
    auto *search = new QLineEdit;
    search->setPlaceholderText(u"Search or go to…"_s);
    fields->addWidget(search);
    auto *combo = new QComboBox;
    combo->addItems({u"Everything"_s, u"Mentions"_s});
    fields->addWidget(combo);
    fields->addWidget(new QSpinBox);
    column->addLayout(fields);
    auto *checks = new QHBoxLayout;
    auto *check = new QCheckBox(u"Show previews"_s);
    check->setChecked(true);
    checks->addWidget(check);
    checks->addWidget(new QCheckBox(u"Sounds"_s));
    auto *radio = new QRadioButton(u"Dark"_s);
    radio->setChecked(true);
    checks->addWidget(radio);
    checks->addWidget(new QRadioButton(u"Light"_s));
    checks->addStretch();
    column->addLayout(checks);
    auto *tabs = new QTabBar;
    for (const QString &tab : {u"All"_s, u"Unread 3"_s, u"Chats"_s, u"Channels"_s})
        tabs->addTab(tab);
    column->addWidget(tabs);
    auto *list = new QListWidget;
    for (int i = 0; i < 30; ++i)
        list->addItem(u"Friar Laurence %1"_s.arg(i));
    list->setCurrentRow(1);
    column->addWidget(list, 1);
    auto *progress = new QProgressBar;
    progress->setValue(40);
    column->addWidget(progress);
    auto *empty = new EmptyState(theme);
    empty->setWords(u"New channel, nothing posted yet."_s, u"Followers see what you post."_s);
    empty->addButton(u"Write a post"_s);
    empty->addButton(u"Notify me"_s);
    column->addWidget(empty, 2);
    return page;
}

void save(QWidget &page, const QSize &size, const QString &file)
{
    page.resize(size);
    page.show();
    for (int i = 0; i < 5; ++i)
        QCoreApplication::processEvents();
    page.grab().save(file);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    if (argc < 2) {
        qInfo("usage: cumulet-gallery FOLDER [SCALE]");
        return 2;
    }
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    const QDir folder(QString::fromLocal8Bit(argv[1]));
    folder.mkpath(u"."_s);
    const QString scale = QString::number(qRound(application.devicePixelRatio() * 100));
    Theme theme;
    theme.dress(application);
    AvatarPainter avatars(theme, nullptr);
    auto chat = gallery::chat();
    auto strange = gallery::strangeChat();
    auto channel = gallery::channel();
    for (const auto scheme : {Theme::Scheme::Light, Theme::Scheme::Dark}) {
        theme.setScheme(scheme);
        const QString mood = scheme == Theme::Scheme::Light ? u"light"_s : u"dark"_s;
        const auto name = [&](const QString &what) {
            return folder.filePath(u"%1-%2-%3.png"_s.arg(what, mood, scale));
        };
        save(*chatPage(theme, avatars, chat.get()), {664, 760}, name(u"chat"_s));
        save(*chatPage(theme, avatars, strange.get()), {664, 900}, name(u"strange"_s));
        save(*channelPage(theme, avatars, channel.get(), false), {664, 760}, name(u"channel"_s));
        save(*channelPage(theme, avatars, channel.get(), true), {664, 1500}, name(u"channel-editing"_s));
        auto busy = gallery::channel();
        save(*busyPage(theme, avatars, busy.get()), {664, 760}, name(u"busy"_s));
        save(*widgetPage(theme), {820, 760}, name(u"widgets"_s));
    }
    return 0;
}
