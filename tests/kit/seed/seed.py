#!/usr/bin/env python3
"""Fills a server and a channel service with a small world, for the demo and for trying things by hand.

    seed.py people ENV                  accounts' rosters and the archive of their chats; ENV is servers.sh's DIR/env
    seed.py channels ENV                personal and topic channels, followers, roles, posts and comments
    seed.py age STORE                   gives the posts in a stopped channel service's store the ages of the world
    seed.py names                       prints the user names; every password is PASSWORD below

The world is verona.json. Everything in channels goes over the wire, as the people themselves would do it.
"""
import base64
import datetime
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
import uuid
from xml.sax.saxutils import escape, quoteattr

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "..", "servers"))
from client import Session  # noqa: E402
import picture  # noqa: E402

PASSWORD = "wherefore"
PUBSUB = "http://jabber.org/protocol/pubsub"

with open(os.path.join(here, "verona.json"), encoding="utf-8") as file:
    WORLD = json.load(file)


class Person(Session):
    """A logged-in account that asks one thing after the other."""

    def __init__(self, env, user):
        super().__init__(env["HOST"], "127.0.0.1:" + env["C2S"], env["CA"], user, PASSWORD)
        self.count = 0

    def request(self, kind, payload, to=None, may_fail=False):
        """Sends an iq and returns its answer; ends the program with the error if there is one."""
        self.count += 1
        name = "seed-%d" % self.count
        address = " to=%s" % quoteattr(to) if to else ""
        self.send("<iq type='%s' id='%s'%s>%s</iq>" % (kind, name, address, payload))
        answer = self.wait_for(re.compile(r"<iq\b(?=[^>]*\bid=['\"]%s['\"])(?=[^>]*\btype=['\"](result|error)['\"])"
                                          r"[^>]*?(/>|>.*?</iq>)" % name, re.S))
        if answer.group(1) == "error" and not may_fail:
            sys.exit("%s: %s\n%s" % (self.jid, payload, answer.group(0)))
        return answer.group(0)

    def wait_for(self, pattern):
        """Reads until pattern is found; what came before it is forgotten."""
        text = ""
        self.socket.settimeout(20)
        while True:
            found = pattern.search(text)
            if found:
                return found
            part = self.socket.recv(65536)
            if not part:
                sys.exit("%s: the server closed the stream" % self.jid)
            self.buffer += part
            text = self.buffer.decode(errors="ignore")


def read_env(path):
    """KEY=VALUE lines of a server."""
    with open(path, encoding="utf-8") as file:
        return dict(line.strip().split("=", 1) for line in file if "=" in line)


def people(path):
    """Rosters both ways, and chats of the past."""
    env = read_env(path)
    host = env["HOST"]
    sessions = {user: Person(env, user) for user in WORLD["people"]}
    for person in sessions.values():
        person.request("get", "<query xmlns='jabber:iq:roster'/>")
        name = WORLD["people"][person.jid.split("@")[0]]
        person.request("set", "<vCard xmlns='vcard-temp'><FN>%s</FN></vCard>" % escape(name))
        person.request("set", "<pubsub xmlns='%s'><publish node='http://jabber.org/protocol/nick'><item id='current'>"
                              "<nick xmlns='http://jabber.org/protocol/nick'>%s</nick></item></publish></pubsub>"
                       % (PUBSUB, escape(name)), may_fail=True)
    for one, other, group in WORLD["contacts"]:
        for owner, contact in ((one, other), (other, one)):
            sessions[owner].request("set", "<query xmlns='jabber:iq:roster'><item jid='%s@%s' name=%s>%s</item></query>" % (
                contact, host, quoteattr(WORLD["people"][contact]),
                "<group>%s</group>" % escape(group) if group and owner == one else ""))
            sessions[owner].send("<presence to='%s@%s' type='subscribe'/>" % (contact, host))
        for owner, contact in ((one, other), (other, one)):
            sessions[contact].wait_for(re.compile(r"<presence\b(?=[^>]*\btype=['\"]subscribe['\"])"
                                                  r"(?=[^>]*\bfrom=['\"]%s@)" % owner))
            sessions[contact].send("<presence to='%s@%s' type='subscribed'/>" % (owner, host))
    for person in sessions.values():
        person.request("get", "<query xmlns='jabber:iq:roster'/>")  # everything before it has been dealt with
        person.send("</stream:stream>")
    now = time.time()
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as lines:
        for number, (sender, receiver, ago, body) in enumerate(sorted(WORLD["chat"], key=lambda one: -one[2])):
            lines.write(json.dumps({"from": sender, "to": receiver, "body": body, "id": "seed-%d" % number,
                                    "at": int((now - ago * 60) * 1000)}) + "\n")
        lines.flush()
        subprocess.run([os.path.join(here, "..", "servers", "archive.py"), "store", path, lines.name], check=True)


def form(fields):
    """A submitted node configuration."""
    return ("<configure><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'>"
            "<value>http://jabber.org/protocol/pubsub#node_config</value></field>%s</x></configure>"
            % "".join("<field var='%s'><value>%s</value></field>" % (name, escape(value)) for name, value in fields))


def channels(path):
    """Channels with everything in them, in the order in which it happened."""
    env = read_env(path)
    host, service = env["HOST"], env["CHANNELS"]
    sessions = {user: Person(env, user) for user in WORLD["people"]}
    for person in sessions.values():
        person.request("set", "<query xmlns='jabber:iq:register'/>", service)
        person.send("<presence to='%s'><priority>-1</priority></presence>" % service)
    everybody = {"%s@%s" % (user, host): {"owner": user, "title": name, "description": "", "followers": []}
                 for user, name in WORLD["people"].items()}
    for address, about in (everybody | WORLD["channels"]).items():
        node = "/user/%s/posts" % address
        owner = sessions[about["owner"]]
        fields = [("pubsub#title", about["title"]), ("pubsub#description", about["description"]),
                  ("buddycloud#default_affiliation", "publisher")]
        if "access" in about:
            fields += [("pubsub#access_model", about["access"]), ("buddycloud#channel_type", "topic")]
            owner.request("set", "<pubsub xmlns='%s'><create node=%s/>%s</pubsub>"
                          % (PUBSUB, quoteattr(node), form(fields)), service)
        else:
            owner.request("set", "<pubsub xmlns='%s#owner'>%s</pubsub>"
                          % (PUBSUB, form(fields).replace("<configure>", "<configure node=%s>" % quoteattr(node))), service)
        for user in about["followers"]:
            sessions[user].request("set", "<pubsub xmlns='%s'><subscribe node=%s jid='%s@%s'/></pubsub>"
                                   % (PUBSUB, quoteattr(node), user, host), service)
        for user in about.get("moderators", []):
            owner.request("set", "<pubsub xmlns='%s#owner'><affiliations node=%s><affiliation jid='%s@%s' "
                          "affiliation='moderator'/></affiliations></pubsub>" % (PUBSUB, quoteattr(node), user, host), service)
    ids = {}
    for ago, number, author, text in timeline():
        post = WORLD["posts"][number]
        parent = "<thr:in-reply-to xmlns:thr='http://purl.org/syndication/thread/1.0' ref=%s/>" % quoteattr(ids[number]) \
            if number in ids else ""
        media = ""
        if number not in ids and "picture" in post and env.get("MEDIA"):
            media = upload(sessions[author], env["MEDIA"], post["in"], *post["picture"])
        answer = sessions[author].request("set", (
            "<pubsub xmlns='%s'><publish node='/user/%s/posts'><item><entry xmlns='http://www.w3.org/2005/Atom'>"
            "<content type='text'>%s</content>%s%s</entry></item></publish></pubsub>")
            % (PUBSUB, post["in"], escape(text), parent, media), service)
        ids.setdefault(number, re.search(r"<item\b[^>]*\bid=['\"]([^'\"]*)", answer).group(1))
    for person in sessions.values():
        person.send("</stream:stream>")


def upload(person, server, channel, name, words):
    """Puts a picture into a channel's media space, as a client does it (XEP-0070); returns the element for the post."""
    info = person.request("get", "<query xmlns='http://jabber.org/protocol/disco#info'/>", server)
    endpoint = re.search(r"<field\b[^>]*\bvar=['\"]endpoint['\"].*?<value>([^<]*)", info, re.S).group(1)
    transaction = uuid.uuid4().hex
    token = base64.urlsafe_b64encode(("%s:%s" % (person.full, transaction)).encode()).decode()
    form = urllib.parse.urlencode({"filename": name, "content-type": "image/png", "description": words,
                                   "data": base64.b64encode(picture.white_rose()).decode()})
    request = urllib.request.Request("%s/%s" % (endpoint, channel), form.encode(), {
        "Authorization": "Basic " + token, "Content-Type": "application/x-www-form-urlencoded"})
    answers = []
    asking = threading.Thread(target=lambda: answers.append(json.load(urllib.request.urlopen(request, timeout=30))))
    asking.start()
    question = person.wait_for(re.compile(r"<confirm\b[^>]*\bid=['\"]%s['\"][^>]*>" % transaction)).group(0)
    person.send("<message to='%s'>%s</message>" % (server, question if question.endswith("/>") else question + "</confirm>"))
    asking.join()
    return "<media xmlns='http://buddycloud.org/v1/media'><item id=%s channel=%s/></media>" % (
        quoteattr(answers[0]["id"]), quoteattr(channel))


def timeline():
    """All posts and comments, the oldest first: minutes ago, number of the post, author, text."""
    events = []
    for number, post in enumerate(WORLD["posts"]):
        events.append((post["ago"], number, post["by"], post["text"]))
        events += [(ago, number, by, text) for by, ago, text in post["comments"]]
    return sorted(events, key=lambda event: -event[0])


def age(store):
    """The service dates a post when it comes; here they get the age they have in the world."""
    now = time.time()
    with sqlite3.connect(store) as database:
        keys = [row[0] for row in database.execute("SELECT key FROM item WHERE node IN "
                                                   "(SELECT key FROM node WHERE name LIKE '%/posts') ORDER BY key")]
        for key, (ago, _, _, _) in zip(keys, timeline(), strict=True):
            at = int((now - ago * 60) * 1000)
            stamp = datetime.datetime.fromtimestamp(at / 1000, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.") \
                + "%03dZ" % (at % 1000)
            entry, = database.execute("SELECT entry FROM item WHERE key = ?", (key,)).fetchone()
            entry = re.sub(r"(<(?:published|updated)>)[^<]*", r"\g<1>" + stamp, entry)
            database.execute("UPDATE item SET created = ?, updated = ?, entry = ? WHERE key = ?", (at, at, entry, key))


if __name__ == "__main__":
    if sys.argv[1] == "names":
        print(*WORLD["people"])
    else:
        {"people": people, "channels": channels, "age": age}[sys.argv[1]](sys.argv[2])
