#pragma once

#include <QFileInfo>
#include <QTemporaryDir>

namespace cumulet::tests {

/// Makes the folder of one server or profile where files cost nothing: in memory, if the system has that.
inline QString temporaryPlace(const QString &name)
{
    const QFileInfo memory(QStringLiteral("/dev/shm"));
    const QString parent = memory.isWritable() ? memory.filePath() : QDir::tempPath();
    return parent + QStringLiteral("/cumulet-") + name + QStringLiteral("-XXXXXX");
}

/// An empty profile folder, as for cumulet --profile; deleted with this object.
class TemporaryProfile
{
public:
    TemporaryProfile()
        : m_folder(temporaryPlace(QStringLiteral("profile")))
    {
    }

    QString path() const { return m_folder.path(); }
    QString filePath(const QString &name) const { return m_folder.filePath(name); }
    /// Keeps the folder, to look at it after a failure.
    void keep() { m_folder.setAutoRemove(false); }

private:
    QTemporaryDir m_folder;
};

} // namespace cumulet::tests
