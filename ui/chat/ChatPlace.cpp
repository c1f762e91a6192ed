#include "ui/chat/ChatPlace.h"

#include "services/chat/ChatService.h"
#include "services/conversation/ConversationService.h"
#include "services/roster/RosterService.h"
#include "services/session/SessionService.h"
#include "ui/chat/ContactDetails.h"
#include "ui/common/Banner.h"
#include "ui/common/Composer.h"
#include "ui/common/ErrorText.h"
#include "ui/models/ChatTimelineModel.h"
#include "ui/shell/ConnectionWords.h"
#include "ui/shell/PlaceHeader.h"
#include "ui/shell/ReadingPosition.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QPlainTextEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int draftDelay = 1000; // ms after the last key
static constexpr int longestMessage = 64 * 1024; // characters; servers take 256 KiB of stanza

ChatPlace::ChatPlace(const ProgramParts &parts, const Conversation &conversation, QWidget *parent)
    : Place(parts, conversation, parent)
    , m_services(*parts.accounts.of(conversation.account))
    , m_header(new PlaceHeader(parts, this))
    , m_banner(new Banner(parts.theme, this))
    , m_timeline(new TimelineView(parts.theme, parts.avatars, TimelineView::NewestEdge::Bottom, this))
    , m_model(new ChatTimelineModel(m_services, parts.conversations, conversation, this))
    , m_composer(new Composer(parts.theme, Composer::Mode::Chat, this))
    , m_position(new ReadingPosition(parts.conversations, conversation, *m_model, *m_timeline, this))
{
    build();
    connectServices();
    refreshHeader();
    refreshBanner();
    whenDone(m_parts.conversations.draft(m_conversation.id), this, [this](const Result<QString> &draft) {
        if (draft && m_composer->isEmpty()) {
            m_composer->setText(*draft);
        }
    });
    m_model->load();
}

void ChatPlace::build()
{
    m_parts.theme.fill(this, Theme::Ground);
    m_timeline->setObjectName(u"timeline"_s);
    m_timeline->setModel(m_model);
    m_timeline->setLiveCheck([this] { return m_model->isAtNewest(); });
    m_composer->setObjectName(u"composer"_s);
    m_composer->setMaxLength(longestMessage);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_banner);
    layout->addWidget(m_timeline, 1);
    auto *composerLine = new QHBoxLayout;
    composerLine->setContentsMargins(Theme::page, Theme::small, Theme::page, Theme::medium);
    composerLine->addWidget(m_composer);
    layout->addLayout(composerLine);
    connect(m_header, &PlaceHeader::detailsToggled, this, &Place::detailsToggled);
    connect(m_header, &PlaceHeader::searchRequested, this, &Place::searchRequested);
}

void ChatPlace::connectServices()
{
    const auto ifPeer = [this](auto slot) {
        return [this, slot](const Jid &jid) {
            if (jid.bare() == m_conversation.jid) {
                (this->*slot)();
            }
        };
    };
    connect(m_services.roster, &RosterService::itemChanged, this, ifPeer(&ChatPlace::refreshHeader));
    connect(m_services.roster, &RosterService::presenceChanged, this, ifPeer(&ChatPlace::refreshHeader));
    connect(m_services.roster, &RosterService::rosterReplaced, this, &ChatPlace::refreshHeader);
    connect(m_services.chat, &ChatService::chatStateChanged, this, ifPeer(&ChatPlace::refreshHeader));
    connect(m_services.session, &SessionService::statusChanged, this, &ChatPlace::refreshBanner);
    connect(m_services.chat, &ChatService::waitingChanged, this, &ChatPlace::refreshBanner);
    connect(m_banner, &Banner::activated, this, [this] {
        if (m_services.session->status().state == ConnectionState::Offline) {
            m_services.session->goOnline();
        } else {
            m_services.session->retryNow();
        }
    });

    connectTimeline(*m_timeline, *m_model);
    connect(m_timeline, &TimelineView::nearOldestEdge, m_model, &TimelineModel::fetchOlder);
    connect(m_timeline, &TimelineView::actionTriggered, this,
        [this](qint64 row, const QString &, RowAction action) { act(row, action); });
    connect(m_timeline, &TimelineView::contextMenuRequested, this,
        [this](qint64 row, const QString &, const QPoint &position) { showMenu(row, position); });

    connect(m_composer, &Composer::submitted, this, &ChatPlace::submit);
    connect(m_composer, &Composer::upArrowInEmpty, this, &ChatPlace::correctLast);
    connect(m_composer, &Composer::contextDismissed, this, &ChatPlace::endCorrection);
    connect(m_composer, &Composer::escapePressed, this, [this] {
        if (m_corrects != 0) {
            endCorrection();
        } else {
            focusTimeline();
        }
    });
    connect(m_composer, &Composer::textEdited, this, [this] {
        m_services.chat->noteTyping(m_conversation.id, m_composer->isEmpty());
        m_draftDelay.start();
    });
    m_draftDelay.setSingleShot(true);
    m_draftDelay.setInterval(draftDelay);
    connect(&m_draftDelay, &QTimer::timeout, this, &ChatPlace::saveDraft);
}

void ChatPlace::refreshHeader()
{
    const Jid &peer = m_conversation.jid;
    const QString name = m_services.roster->nameOf(peer);
    const Presence presence = m_services.roster->presenceOf(peer);
    const auto dot = dotOf(presence.show);
    m_header->setTitle(name);
    m_header->setLook({.account = m_services.account.jid.text(),
        .jid = peer.text(),
        .name = name,
        .dot = dot == AvatarLook::Gone ? AvatarLook::NoDot : dot});
    QStringList line{ContactDetails::wordsOf(presence.show)};
    if (m_services.chat->chatStateOf(peer) == ChatState::Composing) {
        line.append(tr("typing…"));
    } else if (!presence.status.isEmpty()) {
        line.append(presence.status.simplified());
    }
    m_header->setLine(line.join(u" · "_s));
    m_composer->setPlaceholder(tr("Message %1").arg(name));
    m_composer->field()->setAccessibleName(tr("Message to %1").arg(name));
    m_timeline->setAccessibleName(tr("Messages with %1").arg(name));
}

void ChatPlace::refreshBanner()
{
    ConnectionWords::show(*m_banner, m_services.session->status(), m_services.chat->waiting());
}

void ChatPlace::submit(const QString &text)
{
    const MessageRow corrects = m_corrects;
    whenDone(m_services.chat->send(m_conversation.id, text, corrects), this, [this](const Result<Done> &done) {
        if (!done) {
            m_composer->giveBack(); // it is not in safe hands
            Q_EMIT said(ErrorText::sentence(done.error(), ErrorText::Attempt::Message));
            return;
        }
        m_composer->taken();
        m_draftDelay.stop();
        if (m_corrects != 0) {
            endCorrection();
        } else {
            saveDraft();
        }
        m_timeline->goToNewest();
    });
}

void ChatPlace::correctLast()
{
    whenDone(m_services.chat->lastCorrectable(m_conversation.id), this, [this](const Result<Message> &message) {
        if (!message || m_corrects != 0) {
            return;
        }
        m_corrects = message->row;
        m_setAside = m_composer->text();
        m_composer->setContext(tr("Correcting your last message"));
        m_composer->setText(message->body);
        m_composer->field()->setFocus();
    });
}

void ChatPlace::endCorrection()
{
    m_corrects = 0;
    m_composer->setContext({});
    m_composer->setText(std::exchange(m_setAside, {}));
    saveDraft();
}

void ChatPlace::save()
{
    saveDraft();
    m_position->save();
}

void ChatPlace::saveDraft()
{
    m_draftDelay.stop();
    const QString draft = m_corrects != 0 ? m_setAside : m_composer->unsent();
    whenDone(m_parts.conversations.setDraft(m_conversation.id, {}, draft), this, [this](const Result<Done> &done) {
        if (!done) {
            Q_EMIT said(ErrorText::sentence(done.error()));
        }
    });
}

void ChatPlace::act(qint64 row, RowAction action)
{
    switch (action) {
    case RowAction::Retry:
        whenDone(m_services.chat->retry(row), this, [this](const Result<Done> &done) {
            if (!done) {
                Q_EMIT said(ErrorText::sentence(done.error(), ErrorText::Attempt::Message));
            }
        });
        return;
    case RowAction::Edit:
        if (const auto message = m_model->message(row); message && message->isOwn) {
            if (message->state == DeliveryState::Failed || message->state == DeliveryState::Queued) {
                takeBack(row, true);
            } else {
                correctLast();
            }
        }
        return;
    case RowAction::Discard:
    case RowAction::Delete:
        if (const auto message = m_model->message(row);
            message && (message->state == DeliveryState::Failed || message->state == DeliveryState::Queued)) {
            takeBack(row, false);
        }
        return;
    case RowAction::Comment:
        focusComposer();
        return;
    case RowAction::More:
        showMenu(row, QCursor::pos());
        return;
    default:
        return;
    }
}

void ChatPlace::takeBack(qint64 row, bool forEditing)
{
    whenDone(m_services.chat->discard(row), this, [this, forEditing](const Result<QString> &text) {
        if (!text) {
            Q_EMIT said(ErrorText::sentence(text.error(), ErrorText::Attempt::TakeBack));
        } else if (forEditing) {
            m_composer->addText(*text);
            focusComposer();
            saveDraft();
        }
    });
}

void ChatPlace::showMenu(qint64 row, const QPoint &position)
{
    const auto message = m_model->message(row);
    if (!message) {
        return;
    }
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(m_parts.icons.named(IconNames::copy), tr("&Copy text")), &QAction::triggered, this,
        [body = message->body] { QGuiApplication::clipboard()->setText(body); });
    const bool waits = message->state == DeliveryState::Failed || message->state == DeliveryState::Queued;
    if (message->state == DeliveryState::Failed) {
        connect(menu->addAction(m_parts.icons.named(IconNames::retry), tr("&Retry")), &QAction::triggered, this,
            [this, row] { act(row, RowAction::Retry); });
    }
    if (message->isOwn) {
        connect(
            menu->addAction(m_parts.icons.named(IconNames::edit), waits ? tr("&Edit") : tr("Correct &last message")),
            &QAction::triggered, this, [this, row] { act(row, RowAction::Edit); });
    }
    if (waits) {
        connect(menu->addAction(m_parts.icons.named(IconNames::discard), tr("&Discard")), &QAction::triggered, this,
            [this, row] { act(row, RowAction::Discard); });
    }
    menu->popup(position);
}

void ChatPlace::jumpTo(qint64 row)
{
    m_position->jumpTo(row);
}

void ChatPlace::focusComposer()
{
    m_composer->field()->setFocus(Qt::OtherFocusReason);
}

void ChatPlace::focusTimeline()
{
    m_timeline->setFocus(Qt::OtherFocusReason);
}

void ChatPlace::setLookedAt(bool isLookedAt)
{
    if (!isLookedAt) {
        m_model->noteAway();
        saveDraft();
    }
}

QWidget *ChatPlace::makeDetails(QWidget *parent)
{
    auto *details = new ContactDetails(m_parts, m_services, m_conversation.jid, parent);
    connect(details, &ContactDetails::channelActivated, this, &Place::channelActivated);
    connect(details, &ContactDetails::profileWanted, this, &Place::profileWanted);
    connect(details, &ContactDetails::said, this, &Place::said);
    return details;
}

} // namespace cumulet
