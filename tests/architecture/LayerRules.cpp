#include "architecture/LayerRules.h"

#include "architecture/Loops.h"

#include <QDir>
#include <QFileInfo>
#include <QLibraryInfo>
#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

namespace {

QStringList tableLines(const QByteArray &table)
{
    auto lines = QString::fromUtf8(table).split(u'\n', Qt::SkipEmptyParts);
    lines.removeIf([](const QString &line) { return line.startsWith(u'#') || line.trimmed().isEmpty(); });
    return lines;
}

QStringList words(const QString &text)
{
    return text.split(u' ', Qt::SkipEmptyParts);
}

} // namespace

LayerRules::LayerRules(const SourceTree &tree, const QByteArray &layers, const QByteArray &forbidden)
    : m_tree(tree)
    , m_forbidden(tableLines(forbidden))
{
    for (const auto &line : tableLines(layers)) {
        const auto cells = line.split(u'|');
        if (cells.size() == 4) {
            m_layers.append({cells.at(0).trimmed(), cells.at(1).trimmed(), words(cells.at(2)), words(cells.at(3))});
        }
    }
}

const Layer *LayerRules::layerOf(const QString &path) const
{
    // the longest folder wins: ui/models is not ui
    const Layer *found = nullptr;
    for (const auto &layer : m_layers) {
        if (path.startsWith(layer.folder + u'/') && (!found || layer.folder.size() > found->folder.size())) {
            found = &layer;
        }
    }
    return found;
}

QStringList LayerRules::wrongArrows() const
{
    QStringList wrong;
    for (const auto &file : m_tree.sources()) {
        const auto *const layer = layerOf(file.path);
        if (!layer) {
            if (!file.path.startsWith(u"tests/")) {
                wrong += u"%1 is in no layer"_s.arg(file.path);
            }
            continue;
        }
        for (const auto &include : file.includes) {
            if (!include.isOurs || include.name.endsWith(u".moc")) {
                continue;
            }
            const auto target = m_tree.resolve(file, include);
            const auto *const other = layerOf(target);
            if (target.isEmpty() || !other) {
                wrong += u"%1:%2: \"%3\" leads nowhere"_s.arg(file.path).arg(include.line).arg(include.name);
            } else if (other != layer && !layer->uses.contains(other->name)) {
                wrong += u"%1:%2: %3 may not see %4 (%5)"_s.arg(file.path)
                             .arg(include.line)
                             .arg(layer->name, other->name, include.name);
            }
        }
    }
    return wrong;
}

QStringList LayerRules::wrongHeaders() const
{
    QStringList wrong;
    for (const auto &file : m_tree.sources()) {
        const auto *const layer = layerOf(file.path);
        for (const auto &include : file.includes) {
            const auto owner = module(include.name);
            if (layer && !include.isOurs && owner != u"Language" && !layer->others.contains(owner)) {
                wrong += u"%1:%2: %3 may not see %4 (<%5>)"_s.arg(file.path)
                             .arg(include.line)
                             .arg(layer->name, owner, include.name);
            }
        }
    }
    return wrong;
}

QString LayerRules::module(const QString &header)
{
    static const QDir qt(QLibraryInfo::path(QLibraryInfo::HeadersPath));
    static const QStringList modules = qt.entryList({u"Qt*"_s}, QDir::Dirs);
    static QHash<QString, QString> known;
    if (const auto found = known.constFind(header); found != known.cend()) {
        return *found;
    }
    const auto find = [&]() -> QString {
        if (header.startsWith(u"QXmpp")) {
            return u"QXmpp"_s;
        }
        if (header.startsWith(u"qt6keychain/")) {
            return u"Keychain"_s;
        }
        if (header.startsWith(u"sqlite3")) {
            return u"Sql"_s;
        }
        if (header.startsWith(u"Qt") && header.contains(u'/')) {
            return header.section(u'/', 0, 0).mid(2);
        }
        for (const auto &module : modules) {
            if (QFileInfo::exists(qt.filePath(module + u'/' + header))) {
                return module.mid(2);
            }
        }
        if (header.startsWith(u'K')) {
            return u"KDE"_s;
        }
        return header.contains(u'.') ? u"System"_s : u"Language"_s;
    };
    return *known.insert(header, find());
}

QStringList LayerRules::loops() const
{
    IncludeGraph graph;
    const auto unit = [](const QString &path) { return path.left(path.lastIndexOf(u'.')); };
    for (const auto &file : m_tree.sources()) {
        if (!layerOf(file.path)) {
            continue;
        }
        for (const auto &include : file.includes) {
            const auto target = include.isOurs ? m_tree.resolve(file, include) : QString();
            if (layerOf(target) && unit(target) != unit(file.path)) {
                graph[unit(file.path)].insert(unit(target));
            }
        }
    }
    QStringList wrong;
    for (const auto &loop : findLoops(graph)) {
        if (loop.size() > 3) {
            wrong += u"%1 units include each other in a circle: %2"_s.arg(loop.size()).arg(loop.join(u", "_s));
        }
    }
    return wrong;
}

QStringList LayerRules::findInCode(const QString &pattern, const QString &complaint, const QStringList &folders) const
{
    const QRegularExpression wanted(pattern);
    QStringList wrong;
    for (const auto &file : m_tree.sources()) {
        const bool isAsked = std::any_of(
            folders.cbegin(), folders.cend(), [&](const QString &folder) { return file.path.startsWith(folder); });
        if (!isAsked) {
            continue;
        }
        for (auto matches = wanted.globalMatch(file.code); matches.hasNext();) {
            const auto match = matches.next();
            wrong += u"%1:%2: %3 (%4)"_s.arg(file.path)
                         .arg(QStringView(file.code).left(match.capturedStart()).count(u'\n') + 1)
                         .arg(complaint, match.captured().simplified());
        }
    }
    return wrong;
}

QStringList LayerRules::singletons() const
{
    // of our own classes: one that is declared in the tree and asked for its instance, or that offers one
    QSet<QString> ours;
    static const QRegularExpression declaration(u"\\b(?:class|struct)\\s+(\\w+)\\b[^;{()]*\\{"_s);
    for (const auto &file : m_tree.sources()) {
        for (auto matches = declaration.globalMatch(file.code); matches.hasNext();) {
            ours.insert(matches.next().captured(1));
        }
    }
    auto wrong = findInCode(u"\\b\\w+::instance\\s*\\("_s, u"a singleton"_s, {u"app/"_s, u"ui/"_s, u"tests/"_s});
    static const QRegularExpression name(u"\\((\\w+)::"_s);
    wrong.removeIf([&](const QString &line) { return !ours.contains(name.match(line).captured(1)); });
    return wrong
        + findInCode(u"\\bstatic\\s+[\\w:]+\\s*[&*]\\s*(instance|self)\\s*\\(\\s*\\)"_s, u"a singleton"_s,
            {u"app/"_s, u"ui/"_s, u"tests/"_s});
}

QStringList LayerRules::contextlessThens() const
{
    return findInCode(u"\\.(then|onFailed|onCanceled)\\(\\s*(QtFuture::Launch::\\w+\\s*,\\s*)?\\["_s,
        u"a continuation without a context object"_s, {u"app/"_s, u"ui/"_s});
}

QStringList LayerRules::strayTranslations() const
{
    return findInCode(
        u"\\b(tr|QT_TR_NOOP|translate)\\s*\\(\\s*\"\""_s, u"words for the screen belong to ui/"_s, {u"app/"_s});
}

QStringList LayerRules::emptyWords() const
{
    auto wrong = findInCode(u"\\b(class|struct)\\s+\\w*(Manager|Helper|Utils?|Controller|Handler)\\b[^;>()]*\\{"_s,
        u"this name says nothing"_s, {u"app/"_s, u"ui/"_s, u"tests/"_s});
    // in comments, so not in the code as it is kept here
    static const QRegularExpression later(u"\\b(TO"
                                          "DO|FIX"
                                          "ME|XX"
                                          "X)\\b"_s);
    for (const auto &file : m_tree.sources()) {
        if (QString::fromUtf8(m_tree.content(file.path)).contains(later)) {
            wrong += u"%1: something is left for later"_s.arg(file.path);
        }
    }
    return wrong;
}

QStringList LayerRules::readmes() const
{
    QSet<QString> folders;
    static const QRegularExpression folder(
        u"^((?:app|ui|tests)/[^/]+|packaging|resources|translations|ui|app|tests)/"_s);
    QStringList wrong;
    for (const auto &file : m_tree.files()) {
        if (const auto match = folder.match(file); match.hasMatch()) {
            folders.insert(match.captured(1));
        }
        // the first README is for users, and as long as it needs to be
        if (file.endsWith(u"/README.md") && m_tree.content(file).count('\n') > 20) {
            wrong += u"%1 is longer than twenty lines"_s.arg(file);
        }
    }
    for (const auto &path : std::as_const(folders)) {
        if (!m_tree.files().contains(path + u"/README.md"_s)) {
            wrong += u"%1 has no README.md"_s.arg(path);
        }
    }
    wrong.sort();
    return wrong;
}

QStringList LayerRules::forbiddenWords() const
{
    const QRegularExpression words(u"(?<![\\w.-])(%1)"_s.arg(m_forbidden.join(u'|')));
    QStringList wrong;
    for (const auto &file : m_tree.files()) {
        const auto content = m_tree.content(file);
        if (file == u"tests/architecture/forbidden.txt" || content.left(8000).contains('\0')) {
            continue;
        }
        const auto lines = QString::fromUtf8(content).split(u'\n');
        for (qsizetype i = 0; i < lines.size(); ++i) {
            if (const auto match = words.match(lines.at(i)); match.hasMatch()) {
                wrong += u"%1:%2: %3"_s.arg(file).arg(i + 1).arg(match.captured());
            }
        }
    }
    return wrong;
}

} // namespace cumulet::tests
