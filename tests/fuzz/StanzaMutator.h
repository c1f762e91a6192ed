#pragma once

#include <QByteArray>
#include <QDomDocument>
#include <QList>

#include <random>

namespace cumulet::tests {

/// Changes stanzas as somebody hostile, or broken, might: the same seed gives the same stanzas everywhere.
class StanzaMutator
{
public:
    StanzaMutator(const QList<QByteArray> &seeds, quint32 seed)
        : m_seeds(seeds)
        , m_random(seed)
    {
    }

    /// A whole stanza, still XML: elements and attributes doubled, removed, swapped, moved, filled, renamed.
    /// sender: what stands in its from; empty: what was there, or what came of it.
    QByteArray nextStanza(const QByteArray &sender = {});
    /// Bytes, which may be no XML any more: flipped, cut, doubled, inserted.
    QByteArray nextBytes();

private:
    int below(int end) { return int(m_random() % quint32(end)); }
    const QByteArray &anySeed() { return m_seeds.at(below(int(m_seeds.size()))); }
    QDomElement anyElement(const QDomDocument &document);
    QString nastyText();
    void change(QDomDocument *document);
    void changeTree(QDomElement element, const QDomDocument &document);
    void changeAttributes(QDomElement element);
    void changeText(QDomElement element, QDomDocument *document);

    const QList<QByteArray> m_seeds;
    std::mt19937 m_random; // its numbers, unlike those of distributions, are the same with every library
};

} // namespace cumulet::tests
