"""Reading and splitting in one warm process; the floor is to decode and scan once (warm.py).

python benchmarks/split_warm.py md 10 100 1000 10000
"""

from __future__ import annotations

import re
from time import thread_time_ns

from corpus import document
from decoding import DECODERS
from luoshi.core.material import split
from luoshi.core.reading import read_bytes
from warm import main

_SCAN = re.compile(r"[。！？；\n]")


def one(form: str, number: int) -> tuple[tuple[int, ...], int]:
    """Return the nanoseconds of floor, reading and splitting, and the characters."""
    data = document(form, number)
    begin = thread_time_ns()
    len(_SCAN.findall(DECODERS[form](data)))
    scanned = thread_time_ns()
    read = read_bytes(data, f"x.{form}")
    done = thread_time_ns()
    split(read)
    end = thread_time_ns()
    return (scanned - begin, done - scanned, end - done), len(read.text)


if __name__ == "__main__":
    main(one, ("read", "split"))
