#include "ui/timeline/RowContent.h"

#include "ui/models/TimelineRows.h"
#include "ui/timeline/ChatRowLayout.h"
#include "ui/timeline/NoticeRowLayout.h"
#include "ui/timeline/ThreadRowLayout.h"

namespace cumulet {

std::unique_ptr<RowLayout> layOutRow(const QVariant &row, const LayoutContext &context)
{
    if (const auto *chat = get_if<ChatRow>(&row))
        return std::make_unique<ChatRowLayout>(*chat, context);
    if (const auto *thread = get_if<ThreadRow>(&row))
        return std::make_unique<ThreadRowLayout>(*thread, context);
    if (const auto *notice = get_if<NoticeRow>(&row))
        return std::make_unique<NoticeRowLayout>(*notice, context);
    return nullptr;
}

QList<RowText> textsOf(const QVariant &row)
{
    QList<RowText> texts;
    if (const auto *chat = get_if<ChatRow>(&row)) {
        if (!chat->retracted)
            texts.append({chat->id, nameInLine(chat->senderName), chat->time, chat->body, {}});
    } else if (const auto *thread = get_if<ThreadRow>(&row)) {
        const auto add = [&texts](const PostItem &item) {
            if (!item.retracted)
                texts.append({item.id, nameInLine(item.authorName), item.time, item.body, item.itemId});
        };
        add(thread->post);
        for (const PostItem &comment : thread->comments)
            add(comment);
    }
    return texts;
}

QString spokenRow(const QVariant &row, const QDateTime &now)
{
    if (const auto *chat = get_if<ChatRow>(&row))
        return ChatRowLayout::spoken(*chat, now);
    if (const auto *thread = get_if<ThreadRow>(&row))
        return ThreadRowLayout::spoken(*thread, now);
    if (const auto *notice = get_if<NoticeRow>(&row))
        return NoticeRowLayout::spoken(*notice);
    return {};
}

} // namespace cumulet
