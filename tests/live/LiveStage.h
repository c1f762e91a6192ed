#pragma once

#include "kit/LiveServer.h"
#include "live/LiveClient.h"

#include <map>

namespace cumulet::tests {

/// The servers of one test class, one of each kind, started when first asked for; and the people on them.
/// A test class calls kinds() in initTestCase_data() and ENTER_STAGE in init().
class LiveStage
{
public:
    /// neighbour: a second domain on each server of ours.
    explicit LiveStage(const QString &neighbour = {})
        : m_neighbour(neighbour)
    {
    }

    /// One global row for each kind of server.
    static void kinds();
    /// Makes that kind the one of this test function. Empty: it runs; otherwise why not.
    /// isMissing: it cannot run here at all, the test is to be skipped.
    QString enter(LiveServer::Kind kind, bool *isMissing);

    LiveServer &server() { return *m_server; }
    XmppOptions options() const;
    /// A running client of a fresh account; null: see error().
    std::unique_ptr<LiveClient> client(const QString &user);
    /// One more on the account of another client. settings: to go another way to the server.
    std::unique_ptr<LiveClient> client(const SessionSettings &settings, const QString &profile = {});
    std::optional<SessionSettings> freshSettings(const QString &user);
    const QString &error() const { return m_error; }

    /// Each in the other's contacts, both seeing the other's presence.
    static bool befriend(LiveClient &one, LiveClient &other);

protected:
    void fail(const QString &why) { m_error = why; }

private:
    const QString m_neighbour;
    std::map<LiveServer::Kind, std::unique_ptr<LiveServer>> m_servers;
    LiveServer *m_server = nullptr;
    QString m_error;
};

} // namespace cumulet::tests

/// Makes that kind the server of this test function; skips it, or lets it fail, with the reason.
#define ENTER_STAGE(stage, kind)                                                                                       \
    do {                                                                                                               \
        bool isMissing = false;                                                                                        \
        if (const QString why = (stage).enter(kind, &isMissing); !why.isEmpty()) {                                     \
            if (isMissing) {                                                                                           \
                QSKIP(qPrintable(why));                                                                                \
            }                                                                                                          \
            QFAIL(qPrintable(why));                                                                                    \
        }                                                                                                              \
    } while (false)
