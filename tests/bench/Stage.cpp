#include "Stage.h"

#include "ui/shell/MainWindow.h"
#include "ui/timeline/TimelineView.h"

#include <QApplication>
#include <QDeadlineTimer>
#include <QEvent>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace cumulet::tests {

double median(QList<double> values)
{
    std::ranges::sort(values);
    return values.value(values.size() / 2);
}

Stage::Stage()
{
    qApp->installEventFilter(this);
}

void Stage::until(const char *words, const std::function<bool()> &condition)
{
    const QDeadlineTimer limit(60'000);
    QTimer beat; // so that the limit is noticed when nothing happens any more
    beat.start(500);
    while (!condition()) {
        if (limit.hasExpired()) {
            std::fprintf(stderr, "this did not happen: %s\n", words);
            std::exit(1);
        }
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
}

void Stage::rest()
{
    static constexpr int quiet = 300; // ms
    QElapsedTimer since;
    since.start();
    Spent spent;
    do {
        spent.start();
        QElapsedTimer piece;
        piece.start();
        while (piece.elapsed() < quiet) {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 50);
            QThread::msleep(5);
        }
    } while (spent.cpu() > 0.03 && since.elapsed() < 10'000);
}

Spent Stage::open(AccountId account, Conversation::Kind kind, const Jid &jid, qint64 row)
{
    return open([&] { window()->openAddress(account, kind, jid, row); });
}

Spent Stage::open(const std::function<void()> &opening)
{
    const auto *former = timeline();
    forgetPaints();
    Spent spent;
    spent.start();
    opening();
    until("a place is on screen", [&] {
        const auto *now = timeline();
        return now && now != former && paints(now->viewport()) > 0;
    });
    return spent;
}

MainWindow *Stage::window() const
{
    const auto all = QApplication::topLevelWidgets();
    for (QWidget *widget : all) {
        if (auto *window = qobject_cast<MainWindow *>(widget)) {
            return window;
        }
    }
    return nullptr;
}

TimelineView *Stage::timeline() const
{
    const auto all = window()->findChildren<TimelineView *>();
    for (TimelineView *view : all) {
        if (view->isVisible()) {
            return view;
        }
    }
    return nullptr;
}

bool Stage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint) {
        const auto *view = qobject_cast<TimelineView *>(watched->parent());
        m_paints[watched] += !view || view->rowCount() > 0 ? 1 : 0;
    }
    return false;
}

} // namespace cumulet::tests
