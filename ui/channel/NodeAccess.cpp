#include "ui/channel/NodeAccess.h"

#include "ui/channel/ChannelWords.h"
#include "ui/channel/SettingsChanges.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

NodeAccess::NodeAccess(QWidget *parent)
    : QWidget(parent)
    , m_follows(new QCheckBox(tr("The &same for everything else in this channel"), this))
    , m_form(new QFormLayout(this))
{
    m_last = m_follows;
    m_follows->setObjectName(u"sameForAll"_s);
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    m_form->addRow(m_follows);
    connect(m_follows, &QCheckBox::toggled, this, [this](bool isSame) {
        for (const auto &[kind, choice] : m_choices) {
            m_form->setRowVisible(choice, !isSame);
        }
    });
}

NodeAccess::Kind NodeAccess::kindOf(const NodeId &node)
{
    if (node.isPosts()) {
        return Posts;
    }
    if (node.type() == "status"_L1) {
        return Status;
    }
    return node.type().startsWith("geo"_L1) ? PlacesKind : Other;
}

QString NodeAccess::nameOf(Kind kind)
{
    switch (kind) {
    case Posts:
        return tr("Posts");
    case Status:
        return tr("Status");
    case PlacesKind:
        return tr("Places");
    case Other:
        break;
    }
    return tr("Everything else");
}

QString NodeAccess::nameOf(const NodeId &node)
{
    const Kind kind = kindOf(node);
    return kind == Posts || kind == Status ? nameOf(kind)
        : kind == PlacesKind               ? tr("Places (%1)").arg(node.type().left(60))
                                           : node.type().left(60);
}

void NodeAccess::setNodes(const QList<NodeSettings> &nodes)
{
    const auto posts =
        std::find_if(nodes.cbegin(), nodes.cend(), [](const NodeSettings &node) { return node.node.isPosts(); });
    const AccessModel face = posts == nodes.cend() ? AccessModel::Authorize : shownAccess(posts->fields);
    bool isSame = true;
    for (const NodeSettings &node : nodes) {
        if (!node.node.isPosts() && !node.error) {
            isSame = isSame && shownAccess(node.fields) == face;
            addChoice(kindOf(node.node), shownAccess(node.fields));
        }
    }
    setVisible(!m_choices.empty());
    m_follows->setChecked(!isSame); // so that toggled() comes in any case
    m_follows->setChecked(isSame);
}

void NodeAccess::addChoice(Kind kind, AccessModel model)
{
    if (m_choices.contains(kind)) {
        return;
    }
    auto *choice = new QComboBox(this);
    choice->setObjectName(kind == Status ? u"statusAccess"_s
            : kind == PlacesKind         ? u"placesAccess"_s
                                         : u"otherAccess"_s);
    for (const AccessModel offered : {AccessModel::Open, AccessModel::Local, AccessModel::Authorize}) {
        choice->addItem(ChannelWords::accessMeaning(offered), int(offered));
    }
    choice->setCurrentIndex(choice->findData(int(model)));
    m_form->addRow(nameOf(kind), choice);
    choice->setAccessibleName(tr("Who may see: %1").arg(nameOf(kind)));
    setTabOrder(m_last, choice);
    m_last = choice;
    m_choices.emplace(kind, choice);
}

bool NodeAccess::followsPosts() const
{
    return m_follows->isChecked();
}

AccessModel NodeAccess::chosen(const NodeId &node, AccessModel posts) const
{
    const auto choice = m_choices.find(kindOf(node));
    return followsPosts() || choice == m_choices.end() ? posts : AccessModel(choice->second->currentData().toInt());
}

} // namespace cumulet
