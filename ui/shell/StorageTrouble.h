#pragma once

#include <QMessageBox>

namespace cumulet {

/// Says that the profile's data cannot be used, and what can be done; nothing is ever overwritten unasked.
class StorageTrouble : public QMessageBox
{
    Q_OBJECT

public:
    enum Kind { Damaged, Newer, NotWritable, Unreadable };

    /// detail is the technical cause, shown only when it is asked for.
    StorageTrouble(Kind kind, const QString &folder, const QString &detail);

Q_SIGNALS:
    /// The user agreed to keep the damaged file aside and begin with an empty profile.
    void freshStartChosen();
    void closeChosen();
};

} // namespace cumulet
