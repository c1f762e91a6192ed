#include "ChannelBench.h"

#include "xmpp/PubsubElements.h"

#include <QXmppClientExtension.h>

#include <QXmlStreamWriter>

#include <array>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

QDomElement parsed(const QString &xml)
{
    // the document must outlive its elements, which do not keep it
    static QList<QDomDocument> documents;
    QDomDocument document;
    const QString whole = u"<stream xmlns='jabber:client'>"_s + xml + u"</stream>"_s;
    const auto result = document.setContent(whole, QDomDocument::ParseOption::UseNamespaceProcessing);
    if (!result) {
        qFatal("not XML: %s in %s", qPrintable(result.errorMessage), qPrintable(xml));
    }
    documents.append(document);
    return document.documentElement().firstChildElement();
}

QDomElement channelStanza(const QString &name)
{
    QFile file(QStringLiteral(CUMULET_SOURCE_DIR "/tests/stanzas/channel/") + name);
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("no file %s", qPrintable(file.fileName()));
    }
    return parsed(QString::fromUtf8(file.readAll()));
}

QDomElement deepest(const QDomElement &root, const QString &name)
{
    if (localName(root) == name) {
        return root;
    }
    for (auto child = root.firstChildElement(); !child.isNull(); child = child.nextSiblingElement()) {
        if (const auto found = deepest(child, name); !found.isNull()) {
            return found;
        }
    }
    return {};
}

ChannelBench::ChannelBench(const QString &own, const QString &service)
{
    client.configuration().setJid(own);
    wire = std::make_unique<XmppChannelWire>(&client, nullptr, surroundings());
    wire->setService(Jid::fromTrusted(service));
    directory = std::make_unique<XmppChannelDirectoryWire>(&client, nullptr, surroundings());
    listen();
    listenToMembers();
}

ChannelBench::~ChannelBench()
{
    directory.reset();
    wire.reset(); // before what it writes to
}

ChannelSurroundings ChannelBench::surroundings()
{
    ChannelSurroundings surroundings;
    surroundings.send = [this](const QXmppStanza &stanza) {
        if (!isConnected) {
            return false;
        }
        QString xml;
        QXmlStreamWriter writer(&xml);
        stanza.toXml(&writer);
        m_sent.append(parsed(xml));
        return true;
    };
    surroundings.now = [this] { return now; };
    surroundings.lookUpTextRecords = [this](const QString &name) {
        lookedUp.append(name);
        return ready(textRecords.value(name));
    };
    surroundings.requestLimit = std::chrono::milliseconds(300);
    surroundings.discoLimits.info = std::chrono::milliseconds(300);
    surroundings.discoLimits.earlierItems = std::chrono::milliseconds(20);
    surroundings.discoLimits.topics = std::chrono::milliseconds(300);
    return surroundings;
}

bool ChannelBench::receive(const QDomElement &stanza)
{
    const auto extensions = client.extensions();
    return std::any_of(extensions.begin(), extensions.end(),
        [&stanza](QXmppClientExtension *extension) { return extension->handleStanza(stanza); });
}

bool ChannelBench::answer(qsizetype request, const QString &content, const QString &type)
{
    return answerFrom(m_sent.at(request).attribute(u"to"_s), request, content, type);
}

bool ChannelBench::answerFrom(const QString &from, qsizetype request, const QString &content, const QString &type)
{
    const QString id = m_sent.at(request).attribute(u"id"_s);
    return receive(u"<iq type='%1' from='%2' id='%3' to='%4'>%5</iq>"_s.arg(
        type, from.toHtmlEscaped(), id, client.configuration().jid(), content));
}

QString ChannelBench::sentText(qsizetype index) const
{
    QString text;
    QTextStream stream(&text);
    m_sent.at(index).save(stream, -1);
    return text;
}

void ChannelBench::listen()
{
    auto *context = wire.get();
    QObject::connect(
        context, &ChannelWire::postsReceived, context, [this](const NodeId &node, const QList<Post> &posts) {
            for (const auto &post : posts) {
                news.append(u"post "_s + node.text() + u' ' + lineOf(post));
            }
        });
    QObject::connect(
        context, &ChannelWire::postsRetracted, context, [this](const NodeId &node, const QList<ItemId> &items) {
            for (const auto &item : items) {
                news.append(u"gone %1 %2"_s.arg(node.text(), item.text()));
            }
        });
    QObject::connect(
        context, &ChannelWire::settingsChanged, context, [this](const NodeId &node, const ChannelSettings &settings) {
            QStringList fields;
            for (const auto &[field, value] : settings.asKeyValueRange()) {
                fields.append(field + u'=' + value.left(40));
            }
            news.append(u"settings %1 %2"_s.arg(node.text(), fields.join(u"; ")));
        });
    QObject::connect(context, &ChannelWire::channelDeleted, context,
        [this](const NodeId &node) { news.append(u"deleted "_s + node.text()); });
    QObject::connect(context, &ChannelWire::serviceLost, context, [this] { ++lost; });
    QObject::connect(context, &ChannelWire::serviceAlive, context, [this] { ++alive; });
}

void ChannelBench::listenToMembers()
{
    auto *context = wire.get();
    QObject::connect(context, &ChannelWire::membershipChanged, context,
        [this](const NodeId &node, const Jid &jid, std::optional<Affiliation> affiliation,
            std::optional<NodeSubscription> subscription) {
            news.append(u"member %1 %2 %3 %4"_s.arg(node.text(), jid.text(),
                affiliation ? toWire(*affiliation) : u"-"_s, subscription ? toWire(*subscription) : u"-"_s));
        });
    QObject::connect(context, &ChannelWire::followRequested, context,
        [this](const NodeId &node, const Jid &jid) { news.append(u"request %1 %2"_s.arg(node.text(), jid.text())); });
}

QString lineOf(const Post &post)
{
    QString line =
        u"%1 by %2 at %3"_s.arg(post.item.text(), post.author.text(), post.published.toString(Qt::ISODateWithMs));
    if (!post.inReplyTo.isEmpty()) {
        line += u" to "_s + post.inReplyTo.text();
    }
    if (!post.target.isEmpty()) {
        line += u" about "_s + post.target.text();
    }
    if (post.isRating()) {
        line += u" rating "_s + QString::number(post.rating);
    }
    if (!post.title.isEmpty()) {
        line += u" ["_s + post.title + u']';
    }
    const QString body = QString(post.body).replace(u'\n', u"\\n"_s);
    return line + u": "_s + (body.size() > 100 ? u"%1 characters"_s.arg(post.body.size()) : body);
}

QString wordOf(ErrorKind kind)
{
    static constexpr std::array words{"Offline"_L1, "Unreachable"_L1, "Timeout"_L1, "Authentication"_L1,
        "Certificate"_L1, "NotAllowed"_L1, "NotFound"_L1, "Conflict"_L1, "SlowDown"_L1, "TooLarge"_L1, "Rejected"_L1,
        "Malformed"_L1, "Unsupported"_L1, "Storage"_L1, "Canceled"_L1};
    return words[size_t(kind)];
}

} // namespace cumulet::tests
