#include "store/Database.h"

#include "store/sql/Connection.h"
#include "store/sql/DatabaseFile.h"

#include <QCoreApplication>
#include <QThread>

#include <condition_variable>
#include <deque>
#include <mutex>

using namespace Qt::StringLiterals;

namespace cumulet {

// Answers on their way to the thread that made the database, first in, first out. What is not heard any more is dropped
// there, and its question canceled.
class Database::Answers : public QObject
{
public:
    void add(std::function<void()> answer)
    {
        const std::lock_guard lock(m_mutex); // around the event too: race detectors do not see into Qt's queue
        m_waiting.push_back(std::move(answer));
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
    }

protected:
    bool event(QEvent *event) override
    {
        std::unique_lock lock(m_mutex);
        if (event->type() != QEvent::User) {
            lock.unlock();
            return QObject::event(event);
        }
        const auto answer = std::move(m_waiting.front());
        m_waiting.pop_front();
        lock.unlock();
        answer();
        return true;
    }

private:
    std::mutex m_mutex;
    std::deque<std::function<void()>> m_waiting;
};

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
        const std::lock_guard lock(m_mutex); // tells race detectors, which do not see into wait(), the same
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
    : m_answers(std::make_unique<Answers>())
    , d(std::make_unique<Private>())
{
}

Database::~Database() = default;

// both outside of any transaction
Future<Database::Opened> Database::open(const QString &file)
{
    const auto question = ask<Opened>();
    d->add([this, question, file](Connection &connection) { answer(question, openFile(connection, file)); });
    return question->future();
}

static Result<Database::Opened> openAfresh(Connection &connection, const QString &file)
{
    connection.close();
    const auto copy = moveAside(file);
    if (!copy) {
        return Database::Opened{Database::Obstacle::NotWritable, {}};
    }
    auto opened = openFile(connection, file);
    if (opened) {
        opened->copy = *copy;
    }
    return opened;
}

Future<Database::Opened> Database::startAfresh(const QString &file)
{
    const auto question = ask<Opened>();
    d->add([this, question, file](Connection &connection) { answer(question, openAfresh(connection, file)); });
    return question->future();
}

Future<Done> Database::runInSlices(Slice job)
{
    const auto question = ask<Done>();
    runSlice(question, job);
    return question->future();
}

void Database::runSlice(const Question<Done> &question, const Slice &job)
{
    enqueue(Safety::Process, [this, question, job](Connection &connection, const Finish &finish) {
        const auto hasMore = job(connection);
        const auto finished = finish(hasMore.has_value());
        if (hasMore && *hasMore && finished) {
            runSlice(question, job); // while the database closes this is never run, and the answer is "canceled"
            return;
        }
        answer(question, hasMore ? finished : Result<Done>(hasMore.error()));
    });
}

void Database::deliver(std::function<void()> answer)
{
    m_answers->add(std::move(answer));
}

Future<Done> Database::settle()
{
    const auto question = ask<Done>();
    d->add([this, question](Connection &) { answer(question, Result<Done>(Done{})); });
    return question->future();
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
