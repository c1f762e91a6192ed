#pragma once

#include "domain/Async.h"

#include <QHash>
#include <QObject>
#include <QString>

namespace cumulet {

class PreferenceStore;

/// Small settings of this profile, in memory from the start and written through.
class PreferenceService : public QObject
{
    Q_OBJECT

public:
    explicit PreferenceService(PreferenceStore &store, QObject *parent = nullptr);

    Future<Done> load();
    QString value(const QString &key, const QString &otherwise = {}) const;
    bool isSet(const QString &key, bool otherwise) const;
    void set(const QString &key, const QString &value);
    void set(const QString &key, bool value);

Q_SIGNALS:
    void changed(const QString &key);
    void failed(const cumulet::Error &error);

private:
    PreferenceStore &m_store;
    QHash<QString, QString> m_values;
};

} // namespace cumulet
