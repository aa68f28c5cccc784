"""One warm process, many different documents: what one costs, and whether it stays so.

Every document is new (see corpus.py) and goes through three steps whose processor time is
taken apart: a floor (what nobody can do without: unpack and decode, one regex scan), reading
and splitting. Prints JSON: per size the medians in microseconds and the peak memory.

python benchmarks/split_warm.py md 10 100 1000 10000
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Callable
from statistics import fmean, median
from time import thread_time_ns

from corpus import FORMATS, document
from luoshi.core.material import split
from luoshi.core.reading import read_bytes

WARM_UP = 20
_SCAN = re.compile(r"[。！？；\n]")
_KIB = 1 if sys.platform != "darwin" else 1024


def floor_text(data: bytes) -> int:
    """Decode and scan once."""
    return len(_SCAN.findall(data.decode("utf-8")))


def floor_docx(data: bytes) -> int:
    """Unpack the body, parse it, join its characters and scan once."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    return len(_SCAN.findall(etree.tostring(body, method="text", encoding="unicode")))


def floor_pdf(data: bytes) -> int:
    """Let pdfium give the characters of each page and scan them once."""
    import pypdfium2

    count = 0
    pdf = pypdfium2.PdfDocument(data)
    for page in pdf:
        text = page.get_textpage()
        count += len(_SCAN.findall(text.get_text_bounded()))
        text.close()
        page.close()
    pdf.close()
    return count


FLOORS: dict[str, Callable[[bytes], int]] = {
    "docx": floor_docx,
    "md": floor_text,
    "pdf": floor_pdf,
}


def one(form: str, index: int) -> tuple[int, int, int, int]:
    """Return the nanoseconds of floor, reading and splitting, and the characters."""
    data = document(form, index)
    begin = thread_time_ns()
    FLOORS[form](data)
    scanned = thread_time_ns()
    read = read_bytes(data, f"x.{form}")
    done = thread_time_ns()
    split(read)
    end = thread_time_ns()
    return scanned - begin, done - scanned, end - done, len(read.text)


def measure(form: str, size: int, first: int) -> dict[str, float]:
    """Return the figures of ``size`` documents from number ``first`` on."""
    rows = [one(form, first + index) for index in range(size)]
    scans, reads, splits, lengths = map(list, zip(*rows, strict=True))
    return {
        "size": size,
        "floor": median(scans) / 1e3,
        "read": median(reads) / 1e3,
        "split": median(splits) / 1e3,
        "both": median(map(sum, zip(reads, splits, strict=True))) / 1e3,
        "mean": (sum(reads) + sum(splits)) / size / 1e3,
        "characters": fmean(lengths),
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB / 1024,
    }


def main() -> None:
    """Measure one format at the sizes given on the command line."""
    form, sizes = sys.argv[1], [int(size) for size in sys.argv[2:]]
    if form not in FORMATS or not sizes:
        raise SystemExit(__doc__)
    measure(form, WARM_UP if form != "pdf" else 2, 0)
    first = WARM_UP
    rows = []
    for size in sizes:
        rows.append(measure(form, size, first))
        first += size
    print(json.dumps({"format": form, "rows": rows}))


if __name__ == "__main__":
    main()
