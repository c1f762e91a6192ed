#include "fuzz/StanzaMutator.h"

#include "kit/loopback/LoopbackServer.h"

#include <array>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

namespace {

constexpr int mostChanges = 4;
constexpr int deep = 40; // below what the guard allows, for most places
constexpr int longText = 20'000;

constexpr std::array namespaces{"jabber:client", "urn:xmpp:carbons:2", "urn:xmpp:forward:0", "urn:xmpp:mam:2",
    "urn:xmpp:receipts", "urn:xmpp:chat-markers:0", "urn:xmpp:message-correct:0", "urn:xmpp:sid:0", "jabber:iq:roster",
    "http://jabber.org/protocol/pubsub#event", "http://jabber.org/protocol/muc#user", "jabber:x:data", "urn:xmpp:delay",
    "http://www.w3.org/2005/Atom", "urn:example:nothing"};
constexpr std::array names{"message", "body", "received", "sent", "forwarded", "result", "event", "items", "item",
    "entry", "query", "replace", "x", "error", "subject", "delay"};
constexpr std::array values{"", "error", "result", "set", "get", "chat", "groupchat", "headline", "subscribe",
    "unavailable", "remove", "both", "romeo@example.org", "juliet@example.org", "example.org", "@", "/", "a@b@c",
    "channels.example.org", "/user/juliet@example.org/posts", "2999-01-01T00:00:00Z", "-1", "99999999999999999999"};

} // namespace

QDomElement StanzaMutator::anyElement(const QDomDocument &document)
{
    QList<QDomElement> all;
    const auto found = document.elementsByTagName(u"*"_s);
    for (int i = 0; i < found.size(); ++i) {
        all.append(found.at(i).toElement());
    }
    return all.isEmpty() ? document.documentElement() : all.at(below(int(all.size())));
}

QString StanzaMutator::nastyText()
{
    switch (below(8)) {
    case 0:
        return u"<img src='file:///etc/passwd'><b>bold</b>"_s;
    case 1:
        return u"\u202E\u2066gnp.exe\u2069\u200F"_s;
    case 2:
        return u"y"_s.repeated(longText);
    case 3:
        return u"'; DROP TABLE message; --"_s;
    case 4:
        return u"\u0085\u2028\uFEFF\uFFFD\uFDD0\u00AD"_s;
    case 5:
        return u"e"_s + u"\u0301"_s.repeated(300);
    case 6:
        return u"👨‍👩‍👧‍👦"_s.repeated(50);
    default:
        return QString::fromLatin1(values.at(size_t(below(int(values.size())))));
    }
}

void StanzaMutator::changeTree(QDomElement element, const QDomDocument &document)
{
    auto parent = element.parentNode().toElement();
    switch (below(6)) {
    case 0: // double it
        if (!parent.isNull()) {
            parent.insertAfter(element.cloneNode(), element);
        }
        return;
    case 1: // take it away
        if (!parent.isNull()) {
            parent.removeChild(element);
        }
        return;
    case 2: // in reverse order
        element.insertBefore(element.lastChild(), element.firstChild());
        return;
    case 3: { // somewhere else
        const auto target = anyElement(document);
        if (!parent.isNull() && target != element) {
            auto copy = element.cloneNode();
            anyElement(document).appendChild(copy);
        }
        return;
    }
    case 4: { // deep inside itself
        auto inner = element.cloneNode(false).toElement();
        element.appendChild(inner);
        for (int depth = below(deep); depth > 0; --depth) {
            inner = inner.appendChild(element.cloneNode(false)).toElement();
        }
        return;
    }
    default: { // something of another stanza
        QDomDocument other;
        if (other.setContent(anySeed())) {
            element.appendChild(anyElement(other).cloneNode());
        }
    }
    }
}

void StanzaMutator::changeAttributes(QDomElement element)
{
    const auto all = element.attributes();
    switch (below(5)) {
    case 0:
        if (!all.isEmpty()) {
            element.removeAttribute(all.item(below(all.size())).nodeName());
        }
        return;
    case 1:
        if (!all.isEmpty()) {
            element.setAttribute(all.item(below(all.size())).nodeName(), nastyText());
        }
        return;
    case 2:
        element.setAttribute(u"xmlns"_s, QString::fromLatin1(namespaces.at(size_t(below(int(namespaces.size()))))));
        return;
    case 3:
        element.setTagName(QString::fromLatin1(names.at(size_t(below(int(names.size()))))));
        return;
    default:
        for (int i = below(100); i > 0; --i) {
            element.setAttribute(u"a%1"_s.arg(i), nastyText().left(20));
        }
    }
}

void StanzaMutator::changeText(QDomElement element, QDomDocument *document)
{
    if (below(2) == 0) {
        while (element.hasChildNodes()) {
            element.removeChild(element.firstChild());
        }
    }
    element.appendChild(document->createTextNode(nastyText()));
}

void StanzaMutator::change(QDomDocument *document)
{
    for (int i = 1 + below(mostChanges); i > 0; --i) {
        const auto element = anyElement(*document);
        switch (below(3)) {
        case 0:
            changeTree(element, *document);
            break;
        case 1:
            changeAttributes(element);
            break;
        default:
            changeText(element, document);
        }
    }
}

QByteArray StanzaMutator::nextStanza(const QByteArray &sender)
{
    QDomDocument document;
    if (!document.setContent(anySeed())) {
        return {};
    }
    change(&document);
    if (!sender.isEmpty()) {
        document.documentElement().setAttribute(u"from"_s, QString::fromUtf8(sender));
    }
    return toXml(document.documentElement()).toUtf8();
}

QByteArray StanzaMutator::nextBytes()
{
    auto bytes = below(2) == 0 ? anySeed() : nextStanza();
    for (int i = 1 + below(mostChanges); i > 0 && !bytes.isEmpty(); --i) {
        const int at = below(int(bytes.size()));
        switch (below(6)) {
        case 0:
            bytes[at] = char(below(256));
            break;
        case 1:
            bytes[at] = char(below(32));
            break;
        case 2:
            bytes.insert(at, bytes.mid(below(int(bytes.size())), 1 + below(50)));
            break;
        case 3:
            bytes.remove(at, 1 + below(20));
            break;
        case 4:
            bytes.insert(at, QByteArray(1 + below(8), char(below(256))));
            break;
        default:
            bytes.insert(at, below(2) == 0 ? "&#x1;" : "<!--");
        }
    }
    return bytes;
}

} // namespace cumulet::tests
