#include "domain/NodeId.h"

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qsizetype nodeLimit = 2048;
static constexpr qsizetype itemLimit = 1024;

NodeId NodeId::of(const Jid &channel, const QString &type)
{
    NodeId node;
    node.m_channel = channel.bare();
    node.m_type = type;
    return node;
}

std::optional<NodeId> NodeId::parse(const QString &text)
{
    static const QString prefix = u"/user/"_s;
    if (!text.startsWith(prefix) || text.size() > nodeLimit) {
        return std::nullopt;
    }
    const auto slash = text.indexOf(u'/', prefix.size());
    if (slash < 0 || slash + 1 >= text.size()) {
        return std::nullopt;
    }
    const auto channel = Jid::parse(text.sliced(prefix.size(), slash - prefix.size()));
    if (!channel || channel->local().isEmpty()) {
        return std::nullopt;
    }
    return of(*channel, text.sliced(slash + 1));
}

QString NodeId::text() const
{
    return isEmpty() ? QString() : u"/user/%1/%2"_s.arg(m_channel.text(), m_type);
}

ItemId ItemId::fromWire(const QString &text)
{
    ItemId id;
    const bool isGlobal = text.startsWith("tag:"_L1) || text.startsWith("/user/"_L1);
    if (isGlobal) {
        auto cut = text.lastIndexOf(u',');
        if (cut < 0) {
            cut = text.lastIndexOf(u';');
        }
        if (cut < 0 && text.startsWith("/user/"_L1)) {
            cut = text.lastIndexOf(u':');
        }
        id.m_local = text.sliced(cut + 1);
    } else {
        id.m_local = text;
    }
    if (id.m_local.size() > itemLimit) {
        id.m_local.clear();
    }
    return id;
}

} // namespace cumulet
