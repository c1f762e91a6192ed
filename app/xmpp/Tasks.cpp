#include "xmpp/Tasks.h"

#include <QXmppClient.h>
#include <QXmppIq.h>

using namespace Qt::StringLiterals;

namespace cumulet {

Future<QDomElement> request(QXmppClient *client, QXmppIq &&iq, std::chrono::milliseconds limit)
{
    if (!client->isConnected()) {
        return failed<QDomElement>({ErrorKind::Offline, u"not connected"_s});
    }
    return fromTask<QDomElement>(client->sendIq(std::move(iq)), client, limit);
}

Future<Done> requestDone(QXmppClient *client, QXmppIq &&iq, std::chrono::milliseconds limit)
{
    return andThen(
        request(client, std::move(iq), limit), client, [](const QDomElement &) { return Result<Done>(Done{}); });
}

} // namespace cumulet
