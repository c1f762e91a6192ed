// cumulet-feed FILE...: pushes files through the whole inbound road of a logged-in client and prints what came of it.
// See the README beside this.
#include "fuzz/InboundRoad.h"

#include <QCoreApplication>
#include <QFile>
#include <QTextStream>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

namespace {

QString kindWord(ErrorKind kind)
{
    static constexpr std::array words{"Offline", "Unreachable", "Timeout", "Authentication", "Certificate",
        "NotAllowed", "NotFound", "Conflict", "SlowDown", "TooLarge", "Rejected", "Malformed", "Unsupported", "Storage",
        "Canceled"};
    return QString::fromLatin1(words.at(size_t(kind)));
}

QString connectionLine(const InboundRoad::Outcome &outcome)
{
    if (outcome.isDeaf) {
        return u"stands, but the client hears nothing any more"_s;
    }
    if (outcome.isUnfinished) {
        return u"the bytes end inside an element: the client waited for the rest, then the server hung up"_s;
    }
    return outcome.hasEnded ? u"ended: %1, %2"_s.arg(kindWord(outcome.error.kind), outcome.error.detail) : u"stands"_s;
}

void printLines(QTextStream &out, const QString &title, const QStringList &lines)
{
    out << title << ":" << (lines.isEmpty() ? " nothing" : "") << "\n";
    for (const auto &line : lines) {
        out << "  " << line << "\n";
    }
}

// rows that are on only one of two screens
QStringList screenChanges(const QStringList &before, const QStringList &after)
{
    QStringList gone = before;
    QStringList lines;
    for (const auto &line : after) {
        if (!gone.removeOne(line)) {
            lines.append(u"+ "_s + line);
        }
    }
    for (const auto &line : std::as_const(gone)) {
        lines.append(u"- "_s + line);
    }
    return lines;
}

bool feed(InboundRoad &road, const QString &name, QTextStream &out)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        out << name << ": " << file.errorString() << "\n";
        return false;
    }
    const QByteArray bytes = road.filled(file.readAll());
    const auto store = road.store();
    const auto screen = road.screen();
    (void)road.takeSent();
    const auto outcome = road.push(bytes);
    QStringList changed;
    for (const auto &change : StoreSnapshot::changes(store, road.store())) {
        changed.append(change.line());
    }
    out << "== " << name << " (" << bytes.size() << " bytes)\n";
    out << "connection: " << connectionLine(outcome) << "\n";
    printLines(out, u"store"_s, changed);
    printLines(out, u"screen"_s, screenChanges(screen, road.screen()));
    if (!outcome.hasEnded && !outcome.isUnfinished) {
        printLines(out, u"sent by the client"_s, road.takeSent());
    }
    out << Qt::endl;
    return !outcome.isDeaf;
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_LOGGING_RULES", qEnvironmentVariable("QT_LOGGING_RULES", u"*.info=false;*.debug=false"_s).toUtf8());
    const QCoreApplication application(argc, argv);
    QTextStream out(stdout);
    const auto files = application.arguments().mid(1);
    if (files.isEmpty()) {
        QTextStream(stderr)
            << "usage: cumulet-feed FILE...\nEach FILE is written to a client's stream as if its server "
               "had sent it.\n";
        return 2;
    }
    InboundRoad road;
    if (!road.open()) {
        QTextStream(stderr) << "no road: " << road.error() << "\n";
        return 1;
    }
    bool isWell = true;
    for (const auto &name : files) {
        isWell = feed(road, name, out) && isWell;
    }
    return isWell ? 0 : 1;
}
