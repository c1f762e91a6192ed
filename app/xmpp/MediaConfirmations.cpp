#include "xmpp/MediaConfirmations.h"

#include "xmpp/Namespaces.h"
#include "xmpp/StanzaListener.h"

#include <QXmppClient.h>
#include <QXmppStanza.h>

#include <QUuid>
#include <QXmlStreamWriter>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

constexpr qsizetype longestAttribute = 4096;

// The answer repeats the question (XEP-0070 section 4.2).
class ConfirmAnswer : public QXmppStanza
{
public:
    ConfirmAnswer(const QDomElement &question, const QDomElement &confirm, bool isYes)
        : m_isIq(question.tagName() == u"iq")
        , m_isYes(isYes)
        , m_thread(question.firstChildElement(u"thread"_s).text().left(longestAttribute))
    {
        setTo(question.attribute(u"from"_s));
        setId(question.attribute(u"id"_s).left(longestAttribute));
        for (const QString &name : {u"id"_s, u"method"_s, u"url"_s}) {
            m_confirm.append({name, confirm.attribute(name).left(longestAttribute)});
        }
    }

    void toXml(QXmlStreamWriter *writer) const override
    {
        writer->writeStartElement(m_isIq ? u"iq"_s : u"message"_s);
        writer->writeAttribute(u"to"_s, to());
        if (!id().isEmpty()) {
            writer->writeAttribute(u"id"_s, id());
        }
        if (!m_isYes) {
            writer->writeAttribute(u"type"_s, u"error"_s);
        } else if (m_isIq) {
            writer->writeAttribute(u"type"_s, u"result"_s);
        }
        if (!m_thread.isEmpty()) {
            writer->writeTextElement(u"thread"_s, m_thread);
        }
        writer->writeStartElement(u"confirm"_s);
        writer->writeDefaultNamespace(ns::httpAuth.toString());
        for (const auto &[name, value] : m_confirm) {
            writer->writeAttribute(name, value);
        }
        writer->writeEndElement();
        if (!m_isYes) {
            writer->writeStartElement(u"error"_s);
            writer->writeAttribute(u"type"_s, u"auth"_s);
            writer->writeStartElement(u"not-authorized"_s);
            writer->writeDefaultNamespace(u"urn:ietf:params:xml:ns:xmpp-stanzas"_s);
            writer->writeEndElement();
            writer->writeEndElement();
        }
        writer->writeEndElement();
    }

private:
    bool m_isIq;
    bool m_isYes;
    QString m_thread;
    QList<std::pair<QString, QString>> m_confirm;
};

} // namespace

MediaConfirmations::MediaConfirmations(QXmppClient *client, QObject *parent)
    : QObject(parent)
    , m_client(client)
{
    m_client->insertExtension(0, new StanzaListener(this, [this](const QDomElement &stanza) { return take(stanza); }));
}

QString MediaConfirmations::expect(const Jid &server)
{
    const QString id = QUuid::createUuid().toString(QUuid::Id128);
    m_expected.insert(id, server);
    return id;
}

bool MediaConfirmations::take(const QDomElement &stanza)
{
    const auto confirm = child(stanza, u"confirm", ns::httpAuth);
    if (confirm.isNull()) {
        return false;
    }
    const auto type = stanza.attribute(u"type"_s);
    const bool isQuestion =
        stanza.tagName() == u"message" ? type != u"error" : stanza.tagName() == u"iq" && type == u"get";
    if (!isQuestion) {
        return stanza.tagName() == u"message";
    }
    const auto from = Jid::parse(stanza.attribute(u"from"_s));
    const QString id = confirm.attribute(u"id"_s);
    const auto expected = m_expected.constFind(id);
    const bool isYes = expected != m_expected.constEnd() && from && from->bare() == *expected;
    if (isYes) {
        m_expected.erase(expected);
    }
    if (from) {
        m_client->sendPacket(ConfirmAnswer(stanza, confirm, isYes));
    }
    return true;
}

} // namespace cumulet
