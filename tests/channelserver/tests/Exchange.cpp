#include "Exchange.h"

#include <QDir>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

QString captureFolder()
{
    auto captures = qEnvironmentVariable("CUMULET_CAPTURES");
    if (captures.isEmpty())
        captures = QStringLiteral(CUMULET_SOURCE_DIR "/../shared/reference/captures");
    return captures + "/buddycloud"_L1;
}

static Exchange readExchange(const QFileInfo &file)
{
    Exchange exchange;
    exchange.name = file.completeBaseName();
    QFile content(file.filePath());
    if (!content.open(QIODevice::ReadOnly))
        return exchange;
    exchange.document.setContent(content.readAll(), QDomDocument::ParseOption::UseNamespaceProcessing);
    const auto root = exchange.document.documentElement();
    for (auto part = root.firstChildElement(); !part.isNull(); part = part.nextSiblingElement())
        exchange.stanzas.append({part.localName() == "sent"_L1, part.attribute(u"by"_s), part.firstChildElement()});
    return exchange;
}

QList<Exchange> readExchanges(const QString &folder)
{
    QList<Exchange> exchanges;
    for (const auto &file : QDir(folder).entryInfoList({u"*.xml"_s}, QDir::Files, QDir::Name))
        exchanges.append(readExchange(file));
    return exchanges;
}

static QString withoutTimes(const QString &text)
{
    static const QRegularExpression time(u"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"_s);
    return QString(text).replace(time, u"TIME"_s);
}

static QStringList canonicalAttributes(const QDomElement &element)
{
    QStringList attributes;
    const auto map = element.attributes();
    for (int i = 0; i < map.size(); ++i) {
        const auto attribute = map.item(i).toAttr();
        const auto name = attribute.name();
        const bool isLanguage = attribute.namespaceURI() == "http://www.w3.org/XML/1998/namespace"_L1;
        if (!isLanguage && name != "xmlns"_L1 && !name.startsWith("xmlns:"_L1))
            attributes.append(u"%1{%2}=\"%3\""_s.arg(name, attribute.namespaceURI(), withoutTimes(attribute.value())));
    }
    attributes.sort();
    return attributes;
}

QString canonical(const QDomElement &element)
{
    QStringList children;
    QStringList unordered;
    for (auto node = element.firstChild(); !node.isNull(); node = node.nextSibling()) {
        const auto child = node.toElement();
        if (node.isText())
            children.append(u'"' + withoutTimes(node.nodeValue()) + u'"');
        else if (child.localName() == "field"_L1 || child.localName() == "subscription-with-configuration"_L1)
            unordered.append(canonical(child));
        else if (!child.isNull())
            children.append(canonical(child));
    }
    unordered.sort();
    auto text = u"<{%1}%2"_s.arg(element.namespaceURI(), element.localName());
    for (const auto &attribute : canonicalAttributes(element))
        text += u' ' + attribute;
    return text + u'>' + (children + unordered).join(QString()) + "</>"_L1;
}

} // namespace cumulet::tests
