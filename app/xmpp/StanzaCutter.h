#pragma once

#include "domain/Result.h"

#include <QByteArray>

#include <optional>

namespace cumulet {

/// Cuts the bytes of an XMPP stream into whole top-level elements, whatever the borders of the network reads are:
/// the stream header, each stanza, and the end of the stream. White space between elements is dropped.
/// What RFC 6120 section 11 forbids, broken XML, and anything over the limits ends in an error, never in a
/// half-understood stream. The work is linear in the number of bytes.
class StanzaCutter
{
public:
    struct Limits
    {
        qsizetype elementSize = 10 * 1024 * 1024; ///< bytes of one top-level element
        int depth = 64; ///< nested elements, the stanza itself is the first
        int elements = 100'000; ///< elements in one stanza
        int attributes = 256; ///< attributes of one element
    };

    StanzaCutter() = default;
    explicit StanzaCutter(const Limits &limits)
        : m_limits(limits)
    {
    }

    /// Forgets everything: a new stream begins on this connection.
    void reset();
    /// Takes what was read from the network.
    void append(const QByteArray &bytes);
    /// The next whole element, or nothing before more bytes come or after an error.
    std::optional<QString> next();

    bool hasFailed() const { return m_error.has_value(); }
    /// Why nothing comes any more: ErrorKind::Malformed or TooLarge. Only meaningful when hasFailed().
    Error error() const { return m_error.value_or(Error{}); }
    /// True when some bytes wait for the rest of their element.
    bool hasPartial() const { return !m_buffer.isEmpty(); }

private:
    enum class State { Text, Markup, Declaration, Section, CharacterData, StartTag, EndTag, Quote };

    std::optional<QString> step();
    void skipText();
    void beginMarkup();
    void skipDeclaration();
    void beginSection();
    void skipCharacterData();
    std::optional<QString> scanTag();
    std::optional<QString> endOfStartTag();
    std::optional<QString> endOfEndTag();
    std::optional<QString> take();
    QByteArrayView tag() const { return QByteArrayView(m_buffer).sliced(m_markup, m_position - m_markup); }
    bool isWellFormed(const QByteArray &element);
    void fail(ErrorKind kind, const QString &reason);

    Limits m_limits;
    QByteArray m_buffer; ///< begins with the element that is being read
    qsizetype m_position = 0; ///< all before it was looked at
    qsizetype m_markup = 0; ///< where the last '<' is
    State m_state = State::Text;
    State m_quotedIn = State::StartTag;
    char m_quote = 0;
    int m_depth = 0; ///< the stream is 1, a stanza 2
    int m_elements = 0;
    int m_attributes = 0;
    QByteArray m_header; ///< <stream:stream ...>, declares the namespaces of all that follows
    std::optional<Error> m_error;
};

} // namespace cumulet
