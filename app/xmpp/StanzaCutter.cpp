#include "xmpp/StanzaCutter.h"

#include <QString>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

constexpr QByteArrayView streamTag("<stream:stream");
constexpr QByteArrayView streamEnd("</stream:stream");
constexpr QByteArrayView sectionStart("<![CDATA[");
constexpr QByteArrayView sectionEnd("]]>");
constexpr QByteArrayView declarationStart("<?xml");
constexpr QByteArrayView declarationEnd("?>");
constexpr qsizetype longestDeclaration = 256;

bool isWhite(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

// whether tag is start, followed by the end of a name
bool isNamed(QByteArrayView tag, QByteArrayView start)
{
    return tag.startsWith(start) && tag.size() > start.size()
        && (isWhite(tag[start.size()]) || tag[start.size()] == '>' || tag[start.size()] == '/');
}

} // namespace

void StanzaCutter::reset()
{
    *this = StanzaCutter(m_limits);
}

void StanzaCutter::append(const QByteArray &bytes)
{
    if (!hasFailed()) {
        m_buffer += bytes;
    }
}

std::optional<QString> StanzaCutter::next()
{
    while (!hasFailed() && m_position < m_buffer.size()) {
        if (auto whole = step()) {
            return whole;
        }
        if (m_position > m_limits.elementSize && !hasFailed()) {
            fail(ErrorKind::TooLarge, u"an element of more than %1 bytes"_s.arg(m_limits.elementSize));
        }
    }
    return {};
}

std::optional<QString> StanzaCutter::step()
{
    switch (m_state) {
    case State::Text:
        skipText();
        return {};
    case State::Markup:
        beginMarkup();
        return {};
    case State::Declaration:
        skipDeclaration();
        return {};
    case State::Section:
        beginSection();
        return {};
    case State::CharacterData:
        skipCharacterData();
        return {};
    case State::Quote: {
        const auto end = m_buffer.indexOf(m_quote, m_position);
        m_position = end < 0 ? m_buffer.size() : end + 1;
        if (end >= 0) {
            m_state = m_quotedIn;
        }
        return {};
    }
    case State::StartTag:
    case State::EndTag:
        return scanTag();
    }
    return {};
}

void StanzaCutter::skipText()
{
    if (m_depth > 1) {
        const auto markup = m_buffer.indexOf('<', m_position);
        m_position = markup < 0 ? m_buffer.size() : markup;
    } else {
        // between stanzas there is nothing but keep-alives
        qsizetype white = 0;
        while (white < m_buffer.size() && isWhite(m_buffer[white])) {
            ++white;
        }
        m_buffer.remove(0, white);
        m_position = 0;
        if (!m_buffer.isEmpty() && m_buffer[0] != '<') {
            fail(ErrorKind::Malformed, u"text between stanzas"_s);
            return;
        }
    }
    if (m_position < m_buffer.size()) {
        m_markup = m_position++;
        m_state = State::Markup;
    }
}

void StanzaCutter::beginMarkup()
{
    switch (m_buffer[m_position]) {
    case '?':
        m_state = State::Declaration;
        break;
    case '!':
        m_state = State::Section;
        break;
    case '/':
        m_state = State::EndTag;
        break;
    default:
        m_state = State::StartTag;
        m_attributes = 0;
        break;
    }
    ++m_position;
}

// <?xml ... ?> before a stream header is the only processing instruction allowed (RFC 6120 section 11.1)
void StanzaCutter::skipDeclaration()
{
    const auto seen = QByteArrayView(m_buffer).sliced(m_markup);
    const auto known = qMin(seen.size(), declarationStart.size());
    if (m_depth > 1 || seen.first(known) != declarationStart.first(known)
        || (seen.size() > declarationStart.size() && !isWhite(seen[declarationStart.size()]))) {
        fail(ErrorKind::Malformed, u"a processing instruction"_s);
        return;
    }
    const auto end = seen.indexOf(declarationEnd);
    // the same limit whether or not its end came in the same read
    if ((end < 0 ? seen.size() : end + declarationEnd.size()) > longestDeclaration) {
        fail(ErrorKind::Malformed, u"an XML declaration without an end"_s);
        return;
    }
    if (end < 0) {
        m_position = m_buffer.size();
        return;
    }
    m_buffer.remove(0, m_markup + end + declarationEnd.size());
    m_position = 0;
    m_state = State::Text;
}

void StanzaCutter::beginSection()
{
    const auto seen = QByteArrayView(m_buffer).sliced(m_markup);
    const auto known = qMin(seen.size(), sectionStart.size());
    if (m_depth <= 1 || seen.first(known) != sectionStart.first(known)) {
        fail(ErrorKind::Malformed, u"a document type, comment or other declaration"_s);
        return;
    }
    m_position = m_markup + known;
    if (known == sectionStart.size()) {
        m_state = State::CharacterData;
    }
}

void StanzaCutter::skipCharacterData()
{
    // the last bytes of the read before may be the beginning of the end
    const auto from = qMax(m_markup + sectionStart.size(), m_position - (sectionEnd.size() - 1));
    const auto end = m_buffer.indexOf(sectionEnd, from);
    m_position = end < 0 ? m_buffer.size() : end + sectionEnd.size();
    if (end >= 0) {
        m_state = State::Text;
    }
}

std::optional<QString> StanzaCutter::scanTag()
{
    for (; m_position < m_buffer.size(); ++m_position) {
        const char byte = m_buffer[m_position];
        if (byte == '>') {
            ++m_position;
            return std::exchange(m_state, State::Text) == State::StartTag ? endOfStartTag() : endOfEndTag();
        }
        if (byte == '"' || byte == '\'') {
            if (++m_attributes > m_limits.attributes) {
                fail(ErrorKind::TooLarge, u"an element of more than %1 attributes"_s.arg(m_limits.attributes));
                return {};
            }
            m_quote = byte;
            m_quotedIn = std::exchange(m_state, State::Quote);
            ++m_position;
            return {};
        }
    }
    return {};
}

std::optional<QString> StanzaCutter::endOfStartTag()
{
    const bool isEmptyElement = tag().endsWith("/>");
    if (m_depth <= 1 && isNamed(tag(), streamTag)) {
        // also in mid-stream: authentication starts the stream again on the same connection
        m_header = tag().toByteArray();
        if (isEmptyElement || QByteArrayView(m_header).chopped(1).contains('>')) {
            fail(ErrorKind::Malformed, u"a stream header that cannot be used"_s);
            return {};
        }
        m_depth = 1;
        return take();
    }
    if (m_depth == 0) {
        fail(ErrorKind::Malformed, u"not an XMPP stream"_s);
        return {};
    }
    if (++m_elements > m_limits.elements) {
        fail(ErrorKind::TooLarge, u"a stanza of more than %1 elements"_s.arg(m_limits.elements));
        return {};
    }
    if (isEmptyElement) {
        return m_depth == 1 ? take() : std::nullopt;
    }
    if (++m_depth - 1 > m_limits.depth) {
        fail(ErrorKind::TooLarge, u"elements nested more than %1 deep"_s.arg(m_limits.depth));
    }
    return {};
}

std::optional<QString> StanzaCutter::endOfEndTag()
{
    if (m_depth <= 1) {
        if (m_depth < 1 || !isNamed(tag(), streamEnd)) {
            fail(ErrorKind::Malformed, u"an end without a beginning"_s);
            return {};
        }
        m_depth = 0;
        m_buffer.remove(0, m_position);
        m_position = 0;
        return u"</stream:stream>"_s;
    }
    return --m_depth == 1 ? take() : std::nullopt;
}

std::optional<QString> StanzaCutter::take()
{
    const auto whole = m_buffer.first(m_position);
    m_buffer.remove(0, m_position);
    m_position = 0;
    m_elements = 0;
    if (whole.size() > m_limits.elementSize) {
        fail(ErrorKind::TooLarge, u"an element of more than %1 bytes"_s.arg(m_limits.elementSize));
        return {};
    }
    if (!whole.isValidUtf8()) {
        fail(ErrorKind::Malformed, u"text that is not UTF-8"_s);
        return {};
    }
    if (!isWellFormed(whole)) {
        return {};
    }
    return QString::fromUtf8(whole);
}

// QXmpp keeps what it cannot parse and waits for more, for ever: it must not get it
bool StanzaCutter::isWellFormed(const QByteArray &element)
{
    QXmlStreamReader reader(m_header);
    if (element != m_header) {
        reader.addData(element);
    }
    while (!reader.atEnd()) {
        reader.readNext();
    }
    // the stream itself has no end yet
    if (reader.error() == QXmlStreamReader::PrematureEndOfDocumentError) {
        return true;
    }
    fail(ErrorKind::Malformed, u"broken XML: %1"_s.arg(reader.errorString().left(200)));
    return false;
}

void StanzaCutter::fail(ErrorKind kind, const QString &reason)
{
    m_error = Error{kind, reason};
    m_buffer.clear();
    m_position = 0;
}

} // namespace cumulet
