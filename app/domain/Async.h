// Answers that come later are QFuture<Result<T>>. Continuations always have a context object:
// when it is gone, the step is not called and the chain ends as ErrorKind::Canceled.
#pragma once

#include "domain/Result.h"

#include <QFuture>
#include <QObject>
#include <QPointer>
#include <QPromise>

#include <type_traits>

namespace cumulet {

/// An answer that will come.
template <typename T> using Future = QFuture<Result<T>>;

/// An answer that is known already.
template <typename T> Future<T> ready(T value)
{
    return QtFuture::makeReadyValueFuture(Result<T>(std::move(value)));
}

/// A failure that is known already.
template <typename T> Future<T> failed(Error error)
{
    return QtFuture::makeReadyValueFuture(Result<T>(std::move(error)));
}

/// Calls step(Result<T>) in context's thread once the answer is there, also when it is an error.
/// Not called when context is gone. The result of step is ignored: for the end of a chain.
template <typename T, typename Step> void whenDone(Future<T> future, QObject *context, Step step)
{
    future
        .then(context,
            [alive = QPointer(context), step = std::move(step)](Result<T> result) mutable {
                if (alive) { // an object that is being destroyed cancels its own questions: it must not hear of it
                    step(std::move(result));
                }
            })
        .onCanceled(context, [] {});
}

namespace details {

/// What a step returns inside its Result or Future.
template <typename Returned> struct Answered
{
    using Value = typename decltype(std::declval<Returned>().result())::Value;
};
template <typename U> struct Answered<Result<U>>
{
    using Value = U;
};

/// Goes on with step(const Result<T> &, bool isAlive) in context's thread; Canceled when the question was.
/// A bare QFuture::then(context, ...) runs in a context that is being destroyed, too: whoever goes cancels its own
/// questions, and hears of it half gone. isAlive is false then.
template <typename T, typename Step> auto goOn(Future<T> future, QObject *context, Step step)
{
    using Returned = std::invoke_result_t<Step, const Result<T> &, bool>;
    using U = typename Answered<Returned>::Value;
    auto next = future.then(
        context, [alive = QPointer(context), step = std::move(step)](const Result<T> &result) mutable -> Returned {
            return step(result, !alive.isNull());
        });
    const auto canceled = [] { return Result<U>(Error{ErrorKind::Canceled, {}}); };
    if constexpr (std::is_same_v<Returned, Result<U>>) {
        return next.onCanceled(context, canceled);
    } else {
        return next.unwrap().onCanceled(context, canceled);
    }
}

/// A failure as a step returns it.
template <typename Returned> Returned failure(Error error)
{
    using U = typename Answered<Returned>::Value;
    if constexpr (std::is_same_v<Returned, Result<U>>) {
        return error;
    } else {
        return failed<U>(std::move(error));
    }
}

} // namespace details

/// Goes on with step(const Result<T> &), after a value and after an error alike; step returns Future<U> or Result<U>.
template <typename T, typename Step> auto eitherWay(Future<T> future, QObject *context, Step step)
{
    using Returned = std::invoke_result_t<Step, const Result<T> &>;
    return details::goOn(std::move(future), context,
        [step = std::move(step)](const Result<T> &result, bool isAlive) mutable -> Returned {
            return isAlive ? step(result) : details::failure<Returned>({ErrorKind::Canceled, {}});
        });
}

/// Goes on with step(const T &) when the answer is a value; passes an error through.
/// step returns Future<U> or Result<U>.
template <typename T, typename Step> auto andThen(Future<T> future, QObject *context, Step step)
{
    using Returned = std::invoke_result_t<Step, const T &>;
    return details::goOn(std::move(future), context,
        [step = std::move(step)](const Result<T> &result, bool isAlive) mutable -> Returned {
            if (!result) {
                return details::failure<Returned>(result.error());
            }
            return isAlive ? step(*result) : details::failure<Returned>({ErrorKind::Canceled, {}});
        });
}

} // namespace cumulet
