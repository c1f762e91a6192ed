#include "services/roster/AvatarService.h"

#include "store/RosterStore.h"
#include "wire/AvatarWire.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace cumulet {

Q_LOGGING_CATEGORY(lcAvatar, "cumulet.avatar", QtInfoMsg)

static constexpr qsizetype atOnce = 3;
static constexpr qsizetype maxWanted = 5000;

AvatarService::AvatarService(AccountId account, AvatarWire &wire, RosterStore &store, QObject *parent)
    : QObject(parent)
    , m_account(account)
    , m_wire(wire)
    , m_store(store)
{
    connect(&m_wire, &AvatarWire::avatarAnnounced, this, [this](const Jid &jid, const QByteArray &sha1) {
        const Jid bare = jid.bare();
        if (m_isWanted && !m_isWanted(bare)) {
            return;
        }
        sha1.isEmpty() ? forget(bare) : want(bare, sha1);
    });
}

Future<Done> AvatarService::load()
{
    return andThen(m_store.avatarHashes(m_account), this, [this](const QHash<Jid, QByteArray> &hashes) -> Result<Done> {
        for (const auto &[jid, sha1] : hashes.asKeyValueRange()) {
            if (!m_hashes.contains(jid)) {
                m_hashes.insert(jid, sha1);
                Q_EMIT avatarChanged(jid);
            }
        }
        return Done{};
    });
}

Future<Avatar> AvatarService::picture(const Jid &jid)
{
    const QByteArray sha1 = hashOf(jid);
    if (sha1.isEmpty()) {
        return failed<Avatar>({ErrorKind::NotFound, u"no picture is known"_s});
    }
    return m_store.avatar(sha1);
}

void AvatarService::noteHash(const Jid &jid, const QByteArray &sha1)
{
    // a presence without a hash may only mean "not known yet" (XEP-0153 section 4.3)
    const Jid bare = jid.bare();
    if (!sha1.isEmpty() && (!m_isWanted || m_isWanted(bare))) {
        want(bare, sha1);
    }
}

void AvatarService::want(const Jid &jid, const QByteArray &sha1)
{
    // PEP and vCard may hold different pictures, and each presence repeats the vCard's hash
    if (m_hashes.value(jid) == sha1 || m_announced.value(jid) == sha1 || m_announced.size() >= maxWanted) {
        return;
    }
    m_announced.insert(jid, sha1);
    whenDone(m_store.avatar(sha1), this, [this, jid](const Result<Avatar> &stored) {
        if (stored) {
            keep(jid, stored); // somebody else has the same picture
        } else if (!m_wanted.contains(jid)) {
            m_wanted.append(jid);
            fetchNext();
        }
    });
}

void AvatarService::fetchNext()
{
    while (m_underWay.size() < atOnce && !m_wanted.isEmpty()) {
        const Jid jid = m_wanted.takeFirst();
        if (m_underWay.contains(jid)) {
            m_wanted.append(jid);
            return;
        }
        m_underWay.insert(jid);
        whenDone(m_wire.fetch(jid), this, [this, jid](const Result<Avatar> &avatar) {
            m_underWay.remove(jid);
            keep(jid, avatar);
            fetchNext();
        });
    }
}

void AvatarService::keep(const Jid &jid, const Result<Avatar> &avatar)
{
    if (!avatar) {
        qCDebug(lcAvatar) << "no picture:" << avatar.error().detail;
        const ErrorKind kind = avatar.error().kind;
        if (kind == ErrorKind::Offline || kind == ErrorKind::Timeout || kind == ErrorKind::Unreachable) {
            m_announced.remove(jid); // asked again at the next announcement
        }
        return;
    }
    if (m_hashes.value(jid) == avatar->sha1) {
        return;
    }
    whenDone(
        m_store.keepAvatar(m_account, jid, *avatar), this, [this, jid, sha1 = avatar->sha1](const Result<Done> &kept) {
            if (kept) {
                m_hashes.insert(jid, sha1);
                Q_EMIT avatarChanged(jid);
            }
        });
}

void AvatarService::forget(const Jid &jid)
{
    m_announced.remove(jid);
    if (m_hashes.remove(jid)) {
        whenDone(m_store.removeAvatar(m_account, jid), this, [](const Result<Done> &) {});
        Q_EMIT avatarChanged(jid);
    }
}

} // namespace cumulet
