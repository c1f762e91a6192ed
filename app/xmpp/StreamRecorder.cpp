#include "xmpp/StreamRecorder.h"

#include "xmpp/XmlText.h"

#include <QXmppClient.h>
#include <QXmppLogger.h>

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace cumulet {

StreamRecorder::StreamRecorder(QXmppClient &client, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_logger(new QXmppLogger(this))
{
    m_logger->setLoggingType(QXmppLogger::SignalLogging);
    m_logger->setMessageTypes(QXmppLogger::SentMessage | QXmppLogger::ReceivedMessage);
    connect(m_logger, &QXmppLogger::message, this, [this](QXmppLogger::MessageType type, const QString &text) {
        if (m_isOpen && !text.trimmed().isEmpty()) {
            Q_EMIT recorded({type == QXmppLogger::SentMessage, QDateTime::currentDateTimeUtc(), withoutSecrets(text)});
        }
    });
    m_client.setLogger(m_logger);
}

StreamRecorder::~StreamRecorder()
{
    m_client.setLogger(nullptr);
}

QString StreamRecorder::withoutSecrets(const QString &text)
{
    // an end that does not come takes everything behind it along
    static const QRegularExpression secret(
        uR"(<((?:\w+:)?(?:password|key|header|auth|authenticate|response|challenge|success|initial-response|additional-data))\b([^>]*)(?<!/)>(.*?)(</\1\s*>|$))"_s,
        QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression token(uR"(\btoken\s*=\s*('[^']*'|"[^"]*"))"_s);
    QString told = cutText(text, StreamRecord::longest);
    told.replace(secret, u"<\\1\\2>…\\4"_s);
    told.replace(token, u"token='…'"_s);
    if (text.size() > StreamRecord::longest) {
        told += u" …"_s;
    }
    return told;
}

} // namespace cumulet
