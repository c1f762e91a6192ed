// Most programs and servers name things with UUIDs. In its usual spelling such an id is stored as its 16 bytes, which
// saves a quarter of the file; every other id is stored as the text it is. Both ways give back what came.
#pragma once

#include <QString>
#include <QVariant>

namespace cumulet {

QVariant toCompactId(const QString &id);
QString fromCompactId(const QVariant &stored);

} // namespace cumulet
