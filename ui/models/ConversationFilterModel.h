#pragma once

#include "domain/Identifier.h"

#include <QSortFilterProxyModel>

namespace cumulet {

/// The list narrowed to a tab, an account and the words typed so far.
class ConversationFilterModel : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    enum Tab { All, Unread, Chats, Channels, Mentions };
    Q_ENUM(Tab)

    explicit ConversationFilterModel(QObject *parent = nullptr);

    Tab tab() const { return m_tab; }
    void setTab(Tab tab);
    /// 0: all accounts.
    void setAccount(AccountId account);
    /// Every word must be in the title or the local part of the address; a word with @ in the whole address.
    void setWords(const QString &words);
    /// This row stays while it is open, also when it is read in the tab of unread ones.
    void setPinned(ConversationId id);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    Tab m_tab = All;
    AccountId m_account = 0;
    QStringList m_words;
    ConversationId m_pinned = 0;
};

} // namespace cumulet
