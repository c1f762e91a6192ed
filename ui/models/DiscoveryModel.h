#pragma once

#include "domain/Async.h"
#include "domain/FoundChannel.h"
#include "services/account/Accounts.h"

#include <QAbstractListModel>

#include <memory>
#include <optional>
#include <vector>

namespace cumulet {

class ContactChannels;

/// People, channels and posts that an account can find: by words, or one of the lists of channels. Rows come in pages,
/// fetched as the view reaches its end.
class DiscoveryModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Source { Words, Active, Suggested, Here, Contacts };
    enum Kind { Address, Person, Channel, Post };
    enum Role {
        KindRole = Qt::UserRole + 1, ///< int, Kind
        JidRole, ///< QString: of the person or channel
        ItemRole, ///< QString: id of the post; empty otherwise
        TitleRole, ///< QString: name or title
        LineRole, ///< QString: description, or words of a post, on one line
        TextRole, ///< QString: the same with its lines
        AuthorRole, ///< QString: of a post, bare address
        TimeRole, ///< QDateTime: of a post
        TypeRole, ///< int, ChannelType
        IsFollowedRole, ///< bool
        AccountJidRole, ///< QString
    };
    struct Row
    {
        Kind kind = Channel;
        FoundChannel channel; ///< of people its node is their own channel
        QString name; ///< of people
        cumulet::Post post;
    };

    explicit DiscoveryModel(QObject *parent = nullptr);
    ~DiscoveryModel() override;

    /// Whose eyes to look with; none: nothing is found. Rows go.
    void setAccount(const AccountServices *services);
    /// Starts anew. address: what the words are, if they are an address; it becomes the first row. Of Words alone words
    /// count.
    void show(Source source, const QString &words = {}, const Jid &address = {});

    /// For Contacts alone, which are not asked without being told to: finds contacts who have a channel. It ends with
    /// stopScan() and when something else is shown.
    void startScan();
    void stopScan();
    bool isScanning() const;
    /// How many contacts were asked, and how many there are.
    int scanned() const;
    int contactCount() const;

    Source source() const { return m_source; }
    /// Still asking for the first rows.
    bool isLooking() const { return m_isAsking && m_rows.empty(); }
    /// Nothing more will come.
    bool isComplete() const { return !m_isAsking && m_stages.empty(); }
    /// Why the last question failed, if it did; a directory that is not there is no failure.
    std::optional<Error> failure() const { return m_failure; }
    /// The row of a channel or person's address; -1: there is none.
    int rowOf(const Jid &jid) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    /// Rows came, or it is known that none come.
    void answered();
    void scanProgressed();

private:
    enum class Stage { Channels, Posts, HereByAddress, FollowedPosts, Active, Suggested, Here };

    void addKnown(const Jid &address);
    void askNext();
    Future<FoundChannels> askForChannels(Stage stage);
    void takeDirectory(bool isThere);
    void take(const Result<FoundChannels> &found);
    void take(const Result<FoundPosts> &found);
    void takeEnd(int next, qsizetype added);
    void fail(const Error &error);
    void append(std::vector<Row> rows);
    void describe(const FoundChannel &channel);
    void followedChanged(const NodeId &node);
    void takeContact(const cumulet::Channel &channel);
    QList<Jid> contacts() const;

    std::optional<AccountServices> m_services;
    std::unique_ptr<ContactChannels> m_scan;
    Source m_source = Words;
    QString m_words;
    std::vector<Row> m_rows;
    std::vector<Stage> m_stages; ///< still to be asked, the next one first
    int m_index = 0; ///< where the next page of the first stage begins
    int m_emptyPages = 0; ///< in a row, without a new row
    int m_run = 0; ///< answers to older questions do not count
    bool m_isAsking = false;
    std::optional<Error> m_failure;
    QList<QMetaObject::Connection> m_connections;
};

} // namespace cumulet
