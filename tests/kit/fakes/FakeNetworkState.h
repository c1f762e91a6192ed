#pragma once

#include "platform/NetworkState.h"

namespace cumulet::tests {

/// Tests emit changed() themselves.
class FakeNetworkState : public NetworkState
{
    Q_OBJECT

public:
    using NetworkState::NetworkState;
};

} // namespace cumulet::tests
