#include "store/sql/RatingRows.h"

#include "domain/Paging.h"

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

struct Opinion
{
    Cursor place;
    int rating = 0;
};
using Opinions = QHash<Jid, Opinion>; // by author

} // namespace

static QString selectRatings(const QString &rated)
{
    return u"SELECT c.id, r.author, r.rating, r.published, r.id FROM post c CROSS JOIN post r "
           "ON r.channel = c.channel AND r.target = c.item AND r.rating > 0 WHERE "_s
        + rated + u" AND NOT EXISTS (SELECT 1 FROM post_outbox o WHERE o.post = r.id AND o.is_retraction = 1)"_s;
}

static QHash<PostRow, Opinions> readOpinions(Statement &select)
{
    QHash<PostRow, Opinions> opinions;
    while (select.next()) {
        const Opinion opinion{{select.integer(3), select.integer(4)}, select.number(2)};
        auto &known = opinions[select.integer(0)][Jid::fromTrusted(select.text(1))];
        if (known.rating == 0 || known.place < opinion.place) {
            known = opinion;
        }
    }
    return opinions;
}

static Ratings sumOf(const Opinions &opinions, const Jid &self)
{
    Ratings ratings;
    ratings.count = int(opinions.size());
    for (const auto &opinion : opinions) {
        ratings.sum += opinion.rating;
    }
    ratings.own = opinions.value(self).rating;
    return ratings;
}

Ratings ratingsOf(Connection &connection, PostRow row, const Jid &self)
{
    auto select = connection.statement(selectRatings(u"c.id = ?"_s));
    select.run(row);
    return sumOf(readOpinions(select).value(row), self);
}

QHash<PostRow, Ratings> ratingsOfComments(
    Connection &connection, PostRow thread, const QDateTime &since, const Jid &self)
{
    auto select = connection.statement(selectRatings(u"c.thread = ? AND c.is_shown = 1 AND c.published >= ?"_s));
    select.run(thread, since);
    QHash<PostRow, Ratings> ratings;
    const auto opinions = readOpinions(select);
    for (const auto &[row, of] : opinions.asKeyValueRange()) {
        ratings.insert(row, sumOf(of, self));
    }
    return ratings;
}

} // namespace cumulet
