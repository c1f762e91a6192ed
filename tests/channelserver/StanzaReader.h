// Cuts the stream from the XMPP server into stanzas.
#pragma once

#include "Element.h"

#include <QXmlStreamReader>

namespace cumulet::channelserver {

/// Reads one stream (XEP-0114), from its opening tag on. Make a new one for a new connection.
class StanzaReader
{
public:
    /// Takes bytes as they come. False if they are not XML, after which nothing more is read.
    bool feed(const QByteArray &bytes);
    /// The id of the stream; empty until its opening tag came.
    QString streamId() const { return m_streamId; }
    bool hasEnded() const { return m_hasEnded; }
    /// What is complete, in the namespace jabber:client; a stanza is given once.
    QList<Element> takeStanzas() { return std::exchange(m_complete, {}); }
    QString errorText() const { return m_reader.errorString(); }

private:
    void open();
    void close();

    QXmlStreamReader m_reader;
    QList<Element> m_open;
    QList<Element> m_complete;
    QString m_streamId;
    bool m_isInStream = false;
    bool m_hasEnded = false;
};

} // namespace cumulet::channelserver
