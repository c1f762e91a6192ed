#pragma once

#include "domain/Channel.h"
#include "services/account/Accounts.h"
#include "ui/common/WordPicker.h"

#include <QObject>

namespace cumulet {

class ChannelTimelineModel;

/// Whom one may want to name in a channel, and which tags were used there: members and authors first, then contacts.
class ChannelMentions : public QObject
{
    Q_OBJECT

public:
    ChannelMentions(
        const AccountServices &services, const NodeId &node, ChannelTimelineModel &model, QObject *parent = nullptr);

    /// Lists them while they are typed in that field.
    void serve(const Theme &theme, QPlainTextEdit &field);

private:
    void readMembers();
    QList<PickedWord> words(QChar sign, const QString &typed) const;
    QList<PickedWord> people(const QString &typed) const;
    QList<PickedWord> tags(const QString &typed) const;

    AccountServices m_services;
    NodeId m_node;
    ChannelTimelineModel &m_model;
    QList<Jid> m_members;
};

} // namespace cumulet
