#include "ui/models/DiscoveryModel.h"

#include "services/channel/ChannelDirectory.h"
#include "services/channel/ChannelService.h"
#include "services/channel/ContactChannels.h"
#include "services/roster/RosterService.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

constexpr size_t mostPeople = 20;
constexpr size_t mostRows = 5'000;
constexpr int mostEmptyPages = 5; // of what is shown already: after that nothing new is believed in

bool isSame(const DiscoveryModel::Row &one, const DiscoveryModel::Row &other)
{
    const bool isSameKind = one.kind == other.kind
        || (one.kind == DiscoveryModel::Address && other.kind == DiscoveryModel::Channel); // the one that was typed
    return isSameKind && one.channel.node == other.channel.node && one.post.item == other.post.item;
}

} // namespace

DiscoveryModel::DiscoveryModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

DiscoveryModel::~DiscoveryModel() = default;

void DiscoveryModel::setAccount(const AccountServices *services)
{
    for (const auto &connection : std::exchange(m_connections, {})) {
        disconnect(connection);
    }
    m_services = services ? std::optional(*services) : std::nullopt;
    m_scan.reset();
    if (m_services) {
        m_scan = std::make_unique<ContactChannels>(*m_services->channels);
        connect(m_scan.get(), &ContactChannels::found, this, &DiscoveryModel::takeContact);
        connect(m_scan.get(), &ContactChannels::progressed, this, &DiscoveryModel::scanProgressed);
        m_connections = {connect(m_services->directory, &ChannelDirectory::described, this, &DiscoveryModel::describe),
            connect(m_services->channels, &ChannelService::channelChanged, this, &DiscoveryModel::followedChanged)};
    }
    show(m_source);
}

void DiscoveryModel::show(Source source, const QString &words, const Jid &address)
{
    ++m_run;
    beginResetModel();
    m_rows.clear();
    endResetModel();
    m_source = source;
    m_words = words.simplified();
    m_stages.clear();
    m_index = 0;
    m_emptyPages = 0;
    m_isAsking = false;
    m_failure.reset();
    stopScan();
    if (!m_services || source == Contacts || (source == Words && m_words.isEmpty())) {
        Q_EMIT answered();
        return;
    }
    if (source != Words) {
        m_stages = {source == Active ? Stage::Active : source == Suggested ? Stage::Suggested : Stage::Here};
        askNext();
        return;
    }
    addKnown(address);
    m_isAsking = true;
    whenDone(m_services->directory->find(), this, [this, run = m_run](const Result<Done> &found) {
        if (run == m_run) {
            takeDirectory(found.has_value());
        }
    });
}

// what needs no asking: the address itself, and contacts
void DiscoveryModel::addKnown(const Jid &address)
{
    std::vector<Row> rows;
    if (!address.isEmpty()) {
        Row row;
        row.kind = Address;
        row.channel.node = NodeId::of(address);
        rows.push_back(row);
    }
    const auto &items = m_services->roster->items();
    for (const RosterItem &item : items) {
        const bool isMeant = item.displayName().contains(m_words, Qt::CaseInsensitive)
            || item.jid.text().contains(m_words, Qt::CaseInsensitive);
        if (isMeant && !item.jid.local().isEmpty() && rows.size() < mostPeople) {
            Row row;
            row.kind = Person;
            row.channel.node = NodeId::of(item.jid.bare());
            row.name = item.displayName();
            rows.push_back(row);
        }
    }
    append(std::move(rows));
}

void DiscoveryModel::takeDirectory(bool isThere)
{
    m_stages =
        isThere ? std::vector{Stage::Channels, Stage::Posts} : std::vector{Stage::HereByAddress, Stage::FollowedPosts};
    askNext();
}

QList<Jid> DiscoveryModel::contacts() const
{
    QList<Jid> people;
    if (m_services) {
        const auto &items = m_services->roster->items();
        for (const RosterItem &item : items) {
            if (!item.jid.local().isEmpty()) {
                people.append(item.jid.bare());
            }
        }
    }
    std::sort(people.begin(), people.end());
    return people;
}

void DiscoveryModel::startScan()
{
    if (m_scan) {
        show(Contacts);
        m_scan->start(contacts());
        Q_EMIT scanProgressed();
    }
}

void DiscoveryModel::stopScan()
{
    if (isScanning()) {
        m_scan->stop();
        Q_EMIT scanProgressed();
    }
}

bool DiscoveryModel::isScanning() const
{
    return m_scan && m_scan->isRunning();
}

int DiscoveryModel::scanned() const
{
    return m_scan ? m_scan->asked() : 0;
}

int DiscoveryModel::contactCount() const
{
    return int(contacts().size());
}

void DiscoveryModel::takeContact(const cumulet::Channel &channel)
{
    Row row;
    row.kind = Person;
    row.channel.node = channel.node;
    row.channel.description = channel.description;
    row.channel.type = channel.type;
    row.name = m_services->roster->nameOf(channel.node.channel());
    append({row});
}

void DiscoveryModel::askNext()
{
    m_isAsking = !m_stages.empty();
    if (m_stages.empty()) {
        Q_EMIT answered();
        return;
    }
    const auto taker = [this, run = m_run](const auto &found) {
        if (run == m_run) {
            take(found);
        }
    };
    const Stage stage = m_stages.front();
    if (stage == Stage::Posts) {
        whenDone(m_services->directory->posts(m_words, m_index), this, taker);
    } else if (stage == Stage::FollowedPosts) {
        whenDone(m_services->directory->followedPosts(m_words, m_index), this, taker);
    } else {
        whenDone(askForChannels(stage), this, taker);
    }
}

Future<FoundChannels> DiscoveryModel::askForChannels(Stage stage)
{
    auto &directory = *m_services->directory;
    switch (stage) {
    case Stage::Active:
        return directory.active(m_index);
    case Stage::Suggested:
        return directory.suggested(m_index);
    case Stage::Here:
        return directory.here({}, m_index);
    case Stage::HereByAddress:
        return directory.here(m_words, m_index);
    case Stage::Channels:
    case Stage::Posts:
    case Stage::FollowedPosts:
        break;
    }
    return directory.channels(m_words, m_index);
}

void DiscoveryModel::take(const Result<FoundChannels> &found)
{
    if (!found) {
        fail(found.error());
        return;
    }
    std::vector<Row> rows;
    for (const auto &channel : found->rows) {
        Row row;
        row.channel = channel;
        rows.push_back(row);
    }
    const auto before = m_rows.size();
    append(std::move(rows));
    takeEnd(found->next, qsizetype(m_rows.size() - before));
}

void DiscoveryModel::take(const Result<FoundPosts> &found)
{
    if (!found) {
        fail(found.error());
        return;
    }
    std::vector<Row> rows;
    for (const auto &post : found->rows) {
        Row row;
        row.kind = Post;
        row.channel.node = post.node;
        row.post = post;
        rows.push_back(row);
    }
    const auto before = m_rows.size();
    append(std::move(rows));
    takeEnd(found->next, qsizetype(m_rows.size() - before));
}

// what was there is not lost by a failure; what a service cannot do is left out
void DiscoveryModel::fail(const Error &error)
{
    if (error.kind != ErrorKind::NotFound && error.kind != ErrorKind::Unsupported) {
        m_failure = error;
    }
    takeEnd(-1, 0);
}

void DiscoveryModel::takeEnd(int next, qsizetype added)
{
    m_emptyPages = added == 0 ? m_emptyPages + 1 : 0;
    // also a directory that turns in circles
    if (next <= m_index || m_emptyPages >= mostEmptyPages || m_rows.size() >= mostRows) {
        m_emptyPages = 0;
        m_stages.erase(m_stages.begin());
        m_index = 0;
        askNext();
        return;
    }
    m_index = next;
    if (added == 0) {
        askNext(); // a page of what is followed already
        return;
    }
    m_isAsking = false;
    Q_EMIT answered();
}

void DiscoveryModel::append(std::vector<Row> rows)
{
    std::erase_if(rows, [this](const Row &row) {
        return std::any_of(m_rows.begin(), m_rows.end(), [&row](const Row &known) { return isSame(known, row); });
    });
    if (rows.empty()) {
        return;
    }
    const int first = int(m_rows.size());
    beginInsertRows({}, first, first + int(rows.size()) - 1);
    std::move(rows.begin(), rows.end(), std::back_inserter(m_rows));
    endInsertRows();
}

void DiscoveryModel::describe(const FoundChannel &channel)
{
    for (size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].kind == Channel && m_rows[i].channel.node == channel.node) {
            m_rows[i].channel = channel;
            Q_EMIT dataChanged(index(int(i)), index(int(i)));
        }
    }
}

void DiscoveryModel::followedChanged(const NodeId &node)
{
    for (size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].channel.node == node) {
            Q_EMIT dataChanged(index(int(i)), index(int(i)), {IsFollowedRole});
        }
    }
}

int DiscoveryModel::rowOf(const Jid &jid) const
{
    const auto row = std::find_if(
        m_rows.begin(), m_rows.end(), [&jid](const Row &one) { return one.channel.node.channel() == jid.bare(); });
    return row == m_rows.end() ? -1 : int(row - m_rows.begin());
}

int DiscoveryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

bool DiscoveryModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_isAsking && !m_stages.empty();
}

void DiscoveryModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent)) {
        askNext();
    }
}

QVariant DiscoveryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row &row = m_rows[size_t(index.row())];
    const Jid &jid = row.channel.node.channel();
    const QString &text = row.kind == Post ? row.post.body : row.channel.description;
    switch (role) {
    case KindRole:
        return int(row.kind);
    case JidRole:
        return jid.text();
    case ItemRole:
        return row.post.item.text();
    case Qt::DisplayRole:
    case TitleRole:
        return row.kind == Person ? row.name
            : row.kind == Address ? jid.text()
            : row.kind == Post    ? m_services->roster->nameOf(row.post.author)
                                  : row.channel.displayTitle();
    case LineRole:
        return text.left(300).simplified();
    case TextRole:
        return text;
    case AuthorRole:
        return row.post.author.text();
    case TimeRole:
        return row.post.published;
    case TypeRole:
        return int(row.channel.type);
    case IsFollowedRole:
        return m_services->channels->isFollowed(row.channel.node);
    case AccountJidRole:
        return m_services->account.jid.text();
    case Qt::AccessibleTextRole:
        return u"%1, %2, %3"_s.arg(data(index, TitleRole).toString(), jid.text(), text.left(300).simplified());
    default:
        return {};
    }
}

} // namespace cumulet
