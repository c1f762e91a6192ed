#include "ui/models/SearchModel.h"

#include "services/account/Accounts.h"
#include "services/conversation/ConversationService.h"
#include "services/roster/RosterService.h"
#include "services/search/SearchService.h"

namespace cumulet {

SearchModel::SearchModel(SearchService &search, ConversationService &conversations, Accounts &accounts, QObject *parent)
    : QAbstractListModel(parent)
    , m_search(search)
    , m_conversations(conversations)
    , m_accounts(accounts)
{
}

void SearchModel::search(const QString &words, ConversationId conversation)
{
    const int generation = ++m_generation;
    whenDone(m_search.search(words, conversation), this, [this, generation](const Result<QList<SearchHit>> &hits) {
        if (generation != m_generation) {
            return; // other words were typed in the meantime
        }
        if (!hits) {
            Q_EMIT failed(hits.error());
            return;
        }
        beginResetModel();
        m_rows.clear();
        for (const SearchHit &hit : *hits) {
            const auto entry = m_conversations.entry(hit.conversation);
            const AccountServices *services = entry ? m_accounts.of(entry->account) : nullptr;
            const auto nameOf = [services](const Jid &jid) {
                return services ? services->roster->nameOf(jid) : jid.shortName();
            };
            QString title = hit.author.shortName();
            if (entry) {
                title = entry->kind == Conversation::Kind::Chat ? nameOf(entry->jid) : entry->displayTitle();
            }
            m_rows.push_back({hit.conversation, hit.row, title, nameOf(hit.author), hit.excerpt, hit.time});
        }
        endResetModel();
        Q_EMIT found(rowCount());
    });
}

int SearchModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant SearchModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row &row = m_rows[size_t(index.row())];
    switch (role) {
    case ConversationRole:
        return QVariant::fromValue<qint64>(row.conversation);
    case RowRole:
        return row.row;
    case TitleRole:
        return row.title;
    case AuthorRole:
        return row.author;
    case Qt::DisplayRole:
    case ExcerptRole:
        return row.excerpt;
    case TimeRole:
        return row.time;
    default:
        return {};
    }
}

} // namespace cumulet
