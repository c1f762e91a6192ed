#pragma once

#include "domain/Async.h"

#include <QEventLoop>
#include <QFutureWatcher>

namespace cumulet::tests {

/// Waits for an answer of the store; answers come by the event loop.
template <typename T> Result<T> answerOf(Future<T> future)
{
    if (!future.isFinished()) {
        QEventLoop loop;
        QFutureWatcher<Result<T>> watcher;
        QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
        watcher.setFuture(future);
        loop.exec();
    }
    return future.isValid() && future.resultCount() > 0 ? future.result() : Result<T>();
}

} // namespace cumulet::tests
