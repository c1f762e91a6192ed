#pragma once

#include "domain/Jid.h"

#include <QCoreApplication>
#include <QString>

namespace cumulet {

/// What the program was started with.
struct CommandLine
{
    QString profile; ///< folder that holds everything of this run; never empty
    QString host; ///< --server HOST:PORT, offered by the login dialog and used by --account
    quint16 port = 0;
    QString certificateFile; ///< --ca FILE: PEM certificates trusted besides the system's
    Jid account; ///< --account JID with --password-file FILE: logged in at the start, if not known yet
    QString passwordFile;
    bool startsOffline = false;
    QString link; ///< xmpp:... to open

    /// Reads the arguments; ends the program with a message when they make no sense, or for --help and --version.
    static CommandLine read(const QCoreApplication &application);
};

} // namespace cumulet
