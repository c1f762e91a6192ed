#!/usr/bin/env python3
"""A small XMPP client for test scripts, without any library, for speed.

    client.py register HOST SERVER:PORT CA USER PASSWORD...     makes accounts on the running server (XEP-0077)
"""
import base64
import re
import socket
import ssl
import sys
from xml.sax.saxutils import escape


class Session:
    """A logged-in stream: STARTTLS, SASL PLAIN, bind."""

    def __init__(self, host, server, authority, user, password):
        self.jid = "%s@%s" % (user, host)
        head = self.open(host, server, authority)
        secret = base64.b64encode(b"\0%s\0%s" % (user.encode(), password.encode())).decode()
        self.ask("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>%s</auth>" % secret, b"<success")
        self.ask(head, b"</stream:features>")
        self.ask("<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>", b"</iq>")
        self.full = re.search(rb"<jid[^>]*>([^<]*)", self.buffer).group(1).decode()
        # a server's own greeting may come at any time: nothing below relies on what comes in between
        self.send("<presence/>")

    def open(self, host, server, authority):
        """Opens an encrypted stream; returns the words that open it again."""
        name, _, port = server.rpartition(":")
        self.buffer = b""
        self.socket = socket.create_connection((name, int(port)), 10)
        self.socket.settimeout(60)
        head = ("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' "
                "version='1.0' to='%s'>" % host)
        self.ask(head, b"</stream:features>")
        self.ask("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", b"<proceed")
        context = ssl.create_default_context(cafile=authority if authority else None)
        self.socket = context.wrap_socket(self.socket, server_hostname=host)
        self.ask(head, b"</stream:features>")
        return head

    def send(self, text):
        self.socket.sendall(text.encode())

    def ask(self, text, wanted):
        """Sends and waits for wanted in the answer."""
        self.send(text)
        self.buffer = b""
        while wanted not in self.buffer:
            if b"<failure" in self.buffer or b"stream:error" in self.buffer:
                sys.exit("%s: %s" % (self.jid, self.buffer.decode(errors="replace")))
            part = self.socket.recv(65536)
            if not part:
                sys.exit("%s: the server closed the stream" % self.jid)
            self.buffer += part

    def arrived(self):
        """What can be read at once, in parts: select() does not see what TLS has decoded already."""
        while True:
            try:
                part = self.socket.recv(1 << 16)
            except (ssl.SSLWantReadError, ssl.SSLWantWriteError, BlockingIOError):
                return
            if not part:
                sys.exit("%s: the server closed the stream" % self.jid)
            yield part


class Newcomer(Session):
    """Makes an account and leaves."""

    def __init__(self, host, server, authority, user, password):
        self.jid = "%s@%s" % (user, host)
        self.open(host, server, authority)
        self.ask("<iq type='set' id='register'><query xmlns='jabber:iq:register'><username>%s</username>"
                 "<password>%s</password></query></iq>" % (escape(user), escape(password)), b"id")
        while b"/>" not in self.buffer and b"</iq>" not in self.buffer:
            self.buffer += self.socket.recv(65536)
        if b"error" in self.buffer:
            sys.exit("%s: no account: %s" % (self.jid, self.buffer.decode(errors="replace")))
        self.socket.close()


if __name__ == "__main__":
    if sys.argv[1] != "register":
        sys.exit(__doc__)
    for one, word in zip(sys.argv[5::2], sys.argv[6::2]):
        Newcomer(*sys.argv[2:5], one, word)
