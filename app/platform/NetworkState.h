#pragma once

#include <QObject>

namespace cumulet {

/// News about the machine's network and sleep.
class NetworkState : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

Q_SIGNALS:
    /// The network changed or came back, or the machine woke up: connections are to be checked or tried at once.
    void changed();
};

} // namespace cumulet
