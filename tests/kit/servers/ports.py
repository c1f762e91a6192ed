#!/usr/bin/env python3
"""What servers.sh needs beside the shell: free ports, waiting for a server, ending it."""
import os
import random
import signal
import socket
import sys
import time

STEP = 0.02  # how often a condition is looked at, in seconds


def free(count):
    """Prints distinct free loopback ports, below the range that outgoing connections take theirs from."""
    held = []
    while len(held) < count:
        one = socket.socket()
        try:
            one.bind(("127.0.0.1", random.randrange(10000, 32000)))
            held.append(one)
        except OSError:
            one.close()
    print(*[one.getsockname()[1] for one in held])


def listener_inodes(port):
    """The socket inodes that listen on a loopback port."""
    wanted = "%04X" % port
    found = set()
    with open("/proc/net/tcp", encoding="ascii") as table:
        for line in list(table)[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[1].endswith(":" + wanted):
                found.add(fields[9])
    return found


def socket_inodes(pid):
    """The inodes of all sockets that a process holds."""
    found = set()
    folder = "/proc/%d/fd" % pid
    for name in os.listdir(folder):
        try:
            link = os.readlink(os.path.join(folder, name))
        except OSError:
            continue
        if link.startswith("socket:["):
            found.add(link[8:-1])
    return found


def living_session(pid):
    """The session of a process; None when it has ended."""
    try:
        with open("/proc/%d/stat" % pid, encoding="utf-8", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else int(fields[3])


def processes(session):
    """The living processes of a session."""
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and living_session(int(name)) == session]


def answers(port, host):
    """Whether a stream is answered with features: ejabberd listens before its modules run."""
    head = ("<?xml version='1.0'?><stream:stream xmlns='jabber:client' "
            "xmlns:stream='http://etherx.jabber.org/streams' version='1.0' to='%s'>" % host)
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as stream:
            stream.settimeout(2)
            stream.sendall(head.encode())
            got = b""
            while b"</stream:features>" not in got:
                part = stream.recv(4096)
                if not part:
                    return False
                got += part
            stream.sendall(b"</stream:stream>")
            return True
    except OSError:
        return False


def ready(pid, host, ports):
    """Returns when the server owns all its ports and answers on the first; exits with the reason otherwise."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        # it may be looked at before it has made a session of its own
        if living_session(pid) is None and not processes(pid):
            taken = any(listener_inodes(port) for port in ports)
            sys.exit("a port was taken by another program" if taken else "the server ended before it was ready")
        listeners = [listener_inodes(port) for port in ports]
        try:
            own = socket_inodes(pid)
        except OSError:
            own = set()
        if any(one and not one & own for one in listeners):
            sys.exit("a port was taken by another program")
        if all(listeners) and answers(ports[0], host):
            return
        time.sleep(STEP)
    sys.exit("the server was not ready within 60 seconds")


def end(pid, name):
    """Ends every process of the session that pid leads."""
    number = getattr(signal, "SIG" + name)
    left = processes(pid)
    if pid in left:
        os.kill(pid, number)
    deadline = time.monotonic() + (10 if name == "TERM" else 0)
    while left:
        if time.monotonic() > deadline or pid not in left:
            for one in left:
                try:
                    os.kill(one, signal.SIGKILL)
                except ProcessLookupError:
                    pass
        time.sleep(STEP)
        left = processes(pid)


def main():
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == "free":
        free(int(arguments[0]))
    elif command == "ready":
        ready(int(arguments[0]), arguments[1], [int(port) for port in arguments[2:]])
    elif command == "end":
        end(int(arguments[0]), arguments[1])
    else:
        sys.exit("unknown: " + command)


main()
