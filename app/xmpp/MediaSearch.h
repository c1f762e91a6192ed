#pragma once

#include "domain/Jid.h"
#include "xmpp/PubsubRequests.h"

#include <QTimer>
#include <QUrl>

#include <optional>

namespace cumulet {

/// Where files of a domain can be put and found.
struct MediaPlaces
{
    Jid mediaServer; ///< empty: there is none
    QUrl endpoint; ///< of the media server, without a slash at its end
    Jid webStorage; ///< XEP-0363; empty: there is none
    qint64 largest = 0; ///< bytes that the web storage takes; 0: it does not say
};

/// The endpoint in an answer to disco#info (buddycloud.md 2.5): https, or http on this machine where isOwn says that
/// our own server named it, since nobody else's may lead us to services here.
std::optional<QUrl> mediaEndpoint(const QDomElement &iq, bool isOwn);

/// One search for the media server and the web storage of a domain: disco#items, then disco#info of each. Deletes
/// itself when it has answered.
class MediaSearch : public QObject
{
    Q_OBJECT

public:
    /// requests must outlive the search; make it the parent.
    MediaSearch(PubsubRequests *requests, bool isOwn, std::chrono::milliseconds limit);

    /// Answers once, also where there is neither. An error: we could not find out.
    Future<MediaPlaces> start(const Jid &domain);

private:
    void takeItems(const Result<QDomElement> &answer);
    void takeInfo(const Jid &jid, const Result<QDomElement> &answer);
    void decide();
    void finish(const Result<MediaPlaces> &result);

    PubsubRequests *m_requests;
    bool m_isOwn;
    std::chrono::milliseconds m_limit;
    QPromise<Result<MediaPlaces>> m_promise;
    MediaPlaces m_found;
    Error m_failure;
    bool m_isUnsure = false; // somebody could not be asked
    qsizetype m_open = 0;
    QTimer m_grace;
    bool m_isFinished = false;
};

} // namespace cumulet
