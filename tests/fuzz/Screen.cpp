#include "fuzz/Screen.h"

#include "live/LiveClient.h"
#include "services/conversation/ConversationService.h"
#include "services/roster/RosterService.h"
#include "ui/models/ChannelTimelineModel.h"
#include "ui/models/ChatTimelineModel.h"
#include "ui/models/ConversationListModel.h"
#include "ui/models/RosterModel.h"

#include <QAbstractItemModelTester>

#include <array>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

namespace {

QString stateWord(DeliveryState state)
{
    static constexpr std::array words{"received", "queued", "sending", "sent", "delivered", "displayed", "failed"};
    return QString::fromLatin1(words.at(size_t(state)));
}

QString chatLine(const ChatRow &row)
{
    return u"%1: %2 (%3%4)"_s.arg(
        row.senderJid, row.body, stateWord(row.state), row.edited ? u", edited"_s : QString());
}

QString postLine(const PostItem &item)
{
    return u"%1: %2%3 (%4)"_s.arg(
        item.authorJid, item.title.isEmpty() ? QString() : item.title + u" | "_s, item.body, stateWord(item.state));
}

QStringList rowLines(const QModelIndex &index)
{
    const QVariant row = index.data(TimelineRoles::RowRole);
    switch (index.data(TimelineRoles::KindRole).toInt()) {
    case TimelineRoles::ChatMessage:
        return {chatLine(row.value<ChatRow>())};
    case TimelineRoles::Thread: {
        const auto thread = row.value<ThreadRow>();
        QStringList lines{postLine(thread.post)};
        for (const auto &comment : thread.comments) {
            lines.append(u"  < "_s + postLine(comment));
        }
        return lines;
    }
    default:
        return {};
    }
}

// watches that a model keeps the rules of its kind, whatever comes
template <typename Model> std::unique_ptr<Model> watched(std::unique_ptr<Model> model)
{
    new QAbstractItemModelTester(model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest, model.get());
    return model;
}

} // namespace

Screen::Screen(LiveClient &client, const QString &without)
    : m_client(client)
    , m_without(without)
    , m_list(watched(std::make_unique<ConversationListModel>(client.conversations(), client.accounts())))
    , m_roster(watched(std::make_unique<RosterModel>(client.accounts())))
{
}

Screen::~Screen() = default;

bool Screen::openNew()
{
    for (const auto &entry : m_client.conversations().entries()) {
        if (m_timelines.contains(entry.id) || entry.jid.text() == m_without) {
            continue;
        }
        auto &timeline = m_timelines[entry.id];
        timeline.address = entry.jid.text();
        bool isLoaded = false;
        QMetaObject::Connection loaded;
        const auto open = [&](auto model) {
            loaded =
                QObject::connect(model.get(), &TimelineModel::loaded, model.get(), [&isLoaded] { isLoaded = true; });
            model->load();
            timeline.model = std::move(model);
        };
        if (entry.kind == Conversation::Kind::Chat) {
            open(std::make_unique<ChatTimelineModel>(m_client.services(), m_client.conversations(), entry));
        } else {
            open(std::make_unique<ChannelTimelineModel>(m_client.services(), m_client.conversations(), entry));
        }
        const bool isInTime = waitFor([&isLoaded] { return isLoaded; });
        QObject::disconnect(loaded);
        new QAbstractItemModelTester(
            timeline.model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest, timeline.model.get());
        if (!isInTime) {
            return false;
        }
    }
    return true;
}

QStringList Screen::lines() const
{
    return listLines() + rosterLines() + timelineLines();
}

QStringList Screen::listLines() const
{
    QStringList lines;
    for (int row = 0; row < m_list->rowCount(); ++row) {
        const auto index = m_list->index(row);
        if (index.data(ConversationListModel::JidRole) == m_without) {
            continue;
        }
        const auto role = [&index](int which) { return index.data(which).toString(); };
        lines.append(u"list | %1 <%2> %3 unread: %4%5"_s.arg(role(ConversationListModel::TitleRole),
            role(ConversationListModel::JidRole), role(ConversationListModel::UnreadRole),
            role(ConversationListModel::PreviewRole),
            index.data(ConversationListModel::IsTypingRole).toBool() ? u" (typing)"_s : QString()));
    }
    return lines;
}

QStringList Screen::rosterLines() const
{
    QStringList lines;
    for (int row = 0; row < m_roster->rowCount(); ++row) {
        const auto index = m_roster->index(row);
        lines.append(u"contacts | %1 <%2> in '%3', %4 '%5'"_s.arg(index.data(RosterModel::NameRole).toString(),
            index.data(RosterModel::JidRole).toString(), index.data(RosterModel::GroupRole).toString(),
            index.data(RosterModel::ShowRole).toInt() == int(Presence::Show::Offline) ? u"offline"_s : u"available"_s,
            index.data(RosterModel::StatusRole).toString()));
    }
    for (const auto &request : m_client.services().roster->requests()) {
        lines.append(u"request | %1: %2"_s.arg(request.jid.text(), request.text));
    }
    return lines;
}

QStringList Screen::timelineLines() const
{
    QStringList lines;
    for (const auto &[id, timeline] : m_timelines) {
        for (int row = 0; row < timeline.model->rowCount(); ++row) {
            for (const auto &line : rowLines(timeline.model->index(row, 0))) {
                lines.append(timeline.address + u" | "_s + line);
            }
        }
    }
    return lines;
}

} // namespace cumulet::tests
