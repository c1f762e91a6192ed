#include "RowsModel.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

static const QDateTime noon(QDate(2026, 5, 6), QTime(12, 0));

QVariant RowsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= int(m_rows.size()))
        return {};
    const QVariant &row = m_rows[size_t(index.row())];
    const auto *chat = get_if<ChatRow>(&row);
    const auto *thread = get_if<ThreadRow>(&row);
    const auto *notice = get_if<NoticeRow>(&row);
    if (!chat && !thread && !notice)
        return role == TimelineRoles::RowRole ? row : QVariant(); // a model that lies
    const auto pick = [&](auto ofChat, auto ofThread, auto ofNotice) -> QVariant {
        return chat ? QVariant(ofChat(*chat)) : thread ? QVariant(ofThread(*thread)) : QVariant(ofNotice(*notice));
    };
    const auto same = [&pick](auto of) { return pick(of, of, of); };
    switch (role) {
    case TimelineRoles::RowIdRole:
        return same([](const auto &value) { return value.id; });
    case TimelineRoles::RevisionRole:
        return same([](const auto &value) { return value.revision; });
    case TimelineRoles::KindRole:
        return int(chat ? TimelineRoles::ChatMessage : thread ? TimelineRoles::Thread : TimelineRoles::Notice);
    case TimelineRoles::RowRole:
        ++rowsRead;
        return row;
    case TimelineRoles::StartsUnreadRole:
        return same([](const auto &value) { return value.startsUnread; });
    case TimelineRoles::TextLengthRole:
        return pick([](const ChatRow &value) { return int(value.body.size()); },
            [](const ThreadRow &value) { return int(value.post.body.size()); }, [](const NoticeRow &) { return 30; });
    default:
        return {};
    }
}

void RowsModel::reset(std::vector<QVariant> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

void RowsModel::insert(int row, std::vector<QVariant> rows)
{
    beginInsertRows({}, row, row + int(rows.size()) - 1);
    m_rows.insert(m_rows.begin() + row, rows.begin(), rows.end());
    endInsertRows();
}

void RowsModel::remove(int row, int count)
{
    beginRemoveRows({}, row, row + count - 1);
    m_rows.erase(m_rows.begin() + row, m_rows.begin() + row + count);
    endRemoveRows();
}

void RowsModel::change(int row, const QVariant &value)
{
    m_rows[size_t(row)] = value;
    Q_EMIT dataChanged(index(row), index(row));
}

QList<TextSpan> spansOf(const QString &text)
{
    QList<TextSpan> spans;
    static const QRegularExpression pattern(u"(https?://\\S+|xmpp:\\S+)|(@\\w+)|(#\\w+)"_s);
    for (auto found = pattern.globalMatch(text); found.hasNext();) {
        const auto match = found.next();
        const auto kind = match.captured(1).size() ? TextSpan::Link
            : match.captured(2).size()             ? TextSpan::Mention
                                                   : TextSpan::Hashtag;
        spans.append({kind, int(match.capturedStart()), int(match.capturedLength()), match.captured()});
    }
    return spans;
}

ChatRow chatRow(qint64 id, const QString &body, bool own)
{
    ChatRow row;
    row.id = id;
    row.accountJid = u"romeo@montague.example"_s;
    row.senderJid = own ? row.accountJid : u"juliet@capulet.example"_s;
    row.senderName = own ? u"Romeo"_s : u"Juliet"_s;
    row.own = own;
    row.body = body;
    row.spans = spansOf(body);
    row.time = noon.addSecs(id % 3600);
    row.state = own ? DeliveryState::Delivered : DeliveryState::Received;
    return row;
}

PostItem comment(qint64 id, const QString &body)
{
    PostItem item;
    item.id = id;
    item.itemId = u"item-%1"_s.arg(id);
    item.accountJid = u"romeo@montague.example"_s;
    item.authorJid = u"benvolio@montague.example"_s;
    item.authorName = u"Benvolio"_s;
    item.body = body;
    item.spans = spansOf(body);
    item.time = noon;
    return item;
}

ThreadRow threadRow(qint64 id, const QString &body)
{
    ThreadRow row;
    row.id = id;
    row.post = comment(id, body);
    row.post.authorJid = u"juliet@capulet.example"_s;
    row.post.authorName = u"Juliet"_s;
    row.mayComment = true;
    return row;
}

} // namespace cumulet::tests
