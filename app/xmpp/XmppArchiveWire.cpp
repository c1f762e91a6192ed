#include "xmpp/XmppArchiveWire.h"

#include "xmpp/MessageCodec.h"
#include "xmpp/Namespaces.h"
#include "xmpp/StanzaListener.h"
#include "xmpp/Tasks.h"
#include "xmpp/XmlIq.h"
#include "xmpp/XmppSession.h"

#include <QXmppClient.h>

#include <QUuid>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

constexpr int largestPage = 250;

void writeField(QXmlStreamWriter *writer, const QString &name, const QString &value)
{
    writer->writeStartElement(u"field"_s);
    writer->writeAttribute(u"var"_s, name);
    if (name == u"FORM_TYPE") {
        writer->writeAttribute(u"type"_s, u"hidden"_s);
    }
    writer->writeTextElement(u"value"_s, value);
    writer->writeEndElement();
}

void writeForm(QXmlStreamWriter *writer, const ArchiveRequest &request)
{
    writer->writeStartElement(u"x"_s);
    writer->writeDefaultNamespace(ns::dataForms);
    writer->writeAttribute(u"type"_s, u"submit"_s);
    writeField(writer, u"FORM_TYPE"_s, ns::mam.toString());
    if (!request.with.isEmpty()) {
        writeField(writer, u"with"_s, request.with.text());
    }
    if (request.start.isValid()) {
        writeField(writer, u"start"_s, request.start.toUTC().toString(Qt::ISODateWithMs));
    }
    writer->writeEndElement();
}

// XEP-0059
void writeResultSet(QXmlStreamWriter *writer, const ArchiveRequest &request, int limit)
{
    writer->writeStartElement(u"set"_s);
    writer->writeDefaultNamespace(ns::rsm);
    writer->writeTextElement(u"max"_s, QString::number(limit));
    if (!request.after.isEmpty()) {
        writer->writeTextElement(u"after"_s, request.after.text());
    }
    if (request.fromNewest) {
        writer->writeEmptyElement(u"before"_s);
    } else if (!request.before.isEmpty()) {
        writer->writeTextElement(u"before"_s, request.before.text());
    }
    writer->writeEndElement();
}

XmlIq makeQuery(const ArchiveRequest &request, const QString &queryId, int limit)
{
    return XmlIq(QXmppIq::Set, {}, [=](QXmlStreamWriter *writer) {
        writer->writeStartElement(u"query"_s);
        writer->writeDefaultNamespace(ns::mam);
        writer->writeAttribute(u"queryid"_s, queryId);
        writeForm(writer, request);
        writeResultSet(writer, request, limit);
        writer->writeEndElement();
    });
}

ArchiveId readPageEnd(const QDomElement &set, QStringView name)
{
    const auto id = child(set, name, ns::rsm).text();
    return ArchiveId(id.size() <= MessageCodec::longestId ? id : QString());
}

} // namespace

struct XmppArchiveWire::Query
{
    RequestTimer<ArchivePage> answer;
    int limit;
    ArchivePage page;
    int results = 0;
};

XmppArchiveWire::XmppArchiveWire(XmppSession *session, QObject *parent)
    : ArchiveWire(parent)
    , m_session(session)
    , m_client(session->client())
{
    m_client->insertExtension(0, new StanzaListener(this, [this](const QDomElement &stanza) { return take(stanza); }));
}

XmppArchiveWire::~XmppArchiveWire() = default;

Future<ArchivePage> XmppArchiveWire::page(const ArchiveRequest &request)
{
    if (!m_client->isConnected()) {
        return failed<ArchivePage>({ErrorKind::Offline, u"not connected"_s});
    }
    const auto queryId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const int limit = qBound(1, request.limit, largestPage);
    const auto query = std::make_shared<Query>(RequestTimer<ArchivePage>(this, requestLimit), limit);
    m_queries.insert(queryId, query);
    m_client->sendIq(makeQuery(request, queryId, limit)).then(this, [this, queryId](QXmppClient::IqResult &&answer) {
        if (const auto *element = std::get_if<QDomElement>(&answer)) {
            finish(queryId, *element);
        } else if (const auto gone = m_queries.take(queryId)) {
            gone->answer.finish(toError(std::get<QXmppError>(answer)));
        }
    });
    return eitherWay(query->answer.future(), this, [this, queryId](const Result<ArchivePage> &page) {
        m_queries.remove(queryId); // a late answer finds no query any more
        return page;
    });
}

bool XmppArchiveWire::take(const QDomElement &stanza)
{
    if (stanza.tagName() != u"message") {
        return false;
    }
    const auto result = child(stanza, u"result", ns::mam);
    if (result.isNull()) {
        return false;
    }
    // XEP-0313 section 5: results of our archive come from our account and nobody else
    const auto from = stanza.attribute(u"from"_s);
    const auto query = m_queries.value(result.attribute(u"queryid"_s));
    if (query && (from.isEmpty() || Jid::parse(from) == m_session->boundJid().bare())) {
        keep(*query, result);
    }
    return true;
}

void XmppArchiveWire::keep(Query &query, const QDomElement &result)
{
    query.answer.restart();
    if (++query.results > query.limit) {
        query.answer.finish(Error{ErrorKind::Malformed, u"more archive results than asked for"_s});
        return;
    }
    const auto id = result.attribute(u"id"_s);
    QDateTime stamp;
    const auto message = MessageCodec::forwarded(result, &stamp);
    if (message.isNull() || id.isEmpty() || id.size() > MessageCodec::longestId) {
        return;
    }
    auto content = MessageCodec::read(message, m_session->boundJid().bare(), MessageRoad::Archive, stamp);
    if (content.message) {
        content.message->archiveId = ArchiveId(id);
        query.page.messages += std::move(*content.message);
    }
    query.page.notices += content.notices;
}

void XmppArchiveWire::finish(const QString &queryId, const QDomElement &answer)
{
    const auto query = m_queries.take(queryId);
    if (!query) {
        return;
    }
    const auto fin = child(answer, u"fin", ns::mam);
    if (fin.isNull()) {
        query->answer.finish(Error{ErrorKind::Malformed, u"an archive answer without its end"_s});
        return;
    }
    const auto set = child(fin, u"set", ns::rsm);
    const auto complete = fin.attribute(u"complete"_s);
    query->page.first = readPageEnd(set, u"first");
    query->page.last = readPageEnd(set, u"last");
    query->page.isComplete = complete == u"true" || complete == u"1";
    query->answer.finish(std::move(query->page));
}

} // namespace cumulet
