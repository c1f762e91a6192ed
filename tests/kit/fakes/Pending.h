#pragma once

#include "domain/Async.h"

#include <QList>
#include <QPromise>

#include <memory>

namespace cumulet::tests {

/// Answers that are still owed, in the order in which they were asked for.
template <typename T> class Pending
{
public:
    Future<T> ask()
    {
        m_promises.append(std::make_shared<QPromise<Result<T>>>());
        m_promises.last()->start();
        return m_promises.last()->future();
    }
    qsizetype count() const { return m_promises.size(); }
    /// Gives the oldest answer; false when none is owed.
    bool answer(const Result<T> &result)
    {
        if (m_promises.isEmpty()) {
            return false;
        }
        const auto promise = m_promises.takeFirst();
        promise->addResult(result);
        promise->finish();
        return true;
    }
    void answerAll(const Result<T> &result)
    {
        // an answer may lead to new questions: those are not meant
        for (qsizetype left = m_promises.size(); left > 0; --left) {
            answer(result);
        }
    }

private:
    QList<std::shared_ptr<QPromise<Result<T>>>> m_promises;
};

} // namespace cumulet::tests
