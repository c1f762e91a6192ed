#pragma once

#include "domain/Identifier.h"
#include "domain/Result.h"

#include <QAbstractListModel>
#include <QDateTime>

#include <optional>
#include <vector>

namespace cumulet {

class Accounts;
class ConversationService;
class SearchService;
struct SearchHit;

/// Messages and posts in which the words occur, newest first.
class SearchModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        ConversationRole = Qt::UserRole + 1, ///< ConversationId
        RowRole, ///< qint64: message row, or thread start in a channel
        TitleRole, ///< QString: of the chat or channel
        AuthorRole, ///< QString
        ExcerptRole, ///< QString
        TimeRole, ///< QDateTime
    };

    SearchModel(
        SearchService &search, ConversationService &conversations, Accounts &accounts, QObject *parent = nullptr);

    /// Looks for the words; conversation 0: everywhere. At once, or as soon as the search under way has ended; of words
    /// that came meanwhile only the last ones are looked for.
    void search(const QString &words, ConversationId conversation = 0);
    /// Forgets the hits, also those of a search that is under way.
    void clear();

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void found(int hits);
    void failed(const cumulet::Error &error);

private:
    struct Row
    {
        ConversationId conversation = 0;
        qint64 row = 0;
        QString title;
        QString author;
        QString excerpt;
        QDateTime time;
    };

    struct Wanted
    {
        QString words;
        ConversationId conversation = 0;
    };
    void searchNext();
    void show(const QList<SearchHit> &hits);

    SearchService &m_search;
    ConversationService &m_conversations;
    Accounts &m_accounts;
    std::vector<Row> m_rows;
    std::optional<Wanted> m_wanted; ///< while another search is under way
    bool m_isSearching = false;
    bool m_isUnwanted = false; ///< the hits of the search under way are
};

} // namespace cumulet
