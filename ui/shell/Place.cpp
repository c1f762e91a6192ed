#include "ui/shell/Place.h"

#include "text/TextSpan.h"
#include "ui/common/ErrorText.h"
#include "ui/models/TimelineModel.h"
#include "ui/timeline/TimelineView.h"

namespace cumulet {

void Place::followLink(const QString &target, int kind)
{
    switch (TextSpan::Kind(kind)) {
    case TextSpan::Mention:
        if (const auto jid = Jid::parse(target)) {
            Q_EMIT channelActivated(jid->bare());
        }
        return;
    case TextSpan::Hashtag:
        Q_EMIT wordsActivated(target);
        return;
    default:
        Q_EMIT addressActivated(target);
    }
}

void Place::connectTimeline(TimelineView &view, TimelineModel &model)
{
    connect(&model, &TimelineModel::failed, this,
        [this](const Error &error) { Q_EMIT said(ErrorText::sentence(error, ErrorText::Attempt::Load)); });
    connect(&view, &TimelineView::nearNewestEdge, &model, &TimelineModel::fetchNewer);
    connect(&view, &TimelineView::newestWanted, &model, [&model] {
        if (!model.isAtNewest()) {
            model.jumpToNewest();
        }
    });
    connect(&view, &TimelineView::rowsSeen, &model, &TimelineModel::markSeen);
    connect(&view, &TimelineView::linkActivated, this, &Place::followLink);
}

} // namespace cumulet
