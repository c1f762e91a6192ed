// XML as a value: a small tree that is cheap to copy, knows namespaces, and is written the way a server writes it.
#pragma once

#include <QDomDocument>
#include <QList>
#include <QString>

namespace cumulet::channelserver {

/// One XML element (or a text, or XML that is already written). An element made without a namespace is in the
/// namespace of its parent; one made with an empty (not null) namespace is in none, and is written with xmlns=''.
class Element
{
public:
    Element() = default;
    explicit Element(const QString &name)
        : m_kind(Kind::Tag)
        , m_text(name)
    {
    }
    Element(const QString &name, const QString &xmlns)
        : m_kind(Kind::Tag)
        , m_text(name)
        , m_xmlns(xmlns)
    {
    }
    /// XML that was written before, such as a stored entry; put into the output as it is.
    static Element written(const QString &xml);
    /// A copy of the element with everything in it, every namespace spelt out.
    static Element fromDom(const QDomElement &dom);
    /// The root of a document; null if xml is not well-formed.
    static Element fromXml(const QString &xml);

    bool isNull() const { return m_kind == Kind::Nothing; }
    bool isTag() const { return m_kind == Kind::Tag; }
    QString name() const { return m_text; }
    /// The namespace it was made with; null if it takes that of its parent.
    QString xmlns() const { return m_xmlns; }

    Element &set(const QString &attribute, const QString &value, const QString &xmlns = {});
    bool has(const QString &attribute) const;
    QString attribute(const QString &attribute, const QString &xmlns = {}) const;

    Element &add(const Element &child);
    Element &addText(const QString &text);
    /// Adds <name>text</name>.
    Element &addLeaf(const QString &name, const QString &text);
    /// The element children, without text between them.
    QList<Element> children() const;
    /// First element child of that local name, whatever its namespace; null if there is none.
    Element child(const QString &name) const;
    /// The text directly inside, not that of children.
    QString text() const;

    /// The element as it is written where parentXmlns is the default namespace.
    QString toXml(const QString &parentXmlns = QStringLiteral("jabber:client")) const;
    /// The same as a document of its own, as a receiver in the namespace jabber:client reads it.
    QDomDocument toDom() const;

private:
    enum class Kind { Nothing, Tag, Text, Written };
    struct Attribute
    {
        QString name;
        QString xmlns;
        QString value;
    };

    void write(QString &out, const QString &parentXmlns) const;
    void writeAttributes(QString &out) const;

    Kind m_kind = Kind::Nothing;
    QString m_text; // the local name of a tag, otherwise the text
    QString m_xmlns;
    QList<Attribute> m_attributes;
    QList<Element> m_children;
};

} // namespace cumulet::channelserver
