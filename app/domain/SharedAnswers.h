#pragma once

#include "domain/Async.h"

#include <QHash>

#include <functional>
#include <memory>

namespace cumulet {

/// One answer for all who ask the same while it is under way. A future has one continuation only, so everybody gets one
/// of their own.
template <typename Key, typename T = Done> class SharedAnswers
{
public:
    /// ask is called if nobody waits for that key. context must own this.
    Future<T> once(const Key &key, QObject *context, const std::function<Future<T>()> &ask)
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        auto &waiting = m_waiting[key];
        waiting.append(promise);
        if (waiting.size() == 1) {
            whenDone(ask(), context, [this, key](const Result<T> &result) {
                for (const auto &each : m_waiting.take(key)) {
                    each->addResult(result);
                    each->finish();
                }
            });
        }
        return promise->future();
    }

private:
    QHash<Key, QList<std::shared_ptr<QPromise<Result<T>>>>> m_waiting;
};

} // namespace cumulet
