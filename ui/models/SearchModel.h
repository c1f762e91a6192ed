#pragma once

#include "domain/Identifier.h"
#include "domain/Result.h"

#include <QAbstractListModel>
#include <QDateTime>

#include <vector>

namespace cumulet {

class Accounts;
class ConversationService;
class SearchService;

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

    /// Looks for the words; conversation 0: everywhere. The last call wins.
    void search(const QString &words, ConversationId conversation = 0);

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

    SearchService &m_search;
    ConversationService &m_conversations;
    Accounts &m_accounts;
    std::vector<Row> m_rows;
    int m_generation = 0;
};

} // namespace cumulet
