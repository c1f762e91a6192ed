#include "ui/channel/PassingOn.h"

#include "services/conversation/ConversationService.h"
#include "services/roster/RosterService.h"
#include "ui/channel/DestinationDialog.h"
#include "ui/common/ErrorText.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qsizetype longestQuote = 40 * 1024; // characters
static constexpr qsizetype longestFirstLine = 200;

static QString quoted(const QString &body)
{
    QString quote = body.left(longestQuote);
    if (quote.size() < body.size()) {
        quote += u'…';
    }
    return u"> "_s + quote.replace(u'\n', u"\n> "_s);
}

static void sortByName(QList<DestinationDialog::Destination> &destinations)
{
    std::sort(destinations.begin(), destinations.end(),
        [](const auto &a, const auto &b) { return a.name.compare(b.name, Qt::CaseInsensitive) < 0; });
}

PassingOn::PassingOn(const ProgramParts &parts, const AccountServices &services, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_services(services)
    , m_window(window)
{
}

void PassingOn::repost(const Post &post, const QString &link)
{
    auto *dialog = new DestinationDialog(m_parts, tr("Repost to a channel"), tr("Repost"), m_window);
    dialog->setObjectName(u"repost"_s);
    const QString name = m_services.roster->nameOf(post.author).simplified();
    dialog->setText(u"%1\n%2\n%3"_s.arg(tr("%1 wrote:").arg(name), quoted(post.body), link));
    connect(dialog, &DestinationDialog::chosen, this, &PassingOn::send);
    whenDone(m_services.channels->channels(), dialog, [this, dialog](const Result<QList<Channel>> &channels) {
        QList<DestinationDialog::Destination> destinations;
        for (const Channel &channel : channels ? *channels : QList<Channel>()) {
            if (channel.node.isPosts() && isAllowed(ChannelOperation::Post, m_services.channels->standingIn(channel))) {
                destinations.append({channel.displayTitle(), channel.node.channel()});
            }
        }
        sortByName(destinations);
        dialog->setDestinations(destinations);
    });
    dialog->open();
}

void PassingOn::send(const Jid &channel, const QString &text)
{
    whenDone(m_services.channels->post(NodeId::of(channel), text), this, [this, channel](const Result<Done> &done) {
        if (!done) {
            Q_EMIT said(ErrorText::sentence(done.error(), ErrorText::Attempt::Post));
            return;
        }
        const bool isThere = m_services.channels->status().state == ChannelServiceStatus::Ready;
        Q_EMIT said((isThere ? tr("Posted to %1.") : tr("Waits to be posted to %1.")).arg(channel.text()));
    });
}

void PassingOn::share(const Post &post, const QString &link)
{
    QList<DestinationDialog::Destination> destinations;
    QSet<Jid> known;
    for (const RosterItem &contact : m_services.roster->items()) {
        destinations.append({contact.displayName(), contact.jid});
        known.insert(contact.jid);
    }
    for (const Conversation &entry : m_parts.conversations.entries()) {
        if (entry.kind == Conversation::Kind::Chat && entry.account == m_services.account.id
            && !known.contains(entry.jid)) {
            destinations.append({entry.displayTitle(), entry.jid});
        }
    }
    sortByName(destinations);
    auto *dialog = new DestinationDialog(m_parts, tr("Share to a chat"), tr("Put into the chat"), m_window);
    dialog->setObjectName(u"share"_s);
    dialog->setDestinations(destinations);
    const QString line = post.body.trimmed().section(u'\n', 0, 0).left(longestFirstLine);
    connect(dialog, &DestinationDialog::chosen, this,
        [this, text = line.isEmpty() ? link : line + u'\n' + link](const Jid &jid) { put(jid, text); });
    dialog->open();
}

void PassingOn::put(const Jid &chat, const QString &text)
{
    const auto opened = m_parts.conversations.open(m_services.account.id, Conversation::Kind::Chat, chat);
    const auto kept = andThen(opened, this, [this, text](const Conversation &conversation) {
        return m_parts.conversations.appendDraft(conversation.id, text);
    });
    whenDone(kept, this, [this, chat](const Result<Done> &done) {
        if (done) {
            Q_EMIT shared(chat);
        } else {
            Q_EMIT said(ErrorText::sentence(done.error()));
        }
    });
}

} // namespace cumulet
