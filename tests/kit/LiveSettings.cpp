#include "kit/LiveSettings.h"

#include <QMap>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

namespace {

// PORT or ADDRESS:PORT
void readPlace(const QString &text, QString *address, quint16 *port)
{
    const auto colon = text.lastIndexOf(u':');
    *address = colon > 0 ? text.left(colon) : u"127.0.0.1"_s;
    *port = QStringView(text).sliced(colon + 1).toUShort();
}

LiveAccount account(const QString &jid, const QString &password)
{
    return {jid.section(u'@', 0, 0), jid, password};
}

} // namespace

std::optional<LiveSettings> LiveSettings::read(const QByteArray &lines, QString *error)
{
    QHash<QString, QString> values;
    QMap<QString, LiveAccount> numbered;
    LiveSettings settings;
    for (const auto &raw : lines.split('\n')) {
        const auto line = QString::fromUtf8(raw).trimmed();
        const auto equals = line.indexOf(u'=');
        if (line.startsWith(u'#') || equals <= 0) {
            continue;
        }
        const auto key = line.left(equals).trimmed().toUpper();
        const auto value = line.mid(equals + 1).trimmed();
        if (key == u"ACCOUNT") {
            settings.accounts += account(value.section(u' ', 0, 0), value.section(u' ', 1).trimmed());
        } else if (key.startsWith(u"ACCOUNT")) {
            auto &entry = numbered[key.mid(7)];
            entry = account(value, entry.password);
        } else if (key.startsWith(u"PASSWORD")) {
            numbered[key.mid(8)].password = value;
        } else {
            values.insert(key, value);
        }
    }
    settings.accounts += numbered.values();
    settings.kind = values.value(u"KIND"_s).toLower();
    settings.host = values.value(u"HOST"_s);
    readPlace(values.value(u"C2S"_s), &settings.address, &settings.port);
    readPlace(values.value(u"COMP"_s), &settings.componentAddress, &settings.componentPort);
    settings.secretFile = values.value(u"SECRET"_s);
    settings.certificateFile = values.value(u"CA"_s);
    settings.channels = values.value(u"CHANNELS"_s);
    settings.topics = values.value(u"TOPICS"_s);
    settings.directory = values.value(u"DIRECTORY"_s);
    settings.neighbour = values.value(u"NEIGHBOUR"_s);
    settings.neighbourComponentPort = values.value(u"NEIGHBOUR_COMP"_s).toUShort();
    settings.media = values.value(u"MEDIA"_s);
    if (settings.host.isEmpty() || settings.port == 0) {
        *error = u"HOST or C2S is missing"_s;
        return std::nullopt;
    }
    for (auto &one : settings.accounts) {
        if (!one.jid.contains(u'@')) {
            one.jid += u'@' + settings.host;
        }
    }
    return settings;
}

LiveSettings LiveSettings::ofNeighbour() const
{
    LiveSettings settings = *this;
    settings.host = neighbour;
    settings.channels = u"channels."_s + neighbour;
    settings.topics = u"topics."_s + neighbour;
    settings.componentPort = neighbourComponentPort;
    settings.directory.clear();
    settings.media.clear();
    settings.accounts.clear();
    settings.neighbour.clear();
    return settings;
}

} // namespace cumulet::tests
