#include "Element.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static constexpr QDomDocument::ParseOptions everything =
    QDomDocument::ParseOptions(QDomDocument::ParseOption::UseNamespaceProcessing)
    | QDomDocument::ParseOption::PreserveSpacingOnlyNodes;

// Characters that XML 1.0 does not know cannot come from a parser, but could come from a program; they are left out.
static void appendEscaped(QString &out, const QString &text)
{
    for (const QChar c : text) {
        switch (c.unicode()) {
        case u'<':
            out += "&lt;"_L1;
            break;
        case u'>':
            out += "&gt;"_L1;
            break;
        case u'&':
            out += "&amp;"_L1;
            break;
        case u'\'':
            out += "&apos;"_L1;
            break;
        case u'"':
            out += "&quot;"_L1;
            break;
        case u'\r':
            out += "&#13;"_L1;
            break;
        default:
            if (c.unicode() >= 0x20 || c == u'\n' || c == u'\t')
                out += c;
        }
    }
}

Element Element::written(const QString &xml)
{
    Element element;
    element.m_kind = Kind::Written;
    element.m_text = xml;
    return element;
}

Element Element::fromDom(const QDomElement &dom)
{
    if (dom.isNull())
        return {};
    Element element(dom.localName().isEmpty() ? dom.tagName() : dom.localName(), dom.namespaceURI());
    const auto attributes = dom.attributes();
    for (int i = 0; i < attributes.size(); ++i) {
        const auto attribute = attributes.item(i).toAttr();
        const auto qualified = attribute.name();
        if (qualified == "xmlns"_L1 || qualified.startsWith("xmlns:"_L1))
            continue;
        element.m_attributes.append({attribute.localName().isEmpty() ? qualified : attribute.localName(),
            attribute.namespaceURI(), attribute.value()});
    }
    for (auto node = dom.firstChild(); !node.isNull(); node = node.nextSibling()) {
        if (node.isElement())
            element.m_children.append(fromDom(node.toElement()));
        else if (node.isText() || node.isCDATASection())
            element.addText(node.nodeValue());
    }
    return element;
}

Element Element::fromXml(const QString &xml)
{
    QDomDocument document;
    if (!document.setContent(QAnyStringView(xml), everything))
        return {};
    return fromDom(document.documentElement());
}

Element &Element::set(const QString &attribute, const QString &value, const QString &xmlns)
{
    for (auto &known : m_attributes) {
        if (known.name == attribute && known.xmlns == xmlns) {
            known.value = value;
            return *this;
        }
    }
    m_attributes.append({attribute, xmlns, value});
    return *this;
}

bool Element::has(const QString &attribute) const
{
    for (const auto &known : m_attributes) {
        if (known.name == attribute && known.xmlns.isEmpty())
            return true;
    }
    return false;
}

QString Element::attribute(const QString &attribute, const QString &xmlns) const
{
    for (const auto &known : m_attributes) {
        if (known.name == attribute && (known.xmlns == xmlns || (xmlns.isEmpty() && known.xmlns.isEmpty())))
            return known.value;
    }
    return {};
}

Element &Element::add(const Element &child)
{
    if (!child.isNull())
        m_children.append(child);
    return *this;
}

Element &Element::addText(const QString &text)
{
    if (text.isEmpty())
        return *this;
    Element piece;
    piece.m_kind = Kind::Text;
    piece.m_text = text;
    m_children.append(piece);
    return *this;
}

Element &Element::addLeaf(const QString &name, const QString &text)
{
    Element leaf(name);
    leaf.addText(text);
    return add(leaf);
}

QList<Element> Element::children() const
{
    QList<Element> tags;
    for (const auto &child : m_children) {
        if (child.isTag())
            tags.append(child);
    }
    return tags;
}

Element Element::child(const QString &name) const
{
    for (const auto &child : m_children) {
        if (child.isTag() && child.m_text == name)
            return child;
    }
    return {};
}

QString Element::text() const
{
    QString text;
    for (const auto &child : m_children) {
        if (child.m_kind == Kind::Text)
            text += child.m_text;
    }
    return text;
}

void Element::writeAttributes(QString &out) const
{
    int prefixes = 0;
    for (const auto &attribute : m_attributes) {
        QString prefix;
        if (attribute.xmlns == "http://www.w3.org/XML/1998/namespace"_L1) {
            prefix = u"xml:"_s;
        } else if (!attribute.xmlns.isEmpty()) {
            prefix = u"a%1:"_s.arg(++prefixes);
            out += u" xmlns:a%1='"_s.arg(prefixes);
            appendEscaped(out, attribute.xmlns);
            out += u'\'';
        }
        out += u' ' + prefix + attribute.name + "='"_L1;
        appendEscaped(out, attribute.value);
        out += u'\'';
    }
}

void Element::write(QString &out, const QString &parentXmlns) const
{
    switch (m_kind) {
    case Kind::Nothing:
        return;
    case Kind::Text:
        appendEscaped(out, m_text);
        return;
    case Kind::Written:
        out += m_text;
        return;
    case Kind::Tag:
        break;
    }
    out += u'<' + m_text;
    const bool inherits = m_xmlns.isNull();
    if (!inherits && m_xmlns != parentXmlns) {
        out += " xmlns='"_L1;
        appendEscaped(out, m_xmlns);
        out += u'\'';
    }
    writeAttributes(out);
    if (m_children.isEmpty()) {
        out += "/>"_L1;
        return;
    }
    out += u'>';
    for (const auto &child : m_children)
        child.write(out, inherits ? parentXmlns : m_xmlns);
    out += "</"_L1 + m_text + u'>';
}

QString Element::toXml(const QString &parentXmlns) const
{
    QString out;
    write(out, parentXmlns);
    return out;
}

QDomDocument Element::toDom() const
{
    auto root = *this;
    if (root.m_xmlns.isNull())
        root.m_xmlns = u"jabber:client"_s;
    QDomDocument document;
    document.setContent(QAnyStringView(root.toXml({})), everything);
    return document;
}

} // namespace cumulet::channelserver
