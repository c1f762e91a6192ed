#include "ui/channel/SettingsChanges.h"

#include "domain/Post.h"

using namespace Qt::StringLiterals;

namespace cumulet {

static const QString accessField = u"pubsub#access_model"_s;
static const QString roleField = u"buddycloud#default_affiliation"_s;
static const QString listedField = u"buddycloud#advertise_node"_s;

bool isListed(const ChannelSettings &fields)
{
    return fields.value(listedField) != "false"_L1;
}

AccessModel shownAccess(AccessModel model)
{
    return model == AccessModel::Whitelist ? AccessModel::Authorize : model;
}

AccessModel shownAccess(const ChannelSettings &fields)
{
    return shownAccess(accessModelFromWire(fields.value(accessField)));
}

static void compareText(
    ChannelSettings &changed, const ChannelSettings &fields, const QString &field, const QString &text)
{
    const auto stored = fields.value(field).trimmed();
    if (text != (stored == "DEFAULT_VALUE"_L1 ? QString() : stored)) {
        changed.insert(field, text);
    }
}

QList<NodeSettings> changesTo(const QList<NodeSettings> &nodes, const WantedSettings &wanted)
{
    QList<NodeSettings> changes;
    for (const NodeSettings &node : nodes) {
        if (node.error) {
            continue; // what could not be read is not written
        }
        const bool isPosts = node.node.isPosts();
        ChannelSettings changed;
        if (isPosts) {
            compareText(changed, node.fields, u"pubsub#title"_s, wanted.title);
            compareText(changed, node.fields, u"pubsub#description"_s, wanted.description);
        }
        const auto access = isPosts ? wanted.access : wanted.accessOf(node.node);
        if (access != shownAccess(node.fields)) {
            changed.insert(accessField, toWire(access));
        }
        if (isPosts || wanted.isSameForAll) {
            if (wanted.role != affiliationFromWire(node.fields.value(roleField))) {
                changed.insert(roleField, toWire(wanted.role));
            }
            if (wanted.isListed != isListed(node.fields)) {
                changed.insert(listedField, wanted.isListed ? u"true"_s : u"false"_s);
            }
        }
        if (!changed.isEmpty()) {
            changes.append({node.node, changed, {}});
        }
    }
    return changes;
}

} // namespace cumulet
