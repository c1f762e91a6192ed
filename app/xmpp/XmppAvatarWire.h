#pragma once

#include "wire/AvatarWire.h"

class QDomElement;
class QXmppClient;

namespace cumulet {

class XmppSession;

/// AvatarWire with PEP (XEP-0084) first and the vCard (XEP-0054, 0153) where there is none. Everybody can announce
/// their own picture only.
class XmppAvatarWire : public AvatarWire
{
    Q_OBJECT

public:
    static constexpr qsizetype largestPicture = 512 * 1024; ///< bytes

    explicit XmppAvatarWire(XmppSession *session, QObject *parent = nullptr);

    Future<Avatar> fetch(const Jid &jid) override;

private:
    struct Description
    {
        QByteArray sha1;
        QString mediaType;
    };

    bool take(const QDomElement &stanza);
    void takePresence(const QDomElement &stanza);
    static Result<Description> readMetadata(const QDomElement &items);
    Future<Description> fetchMetadata(const Jid &jid);
    Future<Avatar> fetchData(const Jid &jid, const Description &description);
    Future<Avatar> fetchVcard(const Jid &jid);

    XmppSession *const m_session;
    QXmppClient *const m_client;
};

} // namespace cumulet
