#include "architecture/SourceTree.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

namespace {

// everything git knows or would add; a tree without git is simply walked
QStringList projectFiles(const QString &root)
{
    QStringList files;
    QProcess git;
    git.setWorkingDirectory(root);
    if (QDir(root).exists(u".git"_s)) {
        git.start(u"git"_s,
            {u"-c"_s, u"safe.directory=*"_s, u"ls-files"_s, u"-z"_s, u"--cached"_s, u"--others"_s,
                u"--exclude-standard"_s});
    }
    if (git.waitForFinished() && git.exitStatus() == QProcess::NormalExit && git.exitCode() == 0) {
        files = QString::fromUtf8(git.readAll()).split(u'\0', Qt::SkipEmptyParts);
        files.removeIf([&](const QString &file) { return !QFile::exists(root + u'/' + file); });
    } else {
        QDirIterator all(root, QDir::Files, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            files += QDir(root).relativeFilePath(all.next());
        }
        files.removeIf([](const QString &file) { return file.startsWith(u"build") || file.startsWith(u".git/"); });
    }
    files.sort();
    return files;
}

// what the compiler skips, and what stands in quotes, says nothing about structure
QString withoutCommentsAndTexts(const QString &text)
{
    static const QRegularExpression parts(
        uR"RX(//[^\n]*|/\*.*?\*/|R"([^(\s]*)\(.*?\)\g{-1}"|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.){1,4}')RX"_s,
        QRegularExpression::DotMatchesEverythingOption);
    QString code;
    qsizetype from = 0;
    for (auto matches = parts.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        code += QStringView(text).mid(from, match.capturedStart() - from);
        // lines keep their numbers
        code += QString(match.captured().count(u'\n'), u'\n');
        if (!match.captured().startsWith(u'/')) {
            code += u"\"\""_s;
        }
        from = match.capturedEnd();
    }
    return code += QStringView(text).mid(from);
}

} // namespace

SourceTree::SourceTree(const QString &root)
    : m_root(QDir(root).absolutePath())
    , m_files(projectFiles(m_root))
{
    static const QRegularExpression source(u"^(app|ui|resources|tests)/.*\\.(h|cpp)$"_s);
    for (const auto &file : std::as_const(m_files)) {
        m_isThere.insert(file, true);
        if (source.match(file).hasMatch()) {
            m_sources += read(file, QString::fromUtf8(content(file)));
        }
    }
}

QByteArray SourceTree::content(const QString &path) const
{
    QFile file(m_root + u'/' + path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

SourceFile SourceTree::read(const QString &path, const QString &text)
{
    static const QRegularExpression line(
        u"^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"_s, QRegularExpression::MultilineOption);
    SourceFile file{path, withoutCommentsAndTexts(text), {}};
    for (auto matches = line.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        file.includes.append({match.captured(2), match.captured(1) == u"\"",
            int(QStringView(text).left(match.capturedStart(1)).count(u'\n')) + 1});
    }
    return file;
}

QString SourceTree::resolve(const SourceFile &from, const Include &include) const
{
    const auto beside = from.path.left(from.path.lastIndexOf(u'/') + 1);
    for (const auto &folder : {beside, u"app/"_s, QString(), u"tests/"_s}) {
        const auto path = QDir::cleanPath(folder + include.name);
        if (m_isThere.contains(path)) {
            return path;
        }
    }
    return {};
}

} // namespace cumulet::tests
