#include "MediaServer.h"

#include "Address.h"
#include "MediaForm.h"
#include "MediaPreview.h"
#include "Xmlns.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>
#include <QUrlQuery>
#include <QUuid>

using namespace Qt::StringLiterals;
using Status = QHttpServerResponse::StatusCode;

namespace cumulet::channelserver {

static constexpr int patience = 10'000; // ms that a client may take to say that it is him

static const QString httpAuth = u"http://jabber.org/protocol/http-auth"_s;

static QFuture<QHttpServerResponse> atOnce(QHttpServerResponse &&response)
{
    QPromise<QHttpServerResponse> promise;
    promise.start();
    promise.addResult(std::move(response));
    promise.finish();
    return promise.future();
}

static QHttpServerResponse json(const QJsonDocument &document, Status status = Status::Ok)
{
    return QHttpServerResponse("application/json", document.toJson(), status);
}

// "full address:transaction" in base64url, from the header or from ?auth=
static std::pair<QString, QString> credentialsOf(const QHttpServerRequest &request)
{
    QByteArray token = request.query().queryItemValue(u"auth"_s).toLatin1();
    const QByteArray header = request.value("Authorization");
    if (header.startsWith("Basic "))
        token = header.sliced(6);
    const QString text = QString::fromUtf8(QByteArray::fromBase64(token, QByteArray::Base64UrlEncoding));
    const auto colon = text.lastIndexOf(u':');
    return colon < 0 ? std::pair<QString, QString>() : std::pair(text.left(colon), text.sliced(colon + 1));
}

MediaServer::MediaServer(ChannelService *service, const MediaSettings &settings, Send send, QObject *parent)
    : QObject(parent)
    , m_service(service)
    , m_settings(settings)
    , m_send(std::move(send))
    , m_shelf(settings.folder)
{
    addRoutes();
}

MediaServer::~MediaServer() = default;

bool MediaServer::start()
{
    auto listener = std::make_unique<QTcpServer>();
    if (!listener->listen(QHostAddress::LocalHost, m_settings.port) || !m_http.bind(listener.get()))
        return false;
    m_listener = listener.release(); // the HTTP server's
    return true;
}

QString MediaServer::endpoint() const
{
    return u"http://127.0.0.1:%1"_s.arg(m_listener ? m_listener->serverPort() : 0);
}

void MediaServer::addRoutes()
{
    using Method = QHttpServerRequest::Method;
    m_http.route(u"/<arg>"_s, Method::Post, this,
        [this](const QString &channel, const QHttpServerRequest &request) { return upload(request, channel, {}); });
    m_http.route(u"/<arg>"_s, Method::Get, this, [this](const QString &channel, const QHttpServerRequest &request) {
        return whenAllowed(request, channel, true, [this, channel](const QString &) {
            QJsonArray media;
            const auto all = m_shelf.list(channel);
            for (const auto &medium : all)
                media.append(medium.toJson());
            return json(QJsonDocument(media));
        });
    });
    m_http.route(u"/<arg>/<arg>"_s, Method::Get, this,
        [this](const QString &channel, const QString &id, const QHttpServerRequest &request) {
            return show(request, channel, id);
        });
    m_http.route(u"/<arg>/<arg>/metadata"_s, Method::Get, this,
        [this](const QString &channel, const QString &id, const QHttpServerRequest &request) {
            return whenAllowed(request, channel, true, [this, channel, id](const QString &) {
                const auto medium = m_shelf.find(channel, id);
                return medium ? json(QJsonDocument(medium->toJson())) : QHttpServerResponse(Status::NotFound);
            });
        });
    m_http.route(u"/<arg>/<arg>"_s, Method::Put, this,
        [this](const QString &channel, const QString &id, const QHttpServerRequest &request) {
            return id == "avatar"_L1 ? upload(request, channel, id)
                                     : atOnce(QHttpServerResponse(Status::MethodNotAllowed));
        });
    m_http.route(u"/<arg>/<arg>"_s, Method::Post, this,
        [this](const QString &channel, const QString &id, const QHttpServerRequest &request) {
            return change(request, channel, id);
        });
    m_http.route(u"/<arg>/<arg>"_s, Method::Delete, this,
        [this](const QString &channel, const QString &id, const QHttpServerRequest &request) {
            return remove(request, channel, id);
        });
}

// Whoever asks has to be who he says, unless everybody may.
MediaServer::Answer MediaServer::whenAllowed(
    const QHttpServerRequest &request, const QString &channel, bool mayBeAnybody, const Job &job)
{
    if (mayBeAnybody && m_service->mayRead(channel, {}))
        return atOnce(job({}));
    const auto [user, transaction] = credentialsOf(request);
    if (user.isEmpty() || transaction.isEmpty())
        return atOnce(QHttpServerResponse(Status::Unauthorized));
    return ask(user, transaction, request).then(this, [this, job, user, channel, mayBeAnybody](bool isHim) {
        if (!isHim)
            return QHttpServerResponse(Status::Unauthorized);
        const bool isAllowed = mayBeAnybody ? m_service->mayRead(channel, user) : m_service->mayPost(channel, user);
        return isAllowed ? job(user) : QHttpServerResponse(Status::Forbidden);
    });
}

// XEP-0070; the method is GET whatever was asked, as the real server has it
QFuture<bool> MediaServer::ask(const QString &user, const QString &transaction, const QHttpServerRequest &request)
{
    auto promise = std::make_shared<QPromise<bool>>();
    promise->start();
    m_questions.insert(transaction, {user, promise});
    QTimer::singleShot(patience, this, [this, transaction] {
        if (const auto question = m_questions.take(transaction); question.answer) {
            question.answer->addResult(false);
            question.answer->finish();
        }
    });
    Element message(u"message"_s);
    message.set(u"from"_s, m_settings.domain).set(u"to"_s, user);
    message.addLeaf(u"thread"_s, QUuid::createUuid().toString(QUuid::Id128));
    message.addLeaf(u"body"_s, u"Confirmation message for transaction %1."_s.arg(transaction));
    Element confirm(u"confirm"_s, httpAuth);
    confirm.set(u"id"_s, transaction).set(u"method"_s, u"GET"_s).set(u"url"_s, request.url().toString());
    m_send(message.add(confirm));
    return promise->future();
}

void MediaServer::receive(const Element &stanza)
{
    const auto confirm = stanza.child(u"confirm"_s);
    if (stanza.name() == "message"_L1 && !confirm.isNull()) {
        const auto question = m_questions.constFind(confirm.attribute(u"id"_s));
        if (question == m_questions.constEnd() || question->user != stanza.attribute(u"from"_s))
            return;
        const auto answer = question->answer;
        m_questions.erase(question);
        answer->addResult(stanza.attribute(u"type"_s) != "error"_L1);
        answer->finish();
        return;
    }
    if (stanza.name() == "iq"_L1 && stanza.attribute(u"type"_s) == "get"_L1)
        m_send(description(stanza));
}

// buddycloud.md 2.5
Element MediaServer::description(const Element &iq) const
{
    const auto asked = iq.children();
    const bool isInfo = !asked.isEmpty() && asked.first().xmlns() == xmlns::discoInfo;
    Element answer(u"iq"_s);
    answer.set(u"from"_s, m_settings.domain).set(u"to"_s, iq.attribute(u"from"_s));
    answer.set(u"id"_s, iq.attribute(u"id"_s)).set(u"type"_s, isInfo ? u"result"_s : u"error"_s);
    if (!isInfo) {
        Element error(u"error"_s);
        error.set(u"type"_s, u"cancel"_s).add(Element(u"service-unavailable"_s, xmlns::stanzaErrors));
        return answer.add(error);
    }
    const auto field = [](const QString &name, const QString &type, const QString &value) {
        Element element(u"field"_s);
        return element.set(u"var"_s, name).set(u"type"_s, type).addLeaf(u"value"_s, value);
    };
    Element identity(u"identity"_s);
    identity.set(u"category"_s, u"component"_s).set(u"type"_s, u"generic"_s).set(u"name"_s, u"Media Server"_s);
    Element feature(u"feature"_s);
    feature.set(u"var"_s, xmlns::discoInfo);
    Element form(u"x"_s, xmlns::form);
    form.set(u"type"_s, u"result"_s);
    form.add(field(u"FORM_TYPE"_s, u"hidden"_s, u"http://buddycloud.org/v1/api"_s));
    form.add(field(u"endpoint"_s, u"text-single"_s, endpoint()));
    return answer.add(Element(u"query"_s, xmlns::discoInfo).add(identity).add(feature).add(form));
}

MediaServer::Answer MediaServer::show(const QHttpServerRequest &request, const QString &channel, const QString &id)
{
    const auto query = request.query();
    const QSize box(query.queryItemValue(u"maxwidth"_s).toInt(), query.queryItemValue(u"maxheight"_s).toInt());
    const Job job = [this, channel, id, box](const QString &) {
        const auto medium = m_shelf.find(channel, id);
        if (!medium)
            return QHttpServerResponse(Status::NotFound);
        return QHttpServerResponse(medium->mediaType.toLatin1(),
            box.isEmpty() ? medium->data : previewOf(medium->data, medium->mediaType, box));
    };
    return id == "avatar"_L1 ? atOnce(job({})) : whenAllowed(request, channel, true, job);
}

MediaServer::Answer MediaServer::upload(const QHttpServerRequest &request, const QString &channel, const QString &id)
{
    const auto form = readMediaForm(request.value("Content-Type"), request.body());
    if (!m_service->hasChannel(channel))
        return atOnce(QHttpServerResponse(Status::PreconditionFailed));
    return whenAllowed(request, channel, false,
        [this, channel, id, form](const QString &user) { return keep(channel, id, user, form); });
}

QHttpServerResponse MediaServer::keep(
    const QString &channel, const QString &id, const QString &user, const QHash<QString, QByteArray> &form)
{
    const auto text = [&form](const QString &name) { return QString::fromUtf8(form.value(name)); };
    if (form.value(u"data"_s).isEmpty())
        return QHttpServerResponse(Status::BadRequest);
    if (form.value(u"data"_s).size() > m_settings.largest)
        return QHttpServerResponse(Status::PayloadTooLarge);
    Medium medium;
    medium.id = id.isEmpty() ? QUuid::createUuid().toString(QUuid::Id128).left(25) : id;
    medium.channel = channel;
    medium.author = Address::fromText(user).bare;
    medium.fileName = text(u"filename"_s);
    medium.title = text(u"title"_s);
    medium.description = text(u"description"_s);
    medium.mediaType = text(u"content-type"_s);
    medium.uploaded = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
    medium.data = form.value(u"data"_s);
    m_shelf.keep(medium);
    return json(QJsonDocument(medium.toJson()), Status::Created);
}

MediaServer::Answer MediaServer::change(const QHttpServerRequest &request, const QString &channel, const QString &id)
{
    const auto form = readMediaForm(request.value("Content-Type"), request.body());
    return whenAllowed(request, channel, false, [this, channel, id, form](const QString &user) {
        auto medium = m_shelf.find(channel, id);
        if (!medium)
            return QHttpServerResponse(Status::NotFound);
        if (medium->author != Address::fromText(user).bare && !m_service->mayModerate(channel, user))
            return QHttpServerResponse(Status::Forbidden);
        for (const auto &[name, value] : {std::pair(u"title"_s, &medium->title),
                 std::pair(u"description"_s, &medium->description), std::pair(u"filename"_s, &medium->fileName)}) {
            if (form.contains(name))
                *value = QString::fromUtf8(form.value(name));
        }
        m_shelf.keep(*medium);
        return json(QJsonDocument(medium->toJson()));
    });
}

MediaServer::Answer MediaServer::remove(const QHttpServerRequest &request, const QString &channel, const QString &id)
{
    return whenAllowed(request, channel, false, [this, channel, id](const QString &user) {
        const auto medium = m_shelf.find(channel, id);
        if (!medium)
            return QHttpServerResponse(Status::NotFound);
        if (medium->author != Address::fromText(user).bare && !m_service->mayModerate(channel, user))
            return QHttpServerResponse(Status::Forbidden);
        m_shelf.remove(channel, id);
        return QHttpServerResponse(Status::Ok);
    });
}

} // namespace cumulet::channelserver
