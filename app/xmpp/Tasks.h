// QXmppTask stops here: answers leave as Future<T>, and each of them comes within a time limit.
#pragma once

#include "domain/Async.h"
#include "xmpp/StanzaErrors.h"

#include <QXmppError.h>
#include <QXmppTask.h>

#include <QDomElement>
#include <QTimer>

#include <chrono>
#include <memory>
#include <variant>

class QXmppClient;
class QXmppIq;

namespace cumulet {

/// How long an answer may take unless a request says otherwise.
inline constexpr std::chrono::seconds requestLimit{30};

/// A promise that is kept once: by an answer, or by its timer as ErrorKind::Timeout. What comes later is ignored.
template <typename T> class RequestTimer
{
public:
    /// The timer lives in context's thread; when context goes, the future ends as canceled.
    RequestTimer(QObject *context, std::chrono::milliseconds limit)
        : m_shared(std::make_shared<Shared>())
    {
        m_shared->promise.start();
        m_shared->timer.setSingleShot(true);
        QObject::connect(&m_shared->timer, &QTimer::timeout, context, [weak = std::weak_ptr(m_shared)] {
            if (const auto shared = weak.lock()) {
                shared->finish(Error{ErrorKind::Timeout, QStringLiteral("no answer in time")});
            }
        });
        m_shared->timer.start(limit);
    }

    Future<T> future() const { return m_shared->promise.future(); }
    bool isFinished() const { return m_shared->isFinished; }
    void finish(Result<T> result) const { m_shared->finish(std::move(result)); }
    /// Starts the limit again, for requests that are answered in several stanzas.
    void restart() const { m_shared->timer.start(); }

private:
    struct Shared
    {
        QPromise<Result<T>> promise;
        QTimer timer;
        bool isFinished = false;

        void finish(Result<T> result)
        {
            if (!std::exchange(isFinished, true)) {
                timer.stop();
                promise.addResult(std::move(result));
                promise.finish();
            }
        }
    };
    std::shared_ptr<Shared> m_shared;
};

/// The answer of a QXmpp task. context: an object of the client's thread, usually the client itself.
template <typename T>
Future<T> fromTask(
    QXmppTask<std::variant<T, QXmppError>> task, QObject *context, std::chrono::milliseconds limit = requestLimit)
{
    const RequestTimer<T> timer(context, limit);
    task.then(context, [timer](std::variant<T, QXmppError> &&answer) {
        if (auto *value = std::get_if<T>(&answer)) {
            timer.finish(std::move(*value));
        } else {
            timer.finish(toError(std::get<QXmppError>(answer)));
        }
    });
    return timer.future();
}

/// Sends a request and waits for its answer, the whole <iq/> of type result. QXmpp checks the sender
/// (RFC 6120 section 8.1.2.1).
Future<QDomElement> request(QXmppClient *client, QXmppIq &&iq, std::chrono::milliseconds limit = requestLimit);
/// As request(), where only success matters.
Future<Done> requestDone(QXmppClient *client, QXmppIq &&iq, std::chrono::milliseconds limit = requestLimit);

} // namespace cumulet
