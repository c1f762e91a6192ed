#pragma once

#include "domain/Channel.h"
#include "domain/Identifier.h"
#include "services/channel/ChannelNodes.h"
#include "ui/shell/ProgramParts.h"

#include <QDialog>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
QT_END_NAMESPACE

namespace cumulet {

class NodeAccess;
class PlainLabel;

/// Makes a topic channel, or changes the settings of one that we own: of its posts, and of all else that it has. They
/// are read from the service first, and only what was changed is sent.
class ChannelDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ChannelDialog(const ProgramParts &parts, QWidget *parent = nullptr);

    /// Changes this channel instead of making one.
    void setChannel(AccountId account, const Channel &channel);

Q_SIGNALS:
    void created(cumulet::AccountId account, const cumulet::Jid &channel);

private:
    void build();
    void submit();
    void make();
    void readNodes();
    void showNodes(const QList<NodeSettings> &nodes);
    void change();
    void noteChanged(const QList<NodeSettings> &outcome);
    void showAddress();
    Jid address() const;
    void showError(const QString &sentence);

    ProgramParts m_parts;
    AccountId m_changedAccount = 0;
    Channel m_changed;
    QFormLayout *m_form = nullptr;
    QComboBox *m_account = nullptr;
    QLineEdit *m_name = nullptr;
    PlainLabel *m_address = nullptr;
    QLineEdit *m_title = nullptr;
    QPlainTextEdit *m_description = nullptr;
    QComboBox *m_access = nullptr;
    QComboBox *m_role = nullptr;
    QCheckBox *m_listed = nullptr;
    NodeAccess *m_nodeAccess = nullptr;
    PlainLabel *m_facts = nullptr;
    QList<NodeSettings> m_nodes; // as the service has them
    PlainLabel *m_error = nullptr;
    QPushButton *m_accept = nullptr;
};

} // namespace cumulet
