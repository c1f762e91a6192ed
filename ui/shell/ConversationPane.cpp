#include "ui/shell/ConversationPane.h"

#include "services/account/Accounts.h"
#include "services/conversation/ConversationService.h"
#include "services/roster/RosterService.h"
#include "ui/common/AvatarPainter.h"
#include "ui/common/ClearButton.h"
#include "ui/common/EmptyState.h"
#include "ui/common/PlainLabel.h"
#include "ui/common/Theme.h"
#include "ui/models/ConversationListModel.h"
#include "ui/models/SearchModel.h"
#include "ui/shell/ConversationDelegate.h"
#include "ui/shell/FoundModel.h"
#include "ui/shell/SpokenConversations.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int tabsDelay = 50; // ms: while much arrives, all entries are not counted again for each of them

// QListView lays all its rows out and paints them again whenever one of them changes; these never change their height.
class EqualRows : public QListView
{
public:
    using QListView::QListView;

protected:
    void dataChanged(const QModelIndex &first, const QModelIndex &last, const QList<int> &roles) override
    {
        // past QListView on purpose; NOLINTNEXTLINE(bugprone-parent-virtual-call)
        QAbstractItemView::dataChanged(first, last, roles);
    }
};

ConversationPane::ConversationPane(const ProgramParts &parts, ConversationListModel &model, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_model(model)
    , m_filter(new ConversationFilterModel(this))
    , m_hits(new SearchModel(parts.search, parts.conversations, parts.accounts, this))
    , m_found(new FoundModel(this))
{
    auto *spoken = new SpokenConversations(this);
    spoken->setSourceModel(&model);
    m_filter->setSourceModel(spoken);
    // before the view: when the row of what is open goes, the view steps to its neighbour, which nobody has chosen
    connect(m_filter, &QAbstractItemModel::rowsAboutToBeRemoved, this, [this] { m_isLosingRows = true; });
    build();
    connect(m_filter, &QAbstractItemModel::rowsRemoved, this, [this] {
        m_isLosingRows = false;
        markCurrent();
    });
    connect(m_search, &QLineEdit::textChanged, this, &ConversationPane::searchWords);
    connect(m_hits, &SearchModel::found, this, &ConversationPane::showFound);
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, &ConversationPane::updateEmpty);
    connect(m_filter, &QAbstractItemModel::rowsRemoved, this, &ConversationPane::updateEmpty);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &ConversationPane::updateEmpty);
    // what is open may come into the list, or back into it, later
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, &ConversationPane::markCurrent);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &ConversationPane::markCurrent);
    m_tabsDelay.setSingleShot(true);
    m_tabsDelay.setInterval(tabsDelay);
    connect(&m_tabsDelay, &QTimer::timeout, this, &ConversationPane::updateTabs);
    const auto updateSoon = [this] {
        if (!m_tabsDelay.isActive()) {
            m_tabsDelay.start();
        }
    };
    connect(&model, &QAbstractItemModel::rowsInserted, this, updateSoon);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, updateSoon);
    connect(&model, &QAbstractItemModel::dataChanged, this, updateSoon);
    connect(&model, &QAbstractItemModel::modelReset, this, updateSoon);
    updateTabs();
    updateEmpty();
}

void ConversationPane::build()
{
    const Theme &theme = m_parts.theme;
    m_parts.theme.fill(this, Theme::Side);
    setAccessibleName(tr("Chats and channels"));

    m_search = new QLineEdit(this);
    m_search->setObjectName(u"search"_s);
    m_search->setPlaceholderText(tr("Search or go to…"));
    m_search->setAccessibleName(tr("Search or go to"));
    addClearButton(m_search);
    m_search->setMaxLength(1000);
    m_search->addAction(m_parts.icons.named(IconNames::search), QLineEdit::LeadingPosition)->setText(tr("Search"));
    m_search->installEventFilter(this);

    m_home = new QPushButton(m_parts.icons.named(IconNames::home), tr("Home"), this);
    m_home->setObjectName(u"home"_s);
    m_home->setCheckable(true);
    m_home->setToolTip(tr("Posts of all channels you follow"));
    setEmphasis(m_home, Emphasis::Flat);
    connect(m_home, &QPushButton::clicked, this, [this](bool isChecked) {
        m_home->setChecked(!isChecked); // the window says what is open
        Q_EMIT homeRequested();
    });

    m_tabs = new QTabBar(this);
    m_tabs->setObjectName(u"tabs"_s);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setElideMode(Qt::ElideNone);
    m_tabs->setFont(theme.font(Theme::Type::Small));
    m_tabs->setAccessibleName(tr("What the list shows"));
    for (const QString &words : {tr("All"), tr("Unread"), tr("Chats"), tr("Channels"), u"@"_s}) {
        m_tabs->addTab(words);
    }
    m_tabs->setTabToolTip(ConversationFilterModel::Mentions, tr("Where you were mentioned"));
    m_tabs->setAccessibleTabName(ConversationFilterModel::Mentions, tr("Mentions"));
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        m_filter->setTab(ConversationFilterModel::Tab(tab));
        updateEmpty();
    });

    const auto makeList = [&](const QString &name, const QString &spokenName, QAbstractItemModel *model) {
        auto *list = new EqualRows(this);
        list->setObjectName(name);
        list->setAccessibleName(spokenName);
        list->setModel(model);
        list->setItemDelegate(new ConversationDelegate(theme, m_parts.avatars, list));
        list->setUniformItemSizes(true);
        list->setFrameShape(QFrame::NoFrame);
        list->setMouseTracking(true);
        list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
        list->setEditTriggers(QAbstractItemView::NoEditTriggers);
        list->viewport()->setBackgroundRole(QPalette::Window);
        m_parts.theme.fill(list->viewport(), Theme::Side);
        connect(&m_parts.avatars, &AvatarPainter::changed, list->viewport(), qOverload<>(&QWidget::update));
        connect(&m_parts.theme, &Theme::changed, list, &QListView::doItemsLayout);
        return list;
    };
    m_list = makeList(u"conversations"_s, tr("Chats and channels"), m_filter);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setUniformItemSizes(true);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &current) {
        if (current.isValid() && !m_isLosingRows) {
            Q_EMIT conversationChosen(current.data(ConversationListModel::IdRole).toLongLong());
        }
    });
    const auto enter = [this](const QModelIndex &index) {
        Q_EMIT conversationEntered(index.data(ConversationListModel::IdRole).toLongLong());
    };
    connect(m_list, &QListView::clicked, this, enter);
    connect(m_list, &QListView::activated, this, enter);
    connect(m_list, &QListView::customContextMenuRequested, this, [this](const QPoint &position) {
        const QModelIndex index = m_list->indexAt(position);
        if (index.isValid()) {
            Q_EMIT contextMenuRequested(
                index.data(ConversationListModel::IdRole).toLongLong(), m_list->viewport()->mapToGlobal(position));
        }
    });
    m_foundList = makeList(u"found"_s, tr("Found elsewhere"), m_found);
    connect(m_foundList, &QListView::clicked, this, [this](const QModelIndex &index) { chooseFound(index.row()); });
    connect(m_foundList, &QListView::activated, this, [this](const QModelIndex &index) { chooseFound(index.row()); });

    m_empty = new EmptyState(theme, this);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(m_list);
    m_pages->addWidget(m_empty);

    m_foundTitle = new PlainLabel(theme, Theme::Type::Small, Theme::Muted, this);
    m_foundTitle->setContentsMargins(Theme::medium, Theme::small, Theme::medium, Theme::tight);

    m_find = new QPushButton(m_parts.icons.named(IconNames::add), tr("Find or follow…"), this);
    m_find->setObjectName(u"find"_s);
    setEmphasis(m_find, Emphasis::Flat);
    connect(m_find, &QPushButton::clicked, this, &ConversationPane::findRequested);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, Theme::medium, 0, 0);
    layout->setSpacing(0);
    auto *searchLine = new QHBoxLayout;
    searchLine->setContentsMargins(Theme::medium, 0, Theme::medium, Theme::small);
    searchLine->addWidget(m_search);
    layout->addLayout(searchLine);
    auto *homeLine = new QHBoxLayout;
    homeLine->setContentsMargins(Theme::small, 0, Theme::small, Theme::tight);
    homeLine->addWidget(m_home);
    homeLine->addStretch();
    layout->addLayout(homeLine);
    auto *tabLine = new QHBoxLayout;
    tabLine->setContentsMargins(10, 0, 10, Theme::small);
    tabLine->addWidget(m_tabs);
    layout->addLayout(tabLine);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_foundTitle);
    layout->addWidget(m_foundList, 1);
    auto *findLine = new QHBoxLayout;
    findLine->setContentsMargins(Theme::small, Theme::tight, Theme::small, Theme::tight);
    findLine->addWidget(m_find);
    findLine->addStretch();
    layout->addLayout(findLine);
    m_foundTitle->hide();
    m_foundList->hide();
}

void ConversationPane::setFooter(QWidget *footer)
{
    static_cast<QVBoxLayout *>(layout())->addWidget(footer);
}

void ConversationPane::setAccount(AccountId account)
{
    m_account = account;
    m_filter->setAccount(account);
    updateEmpty();
}

void ConversationPane::setCurrent(ConversationId id)
{
    m_current = id;
    m_filter->setPinned(id);
    markCurrent();
}

void ConversationPane::setHomeCurrent(bool isCurrent)
{
    m_home->setChecked(isCurrent);
}

void ConversationPane::markCurrent()
{
    const QSignalBlocker quiet(m_list->selectionModel());
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        const QModelIndex index = m_filter->index(row, 0);
        if (index.data(ConversationListModel::IdRole).toLongLong() == m_current) {
            m_list->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
            m_list->viewport()->update();
            return;
        }
    }
    m_list->selectionModel()->clear();
    m_list->viewport()->update();
}

void ConversationPane::setTab(int tab)
{
    m_tabs->setCurrentIndex(tab);
}

int ConversationPane::tabCount() const
{
    return m_tabs->count();
}

void ConversationPane::focusSearch(const QString &words)
{
    if (!words.isEmpty()) {
        m_search->setText(words);
    }
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void ConversationPane::focusList()
{
    m_list->setFocus(Qt::ShortcutFocusReason);
}

void ConversationPane::step(int by, bool onlyUnread)
{
    const int rows = m_filter->rowCount();
    int row = m_list->currentIndex().isValid() ? m_list->currentIndex().row() : (by > 0 ? -1 : rows);
    for (row += by; row >= 0 && row < rows; row += by) {
        const QModelIndex index = m_filter->index(row, 0);
        if (!onlyUnread || index.data(ConversationListModel::UnreadRole).toInt() > 0) {
            m_list->setCurrentIndex(index);
            return;
        }
    }
}

void ConversationPane::updateTabs()
{
    int unread = 0;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        unread += m_model.index(row).data(ConversationListModel::UnreadRole).toInt() > 0 ? 1 : 0;
    }
    // a tab bar lays itself out again even for the words it has
    const QString words = unread > 0 ? tr("Unread %1").arg(unread) : tr("Unread");
    if (words != m_tabs->tabText(ConversationFilterModel::Unread)) {
        m_tabs->setTabText(ConversationFilterModel::Unread, words);
    }
}

void ConversationPane::updateEmpty()
{
    const bool isEmpty = m_filter->rowCount() == 0;
    m_empty->clearButtons();
    if (!m_search->text().isEmpty()) {
        m_empty->setWords(tr("Nothing in the list matches."));
    } else if (m_tabs->currentIndex() == ConversationFilterModel::Unread
        || m_tabs->currentIndex() == ConversationFilterModel::Mentions) {
        m_empty->setWords(tr("You have read everything."));
    } else {
        m_empty->setWords(tr("Nothing here yet."));
        if (isEmpty) {
            connect(m_empty->addButton(tr("Find people or channels")), &QPushButton::clicked, this,
                &ConversationPane::findRequested);
        }
    }
    m_pages->setCurrentWidget(isEmpty ? static_cast<QWidget *>(m_empty) : m_list);
}

void ConversationPane::searchWords(const QString &words)
{
    m_filter->setWords(words);
    updateEmpty();
    if (words.simplified().size() < 2) {
        m_hits->clear();
        m_found->setRows({});
        m_foundTitle->hide();
        m_foundList->hide();
        return;
    }
    showFound();
    m_hits->search(words);
}

void ConversationPane::showFound()
{
    const QString words = m_search->text().simplified();
    if (words.size() < 2) {
        return;
    }
    std::vector<FoundModel::Row> rows;
    for (const AccountId id : m_parts.accounts.ids()) {
        const AccountServices *services = m_parts.accounts.of(id);
        if (m_account != 0 && m_account != id) {
            continue;
        }
        for (const RosterItem &item : services->roster->items()) {
            if (rows.size() < 8
                && (item.displayName().contains(words, Qt::CaseInsensitive)
                    || item.jid.text().contains(words, Qt::CaseInsensitive))) {
                rows.push_back({.kind = FoundModel::Contact,
                    .account = id,
                    .accountJid = services->account.jid.text(),
                    .jid = item.jid,
                    .title = item.displayName(),
                    .line = tr("Contact · %1").arg(item.jid.text())});
            }
        }
    }
    const auto address = Jid::parse(words.startsWith("xmpp:"_L1) ? words.mid(5) : words);
    if (address && !address->local().isEmpty()) {
        rows.push_back({.kind = FoundModel::Address,
            .jid = address->bare(),
            .title = address->bare().text(),
            .line = tr("Open as channel or chat…")});
    }
    for (int row = 0; row < m_hits->rowCount(); ++row) {
        const QModelIndex hit = m_hits->index(row);
        const auto conversation = hit.data(SearchModel::ConversationRole).toLongLong();
        const auto entry = m_parts.conversations.entry(conversation);
        rows.push_back({.kind = FoundModel::Hit,
            .jid = entry ? entry->jid : Jid(),
            .title = hit.data(SearchModel::TitleRole).toString(),
            .line = tr("%1: %2", "author: words of a message")
                .arg(hit.data(SearchModel::AuthorRole).toString(),
                    hit.data(SearchModel::ExcerptRole).toString().simplified()),
            .conversation = conversation,
            .row = hit.data(SearchModel::RowRole).toLongLong()});
    }
    m_found->setRows(std::move(rows));
    m_foundTitle->setText(
        m_found->rowCount() > 0 ? tr("Contacts, messages and posts") : tr("No contact, message or post matches."));
    m_foundTitle->show();
    m_foundList->setVisible(m_found->rowCount() > 0);
}

void ConversationPane::chooseFound(int row)
{
    const FoundModel::Row found = m_found->row(row); // a copy: clearing the field empties the model
    m_search->clear();
    switch (found.kind) {
    case FoundModel::Contact:
        Q_EMIT contactChosen(found.account, found.jid);
        return;
    case FoundModel::Address:
        Q_EMIT addressChosen(found.jid);
        return;
    case FoundModel::Hit:
        Q_EMIT hitChosen(found.conversation, found.row);
        return;
    }
}

void ConversationPane::enterFirst()
{
    if (m_filter->rowCount() > 0) {
        const auto id = m_filter->index(0, 0).data(ConversationListModel::IdRole).toLongLong();
        m_search->clear();
        Q_EMIT conversationEntered(id);
    } else if (m_found->rowCount() > 0) {
        chooseFound(0);
    }
}

bool ConversationPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Escape:
            m_search->clear();
            m_list->setFocus();
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            enterFirst();
            return true;
        case Qt::Key_Down:
            if (m_filter->rowCount() > 0) {
                m_list->setFocus();
            } else if (m_foundList->isVisible()) {
                m_foundList->setFocus();
                m_foundList->setCurrentIndex(m_found->index(0));
            }
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace cumulet
