#pragma once

#include "kit/fakes/Pending.h"
#include "wire/SessionWire.h"

namespace cumulet::tests {

/// A stream that does what the test says: connect(), fail(), and answers to pings.
class FakeSessionWire : public SessionWire
{
    Q_OBJECT

public:
    using SessionWire::SessionWire;

    void open(const SessionSettings &settings) override { opened.append(settings); }
    void close() override
    {
        ++closed;
        if (answersClose) {
            Q_EMIT disconnected({ErrorKind::Canceled, {}});
        }
    }
    void abort() override
    {
        ++aborted;
        if (answersClose) {
            Q_EMIT disconnected({ErrorKind::Unreachable, {}});
        }
    }
    Future<Done> ping() override { return pings.ask(); }
    void setPresence(const Presence &presence) override { presences.append(presence); }
    void setActive(bool active) override { actives.append(active); }
    Jid boundJid() const override { return bound; }
    bool isGuarded() const override { return guarded; }
    void setRecording(bool isRecording) override { recording = isRecording; }

    QList<SessionSettings> opened;
    int closed = 0;
    int aborted = 0;
    bool answersClose = true; ///< close() and abort() end in disconnected() at once
    Pending<Done> pings;
    QList<Presence> presences;
    QList<bool> actives;
    Jid bound;
    bool guarded = true;
    bool recording = false;
};

} // namespace cumulet::tests
