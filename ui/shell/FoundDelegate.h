#pragma once

#include <QCoreApplication>
#include <QStyledItemDelegate>

namespace cumulet {

class AvatarPainter;
class Theme;

/// Paints what was found, one person, channel or post: name with what it is, address, and a line about it. All rows are
/// equally high.
class FoundDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    FoundDelegate(const Theme &theme, const AvatarPainter &avatars, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /// What it is, in a word or two: "Topic channel · you follow it".
    static QString mark(const QModelIndex &index);

private:
    void paintGround(QPainter *painter, const QStyleOptionViewItem &option) const;

    const Theme &m_theme;
    const AvatarPainter &m_avatars;
};

} // namespace cumulet
