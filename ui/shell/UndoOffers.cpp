#include "ui/shell/UndoOffers.h"

#include "services/channel/ChannelService.h"
#include "ui/common/ErrorText.h"
#include "ui/common/Toast.h"

#include <utility>

namespace cumulet {

UndoOffers::UndoOffers(const ProgramParts &parts, Toast &toast, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_toast(toast)
{
    connect(&m_parts.accounts, &Accounts::added, this, &UndoOffers::followAccount);
    for (const AccountId id : m_parts.accounts.ids()) {
        followAccount(id);
    }
    connect(&m_toast, &Toast::expired, this, [this] { m_row = 0; });
    connect(&m_toast, &Toast::activated, this, [this] {
        const PostRow row = std::exchange(m_row, 0);
        const AccountServices *services = m_parts.accounts.of(m_account);
        if (row != 0 && services) {
            whenDone(services->channels->undo(row), this, [this](const Result<Done> &done) { report(done); });
        }
    });
}

void UndoOffers::followAccount(AccountId id)
{
    const AccountServices *services = m_parts.accounts.of(id);
    if (!services || !services->channels) {
        return;
    }
    connect(services->channels, &ChannelService::retractionHeld, this,
        [this, id](
            PostRow row, bool isThreadStart, std::chrono::milliseconds time) { offer(id, row, isThreadStart, time); });
    connect(services->channels, &ChannelService::takenBack, this, [this](const TakenBack &taken) {
        m_toast.showMessage(taken.isDeletion ? tr("Not deleted.") : tr("Not sent. The text is a draft again."));
    });
}

void UndoOffers::offer(AccountId account, PostRow row, bool isThreadStart, std::chrono::milliseconds time)
{
    m_toast.showMessage(isThreadStart ? tr("Post deleted, with its comments. Servers of followers may keep a copy.")
                                      : tr("Comment deleted. Servers of followers may keep a copy."),
        tr("Undo"), int(time.count()));
    m_account = account;
    m_row = row;
}

void UndoOffers::undoLatest(AccountId account)
{
    if (const AccountServices *services = m_parts.accounts.of(m_row != 0 ? m_account : account)) {
        whenDone(services->channels->undoLatest(), this, [this](const Result<Done> &done) { report(done); });
    }
}

void UndoOffers::report(const Result<Done> &done)
{
    if (!done && (done.error().kind == ErrorKind::NotFound || done.error().kind == ErrorKind::Conflict)) {
        m_toast.showMessage(tr("Nothing can be taken back any more: it is on its way."));
    } else if (!done) {
        m_toast.showMessage(ErrorText::sentence(done.error(), ErrorText::Attempt::TakeBack));
    }
}

void UndoOffers::release()
{
    for (const AccountId id : m_parts.accounts.ids()) {
        whenDone(m_parts.accounts.of(id)->channels->releaseHeld(), this, [](const Result<Done> &) {});
    }
}

} // namespace cumulet
