#include "ChannelBench.h"

#include "ui/models/ThreadsModel.h"
#include "ui/shell/MainWindow.h"
#include "ui/timeline/TimelineView.h"

#include <QAction>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

static constexpr int turns = 7;

static ThreadsModel *threadsOf(const TimelineView &view)
{
    return qobject_cast<ThreadsModel *>(view.model());
}

// the first row that can be seen to its end
static qint64 topRow(const TimelineView &view)
{
    for (int row = 0; row < view.rowCount(); ++row) {
        if (view.rowRect(view.rowIdAt(row)).bottom() > 0) {
            return view.rowIdAt(row);
        }
    }
    return 0;
}

ChannelBench::ChannelBench(Stage &stage, const QJsonObject &about)
    : m_stage(stage)
    , m_account(about[u"account"_s].toInteger())
    , m_channel(Jid::fromTrusted(about[u"channel"_s].toString()))
    , m_thread(about[u"thread"_s].toInteger())
    , m_earlier(about[u"earlier"_s].toInteger())
{
}

void ChannelBench::measure(QJsonObject &figures)
{
    historyAbove(figures);
    otherWidths(figures);
    longThread(figures);
    home(figures);
}

void ChannelBench::openChannel(qint64 row)
{
    m_stage.open(m_account, Conversation::Kind::Channel, m_channel, row);
    m_stage.rest();
}

void ChannelBench::openChat()
{
    m_stage.open(m_account, Conversation::Kind::Chat, Jid::fromTrusted(u"contact1@example.org"_s));
    m_stage.rest();
}

void ChannelBench::historyAbove(QJsonObject &figures)
{
    openChat();
    openChannel(m_earlier);
    auto *view = m_stage.timeline();
    auto *model = threadsOf(*view);
    QList<double> wall, cpu;
    int drift = 0;
    int most = 0;
    for (int i = 0; i < turns; ++i) {
        const int before = model->rowCount();
        const qint64 top = topRow(*view);
        const int y = view->rowRect(top).top();
        int came = 0;
        const auto counting = QObject::connect(model, &ThreadsModel::rowsInserted, model,
            [&came](const QModelIndex &, int first, int last) { came += first == 0 ? last + 1 : 0; });
        m_stage.forgetPaints();
        Spent spent;
        spent.start();
        model->fetchNewer();
        m_stage.until("a page above is on screen", [&] { return came > 0 && m_stage.paints(view->viewport()) > 0; });
        wall.append(spent.wall());
        m_stage.rest();
        QObject::disconnect(counting);
        drift = std::max(drift, std::abs(view->rowRect(top).top() - y));
        most = std::max({most, before, model->rowCount()});
    }
    figures[u"above"_s] = median(wall);
    figures[u"above_drift"_s] = drift;
    figures[u"above_rows"_s] = most;
}

void ChannelBench::otherWidths(QJsonObject &figures)
{
    openChat();
    openChannel(m_earlier);
    auto *window = m_stage.window();
    auto *view = m_stage.timeline();
    const QSize size = window->size();
    QList<double> wall;
    int drift = 0;
    const qint64 top = topRow(*view);
    const int y = view->rowRect(top).top();
    for (int i = 0; i < 2 * turns; ++i) {
        const int width = view->viewport()->width();
        m_stage.forgetPaints();
        Spent spent;
        spent.start();
        window->resize(size.width() - (i % 2 == 0 ? 120 : 0), size.height());
        m_stage.until("another width is on screen",
            [&] { return view->viewport()->width() != width && m_stage.paints(view->viewport()) > 0; });
        wall.append(spent.wall());
        m_stage.rest();
        drift = i % 2 == 0 ? drift : std::max(drift, std::abs(view->rowRect(top).top() - y));
    }
    figures[u"width"_s] = median(wall);
    figures[u"width_drift"_s] = drift;
}

void ChannelBench::longThread(QJsonObject &figures)
{
    QList<double> wall, cpu;
    for (int i = 0; i < turns; ++i) {
        openChat();
        openChannel(m_thread);
        auto *view = m_stage.timeline();
        auto *model = threadsOf(*view);
        const auto comments = [&] {
            const auto thread = model->thread(m_thread);
            return thread ? thread->comments.size() : 0;
        };
        const auto folded = comments();
        m_stage.forgetPaints();
        Spent spent;
        spent.start();
        model->expand(m_thread);
        m_stage.until("all comments are there",
            [&] { return comments() > folded + 500 && m_stage.paints(view->viewport()) > 0; });
        wall.append(spent.wall());
        cpu.append(spent.cpu());
        figures[u"thread_comments"_s] = comments();
    }
    figures[u"thread"_s] = median(wall);
    figures[u"thread_cpu"_s] = median(cpu);
}

void ChannelBench::home(QJsonObject &figures)
{
    QAction *opening = nullptr;
    const auto actions = m_stage.window()->findChildren<QAction *>();
    for (QAction *action : actions) {
        opening = action->shortcut() == QKeySequence(u"Alt+Home"_s) ? action : opening;
    }
    if (!opening) {
        return;
    }
    QList<double> wall, cpu;
    for (int i = 0; i < turns; ++i) {
        openChat();
        const Spent spent = m_stage.open([&] { opening->trigger(); });
        wall.append(spent.wall());
        cpu.append(spent.cpu());
        m_stage.rest();
    }
    figures[u"home"_s] = median(wall);
    figures[u"home_cpu"_s] = median(cpu);
}

} // namespace cumulet::tests
