#pragma once

#include <QXmppIq.h>

#include <QXmlStreamWriter>

#include <functional>

namespace cumulet {

/// A request whose payload is written by a function: what QXmpp has no class for.
class XmlIq : public QXmppIq
{
public:
    using Writer = std::function<void(QXmlStreamWriter *)>;

    /// to: empty for our own account.
    XmlIq(Type type, const QString &to, Writer writer)
        : QXmppIq(type)
        , m_writer(std::move(writer))
    {
        setTo(to);
    }

    void toXmlElementFromChild(QXmlStreamWriter *writer) const override { m_writer(writer); }

private:
    Writer m_writer;
};

} // namespace cumulet
