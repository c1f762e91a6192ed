// cumulet-bench-window PROFILE ABOUT: the program itself with its real window, offline on that profile, driven from
// within: opens, scrolls and searches. ABOUT is what cumulet-bench-data printed. Prints one JSON object; times in seconds.
#include "ChannelBench.h"
#include "Stage.h"

#include "main/Program.h"
#include "resources/resources.h"
#include "ui/models/ConversationListModel.h"
#include "ui/shell/ConversationPane.h"
#include "ui/shell/FoundModel.h"
#include "ui/shell/MainWindow.h"
#include "ui/timeline/TimelineView.h"

#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QListView>
#include <QTest>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

namespace {

constexpr int pages = 50;

class WindowBench
{
public:
    WindowBench(Stage &stage, const QJsonObject &about)
        : m_stage(stage)
        , m_about(about)
    {
    }

    QJsonObject measure()
    {
        // the first place of a process pays for fonts and images; what comes later is what people feel
        openPlaces(u"chat"_s, Conversation::Kind::Chat);
        openPlaces(u"channel"_s, Conversation::Kind::Channel);
        scroll();
        search();
        ChannelBench(m_stage, m_about).measure(m_figures);
        return m_figures;
    }

private:
    Spent open(Conversation::Kind kind, const Jid &jid)
    {
        return m_stage.open(AccountId(m_about[u"account"_s].toInteger()), kind, jid);
    }

    void openPlaces(const QString &name, Conversation::Kind kind)
    {
        QList<double> wall, cpu;
        for (int i = 1; i <= 15; ++i) {
            open(Conversation::Kind::Chat, Jid::fromTrusted(u"contact%1@example.org"_s.arg(i)));
            m_stage.rest();
            const Spent spent = open(kind, Jid::fromTrusted(m_about[name].toString()));
            wall.append(spent.wall());
            cpu.append(spent.cpu());
            m_stage.rest();
        }
        m_figures[name + u"_first"_s] = wall.first();
        m_figures[name + u"_open"_s] = median(wall);
        m_figures[name + u"_open_cpu"_s] = median(cpu);
    }

    void scroll()
    {
        open(Conversation::Kind::Chat, Jid::fromTrusted(m_about[u"chat"_s].toString()));
        m_stage.rest();
        auto *view = m_stage.timeline();
        view->setFocus();
        const qint64 before = topRow(*view);
        double cpu = 0;
        double longest = 0;
        int painted = 0;
        for (int i = 0; i < pages; ++i) {
            const qint64 top = topRow(*view);
            m_stage.forgetPaints();
            Spent spent;
            spent.start();
            QTest::keyClick(view, Qt::Key_PageUp);
            m_stage.until("a page is on screen", [&] { return m_stage.paints(view->viewport()) > 0; });
            longest = std::max(longest, spent.wall());
            painted += topRow(*view) != top ? 1 : 0;
            // what it makes ready for the next one counts, too
            QTest::qWait(60);
            cpu += spent.cpu();
        }
        m_figures[u"scroll_cpu"_s] = cpu;
        m_figures[u"scroll_longest"_s] = longest;
        m_figures[u"scroll_painted"_s] = painted;
        m_figures[u"scroll_pages"_s] = pages;
        m_figures[u"scroll_messages"_s] = before - topRow(*view);
    }

    // rows of a chat made from a seed are numbered in the order of time
    static qint64 topRow(TimelineView &view)
    {
        for (int row = 0; row < view.rowCount(); ++row) {
            if (view.rowRect(view.rowIdAt(row)).bottom() > 0 && view.rowIdAt(row) > 0) {
                return view.rowIdAt(row);
            }
        }
        return 0;
    }

    void search()
    {
        auto *pane = m_stage.window()->findChild<ConversationPane *>();
        const QListView *list = nullptr;
        for (const auto *view : pane->findChildren<QListView *>()) {
            list = qobject_cast<FoundModel *>(view->model()) ? view : list;
        }
        const QString word = m_about[u"rare"_s].toString();
        QList<double> wall, cpu;
        for (int i = 0; i < 7; ++i) {
            m_stage.rest();
            m_stage.forgetPaints();
            Spent spent;
            spent.start();
            pane->focusSearch(word);
            m_stage.until("the rare word is found", [&] { // all of its messages, on screen
                return list->model()->rowCount() > 0 && m_stage.paints(list->viewport()) > 0;
            });
            wall.append(spent.wall());
            cpu.append(spent.cpu());
            m_stage.rest();
            pane->focusSearch(u"nobody has said this"_s);
            m_stage.until("nothing is found", [&] { return list->model()->rowCount() == 0; });
        }
        m_figures[u"search"_s] = median(wall);
        m_figures[u"search_cpu"_s] = median(cpu);
    }

    Stage &m_stage;
    const QJsonObject m_about;
    QJsonObject m_figures;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication::setApplicationName(u"cumulet"_s);
    QApplication application(argc, argv);
    initResources();
    const QStringList arguments = application.arguments();
    if (arguments.size() != 3) {
        std::fputs("cumulet-bench-window PROFILE ABOUT\n", stderr);
        return 2;
    }
    CommandLine line;
    line.profile = arguments.at(1);
    line.startsOffline = true;
    Stage stage;
    Program program(line);
    program.start();
    stage.until("the window is there", [&] { return stage.window() && stage.window()->isVisible(); });
    auto *list = stage.window()->findChild<ConversationListModel *>();
    const int listed = list ? list->rowCount() : 0;
    stage.window()->resize(1280, 820);
    stage.rest();
    auto figures = WindowBench(stage, QJsonDocument::fromJson(arguments.at(2).toUtf8()).object()).measure();
    figures[u"listed"_s] = listed;
    std::printf("%s\n", QJsonDocument(figures).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
    return 0;
}
