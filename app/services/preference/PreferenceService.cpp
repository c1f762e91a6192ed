#include "services/preference/PreferenceService.h"

#include "store/PreferenceStore.h"

using namespace Qt::StringLiterals;

namespace cumulet {

PreferenceService::PreferenceService(PreferenceStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
}

Future<Done> PreferenceService::load()
{
    return andThen(m_store.all(), this, [this](const QHash<QString, QString> &values) -> Result<Done> {
        m_values = values;
        return Done{};
    });
}

QString PreferenceService::value(const QString &key, const QString &otherwise) const
{
    return m_values.value(key, otherwise);
}

bool PreferenceService::isSet(const QString &key, bool otherwise) const
{
    const auto found = m_values.constFind(key);
    return found == m_values.cend() ? otherwise : *found == "1"_L1;
}

void PreferenceService::set(const QString &key, const QString &value)
{
    if (m_values.contains(key) && m_values.value(key) == value) {
        return;
    }
    m_values.insert(key, value);
    Q_EMIT changed(key);
    whenDone(m_store.set(key, value), this, [this](const Result<Done> &done) {
        if (!done) {
            Q_EMIT failed(done.error());
        }
    });
}

void PreferenceService::set(const QString &key, bool value)
{
    set(key, value ? u"1"_s : u"0"_s);
}

} // namespace cumulet
