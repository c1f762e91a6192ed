#pragma once

#include <QWidget>

QT_BEGIN_NAMESPACE
class QPushButton;
QT_END_NAMESPACE

namespace cumulet {

class DiscoveryModel;
class PlainLabel;
class Theme;

/// Starts and stops the search for contacts who have a channel, and says how far it is: nobody is asked unless told to.
class ContactScanBar : public QWidget
{
    Q_OBJECT

public:
    ContactScanBar(const Theme &theme, DiscoveryModel &found, QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void tell();

    DiscoveryModel &m_found;
    PlainLabel *m_words;
    QPushButton *m_button;
    bool m_hasStarted = false;
};

} // namespace cumulet
