#pragma once

#include "domain/FoundChannel.h"
#include "services/account/Accounts.h"
#include "ui/common/Theme.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QVBoxLayout;
QT_END_NAMESPACE

namespace cumulet {

/// Up to five channels that are like one, each a button. Asked for when it is first looked at; empty where there is no
/// channel directory or nothing like it.
class SimilarChannels : public QWidget
{
    Q_OBJECT

public:
    SimilarChannels(const Theme &theme, const AccountServices &services, const NodeId &node, QWidget *parent = nullptr);

Q_SIGNALS:
    void activated(const cumulet::Jid &channel);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void add(const FoundChannel &channel);
    void list(const FoundChannels &found);

    const Theme &m_theme;
    AccountServices m_services;
    NodeId m_node;
    QVBoxLayout *m_layout;
    bool m_isAsked = false;
};

} // namespace cumulet
