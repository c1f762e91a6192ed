// The fakes are small enough for their headers; this file holds their meta objects.
#include "kit/fakes/FakeAvatarWire.h"
#include "kit/fakes/FakeDesktopNotifier.h"
#include "kit/fakes/FakeNetworkState.h"
#include "kit/fakes/FakeRosterWire.h"
#include "kit/fakes/FakeSecretStore.h"
#include "kit/fakes/FakeSessionWire.h"
