#pragma once

#include "domain/Async.h"

#include <QString>

#include <functional>
#include <memory>

namespace cumulet {

class Connection; // store/sql/Connection.h, only for the stores

/// The SQLite file of one profile and the one thread that speaks to it (WAL, foreign keys, mode 0600).
/// Jobs run in the order they were given; each is one transaction. Lives in the GUI thread, outlives every store.
/// A damaged file or one of a newer program is never overwritten: open() fails and says which.
class Database
{
public:
    /// What stands in the way of using a file.
    enum class Obstacle { None, Damaged, Newer, NotWritable };
    struct Opened
    {
        Obstacle obstacle = Obstacle::None;
        QString copy; ///< where the file was kept, when it was moved aside by startAfresh()
    };
    /// What a finished job outlives: the death of the program, or also a loss of power (waits for the disk:
    /// for what the user wrote).
    enum class Safety { Process, Power };

    Database();
    ~Database(); ///< finishes the jobs given so far
    Q_DISABLE_COPY_MOVE(Database)

    /// Opens or makes the file and brings it to the newest version; ":memory:" for tests.
    Future<Opened> open(const QString &file);
    /// Moves a file that cannot be used aside (never deleting it) and begins with an empty one: the user agreed.
    Future<Opened> startAfresh(const QString &file);

    /// Runs a job with the connection on the store thread, in one transaction that is rolled back on an error.
    /// The answers come by the event loop of the thread that made the database, in the order of the questions: what is
    /// asked later is never heard of before. For the stores in this folder. T must be a value type.
    template <typename T> Future<T> run(std::function<Result<T>(Connection &)> job, Safety safety = Safety::Process)
    {
        const auto question = ask<T>();
        enqueue(safety, [this, question, job = std::move(job)](Connection &connection, const Finish &finish) {
            Result<T> result = job(connection);
            if (const auto finished = finish(result.has_value()); !finished) {
                result = finished.error();
            }
            answer(question, std::move(result));
        });
        return question->future();
    }

    /// Runs a job again and again, each time as the last in the queue, until it gives false or an error: for long
    /// work that must not hold up others.
    Future<Done> runInSlices(std::function<Result<bool>(Connection &)> job);

    /// Done when every job given before has run and been answered: for closing.
    Future<Done> settle();

private:
    // the job must call finish(commit?) exactly once; it says whether the transaction went well
    using Finish = std::function<Result<Done>(bool commit)>;
    using Job = std::function<void(Connection &, const Finish &finish)>;
    using Slice = std::function<Result<bool>(Connection &)>;
    template <typename T> using Question = std::shared_ptr<QPromise<Result<T>>>;
    template <typename T> static Question<T> ask()
    {
        auto question = std::make_shared<QPromise<Result<T>>>();
        question->start();
        return question;
    }
    // A future that is finished already takes its continuation at once, before older answers that are still on their
    // way to the event loop. So none is finished outside of that loop.
    template <typename T> void answer(const Question<T> &question, Result<T> result)
    {
        deliver([question, result = std::move(result)] {
            question->addResult(result);
            question->finish();
        });
    }
    void deliver(std::function<void()> answer);
    void runSlice(const Question<Done> &question, const Slice &job);
    void enqueue(Safety safety, Job job);

    class Answers;
    class Private;
    std::unique_ptr<Answers> m_answers; ///< outlives the thread that gives them
    std::unique_ptr<Private> d;
};

} // namespace cumulet
