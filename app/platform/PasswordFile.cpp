#include "platform/PasswordFile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

static Result<QJsonObject> readAll(const QString &path)
{
    QFile file(path);
    if (!file.exists()) {
        return QJsonObject();
    }
    const auto others =
        QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    if (file.permissions() & others) {
        return Error{ErrorKind::NotAllowed, u"the password file may be read by others"_s};
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorKind::Storage, file.errorString()};
    }
    QJsonParseError problem;
    const auto document = QJsonDocument::fromJson(file.readAll(), &problem);
    if (!document.isObject()) {
        return Error{ErrorKind::Malformed, u"the password file is damaged: "_s + problem.errorString()};
    }
    return document.object();
}

static Result<Done> writeAll(const QString &path, const QJsonObject &passwords)
{
    if (passwords.isEmpty()) {
        if (QFile::exists(path) && !QFile::remove(path)) {
            return Error{ErrorKind::Storage, u"the password file cannot be removed"_s};
        }
        return Done{};
    }
    QDir().mkpath(QFileInfo(path).path());
    QSaveFile file(path);
    // closed to others before the first byte is in it
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(ownerOnly)) {
        return Error{ErrorKind::Storage, file.errorString()};
    }
    file.write(QJsonDocument(passwords).toJson(QJsonDocument::Compact));
    if (!file.commit()) {
        return Error{ErrorKind::Storage, file.errorString()};
    }
    return Done{};
}

Result<QString> PasswordFile::password(const Jid &account) const
{
    const auto passwords = readAll(m_path);
    if (!passwords) {
        return passwords.error();
    }
    const auto value = passwords->value(account.bare().text());
    if (!value.isString()) {
        return Error{ErrorKind::NotFound, {}};
    }
    return value.toString();
}

Result<Done> PasswordFile::setPassword(const Jid &account, const QString &password) const
{
    auto passwords = readAll(m_path);
    if (!passwords) {
        return passwords.error();
    }
    passwords->insert(account.bare().text(), password);
    return writeAll(m_path, *passwords);
}

Result<Done> PasswordFile::removePassword(const Jid &account) const
{
    auto passwords = readAll(m_path);
    if (!passwords) {
        return passwords.error();
    }
    if (!passwords->contains(account.bare().text())) {
        return Done{};
    }
    passwords->remove(account.bare().text());
    return writeAll(m_path, *passwords);
}

} // namespace cumulet
