"""Starting processes and asking the kernel what they cost."""
import ctypes
import os
import statistics
import subprocess
import time


class Process:
    """A program whose processor time and memory are asked from outside."""

    def __init__(self, arguments, env, log):
        self.began = time.monotonic()
        self.child = subprocess.Popen(arguments, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                                      bufsize=0)

    @property
    def pid(self):
        return self.child.pid

    def cpu(self):
        """Seconds of processor time of all its threads, to the nanosecond."""
        if self.child.poll() is not None:
            raise SystemExit("%s ended with %s" % (self.child.args[0], self.child.returncode))
        return time.clock_gettime((~self.pid << 3) | 2)  # what clock_getcpuclockid() makes of a process

    def settle(self, quiet=1.5, allowed=0.004, limit=120):
        """Waits until it has done nothing for so many seconds; returns its processor time."""
        end = time.monotonic() + limit
        last, since = self.cpu(), time.monotonic()
        while time.monotonic() - since < quiet:
            time.sleep(0.1)
            now = self.cpu()
            if now - last > allowed:
                last, since = now, time.monotonic()
            if time.monotonic() > end:
                raise SystemExit("%s does not come to rest" % self.child.args[0])
        return self.cpu()

    def memory(self):
        """Proportional share of its memory, in MB: what it alone has, and its part of what it shares."""
        with open("/proc/%d/smaps_rollup" % self.pid, encoding="ascii") as file:
            fields = dict(line.split()[:2] for line in file if line.split()[0].endswith(":"))
        return int(fields["Pss:"]) / 1024

    def anonymous(self):
        """Its own memory that is no file, in MB."""
        with open("/proc/%d/smaps_rollup" % self.pid, encoding="ascii") as file:
            fields = dict(line.split()[:2] for line in file if line.split()[0].endswith(":"))
        return int(fields["Anonymous:"]) / 1024

    def line(self):
        """The next line it says."""
        said = b""
        while not said.endswith(b"\n"):
            part = self.child.stdout.read(1)
            if not part:
                raise SystemExit("%s said nothing and ended" % self.child.args[0])
            said += part
        return said.decode().strip()

    def wait_for_line(self, beginning):
        """Reads until a line begins so; returns it."""
        while True:
            line = self.line()
            if line.startswith(beginning):
                return line
            if line.startswith(("failed", "disconnected")):
                raise SystemExit("%s: %s" % (self.child.args[0], line))

    def end(self):
        """Ends its input, or where that means nothing to it, itself."""
        self.child.stdin.close()
        try:
            self.child.wait(3)
        except subprocess.TimeoutExpired:
            self.child.terminate()
        self.wait()

    def wait(self, limit=20):
        try:
            self.child.wait(limit)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
        self.child.stdout.close()


class Display:
    """Sees the windows of an X display appear."""

    map_notify, substructure = 19, 1 << 19

    def __init__(self, name):
        self.name = name
        self.x = x = ctypes.CDLL("libX11.so.6")
        x.XOpenDisplay.restype = ctypes.c_void_p
        x.XDefaultRootWindow.restype = ctypes.c_ulong
        for function in (x.XDefaultRootWindow, x.XPending, x.XConnectionNumber, x.XFlush):
            function.argtypes = [ctypes.c_void_p]
        x.XSelectInput.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_long]
        x.XNextEvent.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        x.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
        x.XInternAtom.restype = ctypes.c_ulong
        x.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
        x.XSendEvent.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_long, ctypes.c_void_p]
        x.XSetInputFocus.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_ulong]
        x.XGetGeometry.argtypes = [ctypes.c_void_p, ctypes.c_ulong] + [ctypes.c_void_p] * 7
        self.display = x.XOpenDisplay(name.encode())
        if not self.display:
            raise SystemExit("no display " + name)
        x.XSelectInput(self.display, x.XDefaultRootWindow(self.display), self.substructure)
        x.XSync(self.display, 0)

    def seconds_to_window(self, start):
        """Starts something; returns it and how long it took until a window larger than a tip was there."""
        self.x.XSync(self.display, 1)
        event = (ctypes.c_long * 24)()
        began = time.monotonic()
        process = start()
        while True:
            self.x.XNextEvent(self.display, event)
            kind = ctypes.cast(event, ctypes.POINTER(ctypes.c_int))[0]
            if kind == self.map_notify and self.width(event[5]) > 300:
                return process, time.monotonic() - began

    def window_of(self, process):
        """The window of a program, as others know it."""
        found = subprocess.run(["xdotool", "search", "--all", "--onlyvisible", "--pid", str(process.pid), "--name", "."],
                               env=os.environ | {"DISPLAY": self.name}, stdout=subprocess.PIPE, check=True)
        return int(found.stdout.split()[0])

    def quit(self, process):
        """Closes its window as a person does; the program says goodbye and ends."""
        window = self.window_of(process)
        atom = [self.x.XInternAtom(self.display, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW")]
        client_message = 33
        event = (ctypes.c_long * 24)(client_message, 0, 1, self.display, window, atom[0], 32, atom[1])
        self.x.XSendEvent(self.display, window, 0, 0, ctypes.addressof(event))
        self.x.XSync(self.display, 0)
        process.wait()

    def give_keys(self, process):
        """Its window becomes the active one."""
        self.x.XSetInputFocus(self.display, self.window_of(process), 1, 0)
        self.x.XSync(self.display, 0)

    def width(self, window):
        root, x, y, width, height, border, depth = (ctypes.c_ulong(), ctypes.c_int(), ctypes.c_int(), ctypes.c_uint(),
                                                    ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint())
        self.x.XGetGeometry(self.display, window, *(ctypes.addressof(one) for one in
                                                    (root, x, y, width, height, border, depth)))
        return width.value


def median(values):
    return statistics.median(values)


def load():
    """Processes that wanted a processor, on average over the last minute."""
    return os.getloadavg()[0]
