// What can be done with the value behind RowRole, whichever of the row types it is.
#pragma once

#include "ui/timeline/RowLayout.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QVariant>

#include <memory>

namespace cumulet {

/// One text of a row that can be selected.
struct RowText
{
    qint64 block = 0;
    QString author;
    QDateTime time;
    QString text;
    QString itemId;
};

/// Lays row out; null if it holds none of our row types.
std::unique_ptr<RowLayout> layOutRow(const QVariant &row, const LayoutContext &context);
/// Its selectable texts, in the order of the screen; deleted ones have none.
QList<RowText> textsOf(const QVariant &row);
/// The whole row as a screen reader says it.
QString spokenRow(const QVariant &row, const QDateTime &now);

} // namespace cumulet
