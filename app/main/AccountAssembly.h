#pragma once

#include "services/account/Accounts.h"
#include "services/channel/ChannelService.h"
#include "wire/AccountWires.h"

#include <functional>
#include <memory>

namespace cumulet {

class AccountService;
class AccountStore;
class ChannelStore;
class ConversationService;
class ConversationStore;
class MessageStore;
class NetworkState;
class RosterStore;
class SecretStore;

/// Makes the services of one account and connects them: the table of contents of what an account does.
class AccountAssembly
{
public:
    struct Parts
    {
        AccountService &accounts;
        ConversationStore &conversations;
        MessageStore &messages;
        ChannelStore &channels;
        RosterStore &roster;
        SecretStore &secrets;
        NetworkState &network;
        std::function<AccountWires()> makeWires;
        bool startsOffline = false;
        ChannelTiming channelTiming = {}; ///< tests are less patient
        QString profile = {}; ///< folder for copies of files; empty: nothing can be attached
    };

    explicit AccountAssembly(Parts parts)
        : m_parts(std::move(parts))
    {
    }

    AccountServices make(const Account &account) const;

private:
    Parts m_parts;
};

} // namespace cumulet
