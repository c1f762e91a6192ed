#include "store/Database.h"

#include "store/sql/Connection.h"
#include "store/sql/DatabaseFile.h"

#include <QThread>

#include <condition_variable>
#include <deque>
#include <mutex>

using namespace Qt::StringLiterals;

namespace cumulet {

// The queue and its thread. Only the thread touches the connection, which lives on its stack.
class Database::Private
{
public:
    using Task = std::function<void(Connection &)>;

    Private()
        : m_thread(QThread::create([this] { work(); }))
    {
        m_thread->setObjectName(u"store"_s);
        m_thread->start();
    }

    ~Private()
    {
        add({});
        m_thread->wait();
    }

    // an empty task ends the thread
    void add(Task task)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_tasks.push_back(std::move(task));
        }
        m_arrived.notify_one();
    }

private:
    Task next()
    {
        std::unique_lock lock(m_mutex);
        m_arrived.wait(lock, [this] { return !m_tasks.empty(); });
        Task task = std::move(m_tasks.front());
        m_tasks.pop_front();
        return task;
    }

    void work()
    {
        Connection connection;
        while (const Task task = next()) {
            task(connection);
        }
    }

    std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::deque<Task> m_tasks;
    std::unique_ptr<QThread> m_thread;
};

Database::Database()
    : d(std::make_unique<Private>())
{
}

Database::~Database() = default;

// a task outside of any transaction, with its answer
template <typename T, typename Queue> static Future<T> answer(Queue &queue, std::function<Result<T>(Connection &)> task)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    queue.add([promise, task = std::move(task)](Connection &connection) {
        promise->addResult(task(connection));
        promise->finish();
    });
    return promise->future();
}

Future<Database::Opened> Database::open(const QString &file)
{
    return answer<Opened>(*d, [file](Connection &connection) { return openFile(connection, file); });
}

Future<Database::Opened> Database::startAfresh(const QString &file)
{
    return answer<Opened>(*d, [file](Connection &connection) -> Result<Opened> {
        connection.close();
        const auto copy = moveAside(file);
        if (!copy) {
            return Opened{Obstacle::NotWritable, {}};
        }
        auto opened = openFile(connection, file);
        if (opened) {
            opened->copy = *copy;
        }
        return opened;
    });
}

Future<Done> Database::runInSlices(Slice job)
{
    auto promise = std::make_shared<QPromise<Result<Done>>>();
    promise->start();
    runSlice(promise, job);
    return promise->future();
}

void Database::runSlice(const std::shared_ptr<QPromise<Result<Done>>> &promise, const Slice &job)
{
    enqueue(Safety::Process, [this, promise, job](Connection &connection, const Finish &finish) {
        const auto hasMore = job(connection);
        const auto finished = finish(hasMore.has_value());
        if (hasMore && *hasMore && finished) {
            runSlice(promise, job); // while the database closes this is never run, and the answer is "canceled"
            return;
        }
        deliver([promise, result = hasMore ? finished : Result<Done>(hasMore.error())] {
            promise->addResult(result);
            promise->finish();
        });
    });
}

void Database::deliver(std::function<void()> answer)
{
    QMetaObject::invokeMethod(&m_home, std::move(answer), Qt::QueuedConnection);
}

Future<Done> Database::settle()
{
    return answer<Done>(*d, [](Connection &) -> Result<Done> { return Done{}; });
}

void Database::enqueue(Safety safety, Job job)
{
    d->add([safety, job = std::move(job)](Connection &connection) {
        connection.begin(safety == Safety::Power ? Connection::Safety::Power : Connection::Safety::Process);
        job(connection, [&connection](bool commit) -> Result<Done> {
            if (commit || connection.hasFailed()) {
                return connection.commit();
            }
            connection.rollback();
            return Done{};
        });
    });
}

} // namespace cumulet
