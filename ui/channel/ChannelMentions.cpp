#include "ui/channel/ChannelMentions.h"

#include "services/channel/ChannelService.h"
#include "services/roster/RosterService.h"
#include "text/MentionText.h"
#include "ui/models/ChannelTimelineModel.h"
#include "ui/models/TimelineRoles.h"
#include "ui/models/TimelineRows.h"
#include "ui/timeline/RowLayout.h"

#include <QPlainTextEdit>
#include <QPointer>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qsizetype mostWords = 30;

ChannelMentions::ChannelMentions(
    const AccountServices &services, const NodeId &node, ChannelTimelineModel &model, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_node(node)
    , m_model(model)
{
    connect(services.channels, &ChannelService::membersChanged, this, [this](const NodeId &changed) {
        if (changed == m_node) {
            readMembers();
        }
    });
    readMembers();
}

void ChannelMentions::readMembers()
{
    whenDone(m_services.channels->members(m_node), this, [this](const Result<QList<Membership>> &members) {
        m_members.clear();
        const QList<Membership> known = members ? *members : QList<Membership>();
        for (const Membership &member : known) {
            if (member.subscription == NodeSubscription::Subscribed && member.affiliation != Affiliation::Outcast) {
                m_members.append(member.jid);
            }
        }
    });
}

void ChannelMentions::serve(const Theme &theme, QPlainTextEdit &field)
{
    new WordPicker(theme, field, u"@#"_s, [self = QPointer(this)](QChar sign, const QString &typed) {
        return self ? self->words(sign, typed) : QList<PickedWord>();
    });
}

QList<PickedWord> ChannelMentions::words(QChar sign, const QString &typed) const
{
    return sign == u'@' ? people(typed) : tags(typed);
}

static QList<ThreadRow> rowsOf(const ChannelTimelineModel &model)
{
    QList<ThreadRow> rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QVariant value = model.index(row).data(TimelineRoles::RowRole);
        if (value.canConvert<ThreadRow>()) {
            rows.append(value.value<ThreadRow>());
        }
    }
    return rows;
}

QList<PickedWord> ChannelMentions::people(const QString &typed) const
{
    QList<PickedWord> found;
    QSet<Jid> known{m_services.account.jid};
    const auto add = [&](const Jid &jid) {
        if (known.contains(jid) || found.size() >= mostWords) {
            return;
        }
        known.insert(jid);
        const QString name = m_services.roster->nameOf(jid);
        if (name.contains(typed, Qt::CaseInsensitive) || jid.text().startsWith(typed, Qt::CaseInsensitive)) {
            found.append({nameInLine(name), jid.text(), u'@' + jid.text()});
        }
    };
    const QList<ThreadRow> rows = rowsOf(m_model);
    for (const ThreadRow &row : rows) {
        add(Jid::fromTrusted(row.post.authorJid));
        for (const PostItem &comment : row.comments) {
            add(Jid::fromTrusted(comment.authorJid));
        }
    }
    std::for_each(m_members.cbegin(), m_members.cend(), add);
    for (const RosterItem &contact : m_services.roster->items()) {
        add(contact.jid);
    }
    return found;
}

QList<PickedWord> ChannelMentions::tags(const QString &typed) const
{
    QList<PickedWord> found;
    QSet<QString> known;
    const auto add = [&](const PostItem &item) {
        for (const TextSpan &span : item.spans) {
            const bool fits = span.kind == TextSpan::Hashtag && span.target.startsWith(typed, Qt::CaseInsensitive);
            if (fits && !known.contains(span.target) && found.size() < mostWords) {
                known.insert(span.target);
                found.append({u'#' + span.target, {}, u'#' + span.target});
            }
        }
    };
    const QList<ThreadRow> rows = rowsOf(m_model);
    for (const ThreadRow &row : rows) {
        add(row.post);
        std::for_each(row.comments.cbegin(), row.comments.cend(), add);
    }
    return found;
}

} // namespace cumulet
