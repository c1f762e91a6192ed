"""What bare SQLite needs for the same: nothing that keeps the same data on disk can need less."""
import os
import sqlite3
import time

PAGE = """SELECT id, time, state, flags, sender, message_id, body FROM message WHERE conversation = ?
          ORDER BY time DESC, id DESC LIMIT 60"""


def median_of(runs, action):
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        action()
        times.append(time.perf_counter() - began)
    return sorted(times)[runs // 2]


def open_read(file):
    return sqlite3.connect("file:%s?mode=ro" % file, uri=True)


def page(file, conversation):
    """Seconds for the newest sixty rows of a chat."""
    with open_read(file) as database:
        return median_of(50, lambda: database.execute(PAGE, (conversation,)).fetchall())


def rare_word(file, word):
    """Seconds to find a word and the message that has it."""
    query = "SELECT body FROM search JOIN message ON message.id = search.rowid / 2 WHERE search MATCH ?"
    with open_read(file) as database:
        return median_of(50, lambda: database.execute(query, (word,)).fetchall())


def size(file):
    """Bytes a message in that file, without what is not messages."""
    with open_read(file) as database:
        count, = database.execute("SELECT count(*) FROM message").fetchone()
        pages, = database.execute("SELECT sum(pgsize) FROM dbstat WHERE name GLOB 'message*' OR name GLOB 'search*' "
                                  "OR name GLOB 'sqlite_autoindex_message*'").fetchone()
    return pages / count


def smallest_size(file, scratch):
    """Bytes a message in a file of bare tables with the same rows: their ids, two indexes, the words."""
    if os.path.exists(scratch):
        os.remove(scratch)
    database = sqlite3.connect(scratch)
    database.executescript("""
        PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
        CREATE TABLE message (id INTEGER PRIMARY KEY, conversation INTEGER, time INTEGER, sender, message_id, archive_id, body);
        CREATE VIRTUAL TABLE words USING fts5(body, content = '', detail = none);
        ATTACH '%s' AS full;
        INSERT INTO main.message SELECT id, conversation, time, sender, message_id, archive_id, body FROM full.message;
        CREATE INDEX by_time ON message (conversation, time);
        CREATE INDEX by_archive ON message (archive_id);
        INSERT INTO words (rowid, body) SELECT id, body FROM main.message;
        INSERT INTO words (words) VALUES ('optimize');
    """ % file)
    count, = database.execute("SELECT count(*) FROM main.message").fetchone()
    database.close()
    bytes_each = os.path.getsize(scratch) / count
    os.remove(scratch)
    return bytes_each


def store_one(scratch, count=2000):
    """Processor seconds to write one message in a transaction of its own, indexes and words included."""
    for name in (scratch, scratch + "-wal", scratch + "-shm"):
        if os.path.exists(name):
            os.remove(name)
    database = sqlite3.connect(scratch, isolation_level=None)
    database.executescript("""
        PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
        CREATE TABLE message (id INTEGER PRIMARY KEY, conversation INTEGER, time INTEGER, sender, message_id, archive_id, body);
        CREATE INDEX by_time ON message (conversation, time);
        CREATE UNIQUE INDEX by_archive ON message (archive_id);
    """)
    began = time.process_time()
    for n in range(count):
        database.execute("INSERT INTO message (conversation, time, sender, message_id, archive_id, body) "
                         "VALUES (1, ?, '/x', ?, ?, 'Message of some words, as people write them.')",
                         (n, "live-%d" % n, "archive-%d" % n))
    spent = time.process_time() - began
    database.close()
    for name in (scratch, scratch + "-wal", scratch + "-shm"):
        if os.path.exists(name):
            os.remove(name)
    return spent / count
