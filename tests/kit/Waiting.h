// Waiting without fixed sleeps: every wait ends as soon as its condition holds.
#pragma once

#include <QFuture>
#include <QTest>

namespace cumulet::tests {

/// How long a live test waits for something that ought to happen, in milliseconds; sanitizers are slow.
inline constexpr int liveLimit = 30'000;

/// Runs the event loop until condition() holds or the time is over. True: it holds.
template <typename Condition> [[nodiscard]] bool waitFor(Condition condition, int milliseconds = liveLimit)
{
    return QTest::qWaitFor(condition, milliseconds);
}

/// Runs the event loop until the answer is there. True: it is, and it may be read.
template <typename T> [[nodiscard]] bool waitForAnswer(const QFuture<T> &future, int milliseconds = liveLimit)
{
    return QTest::qWaitFor([&future] { return future.isFinished(); }, milliseconds) && future.resultCount() > 0;
}

} // namespace cumulet::tests
