#pragma once

#include <QHashFunctions>
#include <QMetaType>
#include <QString>

#include <optional>

namespace cumulet {

/// An XMPP address (RFC 7622): [local@]domain[/resource], always in its prepared form
/// (local part and domain lower-cased and NFKC-normalised), so that equal addresses compare equal.
/// A default-constructed Jid is empty; every other one is valid.
class Jid
{
public:
    Jid() = default;

    /// Reads an address from the network or the user. Nothing when it is not one: empty or missing parts,
    /// forbidden characters, or a part over 1023 bytes.
    static std::optional<Jid> parse(const QString &text);
    /// As parse(), but an empty Jid where the text is no address. For texts that were checked before.
    static Jid fromTrusted(const QString &text) { return parse(text).value_or(Jid()); }

    bool isEmpty() const { return m_domain.isEmpty(); }
    bool isBare() const { return m_resource.isEmpty(); }
    const QString &local() const { return m_local; }
    const QString &domain() const { return m_domain; }
    const QString &resource() const { return m_resource; }
    /// The whole address.
    QString text() const;
    /// The address without its resource.
    Jid bare() const;
    Jid withResource(const QString &resource) const;
    /// Local part, or the domain where there is none: what to call somebody who has no name.
    QString shortName() const { return m_local.isEmpty() ? m_domain : m_local; }

    auto operator<=>(const Jid &) const = default;
    friend size_t qHash(const Jid &jid, size_t seed = 0)
    {
        return qHashMulti(seed, jid.m_local, jid.m_domain, jid.m_resource);
    }

private:
    QString m_local;
    QString m_domain;
    QString m_resource;
};

} // namespace cumulet

Q_DECLARE_METATYPE(cumulet::Jid)
