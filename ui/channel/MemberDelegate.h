#pragma once

#include <QStyledItemDelegate>

namespace cumulet {

class AvatarPainter;
class Theme;

/// Paints one person of a channel; the first of a role carries the role's name above. All rows are equally high in
/// their two kinds, so the list is laid out by size hints.
class MemberDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    MemberDelegate(const Theme &theme, const AvatarPainter &avatars, QString accountJid, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    bool startsSection(const QModelIndex &index) const;
    QString sectionWords(const QModelIndex &index) const;

    const Theme &m_theme;
    const AvatarPainter &m_avatars;
    QString m_accountJid;
};

} // namespace cumulet
