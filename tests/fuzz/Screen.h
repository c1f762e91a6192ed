#pragma once

#include "domain/Identifier.h"

#include <QStringList>

#include <map>
#include <memory>

namespace cumulet {
class ConversationListModel;
class RosterModel;
class TimelineModel;
} // namespace cumulet

namespace cumulet::tests {

class LiveClient;

/// What a person would see of a client: the models that the windows show, open all the time, and their rows as lines.
class Screen
{
public:
    /// without: the address of a conversation that nobody looks at.
    Screen(LiveClient &client, const QString &without);
    ~Screen();

    /// Opens the timelines of chats and channels that are new in the list. False: one of them could not be read.
    bool openNew();
    /// The list, the contacts, requests, and every timeline, a row a line.
    QStringList lines() const;

private:
    QStringList listLines() const;
    QStringList rosterLines() const;
    QStringList timelineLines() const;

    struct Timeline
    {
        QString address;
        std::unique_ptr<TimelineModel> model;
    };
    LiveClient &m_client;
    const QString m_without;
    std::unique_ptr<ConversationListModel> m_list;
    std::unique_ptr<RosterModel> m_roster;
    std::map<ConversationId, Timeline> m_timelines;
};

} // namespace cumulet::tests
