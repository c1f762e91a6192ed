#!/usr/bin/env python3
"""Fills message archives.

    archive.py store ENV FILE        writes them into the database of the server described by ENV: as many and as
                                     old as one likes, at once (Prosody and ejabberd of servers.sh, storage sql)
    archive.py send HOST SERVER:PORT CA FILE USER=PASSWORD...   sends them through any server

Each line of FILE is one message in JSON: "from", "to" (user names), "body", and if wanted "at" (milliseconds since
1970; otherwise now, one after the other) and "id" (otherwise archive-N; it is the origin id, too).
send: the receiver is logged in meanwhile, so that nothing is kept as an offline message.
"""
import json
import os
import select
import signal
import sqlite3
import ssl
import sys
import time
import uuid
from xml.sax.saxutils import escape, quoteattr

from client import Session


def messages(name):
    """Yields the messages of a file, complete."""
    now = int(time.time() * 1000) - 3600 * 1000
    with open(name, encoding="utf-8") as file:
        for n, line in enumerate(file):
            message = {"id": "archive-%d" % n, "at": now + n}
            message.update(json.loads(line))
            yield message


def stanza(message, host, attributes=""):
    """A message as its sender would have sent it."""
    return ("<message%s type='chat' to=%s id=%s><body>%s</body>"
            "<origin-id xmlns='urn:xmpp:sid:0' id=%s/></message>"
            % (attributes, quoteattr("%s@%s" % (message["to"], host)), quoteattr(message["id"]),
               escape(message["body"]), quoteattr(message["id"])))


def store(env, name):
    """Writes messages into the archives of both sides."""
    about = dict(line.strip().split("=", 1) for line in open(env, encoding="utf-8"))
    host, folder = about["HOST"], env.rpartition("/")[0]
    rows = []
    for message in messages(name):
        for user, peer in ((message["from"], message["to"]), (message["to"], message["from"])):
            peer = "%s@%s" % (peer, host)
            sender = " from='%s@%s/seed'" % (message["from"], host)
            if about["KIND"] == "prosody":
                rows.append((host, user, "archive", str(uuid.uuid4()), message["at"] / 1000, peer, "xml",
                             stanza(message, host, sender)))
            else:
                # the time is the key: microseconds, and no two alike
                rows.append((user, message["at"] * 1000 + len(rows) % 1000, peer, peer,
                             stanza(message, host, sender + " xmlns='jabber:client'"),
                             message["body"], "chat", "", message["id"]))
    if about["KIND"] == "prosody":
        path, table, columns = "prosody", "prosodyarchive", '"host","user","store","key","when","with","type","value"'
    else:
        path, table, columns = "ejabberd", "archive", "username,timestamp,peer,bare_peer,xml,txt,kind,nick,origin_id"
    with open(folder + "/pid", encoding="ascii") as file:
        server = int(file.read())
    database = sqlite3.connect("%s/data/%s.sqlite" % (folder, path), timeout=0, isolation_level=None)
    begin(database, server)
    try:
        database.executemany("INSERT INTO %s (%s) VALUES (%s)"
                             % (table, columns, ",".join("?" * len(rows[0]))), rows)
        database.execute("COMMIT")
        database.close()
    finally:
        os.kill(server, signal.SIGCONT)


def begin(database, server):
    """Begins to write while the server stands still: Prosody does not wait for a lock, takes a refused write for done,
    and cannot read with that connection afterwards, so that accounts seem to be gone."""
    end = time.monotonic() + 30
    while True:
        os.kill(server, signal.SIGSTOP)
        try:
            database.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError:  # it was writing itself
            os.kill(server, signal.SIGCONT)
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


def send(host, server, authority, name, *accounts):
    """Sends messages one after the other without waiting, and returns when the last has arrived."""
    words = dict(account.split("=", 1) for account in accounts)
    everything = list(messages(name))
    for pair in dict.fromkeys((message["from"], message["to"]) for message in everything):
        send_pair(host, server, authority, words, pair,
                  [message for message in everything if (message["from"], message["to"]) == pair])


def send_pair(host, server, authority, words, pair, those):
    """The same for one sender and one receiver."""
    to = Session(host, server, authority, pair[1], words[pair[1]])
    came_from = Session(host, server, authority, pair[0], words[pair[0]])
    stanzas = [stanza(message, host) for message in those]
    # after the last message, and seen by the receiver only: nothing that an archive keeps
    last = "archive-end-%s" % uuid.uuid4()
    stanzas.append("<message to='%s' type='chat' id='%s'><no-store xmlns='urn:xmpp:hints'/></message>" % (to.jid, last))
    waiting = "".join(stanzas).encode()
    sent, tail, wanted = 0, b"", last.encode()
    end = time.monotonic() + 300
    to.socket.setblocking(False)
    came_from.socket.setblocking(False)
    while wanted not in tail:
        if time.monotonic() > end:
            sys.exit("not all messages arrived within five minutes")
        select.select([to.socket, came_from.socket], [came_from.socket] if sent < len(waiting) else [], [], 1)
        for part in came_from.arrived():
            if b"stream:error" in part:
                sys.exit("%s: %s" % (came_from.jid, part.decode(errors="replace")))
        for part in to.arrived():
            tail = tail[-200:] + part
            if wanted in tail:
                break
        if sent < len(waiting):
            try:
                sent += came_from.socket.send(waiting[sent:sent + 16384])
            except (ssl.SSLWantReadError, ssl.SSLWantWriteError, BlockingIOError):
                pass
    for one in (to, came_from):
        one.socket.setblocking(True)
        one.send("</stream:stream>")
        one.socket.close()


if __name__ == "__main__":
    {"store": store, "send": send}[sys.argv[1]](*sys.argv[2:])
