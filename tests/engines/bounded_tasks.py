"""Tasks for the workers of test_bounded.py; the item's name says what is to happen."""

import mmap
import os
import re
import resource
import signal
import sys
import time

from luoshi.core.reading.model import ReadError, Span

HELD = []
SERVED = []


def name(path, suffix=""):
    return str(path) + suffix


def act(path):
    """Do what the name says and count the item; a good item returns its name."""
    deed = getattr(sys.modules[__name__], f"_{path.stem.split('-')[0]}", None)
    SERVED.append(path)
    return deed() if deed else str(path)


def _allocate():
    return len(bytearray(8 << 30))


def _segfault():
    os.kill(os.getpid(), signal.SIGSEGV)


def _leave():
    sys.exit("leaving")


def _vanish():
    os._exit(0)


def _spin():
    while True:
        pass


def _sleep():
    time.sleep(1000)


def _raise():
    raise KeyError("第三段")


def _refuse():
    raise ReadError("encrypted", "文件设了密码。")


def _recurse():
    return _recurse()


def _loud():
    print("noise on standard output", flush=True)
    os.write(2, b"noise on standard error")
    return "loud"


def _frail():
    """Die unless it is the first file of its worker."""
    if len(SERVED) > 1:
        os._exit(1)
    return "frail"


def _hungry():
    """Need more memory than is left unless it is the first file of its worker."""
    if len(SERVED) > 1:
        raise MemoryError
    return "hungry"


def _hold():
    """Keep 300 MiB of address space, touching none of it; return who did."""
    HELD.append(mmap.mmap(-1, 300 << 20))
    return os.getpid()


def _crash():
    """Die as a C library does that finds no memory."""
    HELD.append(b"x" * (300 << 20))
    os.abort()


def _pid():
    return os.getpid()


def _span():
    return Span(1, 2)


def _foreign():
    return re.compile("a")


class _Evil:
    def __reduce__(self):
        return os.mkdir, (os.environ["TMPDIR"] + "/evil",)


def _evil():
    return _Evil()


def _huge():
    return "x" * 3000


def _surroundings():
    descriptors = {}
    for number in os.listdir("/proc/self/fd"):
        try:
            descriptors[int(number)] = os.readlink(f"/proc/self/fd/{number}")
        except OSError:
            continue
    return {
        "environment": sorted(os.environ),
        "descriptors": descriptors,
        "path": sys.path,
        "session": os.getsid(0),
        "core": resource.getrlimit(resource.RLIMIT_CORE)[0],
        "memory": resource.getrlimit(resource.RLIMIT_AS)[0],
    }


def report_and_backtrack(path):
    """Write the worker's number to the file, then stay in C code that keeps the lock on Python."""
    path.write_text(str(os.getpid()))
    re.match(r"(a+)+$", "a" * 60 + "b")
