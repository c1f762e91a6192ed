#pragma once

#include "services/account/Accounts.h"
#include "ui/shell/Place.h"
#include "ui/timeline/TimelineView.h"

#include <QTimer>

namespace cumulet {

class Banner;
class ChatTimelineModel;
class Composer;
class PlaceHeader;
class ReadingPosition;

/// A chat with one contact: who it is, the messages, and where one writes.
class ChatPlace : public Place
{
    Q_OBJECT

public:
    ChatPlace(const ProgramParts &parts, const Conversation &conversation, QWidget *parent = nullptr);

    void jumpTo(qint64 row) override;
    void focusComposer() override;
    void focusTimeline() override;
    void takeFocus() override { focusComposer(); }
    void setLookedAt(bool isLookedAt) override;
    void save() override;
    QWidget *makeDetails(QWidget *parent) override;

private:
    void build();
    void connectServices();
    void refreshHeader();
    void refreshBanner();
    void submit(const QString &text);
    void correctLast();
    void endCorrection();
    void act(qint64 row, RowAction action);
    void takeBack(qint64 row, bool forEditing);
    void saveDraft();
    void showMenu(qint64 row, const QPoint &position);

    AccountServices m_services;
    PlaceHeader *m_header;
    Banner *m_banner;
    TimelineView *m_timeline;
    ChatTimelineModel *m_model;
    Composer *m_composer;
    QTimer m_draftDelay;
    MessageRow m_corrects = 0;
    QString m_setAside; // the draft that a correction interrupted
    ReadingPosition *m_position;
};

} // namespace cumulet
