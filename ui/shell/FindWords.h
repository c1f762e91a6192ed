#pragma once

#include <QCoreApplication>
#include <QString>

namespace cumulet {

class DiscoveryModel;

/// What the window for finding says above its list: what is not there, or that nothing matches.
class FindWords
{
    Q_DECLARE_TR_FUNCTIONS(cumulet::FindWords)

public:
    /// What is known of the search besides its rows.
    struct Circumstances
    {
        bool hasWords = false; ///< something was typed
        bool hasService = false; ///< the account has a channel service
        bool lacksDirectory = false; ///< it is known that there is no channel directory
    };
    /// One sentence; empty where the rows speak for themselves.
    static QString sentence(const DiscoveryModel &found, const Circumstances &circumstances);

private:
    static QString nothing(const DiscoveryModel &found);
};

} // namespace cumulet
