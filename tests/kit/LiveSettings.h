#pragma once

#include <QHash>
#include <QList>
#include <QString>

#include <optional>

namespace cumulet::tests {

/// An account on a live server.
struct LiveAccount
{
    QString user; ///< local part
    QString jid; ///< bare
    QString password;
};

/// Where a server is and what it offers: the KEY=VALUE lines that servers.sh prints, or the file in CUMULET_LIVE.
///
///     KIND=prosody              any word for somebody else's server
///     HOST=example.org          its domain
///     C2S=5222                  its port, or ADDRESS:PORT; a port alone is on this machine
///     CA=/path/ca.crt           whom to trust besides the system's authorities; may be missing
///     CHANNELS=channels.example.org    address of its channel service; missing: there is none
///     TOPICS=topics.example.org        of its topic channels; may be missing
///     DIRECTORY=search.example.org     its channel directory; may be missing
///     MEDIA=media.example.org          its media server; may be missing
///     COMP=5347                 component port; with
///     SECRET=/path/secret       a file with the component's secret, tests run our own channel service there
///     ACCOUNT1=romeo@example.org       two or three accounts that tests may use, with
///     PASSWORD1=...             their passwords; ACCOUNT=JID PASSWORD on one line does as well
struct LiveSettings
{
    QString kind;
    QString host;
    QString address;
    quint16 port = 0;
    QString componentAddress;
    quint16 componentPort = 0;
    QString secretFile;
    QString certificateFile;
    QString channels;
    QString topics;
    QString directory;
    QString neighbour; ///< a second domain of that server, for services that federate; may be empty
    quint16 neighbourComponentPort = 0;
    QString media;
    QList<LiveAccount> accounts;

    /// The same server for people of the second domain: no accounts, no channel directory, no media server.
    LiveSettings ofNeighbour() const;

    /// Reads such lines; lines that start with # and keys it does not know are skipped.
    static std::optional<LiveSettings> read(const QByteArray &lines, QString *error);
};

} // namespace cumulet::tests
