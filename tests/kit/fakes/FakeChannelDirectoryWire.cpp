#include "kit/fakes/FakeChannelDirectoryWire.h"

#include <QPromise>
#include <QTimer>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

FakeChannelDirectoryWire::FakeChannelDirectoryWire(FakeChannelServer &server, QObject *parent)
    : ChannelDirectoryWire(parent)
    , m_server(server)
{
}

template <typename T>
Future<T> FakeChannelDirectoryWire::later(const QString &question, bool needsDirectory, const T &answer)
{
    asked.append(question);
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    Result<T> result = answer;
    if (!isOnline) {
        result = Error{ErrorKind::Offline, u"no stream"_s};
    } else if (needsDirectory && !hasDirectory) {
        result = Error{ErrorKind::NotFound, u"no directory"_s};
    }
    QTimer::singleShot(0, this, [promise, result] {
        promise->addResult(result);
        promise->finish();
    });
    return promise->future();
}

QList<Channel> FakeChannelDirectoryWire::openFaces() const
{
    QList<Channel> faces;
    for (const auto &node : std::as_const(m_server.nodes)) {
        if (node.face.accessModel == AccessModel::Open) {
            faces.append(node.face);
        }
    }
    return faces;
}

FoundChannels FakeChannelDirectoryWire::page(const QList<Channel> &faces, int index) const
{
    FoundChannels page;
    for (const auto &face : faces.mid(turnsInCircles ? 0 : index, pageSize)) {
        page.rows.append({face.node, face.title, face.description, face.type, face.defaultAffiliation, face.created});
    }
    page.next = turnsInCircles || index + pageSize < faces.size() ? index + pageSize : -1;
    return page;
}

FoundPosts FakeChannelDirectoryWire::postsWith(const QString &words, int index) const
{
    QList<Post> hits;
    for (const auto &node : std::as_const(m_server.nodes)) {
        for (const auto &post : node.items) {
            if (post.body.contains(words, Qt::CaseInsensitive)) {
                hits.append(post);
            }
        }
    }
    FoundPosts page;
    page.rows = hits.mid(index, pageSize);
    page.next = index + pageSize < hits.size() ? index + pageSize : -1;
    return page;
}

Future<Jid> FakeChannelDirectoryWire::findDirectory()
{
    return later<Jid>(u"findDirectory"_s, true, Jid::fromTrusted(u"search.example.org"_s));
}

Future<FoundChannels> FakeChannelDirectoryWire::channelsByWords(const QString &words, int index)
{
    auto faces = openFaces();
    faces.removeIf([&words](const Channel &face) {
        const QString text = face.title + u'\n' + face.description + u'\n' + face.node.channel().text();
        return !text.contains(words, Qt::CaseInsensitive);
    });
    return later(u"channelsByWords %1 %2"_s.arg(words).arg(index), true, page(faces, index));
}

Future<FoundPosts> FakeChannelDirectoryWire::postsByWords(const QString &words, int index)
{
    return later(u"postsByWords %1 %2"_s.arg(words).arg(index), true, postsWith(words, index));
}

Future<FoundChannels> FakeChannelDirectoryWire::mostActive(int days, int index)
{
    auto faces = openFaces();
    std::stable_sort(faces.begin(), faces.end(), [this](const Channel &one, const Channel &other) {
        return m_server.nodes.value(one.node).items.size() > m_server.nodes.value(other.node).items.size();
    });
    return later(u"mostActive %1 %2"_s.arg(days).arg(index), true, page(faces, index));
}

Future<FoundChannels> FakeChannelDirectoryWire::recommended(int index)
{
    return later(u"recommended %1"_s.arg(index), true, page(openFaces(), index));
}

Future<FoundChannels> FakeChannelDirectoryWire::similarTo(const Jid &channel, int index)
{
    return later(u"similarTo %1 %2"_s.arg(channel.text()).arg(index), true, page(openFaces(), index));
}

Future<QList<NodeId>> FakeChannelDirectoryWire::channelsOf(const Jid &service)
{
    return later(u"channelsOf %1"_s.arg(service.text()), false, m_server.nodes.keys());
}

Future<FoundPosts> FakeChannelDirectoryWire::followedPostsByWords(const Jid &service, const QString &words, int index)
{
    return later(
        u"followedPostsByWords %1 %2 %3"_s.arg(service.text(), words).arg(index), false, postsWith(words, index));
}

} // namespace cumulet::tests
