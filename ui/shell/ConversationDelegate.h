#pragma once

#include <QStyledItemDelegate>

namespace cumulet {

class AvatarPainter;
class Theme;

/// Paints one row of the list of conversations: picture, name, time, last line, badges. All rows are equally high.
class ConversationDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    ConversationDelegate(const Theme &theme, const AvatarPainter &avatars, QObject *parent = nullptr);

    /// What is unusual about our standing in a channel; empty where nothing is.
    static QString standingWords(const QModelIndex &index);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintLastLine(QPainter *painter, const QRect &line, const QModelIndex &index) const;
    /// Paints a badge that ends at right; gives the place left of it.
    int paintBadge(QPainter *painter, const QRect &line, int right, const QString &text, bool isMention) const;

    const Theme &m_theme;
    const AvatarPainter &m_avatars;
};

} // namespace cumulet
