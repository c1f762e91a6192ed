#pragma once

#include "architecture/SourceTree.h"

#include <optional>

namespace cumulet::tests {

/// One row of layers.txt.
struct Layer
{
    QString name;
    QString folder;
    QStringList uses; ///< names of other layers
    QStringList others; ///< modules of Qt and of others
};

/// The rules about a source tree that reading can check. Each returns what is wrong, one line each; empty: nothing.
class LayerRules
{
public:
    /// layers and forbidden are the contents of the two tables.
    LayerRules(const SourceTree &tree, const QByteArray &layers, const QByteArray &forbidden);

    /// Includes of ours that go against the arrows, or lead nowhere.
    QStringList wrongArrows() const;
    /// Headers of Qt and of others in a layer that may not see them.
    QStringList wrongHeaders() const;
    /// Loops of includes through more than three units (a unit is a .h and its .cpp).
    QStringList loops() const;
    /// instance() of classes of ours.
    QStringList singletons() const;
    /// Continuations without a context object.
    QStringList contextlessThens() const;
    /// Translated texts outside ui/.
    QStringList strayTranslations() const;
    /// Classes of ours whose name says nothing, and notes to do something later.
    QStringList emptyWords() const;
    /// Folders without a README.md, and READMEs of more than twenty lines.
    QStringList readmes() const;
    /// Machine paths and package hosts.
    QStringList forbiddenWords() const;

    /// Which module a header of somebody else belongs to: Core, Widgets, QXmpp, Language, System ...
    static QString module(const QString &header);

private:
    const Layer *layerOf(const QString &path) const;
    QStringList findInCode(const QString &pattern, const QString &complaint, const QStringList &folders) const;

    const SourceTree &m_tree;
    QList<Layer> m_layers;
    QStringList m_forbidden;
};

} // namespace cumulet::tests
