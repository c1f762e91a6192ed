#pragma once

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

namespace cumulet::tests {

/// One #include line.
struct Include
{
    QString name;
    bool isOurs = false; ///< in quotes
    int line = 0;
};

/// A C++ file of the tree.
struct SourceFile
{
    QString path; ///< below the tree's root
    QString code; ///< without comments; strings keep their quotes only
    QList<Include> includes;
};

/// The files of a source tree, as far as a rule about them can be checked by reading.
class SourceTree
{
public:
    explicit SourceTree(const QString &root);

    const QString &root() const { return m_root; }
    /// C++ files below app/, ui/, resources/ and tests/.
    const QList<SourceFile> &sources() const { return m_sources; }
    /// Every file of the tree that belongs to the project, whatever its kind; without build folders.
    const QStringList &files() const { return m_files; }
    QByteArray content(const QString &path) const;
    /// The file that an include of ours means, below the root; empty: there is none.
    QString resolve(const SourceFile &from, const Include &include) const;

private:
    static SourceFile read(const QString &path, const QString &text);

    QString m_root;
    QStringList m_files;
    QHash<QString, bool> m_isThere;
    QList<SourceFile> m_sources;
};

} // namespace cumulet::tests
