#include "StanzaReader.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

// Inside, stanzas look as they do between client and server, whatever kind of stream they came through.
static QString clientXmlns(QStringView xmlns)
{
    return xmlns == "jabber:component:accept"_L1 ? u"jabber:client"_s : xmlns.toString();
}

void StanzaReader::open()
{
    if (!m_isInStream) {
        m_isInStream = true;
        m_streamId = m_reader.attributes().value("id"_L1).toString();
        return;
    }
    Element element(m_reader.name().toString(), clientXmlns(m_reader.namespaceUri()));
    for (const auto &attribute : m_reader.attributes())
        element.set(attribute.name().toString(), attribute.value().toString(), attribute.namespaceUri().toString());
    m_open.append(element);
}

void StanzaReader::close()
{
    if (m_open.isEmpty()) {
        m_hasEnded = true;
        return;
    }
    const auto element = m_open.takeLast();
    if (m_open.isEmpty())
        m_complete.append(element);
    else
        m_open.last().add(element);
}

bool StanzaReader::feed(const QByteArray &bytes)
{
    m_reader.addData(bytes);
    while (!m_reader.atEnd()) {
        switch (m_reader.readNext()) {
        case QXmlStreamReader::StartElement:
            open();
            break;
        case QXmlStreamReader::EndElement:
            close();
            break;
        case QXmlStreamReader::Characters:
            if (!m_open.isEmpty())
                m_open.last().addText(m_reader.text().toString());
            break;
        default:
            break;
        }
    }
    return !m_reader.hasError() || m_reader.error() == QXmlStreamReader::PrematureEndOfDocumentError;
}

} // namespace cumulet::channelserver
