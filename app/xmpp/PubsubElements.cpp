#include "xmpp/PubsubElements.h"

#include "xmpp/XmlText.h"

#include <QTimeZone>

namespace cumulet {

QString localName(const QDomElement &element)
{
    const QString tag = element.tagName();
    return tag.sliced(tag.indexOf(u':') + 1);
}

QDomElement childNamed(const QDomElement &parent, QStringView name)
{
    for (auto element = parent.firstChildElement(); !element.isNull(); element = element.nextSiblingElement()) {
        if (localName(element) == name) {
            return element;
        }
    }
    return {};
}

QList<QDomElement> childrenNamed(const QDomElement &parent, QStringView name, qsizetype limit)
{
    QList<QDomElement> found;
    for (auto element = parent.firstChildElement(); !element.isNull() && found.size() < limit;
        element = element.nextSiblingElement()) {
        if (localName(element) == name) {
            found.append(element);
        }
    }
    return found;
}

QString textOf(const QDomElement &element, qsizetype limit)
{
    return cutText(element.text(), limit);
}

Jid bareJidIn(const QDomElement &element, const QString &attribute)
{
    return Jid::parse(element.attribute(attribute)).value_or(Jid()).bare();
}

std::optional<NodeId> nodeIn(const QDomElement &element, const QString &attribute)
{
    return NodeId::parse(element.attribute(attribute));
}

QDateTime timeFrom(const QString &text)
{
    constexpr qsizetype longestTime = 64;
    if (text.size() > longestTime) {
        return {};
    }
    auto time = QDateTime::fromString(text.trimmed(), Qt::ISODateWithMs);
    if (time.timeSpec() == Qt::LocalTime) {
        time.setTimeZone(QTimeZone::UTC);
    }
    return time.toUTC();
}

} // namespace cumulet
