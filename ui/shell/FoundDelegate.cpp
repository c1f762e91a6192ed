#include "ui/shell/FoundDelegate.h"

#include "ui/common/AvatarPainter.h"
#include "ui/common/Theme.h"
#include "ui/common/TimeText.h"
#include "ui/models/DiscoveryModel.h"

#include <QDateTime>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace cumulet {

FoundDelegate::FoundDelegate(const Theme &theme, const AvatarPainter &avatars, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
    , m_avatars(avatars)
{
}

QSize FoundDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    const int lines = QFontMetrics(m_theme.font(Theme::Type::Body, QFont::DemiBold)).height()
        + 2 * QFontMetrics(m_theme.font(Theme::Type::Small)).height();
    return {m_theme.scaled(200), lines + 2 * Theme::small};
}

QString FoundDelegate::mark(const QModelIndex &index)
{
    const auto kind = DiscoveryModel::Kind(index.data(DiscoveryModel::KindRole).toInt());
    const auto type = ChannelType(index.data(DiscoveryModel::TypeRole).toInt());
    QString what;
    switch (kind) {
    case DiscoveryModel::Address:
        what = tr("Address");
        break;
    case DiscoveryModel::Person:
        what = tr("Contact");
        break;
    case DiscoveryModel::Post:
        return tr("Post · %1")
            .arg(TimeText::brief(index.data(DiscoveryModel::TimeRole).toDateTime(), QDateTime::currentDateTime()));
    case DiscoveryModel::Channel:
        what = type == ChannelType::Topic   ? tr("Topic channel")
            : type == ChannelType::Personal ? tr("Personal channel")
                                            : tr("Channel");
        break;
    }
    const bool isFollowed = index.data(DiscoveryModel::IsFollowedRole).toBool();
    return isFollowed ? tr("%1 · followed", "kind of channel").arg(what) : what;
}

void FoundDelegate::paintGround(QPainter *painter, const QStyleOptionViewItem &option) const
{
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    if (isSelected || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme.color(isSelected ? Theme::Selected : Theme::Hover));
        painter->drawRoundedRect(QRectF(option.rect).adjusted(2, 1, -2, -1), Theme::fieldRadius, Theme::fieldRadius);
    }
    if (option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
        painter->setPen(QPen(m_theme.color(Theme::Accent), 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option.rect).adjusted(2, 2, -2, -2), Theme::fieldRadius, Theme::fieldRadius);
    }
}

void FoundDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintGround(painter, option);
    const auto text = [&index](int role) { return index.data(role).toString(); };
    const auto kind = DiscoveryModel::Kind(index.data(DiscoveryModel::KindRole).toInt());
    const bool isPost = kind == DiscoveryModel::Post;
    const bool isPerson = kind == DiscoveryModel::Person || isPost;
    const QRect row = option.rect.adjusted(Theme::medium, Theme::small, -Theme::medium, -Theme::small);
    const auto place = [&](const QRect &rect) { return QStyle::visualRect(option.direction, row, rect); };
    const int side = m_theme.scaled(Theme::avatarRow);
    m_avatars.paint(painter, place({row.left(), row.center().y() - side / 2, side, side}),
        {.account = text(DiscoveryModel::AccountJidRole),
            .jid = text(isPost ? DiscoveryModel::AuthorRole : DiscoveryModel::JidRole),
            .name = text(DiscoveryModel::TitleRole),
            .kind = isPerson ? AvatarLook::Person : AvatarLook::Channel});

    const QFont nameFont = m_theme.font(Theme::Type::Body, QFont::DemiBold);
    const QFont small = m_theme.font(Theme::Type::Small);
    const QFont tiny = m_theme.font(Theme::Type::Tiny);
    QRect line(row.left() + side + 10, row.top(), row.width() - side - 10, QFontMetrics(nameFont).height());
    const auto draw = [&](const QFont &font, Theme::Token ink, const QRect &where, const QString &words) {
        painter->setFont(font);
        painter->setPen(m_theme.color(ink));
        painter->drawText(place(where), int(Qt::AlignVCenter | Qt::AlignLeading) | Qt::TextSingleLine,
            QFontMetrics(font).elidedText(words, Qt::ElideRight, where.width()));
    };
    const QString what = mark(index);
    const int markWidth = std::min(QFontMetrics(tiny).horizontalAdvance(what) + 1, line.width() / 2);
    draw(tiny, Theme::Muted, {line.right() - markWidth, line.top(), markWidth + 1, line.height()}, what);
    draw(nameFont, Theme::Text, {line.left(), line.top(), line.width() - markWidth - Theme::small, line.height()},
        text(DiscoveryModel::TitleRole));
    const int step = QFontMetrics(small).height();
    line = QRect(line.left(), line.bottom() + 1, line.width(), step);
    const QString address = text(DiscoveryModel::JidRole);
    draw(small, Theme::Muted, line,
        isPost                                ? tr("in %1", "channel").arg(address)
            : kind == DiscoveryModel::Address ? tr("Open as channel or chat")
                                              : address);
    draw(small, Theme::Text, line.translated(0, step), text(DiscoveryModel::LineRole));
    painter->restore();
}

} // namespace cumulet
