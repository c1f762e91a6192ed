// A Buddycloud media server (buddycloud.md 7.2): HTTP on this machine, and a component that asks who is there.
#pragma once

#include "ChannelService.h"
#include "MediaShelf.h"

#include <QFuture>
#include <QHttpServer>
#include <QHttpServerResponse>
#include <QPromise>
#include <QTcpServer>

namespace cumulet::channelserver {

/// Where it can be reached.
struct MediaSettings
{
    QString domain; ///< of the component
    quint16 port = 0; ///< of 127.0.0.1; 0: any free one
    QString folder; ///< where files are kept; empty: in memory
    qint64 largest = 100 * 1024 * 1024; ///< bytes of a file
};

class MediaServer : public QObject
{
    Q_OBJECT

public:
    using Send = std::function<void(const Element &stanza)>;

    /// The service must outlive it: it says who may read and write. send: how a stanza leaves.
    MediaServer(ChannelService *service, const MediaSettings &settings, Send send, QObject *parent = nullptr);
    ~MediaServer() override;

    /// False: the port is taken.
    bool start();
    QString endpoint() const;
    /// Deals with what comes to the component's address.
    void receive(const Element &stanza);

private:
    using Answer = QFuture<QHttpServerResponse>;
    /// Somebody who asks over HTTP, until the client has said over XMPP that it is him.
    struct Question
    {
        QString user; ///< full address
        std::shared_ptr<QPromise<bool>> answer;
    };
    using Job = std::function<QHttpServerResponse(const QString &user)>;

    void addRoutes();
    Answer whenAllowed(const QHttpServerRequest &request, const QString &channel, bool mayBeAnybody, const Job &job);
    QFuture<bool> ask(const QString &user, const QString &transaction, const QHttpServerRequest &request);
    Answer show(const QHttpServerRequest &request, const QString &channel, const QString &id);
    Answer upload(const QHttpServerRequest &request, const QString &channel, const QString &id);
    Answer remove(const QHttpServerRequest &request, const QString &channel, const QString &id);
    Answer change(const QHttpServerRequest &request, const QString &channel, const QString &id);
    QHttpServerResponse keep(
        const QString &channel, const QString &id, const QString &user, const QHash<QString, QByteArray> &form);
    Element description(const Element &iq) const;

    ChannelService *m_service;
    MediaSettings m_settings;
    Send m_send;
    MediaShelf m_shelf;
    QHttpServer m_http;
    QTcpServer *m_listener = nullptr;
    QHash<QString, Question> m_questions; // by transaction
};

} // namespace cumulet::channelserver
