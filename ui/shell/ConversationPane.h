#pragma once

#include "domain/Conversation.h"
#include "ui/models/ConversationFilterModel.h"
#include "ui/shell/ProgramParts.h"

#include <QTimer>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QLineEdit;
class QListView;
class QPushButton;
class QStackedWidget;
class QTabBar;
QT_END_NAMESPACE

namespace cumulet {

class ConversationListModel;
class EmptyState;
class FoundModel;
class PlainLabel;
class SearchModel;

/// The left pane: search field, tabs, the one list of chats and channels, and below it what else was found.
class ConversationPane : public QWidget
{
    Q_OBJECT

public:
    ConversationPane(const ProgramParts &parts, ConversationListModel &model, QWidget *parent = nullptr);

    void setAccount(AccountId account);
    AccountId account() const { return m_account; } ///< 0: all
    /// Marks the row of what is open.
    void setCurrent(ConversationId id);
    /// Marks Home, which is none of the rows.
    void setHomeCurrent(bool isCurrent);
    void setTab(int tab);
    int tabCount() const;
    /// Puts the cursor into the search field; words, if any, are looked for.
    void focusSearch(const QString &words = {});
    void focusList();
    /// Steps to the next or previous row; onlyUnread leaves out what is read.
    void step(int by, bool onlyUnread);
    /// The width the search words may take is the pane's; the footer is given by the window.
    void setFooter(QWidget *footer);

Q_SIGNALS:
    void conversationChosen(cumulet::ConversationId id);
    /// The row was not only stepped to: whoever chose it wants to go on in the place.
    void conversationEntered(cumulet::ConversationId id);
    void contactChosen(cumulet::AccountId account, const cumulet::Jid &jid);
    /// A hit of the search in messages and posts.
    void hitChosen(cumulet::ConversationId id, qint64 row);
    /// An address was typed that is neither in the list nor a contact.
    void addressChosen(const cumulet::Jid &jid);
    void findRequested();
    void homeRequested();
    void contextMenuRequested(cumulet::ConversationId id, const QPoint &position);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void markCurrent();
    void updateTabs();
    void updateEmpty();
    void searchWords(const QString &words);
    void showFound();
    void chooseFound(int row);
    void enterFirst();

    ProgramParts m_parts;
    ConversationListModel &m_model;
    ConversationFilterModel *m_filter;
    SearchModel *m_hits;
    FoundModel *m_found;
    QLineEdit *m_search = nullptr;
    QTabBar *m_tabs = nullptr;
    QStackedWidget *m_pages = nullptr;
    QListView *m_list = nullptr;
    QListView *m_foundList = nullptr;
    PlainLabel *m_foundTitle = nullptr;
    EmptyState *m_empty = nullptr;
    QPushButton *m_home = nullptr;
    QPushButton *m_find = nullptr;
    QTimer m_tabsDelay;
    AccountId m_account = 0;
    ConversationId m_current = 0;
    bool m_isLosingRows = false;
};

} // namespace cumulet
