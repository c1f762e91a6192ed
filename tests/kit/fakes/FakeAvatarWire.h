#pragma once

#include "kit/fakes/Pending.h"
#include "wire/AvatarWire.h"

namespace cumulet::tests {

/// Keeps who was asked for a picture; the test answers in that order.
class FakeAvatarWire : public AvatarWire
{
    Q_OBJECT

public:
    using AvatarWire::AvatarWire;

    Future<Avatar> fetch(const Jid &jid) override
    {
        fetched.append(jid);
        return answers.ask();
    }

    QList<Jid> fetched;
    Pending<Avatar> answers;
};

} // namespace cumulet::tests
