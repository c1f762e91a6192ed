#pragma once

#include "ui/common/AvatarPainter.h"
#include "ui/shell/ProgramParts.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QHBoxLayout;
class QToolButton;
QT_END_NAMESPACE

namespace cumulet {

class AvatarLabel;
class PlainLabel;

/// The line over a place: picture, name, one line about it, and buttons.
class PlaceHeader : public QWidget
{
    Q_OBJECT

public:
    explicit PlaceHeader(const ProgramParts &parts, QWidget *parent = nullptr);

    void setLook(const AvatarLook &look);
    void setTitle(const QString &title);
    void setLine(const QString &line);
    /// Adds a widget left of the icon buttons.
    void addWidget(QWidget *widget);

Q_SIGNALS:
    void searchRequested();
    void detailsToggled();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ProgramParts m_parts;
    AvatarLabel *m_picture;
    PlainLabel *m_title;
    PlainLabel *m_line;
    QHBoxLayout *m_extra;
};

} // namespace cumulet
