#include "CaptureReader.h"

#include "domain/NodeId.h"
#include "xmpp/PubsubElements.h"

#include <QDir>
#include <QMap>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

QString capturesFolder()
{
    const QString given = qEnvironmentVariable("CUMULET_CAPTURES");
    return (given.isEmpty() ? QStringLiteral(CUMULET_SOURCE_DIR "/../shared/reference/captures") : given)
        + u"/buddycloud"_s;
}

static Capture readCapture(const QFileInfo &info)
{
    Capture capture;
    capture.name = info.completeBaseName();
    QFile file(info.filePath());
    if (!file.open(QIODevice::ReadOnly)
        || !capture.document.setContent(file.readAll(), QDomDocument::ParseOption::UseNamespaceProcessing)) {
        qFatal("cannot read %s", qPrintable(info.filePath()));
    }
    const auto exchange = capture.document.documentElement();
    for (auto step = exchange.firstChildElement(); !step.isNull(); step = step.nextSiblingElement()) {
        for (auto stanza = step.firstChildElement(); !stanza.isNull(); stanza = stanza.nextSiblingElement()) {
            capture.stanzas.append({step.attribute(u"by"_s), stanza, step.tagName() == "sent"_L1});
        }
    }
    return capture;
}

QList<Capture> readCaptures()
{
    QList<Capture> captures;
    const auto files = QDir(capturesFolder()).entryInfoList({u"*.xml"_s}, QDir::Files, QDir::Name);
    for (const auto &info : files) {
        captures.append(readCapture(info));
    }
    return captures;
}

QString fullJidOf(const QString &user)
{
    static const QMap<QString, QString> resources{{u"romeo"_s, u"orchard"_s}, {u"juliet"_s, u"balcony"_s},
        {u"mercutio"_s, u"street"_s}, {u"tybalt"_s, u"sword"_s}, {u"benvolio"_s, u"square"_s},
        {u"nurse"_s, u"chamber"_s}};
    return user + u"@capulet.example/"_s + resources.value(user);
}

static bool isAddedByUs(const QDomElement &element)
{
    const QString name = localName(element);
    return name == "set"_L1 || name == "meta"_L1
        || (name == "field"_L1 && element.attribute(u"var"_s) == "buddycloud#channel_type"_L1);
}

static QString shapeOfAttribute(const QDomElement &element, const QDomAttr &attribute)
{
    const QString element_ = localName(element);
    const QString name = attribute.name();
    if (name == "xmlns"_L1 || name.startsWith("xmlns:"_L1) || (element_ == "iq"_L1 && name == "id"_L1)
        || (element_ == "configure"_L1 && name == "node"_L1) || (element_ == "content"_L1 && name == "type"_L1)) {
        return {};
    }
    QString value = attribute.value();
    if (name == "id"_L1 || name == "ref"_L1 || name == "item_id"_L1) {
        value = ItemId::fromWire(value).text();
    } else if (name == "notify"_L1 && value == "true"_L1) {
        value = u"1"_s;
    }
    return name + u'=' + value;
}

static void appendShape(QStringList *lines, const QDomElement &element, const QString &path)
{
    QStringList attributes;
    for (int i = 0; i < element.attributes().count(); ++i) {
        if (const QString text = shapeOfAttribute(element, element.attributes().item(i).toAttr()); !text.isEmpty()) {
            attributes.append(text);
        }
    }
    attributes.sort();
    const QString here = path + u'/' + localName(element) + u'{' + element.namespaceURI() + u'}';
    const bool isLeaf = element.firstChildElement().isNull();
    lines->append(here + u' ' + attributes.join(u' ') + (isLeaf ? u": "_s + element.text() : QString()));
    for (auto child = element.firstChildElement(); !child.isNull(); child = child.nextSiblingElement()) {
        if (!isAddedByUs(child)) {
            appendShape(lines, child, here);
        }
    }
}

QString shapeOf(const QDomElement &stanza)
{
    QStringList lines;
    appendShape(&lines, stanza, {});
    lines.sort(); // fields of a form come in any order
    return lines.join(u'\n');
}

} // namespace cumulet::tests
