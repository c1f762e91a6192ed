#pragma once

#include "domain/Conversation.h"
#include "domain/NodeId.h"
#include "ui/shell/ProgramParts.h"

#include <QWidget>

namespace cumulet {

class TimelineModel;
class TimelineView;

/// What stands in the middle of the window: a chat, a channel, or Home, which is no single conversation (id 0).
class Place : public QWidget
{
    Q_OBJECT

public:
    Place(const ProgramParts &parts, const Conversation &conversation, QWidget *parent = nullptr)
        : QWidget(parent)
        , m_parts(parts)
        , m_conversation(conversation)
    {
    }

    const Conversation &conversation() const { return m_conversation; }
    /// Whose contacts and channels are meant by what is activated here.
    virtual AccountId account() const { return m_conversation.account; }

    /// Shows that row (a message row, or a thread's start); 0: where the reader was.
    virtual void jumpTo(qint64 row) = 0;
    /// Shows that post or comment of a channel, asked of the service where it is not stored; says so when it is gone.
    virtual void openItem(const ItemId &item) { Q_UNUSED(item) }
    virtual void focusComposer() = 0;
    virtual void focusTimeline() = 0;
    /// Takes the focus where most people go on: writing in a chat, reading in a channel.
    virtual void takeFocus() = 0;
    /// The window became active with this place in it, or is no longer looked at.
    virtual void setLookedAt(bool isLookedAt) = 0;
    /// Puts drafts and the reader's position in safe hands before the place is closed.
    virtual void save() = 0;
    /// What belongs beside it; made once, owned by the caller's parent.
    virtual QWidget *makeDetails(QWidget *parent) = 0;

    /// kind is a TextSpan::Kind, target what it names.
    void followLink(const QString &target, int kind);

Q_SIGNALS:
    void detailsToggled();
    /// A tag was chosen: show where else it occurs.
    void wordsActivated(const QString &words);
    void searchRequested();
    /// A link to another place was followed (xmpp:).
    void addressActivated(const QString &uri);
    void personActivated(const cumulet::Jid &jid);
    void channelActivated(const cumulet::Jid &jid);
    void profileWanted(const cumulet::Jid &jid);
    /// A short word for the toast.
    void said(const QString &words);

protected:
    /// What every timeline wants of its model, and says: newer rows, read positions, links, failures. Older rows are
    /// each place's own business. Both must belong to the place.
    void connectTimeline(TimelineView &view, TimelineModel &model);

    ProgramParts m_parts;
    Conversation m_conversation;
};

} // namespace cumulet
