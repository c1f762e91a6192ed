#include "ui/channel/MemberDelegate.h"

#include "ui/common/AvatarPainter.h"
#include "ui/common/Theme.h"
#include "ui/models/MemberListModel.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace cumulet {

MemberDelegate::MemberDelegate(const Theme &theme, const AvatarPainter &avatars, QString accountJid, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
    , m_avatars(avatars)
    , m_accountJid(std::move(accountJid))
{
}

// the rows above may be filtered away: what counts is what is shown
bool MemberDelegate::startsSection(const QModelIndex &index) const
{
    const QModelIndex above = index.sibling(index.row() - 1, 0);
    return !above.isValid() || above.data(MemberListModel::SectionRole) != index.data(MemberListModel::SectionRole);
}

QString MemberDelegate::sectionWords(const QModelIndex &index) const
{
    const int count = index.data(MemberListModel::SectionCountRole).toInt();
    switch (MemberListModel::Section(index.data(MemberListModel::SectionRole).toInt())) {
    case MemberListModel::Owners:
        return count == 1 ? tr("Owner") : tr("Owners · %1").arg(count);
    case MemberListModel::Moderators:
        return tr("Moderators · %1").arg(count);
    case MemberListModel::Publishers:
        return tr("Follow and post · %1").arg(count);
    case MemberListModel::Followers:
        return tr("Followers · %1").arg(count);
    case MemberListModel::Requests:
        return tr("Asking to follow · %1").arg(count);
    case MemberListModel::Invited:
        return tr("Invited · %1").arg(count);
    case MemberListModel::Banned:
        return tr("Banned · %1").arg(count);
    }
    return {};
}

QSize MemberDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const int row = m_theme.scaled(34);
    return {m_theme.scaled(120), startsSection(index) ? row + m_theme.scaled(34) : row};
}

void MemberDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QRect row = option.rect;
    if (startsSection(index)) {
        const int heading = m_theme.scaled(34);
        painter->setFont(m_theme.font(Theme::Type::Tiny, QFont::DemiBold));
        painter->setPen(m_theme.color(Theme::Muted));
        painter->drawText(QRect(row.left() + Theme::wide, row.top(), row.width() - 2 * Theme::wide, heading - 4),
            Qt::AlignLeading | Qt::AlignBottom, sectionWords(index));
        row.setTop(row.top() + heading);
    }
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    if (isSelected || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme.color(isSelected ? Theme::Selected : Theme::Hover));
        painter->drawRoundedRect(QRectF(row).adjusted(Theme::small, 1, -Theme::small, -1), 6, 6);
    }
    const int side = m_theme.scaled(Theme::avatarComment);
    const QString jid = index.data(MemberListModel::JidRole).toString();
    const QString name = index.data(MemberListModel::NameRole).toString();
    const QRect inner = row.adjusted(Theme::wide, 0, -Theme::wide, 0);
    const auto place = [&](const QRect &rect) { return QStyle::visualRect(option.direction, inner, rect); };
    m_avatars.paint(painter, place({inner.left(), inner.center().y() - side / 2, side, side}),
        {.account = m_accountJid, .jid = jid, .name = name});
    const QFont font = m_theme.font(Theme::Type::Body);
    painter->setFont(font);
    painter->setPen(m_theme.color(Theme::Text));
    const QRect words(inner.left() + side + 9, inner.top(), inner.width() - side - 9, inner.height());
    painter->drawText(place(words), Qt::AlignVCenter | Qt::AlignLeading,
        QFontMetrics(font).elidedText(name, Qt::ElideRight, words.width()));
    painter->restore();
}

} // namespace cumulet
