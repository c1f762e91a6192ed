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

/// Goes on with step(const Result<T> &), after a value and after an error alike; step returns Future<U> or Result<U>.
/// A bare QFuture::then(context, ...) would also run in a context that is being destroyed: whoever goes cancels its own
/// questions, and hears of it half gone.
template <typename T, typename Step> auto eitherWay(Future<T> future, QObject *context, Step step)
{
    using Returned = std::invoke_result_t<Step, const Result<T> &>;
    if constexpr (requires { typename Returned::Value; }) {
        using U = typename Returned::Value;
        return future
            .then(context,
                [alive = QPointer(context), step = std::move(step)](
                    const Result<T> &result) mutable -> Result<U> { return alive ? step(result) : Result<U>(); })
            .onCanceled(context, [] { return Result<U>(Error{ErrorKind::Canceled, {}}); });
    } else {
        using U = typename decltype(std::declval<Returned>().result())::Value;
        return future
            .then(context,
                [alive = QPointer(context), step = std::move(step)](const Result<T> &result) mutable -> Future<U> {
                    return alive ? step(result) : failed<U>(Error{ErrorKind::Canceled, {}});
                })
            .unwrap()
            .onCanceled(context, [] { return Result<U>(Error{ErrorKind::Canceled, {}}); });
    }
}

/// Goes on with step(const T &) when the answer is a value; passes an error through.
/// step returns Future<U> or Result<U>.
template <typename T, typename Step> auto andThen(Future<T> future, QObject *context, Step step)
{
    using Returned = std::invoke_result_t<Step, const T &>;
    if constexpr (requires { typename Returned::Value; }) {
        using U = typename Returned::Value;
        return future
            .then(context,
                [alive = QPointer(context), step = std::move(step)](Result<T> result) mutable -> Result<U> {
                    if (!result) {
                        return result.error();
                    }
                    return alive ? step(*result) : Result<U>();
                })
            .onCanceled(context, [] { return Result<U>(Error{ErrorKind::Canceled, {}}); });
    } else {
        using U = typename decltype(std::declval<Returned>().result())::Value;
        return future
            .then(context,
                [alive = QPointer(context), step = std::move(step)](Result<T> result) mutable -> Future<U> {
                    if (!result) {
                        return failed<U>(result.error());
                    }
                    return alive ? step(*result) : failed<U>(Error{ErrorKind::Canceled, {}});
                })
            .unwrap()
            .onCanceled(context, [] { return Result<U>(Error{ErrorKind::Canceled, {}}); });
    }
}

} // namespace cumulet
