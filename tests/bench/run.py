#!/usr/bin/env python3
"""Measures the program beside its floors and prints one table; called by packaging/bench.

    run.py BUILD SEED     BUILD has the programs; data made from SEED are kept in BUILD/data

The program itself (cumulet) is measured from outside in everything that has to do with starting, the network and memory;
cumulet-bench-window drives the same window from within for opening, scrolling and searching.
"""
import datetime
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

import floors
from processes import Display, Process, load, median
from world import HOST, PASSWORD, SELF, World, here

STARTS, LOGINS = 9, 3
PACED, BURST, AWAY, EVENTS = 1500, 3000, 10_000, 1000
PACE = 0.01

rows = []


def say(words):
    print("[%4d s] %s" % (time.monotonic() - began, words), file=sys.stderr, flush=True)


def row(figure, floor, measured, aim, unit, digits):
    rows.append((figure, floor, measured, aim, unit, digits))
    say("%s: %.*f %s" % (figure, digits, measured, unit))


def print_table(first_load):
    """The one thing on standard output."""
    def words(value, unit, digits):
        return "-" if value is None else "%.*f %s" % (digits, value, unit)

    print("%-58s %12s %12s %7s %12s" % ("figure", "floor", "measured", "ratio", "aim"))
    for figure, floor, measured, aim, unit, digits in rows:
        ratio = "%.1f" % (measured / floor) if floor else "-"
        print("%-58s %12s %12s %7s %12s" % (figure, words(floor, unit, digits + 1 if floor and floor < 0.1 else digits),
                                            words(measured, unit, digits), ratio, words(aim, unit, digits)))
    print("load average before: %.2f, after: %.2f%s" % (
        first_load, load(), "; others use this machine, take wall times with care" if first_load > 1 else ""))


class Data:
    """The generated database and what is known of it, made once for each seed and schema."""

    def __init__(self, build, seed):
        folder = os.path.join(build, "data")
        os.makedirs(folder, exist_ok=True)
        mark = hashlib.sha256(str(seed).encode())
        store = os.path.join(here, "..", "..", "app", "store", "migrations")
        for name in sorted(os.listdir(store)) + [os.path.join(here, "..", "store", "SampleData.cpp"), floors.__file__]:
            with open(os.path.join(store, name), "rb") as file:
                mark.update(file.read())
        self.file = os.path.join(folder, "%s-%s.sqlite" % (seed, mark.hexdigest()[:12]))
        self.chats = self.file + ".chats"  # the same without channels
        about = self.file.replace(".sqlite", ".json")
        if not os.path.exists(about):
            self.make(build, seed, about)
        with open(about, encoding="utf-8") as file:
            self.about = json.load(file)

    def make(self, build, seed, about):
        for name in os.listdir(os.path.dirname(self.file)):
            os.remove(os.path.join(os.path.dirname(self.file), name))
        say("making a million messages (once for this seed)")
        said = subprocess.run([os.path.join(build, "tests", "bench", "cumulet-bench-data"), self.file, seed],
                              stdout=subprocess.PIPE, check=True).stdout
        content = json.loads(said)
        with sqlite3.connect(self.file) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        say("measuring its size")
        content["size"] = floors.size(self.chats)
        content["smallest_size"] = floors.smallest_size(self.chats, self.file + ".bare")
        with open(about, "w", encoding="utf-8") as file:
            json.dump(content, file)

    def profile(self, folder, world, file=None):
        """A profile of that data (or of the data in another file) that logs in to the server."""
        path = os.path.join(folder, "profile")
        os.makedirs(path, 0o700)
        shutil.copyfile(file or self.file, os.path.join(path, "cumulet.sqlite"))
        with sqlite3.connect(os.path.join(path, "cumulet.sqlite")) as database:
            # accepted by hand: --ca would make it read all certificates of the system, too
            database.execute("UPDATE account SET host = '127.0.0.1', port = ?, trusted_certificate = ?",
                             (int(world.server["C2S"]), world.certificate()))
        passwords = os.path.join(path, "passwords.json")
        with open(os.open(passwords, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="ascii") as file:
            json.dump({self.about["self"]: PASSWORD}, file)
        return path


class Bench:
    """All figures, in the order that disturbs the least."""

    def __init__(self, build, data, world, profile):
        self.build, self.data, self.world, self.path = build, data, world, profile
        self.display = Display(world.env["DISPLAY"])

    def program(self, *more, path=None):
        return Process([os.path.join(self.build, "cumulet"), "--profile", path or self.path, *more], self.world.env,
                       self.world.log)

    def tool(self, name, *arguments):
        return Process([os.path.join(self.build, "tests", "bench", name), *arguments], self.world.env, self.world.log)

    def client(self, *mode):
        return self.tool("cumulet-bench-client", self.world.address, self.world.server["CA"], "%s@%s" % (SELF, HOST),
                         PASSWORD, *mode)

    def count(self, table="message"):
        with sqlite3.connect("file:%s/cumulet.sqlite?mode=ro" % self.path, uri=True) as database:
            return database.execute("SELECT max(id) FROM " + table).fetchone()[0]

    def wait_for_rows(self, last, limit=120, table="message"):
        end = time.monotonic() + limit
        while self.count(table) < last:
            time.sleep(0.05)
            if time.monotonic() > end:
                raise SystemExit("only %d of the rows up to %d came" % (self.count(), last))

    # ---- start

    def start(self):
        ours, bare, chats = [], [], []
        without = self.data.profile(os.path.join(self.world.folder, "chats"), self.world, self.data.chats)
        for turn in range(STARTS + 1):
            process, seconds = self.display.seconds_to_window(lambda: self.program("--offline"))
            process.settle(0.5)
            self.display.quit(process)
            process, only_chats = self.display.seconds_to_window(lambda: self.program("--offline", path=without))
            process.settle(0.5)
            self.display.quit(process)
            floor, least = self.display.seconds_to_window(lambda: self.tool("cumulet-bench-bare"))
            if turn > 0:  # the first one fills the caches
                ours.append(seconds)
                chats.append(only_chats)
                bare.append(least)
                self.bare_memory = floor.memory()
            floor.end()
        row("window mapped after start, warm (wall)", median(bare), median(ours), 0.15, "s", 2)
        row("... against the same without its 200 channels and 100,000 posts", median(chats), median(ours), median(chats),
            "s", 2)

    # ---- login

    def logged_in(self):
        """The program at rest after its login, and the processor time until then."""
        log = os.path.join(self.world.place, "prosody.log")

        def logins():
            with open(log, encoding="utf-8", errors="replace") as file:
                return file.read().count("Authenticated as %s@" % SELF)

        before = logins()
        process = self.program()
        while logins() == before:
            time.sleep(0.05)
            process.cpu()
        return process, process.settle(6)  # the server takes seconds between the roster and the presences

    def login(self):
        floor = []
        for _ in range(LOGINS):
            client = self.client("window")
            client.wait_for_line("present")
            floor.append(client.settle(6))
            client.end()
        ours = []
        for turn in range(LOGINS + 1):
            process, cpu = self.logged_in()
            if turn > 0:  # the first one writes a new roster
                ours.append(cpu)
            if turn < LOGINS:
                self.display.quit(process)
        self.login_cpu = median(ours)
        row("CPU for start, login, roster of 1,000, 200 presences", median(floor), self.login_cpu, 0.4, "s", 2)
        row("memory (PSS) after login", self.bare_memory, process.memory(), 55, "MB", 0)
        return process

    def idle(self, process):
        before = process.cpu()
        time.sleep(10)
        row("idle, 10 s after login: share of a core", 0.0, (process.cpu() - before) * 10, 0, "%", 2)

    def show(self, process, contact):
        second = self.program("xmpp:%s?message" % contact)
        second.wait()
        process.settle()

    # ---- live

    def bare_live(self):
        """Processor seconds of a null client for each message, and of its login."""
        client = self.client("receipts")
        client.wait_for_line("present")
        login = before = client.settle()
        self.world.send(PACED, PACE)
        client.wait_for_line("messages %d" % PACED)
        paced = (client.settle() - before) / PACED
        before = client.cpu()
        self.world.send(BURST, 0)
        client.wait_for_line("messages %d" % (PACED + BURST))
        burst = (client.settle() - before) / BURST
        client.end()
        store = floors.store_one(os.path.join(self.world.folder, "bare.sqlite"))
        return login, paced + store, burst + store

    def each(self, process, count, pause):
        last = self.count() + count
        before = process.cpu()
        self.world.send(count, pause)
        self.wait_for_rows(last)
        return (process.settle() - before) / count * 1000

    def live(self, process, floor):
        _, paced, burst = floor
        self.each(process, 1000, 0)  # warm
        row("a live message with receipt, chat not open: CPU", paced * 1000, self.each(process, PACED, PACE), 0.5, "ms", 2)
        row("... 3,000 at once", burst * 1000, self.each(process, BURST, 0), 0.5, "ms", 2)
        self.show(process, self.data.about["chat"])
        row("memory (PSS) with the chat of 100,000 open", self.bare_memory, process.memory(), 65, "MB", 0)
        self.display.give_keys(process)
        process.settle()
        self.each(process, 1000, 0)
        row("a live message with receipt, chat open: CPU", paced * 1000, self.each(process, PACED, PACE), 0.5, "ms", 2)
        before = process.memory()
        row("... 3,000 at once", burst * 1000, self.each(process, BURST, 0), 0.5, "ms", 2)
        self.each(process, BURST, 0)
        row("memory growth over 6,000 of them", None, process.memory() - before, 0, "MB", 1)

    # ---- catch-up

    def catch_up(self, bare_login):
        since = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.world.archive(AWAY)
        client = self.client("archive", since)
        said = client.wait_for_line("done")
        floor_wall = time.monotonic() - client.began
        floor_cpu = client.settle() - bare_login
        client.end()
        if int(said.split()[1]) != AWAY:
            say("the null client read " + said)
        last = self.count() + AWAY
        process = self.program()
        self.wait_for_rows(last)
        wall = time.monotonic() - process.began
        cpu = process.settle() - self.login_cpu
        self.display.quit(process)
        row("catch-up of 10,000 archived messages, from the start (wall)", floor_wall, wall, 4, "s", 1)
        row("... CPU, start and login taken off", floor_cpu, cpu, 1.5, "s", 2)

    # ---- live posts

    def events(self, floor):
        """Posts of a channel that is not open; its own profile, for the service follows nothing else."""
        self.path = self.data.profile(os.path.join(self.world.folder, "channels"), self.world)
        self.world.start_channels(self.build)
        process, _ = self.logged_in()
        last = self.count("post")
        self.world.publish(50)  # warm
        self.wait_for_rows(last + 50, table="post")
        before = process.settle()
        self.world.publish(EVENTS)
        self.wait_for_rows(last + 50 + EVENTS, table="post")
        row("a live post, %d on end, channel not open: CPU" % EVENTS, floor * 1000,
            (process.settle() - before) / EVENTS * 1000, 0.5, "ms", 2)
        self.display.quit(process)

    # ---- within the window

    def window(self):
        about = self.data.about
        self.path = self.data.profile(os.path.join(self.world.folder, "second"), self.world)
        tool = self.tool("cumulet-bench-window", self.path, json.dumps(about))
        figures = json.loads(tool.line())
        tool.wait()
        file = self.data.file
        page = floors.page(file, about["chat_row"]) * 1000
        row("open a chat of 100,000, complete on screen (wall)", page, figures["chat_open"] * 1000, 50, "ms", 1)
        row("... the first one after the start", page, figures["chat_first"] * 1000, 50, "ms", 1)
        row("open a channel of 20,000 posts (wall)", None, figures["channel_open"] * 1000, 50, "ms", 1)
        row("put a page of 30 threads above the reader (wall)", None, figures["above"] * 1000, 10, "ms", 1)
        row("... what was read moved by", 0, figures["above_drift"], 0, "px", 0)
        row("another width of the window, the channel open (wall)", None, figures["width"] * 1000, 16, "ms", 1)
        row("... what was read moved by, there and back", 0, figures["width_drift"], 0, "px", 0)
        row("open a thread of %d comments (wall)" % figures["thread_comments"], None, figures["thread"] * 1000, 50, "ms", 1)
        row("open Home over 200 channels (wall)", None, figures["home"] * 1000, 50, "ms", 1)
        row("scroll 50 pages up: CPU (%d of %d steps painted)" % (figures["scroll_painted"], figures["scroll_pages"]),
            None, figures["scroll_cpu"], 1, "s", 2)
        row("... the longest step until it was painted (wall)", None, figures["scroll_longest"] * 1000, None, "ms", 1)
        row("find a rare word among 1,000,000, to the screen (wall)", floors.rare_word(file, about["rare"]) * 1000,
            figures["search"] * 1000, 50, "ms", 1)
        row("... CPU", None, figures["search_cpu"] * 1000, None, "ms", 1)
        say("entries in the list when the window came: %d" % figures["listed"])

    def everything(self):
        self.start()
        process = self.login()
        self.idle(process)
        self.display.quit(process)
        bare = self.bare_live()
        process, _ = self.logged_in()
        self.live(process, bare)
        self.display.quit(process)
        self.catch_up(bare[0])
        self.window()
        self.events(bare[2])
        row("the store, with full-text index: bytes a message", self.data.about["smallest_size"], self.data.about["size"],
            320, "B", 0)


def main():
    build, seed = os.path.abspath(sys.argv[1]), sys.argv[2]
    data = Data(build, seed)
    first_load = load()
    say("load average: %.2f%s" % (first_load, " (a calm machine has less than 1)" if first_load > 1 else ""))
    with tempfile.TemporaryDirectory(prefix="cumulet-bench-") as folder, \
            open(os.path.join(build, "bench.log"), "wb") as log, World(folder, log) as world:
        world.start_server()
        say("200 contacts log in")
        world.bring_people()
        Bench(build, data, world, data.profile(folder, world)).everything()
    print_table(first_load)


began = time.monotonic()
if __name__ == "__main__":
    main()
