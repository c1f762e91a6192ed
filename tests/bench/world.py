"""The surroundings of a benchmark: a display, a D-Bus session that starts nothing, a server with contacts."""
import hashlib
import json
import os
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from xml.sax.saxutils import escape

here = os.path.dirname(os.path.abspath(__file__))
servers = os.path.join(here, "..", "kit", "servers")
sys.path[:0] = [servers, os.path.join(here, "..", "kit", "seed")]
from client import Session  # noqa: E402
from seed import PUBSUB, Person, form  # noqa: E402

HOST = "example.org"
SELF = "romeo"
PASSWORD = "wherefore"
CONTACTS = 1000
PRESENT = 200

BUS = """<busconfig><type>session</type><listen>unix:dir=%s</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"""


class World:
    """Everything but the program. As a context: whatever it started ends with it."""

    def __init__(self, folder, log):
        self.folder, self.log, self.children, self.people = folder, log, [], []
        self.memory = None
        self.sent = 0

    def __enter__(self):
        self.env = {key: value for key, value in os.environ.items()
                    if not key.startswith(("QT_", "XDG_", "KDE_", "WAYLAND", "DBUS_", "DISPLAY"))}
        runtime = os.path.join(self.folder, "run")
        os.makedirs(runtime, 0o700)
        self.env.update(HOME=self.folder, XDG_RUNTIME_DIR=runtime, QT_QPA_PLATFORM="xcb", LANG="C.UTF-8")
        self.env["DISPLAY"] = ":" + self.start_saying(["Xvfb", "-screen", "0", "1280x820x24", "-nolisten", "tcp",
                                                       "-displayfd", "1"])
        config = os.path.join(self.folder, "bus.conf")
        with open(config, "w", encoding="ascii") as file:
            file.write(BUS % runtime)
        self.env["DBUS_SESSION_BUS_ADDRESS"] = self.start_saying(
            ["dbus-daemon", "--config-file", config, "--nofork", "--print-address=1"])
        return self

    def __exit__(self, *_):
        for child in reversed(self.children):
            if child.stdin:
                child.stdin.close()  # the server ends with its input
            else:
                child.terminate()
        for child in self.children:
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()
        if self.memory:
            self.memory.cleanup()

    def start_saying(self, arguments):
        """Starts something that says in one line where it is to be found."""
        child = subprocess.Popen(arguments, env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                 stderr=self.log)
        self.children.append(child)
        said = child.stdout.readline().decode().strip()
        if not said:
            raise SystemExit("%s does not start" % arguments[0])
        return said

    def start_server(self):
        """A real Prosody with everybody's accounts and contacts in it."""
        # the server's disk is not what is measured
        self.memory = tempfile.TemporaryDirectory(prefix="cumulet-bench-",
                                                  dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
        self.place = os.path.join(self.memory.name, "server")
        child = subprocess.Popen([os.path.join(servers, "servers.sh"), "hold", "prosody", self.place, HOST],
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log)
        self.children.append(child)
        self.server = {}
        for line in iter(child.stdout.readline, b""):
            if line == b"READY\n":
                break
            name, _, value = line.decode().strip().partition("=")
            self.server[name] = value
        else:
            raise SystemExit("the server does not start")
        self.serve("stop")
        self.write_people(os.path.join(self.place, "data", "prosody.sqlite"))
        self.serve("again")

    def serve(self, *words):
        subprocess.run([os.path.join(servers, "servers.sh"), words[0], self.place, *words[1:]], check=True,
                       stdout=self.log, stderr=self.log)

    @property
    def address(self):
        return "127.0.0.1:" + self.server["C2S"]

    def certificate(self):
        """SHA-256 of the server's certificate."""
        with open(os.path.join(self.place, "certs", "server.crt"), encoding="ascii") as file:
            pem = file.read()
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem[pem.index("-----BEGIN"):])).digest()

    @staticmethod
    def write_people(database):
        """Accounts and rosters, as the server itself keeps them: a thousand registrations would take minutes."""
        one = "contact%d".__mod__
        rows = [(HOST, user, "accounts", "password", "string", PASSWORD)
                for user in [SELF] + [one(n) for n in range(CONTACTS)]]
        for n in range(CONTACTS):
            item = {"subscription": "both", "groups": {"Group %d" % (n % 12): True}, "name": "Contact %d" % n}
            rows.append((HOST, SELF, "roster", "%s@%s" % (one(n), HOST), "json", json.dumps(item)))
            rows.append((HOST, one(n), "roster", "%s@%s" % (SELF, HOST), "json",
                         json.dumps({"subscription": "both", "groups": {"G": True}})))
        with sqlite3.connect(database, timeout=30) as open_one:
            open_one.executemany('INSERT INTO prosody ("host","user","store","key","type","value") VALUES (?,?,?,?,?,?)',
                                 rows)

    def bring_people(self):
        """So many contacts log in and stay."""
        for n in range(PRESENT):
            self.people.append(Session(HOST, self.address, self.server["CA"], "contact%d" % n, PASSWORD))
        # what the others are told is read and forgotten, so that the server never waits for them
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        import select
        names = {person.socket: person for person in self.people}
        for person in self.people:
            person.socket.settimeout(0.5)
        while True:
            for ready in select.select(list(names), [], [], 1)[0]:
                try:
                    if not ready.recv(1 << 16):
                        names.pop(ready)
                except OSError:
                    pass

    def send(self, count, pause):
        """contact0 writes to us, one message every so many seconds, each asking for a receipt."""
        person = self.people[0]
        due = time.monotonic()
        for _ in range(count):
            self.sent += 1
            name = "live-%d" % self.sent
            person.send("<message to='%s@%s' type='chat' id='%s'><body>%s</body><request xmlns='urn:xmpp:receipts'/>"
                        "<markable xmlns='urn:xmpp:chat-markers:0'/><origin-id xmlns='urn:xmpp:sid:0' id='%s'/></message>"
                        % (SELF, HOST, name, escape("Message %d of some words, as people write them." % self.sent), name))
            due += pause
            if pause:
                time.sleep(max(0, due - time.monotonic()))

    def start_channels(self, build):
        """A channel service behind the server; we follow the channel of contact0."""
        child = subprocess.Popen(
            [os.path.join(build, "tests", "channelserver", "cumulet-channelserver"), "--server",
             "127.0.0.1:" + self.server["COMP"], "--domain", self.server["CHANNELS"], "--secret-file",
             self.server["SECRET"], "--store", os.path.join(self.memory.name, "channels.sqlite")],
            env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.log)
        self.children.append(child)
        for line in iter(child.stdout.readline, b""):
            if b"ready" in line:
                break
        else:
            raise SystemExit("the channel service does not start")
        self.writer = Person(self.server, "contact0")
        reader = Person(self.server, SELF)
        node = self.node = "/user/%s/posts" % self.writer.jid
        for person in (self.writer, reader):
            person.request("set", "<query xmlns='jabber:iq:register'/>", self.server["CHANNELS"])
        self.writer.request("set", "<pubsub xmlns='%s#owner'>%s</pubsub>" % (PUBSUB, form(
            [("pubsub#title", "Busy")]).replace("<configure>", "<configure node='%s'>" % node)), self.server["CHANNELS"])
        reader.request("set", "<pubsub xmlns='%s'><subscribe node='%s' jid='%s'/></pubsub>" % (PUBSUB, node, reader.jid),
                       self.server["CHANNELS"])
        reader.send("</stream:stream>")

    def publish(self, count):
        """contact0 posts to its channel, as fast as the service takes it."""
        for _ in range(count):
            self.sent += 1
            self.writer.request("set", "<pubsub xmlns='%s'><publish node='%s'><item><entry "
                                "xmlns='http://www.w3.org/2005/Atom'><content type='text'>Post %d of some words, as people "
                                "write them.</content></entry></item></publish></pubsub>" % (PUBSUB, self.node, self.sent),
                                self.server["CHANNELS"])

    def archive(self, count):
        """So many messages that came while we were away."""
        name = os.path.join(self.folder, "archived")
        now = int(time.time() * 1000)
        with open(name, "w", encoding="utf-8") as file:
            for n in range(count):
                file.write(json.dumps({"from": "contact%d" % (n % 10), "to": SELF, "id": "away-%d" % n, "at": now + n,
                                       "body": "Written %d while you were away, 爱 and 🌹." % n}) + "\n")
        self.serve("archive", name)
