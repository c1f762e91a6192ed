#pragma once

#include "wire/ArchiveWire.h"

#include <QHash>

class QDomElement;
class QXmppClient;

namespace cumulet {

template <typename T> class RequestTimer;
class XmppSession;

/// ArchiveWire with queries of our own (XEP-0313): QXmppMamManager takes results from anybody and drops their ids.
class XmppArchiveWire : public ArchiveWire
{
    Q_OBJECT

public:
    explicit XmppArchiveWire(XmppSession *session, QObject *parent = nullptr);
    ~XmppArchiveWire() override;

    Future<ArchivePage> page(const ArchiveRequest &request) override;

private:
    struct Query;

    bool take(const QDomElement &stanza);
    void keep(Query &query, const QDomElement &result);
    void finish(const QString &queryId, const QDomElement &answer);

    XmppSession *const m_session;
    QXmppClient *const m_client;
    QHash<QString, std::shared_ptr<Query>> m_queries;
};

} // namespace cumulet
