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
    m_wanted = Wanted{words, conversation};
    if (!m_isSearching) {
        searchNext();
    }
}

void SearchModel::clear()
{
    m_wanted.reset();
    m_isUnwanted = m_isSearching;
    if (!m_rows.empty()) {
        beginResetModel();
        m_rows.clear();
        endResetModel();
    }
}

// One after the other: who types quickly does not fill the store's queue with searches that nobody waits for.
void SearchModel::searchNext()
{
    const Wanted wanted = *std::exchange(m_wanted, std::nullopt);
    m_isSearching = true;
    m_isUnwanted = false;
    whenDone(m_search.search(wanted.words, wanted.conversation), this, [this](const Result<QList<SearchHit>> &hits) {
        m_isSearching = false;
        if (m_wanted) {
            searchNext(); // other words were typed in the meantime
        } else if (!m_isUnwanted) {
            hits ? show(*hits) : Q_EMIT failed(hits.error());
        }
    });
}

void SearchModel::show(const QList<SearchHit> &hits)
{
    beginResetModel();
    m_rows.clear();
    for (const SearchHit &hit : hits) {
        const auto entry = m_conversations.entry(hit.conversation);
        const AccountServices *services = entry ? m_accounts.of(entry->account) : nullptr;
        const auto nameOf = [services](
                                const Jid &jid) { return services ? services->roster->nameOf(jid) : jid.shortName(); };
        QString title = hit.author.shortName();
        if (entry) {
            title = entry->kind == Conversation::Kind::Chat ? nameOf(entry->jid) : entry->displayTitle();
        }
        m_rows.push_back({hit.conversation, hit.row, title, nameOf(hit.author), hit.excerpt, hit.time});
    }
    endResetModel();
    Q_EMIT found(rowCount());
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
