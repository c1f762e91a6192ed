#pragma once

#include "domain/Jid.h"

#include <QMetaType>
#include <QString>

namespace cumulet {

/// Where a file lies on a media server: <endpoint>/<channel>/<id> (buddycloud.md 1.10, 7.2).
struct MediaAddress
{
    Jid channel = {}; ///< in whose media space it lies
    QString id = {};

    bool isEmpty() const { return id.isEmpty(); }
    bool operator==(const MediaAddress &) const = default;
};

/// What a media server says of a file. Untrusted plain text, one line each, bounded.
struct MediaDescription
{
    QString name = {};
    QString mediaType = {}; ///< "image/png"
    qint64 size = -1; ///< bytes; -1: not known
    QString text = {}; ///< says in words what can be seen; may be empty

    bool operator==(const MediaDescription &) const = default;
};

/// A file that belongs to a post.
struct Attachment
{
    qint64 row = 0; ///< of ours, in the store while it waits; 0: it lies on its server and is named by media alone
    MediaAddress media = {}; ///< empty: not uploaded yet
    QString file = {}; ///< our copy of what waits: a name in the profile's folder for attachments
    MediaDescription description = {}; ///< known for ours only

    bool operator==(const Attachment &) const = default;
};

} // namespace cumulet

Q_DECLARE_METATYPE(cumulet::Attachment)
