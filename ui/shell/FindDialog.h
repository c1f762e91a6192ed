#pragma once

#include "domain/Identifier.h"
#include "domain/NodeId.h"
#include "ui/models/DiscoveryModel.h"
#include "ui/shell/ProgramParts.h"

#include <QDialog>
#include <QTimer>

QT_BEGIN_NAMESPACE
class QComboBox;
class QLineEdit;
class QListView;
class QTabBar;
QT_END_NAMESPACE

namespace cumulet {

class ContactScanBar;
class FoundPreview;
class PlainLabel;

/// Finds channels and people: by words, address or link, and in the lists of the channel directory and of the account's
/// own server; with a look at each before it is opened or followed.
class FindDialog : public QDialog
{
    Q_OBJECT

public:
    explicit FindDialog(const ProgramParts &parts, QWidget *parent = nullptr);

    /// Words, an address or a link, as if they had been typed.
    void setAddress(const QString &address);

Q_SIGNALS:
    void chatChosen(cumulet::AccountId account, const cumulet::Jid &jid);
    void channelChosen(cumulet::AccountId account, const cumulet::Jid &jid);
    void postChosen(cumulet::AccountId account, const cumulet::NodeId &node, const cumulet::ItemId &item);
    void contactWanted(cumulet::AccountId account, const cumulet::Jid &jid);
    void newChannelWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void buildField();
    void buildTabs();
    void buildList();
    void buildPreview();
    void takeAccount();
    void takeDirectory(const Result<Done> &found);
    void showTab(int tab);
    void search();
    void showAnswer();
    void showCurrent();
    AccountId account() const;

    ProgramParts m_parts;
    QComboBox *m_account;
    QLineEdit *m_words;
    QTabBar *m_tabs;
    PlainLabel *m_sentence;
    QListView *m_list;
    DiscoveryModel *m_found;
    ContactScanBar *m_scan;
    FoundPreview *m_preview;
    QTimer m_delay;
    bool m_hasDirectory = false;
    bool m_isDirectoryKnown = false;
    bool m_hasChosenTab = false; ///< the user has, or words were typed
};

} // namespace cumulet
