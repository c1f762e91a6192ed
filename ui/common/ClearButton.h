#pragma once

class QLineEdit;

namespace cumulet {

/// Gives a field the button that empties it, with a name for screen readers (Qt's own has none).
void addClearButton(QLineEdit *field);

} // namespace cumulet
