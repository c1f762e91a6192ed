#include "ui/shell/ConversationDelegate.h"

#include "domain/Conversation.h"
#include "domain/Message.h"
#include "ui/common/AvatarPainter.h"
#include "ui/common/Glyphs.h"
#include "ui/common/Theme.h"
#include "ui/common/TimeText.h"
#include "ui/models/ConversationListModel.h"

#include <QDateTime>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace cumulet {

ConversationDelegate::ConversationDelegate(const Theme &theme, const AvatarPainter &avatars, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
    , m_avatars(avatars)
{
}

QSize ConversationDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {m_theme.scaled(200), m_theme.rowHeight()};
}

void ConversationDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    const Theme::Token ground = isSelected ? Theme::Selected : isHovered ? Theme::Hover : Theme::Side;
    painter->fillRect(option.rect, m_theme.color(ground));
    if (option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
        painter->setPen(QPen(m_theme.color(Theme::Accent), 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option.rect).adjusted(2, 2, -2, -2), 6, 6);
    }

    const auto value = [&index](int role) { return index.data(role); };
    const bool isChannel = value(ConversationListModel::KindRole).toInt() == int(Conversation::Kind::Channel);
    const QRect row = option.rect.adjusted(Theme::medium, 0, -Theme::medium, 0);
    const int side = m_theme.scaled(Theme::avatarRow);
    const bool isRightToLeft = option.direction == Qt::RightToLeft;
    const auto place = [&](const QRect &rect) { return QStyle::visualRect(option.direction, row, rect); };

    AvatarLook look;
    look.account = value(ConversationListModel::AccountJidRole).toString();
    look.jid = value(ConversationListModel::JidRole).toString();
    look.name = value(ConversationListModel::TitleRole).toString();
    look.kind = isChannel ? AvatarLook::Channel : AvatarLook::Person;
    look.behind = ground;
    if (!isChannel) {
        const auto dot = dotOf(Presence::Show(value(ConversationListModel::ShowRole).toInt()));
        look.dot = dot == AvatarLook::Gone ? AvatarLook::NoDot : dot;
    }
    m_avatars.paint(painter, place({row.left(), row.center().y() - side / 2, side, side}), look);

    const int textLeft = row.left() + side + 10;
    const QFont nameFont = m_theme.font(Theme::Type::Body, QFont::DemiBold);
    const QFont tinyFont = m_theme.font(Theme::Type::Tiny);
    const int nameHeight = QFontMetrics(nameFont).height();
    const int lineHeight = QFontMetrics(m_theme.font(Theme::Type::Small)).height();
    const int top = row.center().y() - (nameHeight + lineHeight + 1) / 2;

    const QString time =
        TimeText::brief(value(ConversationListModel::TimeRole).toDateTime(), QDateTime::currentDateTime());
    const int timeWidth = time.isEmpty() ? 0 : QFontMetrics(tinyFont).horizontalAdvance(time);
    painter->setFont(tinyFont);
    painter->setPen(m_theme.color(Theme::Muted));
    painter->drawText(place({row.right() - timeWidth, top, timeWidth + 1, nameHeight}),
        int(isRightToLeft ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter, time);

    painter->setFont(nameFont);
    painter->setPen(m_theme.color(Theme::Text));
    const int nameWidth = row.right() - timeWidth - Theme::small - textLeft;
    painter->drawText(place({textLeft, top, nameWidth, nameHeight}), Qt::AlignVCenter | Qt::AlignLeading,
        QFontMetrics(nameFont).elidedText(look.name, Qt::ElideRight, nameWidth));

    QRect line(textLeft, top + nameHeight + 1, row.right() - textLeft, lineHeight);
    int right = line.right();
    if (const int unread = value(ConversationListModel::UnreadRole).toInt(); unread > 0) {
        right = paintBadge(painter, place(line), right, unread > 99 ? u"99+"_s : QString::number(unread), false);
    }
    if (const int mentions = value(ConversationListModel::MentionsRole).toInt(); mentions > 0) {
        right = paintBadge(painter, place(line), right, u"@%1"_s.arg(mentions), true);
    }
    line.setRight(right);
    paintLastLine(painter, place(line), index);
    painter->restore();
}

int ConversationDelegate::paintBadge(
    QPainter *painter, const QRect &line, int right, const QString &text, bool isMention) const
{
    const QFont font = m_theme.font(Theme::Type::Tiny, QFont::DemiBold);
    const int height = m_theme.scaled(18);
    const int width = std::max(height, QFontMetrics(font).horizontalAdvance(text) + 10);
    const QRectF pill(right - width + 1, line.center().y() - height / 2.0 + 0.5, width, height);
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_theme.color(isMention ? Theme::Mention : Theme::Badge));
    painter->drawRoundedRect(pill, height / 2.0, height / 2.0);
    painter->setFont(font);
    painter->setPen(m_theme.color(isMention ? Theme::OnMention : Theme::OnBadge));
    painter->drawText(pill, Qt::AlignCenter, text);
    return right - width - Theme::tight;
}

QString ConversationDelegate::standingWords(const QModelIndex &index)
{
    switch (Conversation::Standing(index.data(ConversationListModel::StandingRole).toInt())) {
    case Conversation::Standing::Pending:
        return tr("Asked to follow");
    case Conversation::Standing::Invited:
        return tr("You are invited");
    case Conversation::Standing::Banned:
        return tr("No access any more");
    case Conversation::Standing::Gone:
        return tr("Deleted", "a channel");
    case Conversation::Standing::Usual:
        break;
    }
    return {};
}

void ConversationDelegate::paintLastLine(QPainter *painter, const QRect &line, const QModelIndex &index) const
{
    const auto value = [&index](int role) { return index.data(role); };
    QFont font = m_theme.font(Theme::Type::Small);
    const QString draft = value(ConversationListModel::DraftRole).toString().simplified();
    const QString author = value(ConversationListModel::PreviewAuthorRole).toString();
    QString lead;
    QString words = value(ConversationListModel::PreviewRole).toString();
    Theme::Token ink = Theme::Muted;
    if (value(ConversationListModel::IsTypingRole).toBool()) {
        font.setItalic(true);
        words = tr("typing…");
    } else if (!draft.isEmpty()) {
        lead = tr("Draft:") + u' ';
        ink = Theme::Warning;
        words = draft;
    } else if (words.isEmpty()) {
        words = value(ConversationListModel::IsOwnChannelRole).toBool() ? tr("Your followers see what you post")
                                                                        : QString();
    } else if (value(ConversationListModel::PreviewIsOwnRole).toBool()) {
        lead = tr("You:") + u' ';
    } else if (!author.isEmpty()) {
        lead = author + u": "_s;
    }
    if (const QString standing = standingWords(index); !standing.isEmpty()) {
        words = words.isEmpty() || !draft.isEmpty() ? words : u"· "_s + words;
        lead = standing + u' ';
        ink = Theme::Warning;
    }
    painter->setFont(font);
    const QFontMetrics metrics(font);
    int left = line.left();
    if (value(ConversationListModel::PreviewStateRole).toInt() == int(DeliveryState::Failed) && draft.isEmpty()) {
        const QRectF sign(left, line.center().y() - 6, 12, 12);
        drawGlyph(painter, Glyph::Alert, sign, m_theme.color(Theme::Danger));
        left += 16;
    }
    const int width = line.right() - left - Theme::tight;
    if (lead.isEmpty()) {
        painter->setPen(m_theme.color(Theme::Muted));
        painter->drawText(QRect(left, line.top(), width, line.height()), Qt::AlignVCenter | Qt::AlignLeading,
            metrics.elidedText(words, Qt::ElideRight, width));
        return;
    }
    const QString shownLead = metrics.elidedText(lead, Qt::ElideRight, width);
    painter->setPen(m_theme.color(ink));
    painter->drawText(QRect(left, line.top(), width, line.height()), Qt::AlignVCenter | Qt::AlignLeading, shownLead);
    const int leadWidth = metrics.horizontalAdvance(shownLead);
    painter->setPen(m_theme.color(Theme::Muted));
    painter->drawText(QRect(left + leadWidth, line.top(), width - leadWidth, line.height()),
        Qt::AlignVCenter | Qt::AlignLeading, metrics.elidedText(words, Qt::ElideRight, std::max(0, width - leadWidth)));
}

} // namespace cumulet
