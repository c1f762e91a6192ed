#pragma once

#include "domain/Channel.h"
#include "services/channel/ChannelNodes.h"

#include <QWidget>

#include <map>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QComboBox;
class QFormLayout;
QT_END_NAMESPACE

namespace cumulet {

/// Who may see what a channel has beside its posts: status, places, and whatever else its service lists. Usually they
/// follow the posts; if not, each kind has its own choice.
class NodeAccess : public QWidget
{
    Q_OBJECT

public:
    explicit NodeAccess(QWidget *parent = nullptr);

    /// The nodes of the channel, its posts among them.
    void setNodes(const QList<NodeSettings> &nodes);
    /// Everything shall be as the posts are.
    bool followsPosts() const;
    /// What is chosen for that node; posts: what is chosen for the posts.
    AccessModel chosen(const NodeId &node, AccessModel posts) const;

    /// "Posts", "Status" ...; for other nodes their own name.
    static QString nameOf(const NodeId &node);

private:
    enum Kind { Posts, Status, PlacesKind, Other };
    static Kind kindOf(const NodeId &node);
    static QString nameOf(Kind kind);
    void addChoice(Kind kind, AccessModel model);

    QCheckBox *m_follows;
    QFormLayout *m_form;
    QWidget *m_last = nullptr; // in the order of the keyboard
    std::map<Kind, QComboBox *> m_choices;
};

} // namespace cumulet
