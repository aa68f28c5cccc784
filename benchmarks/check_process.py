"""Whole processes: ``luoshi check`` of one docx, programs that check its words, a bare interpreter.

The peers read no docx: they are given its text, ready made. Each does a part of what luoshi
checks, without a model from the network (peer_words.py). zhlint needs node; without it, it is
left out.

python benchmarks/check_process.py 15
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from process import PEERS, ROOT, SAMPLE, Command, luoshi, main

_PEER_WORDS = str(ROOT / "benchmarks" / "peer_words.py")
_ZHLINT = ROOT / ".venv-bench" / "zhlint" / "node_modules" / ".bin" / "zhlint"
# Findings, or words found to be wrong, end with this status.
_OBJECTED = 1


def text_of_sample() -> bytes:
    """Return what luoshi reads in the sample, as Markdown: a paragraph, an empty line."""
    code = (
        "import sys; from pathlib import Path; from luoshi.core.reading import read_bytes; "
        "text = read_bytes(Path(sys.argv[1]).read_bytes()).text; "
        r"sys.stdout.buffer.write(text.replace('\n', '\n\n').encode())"
    )
    # In a process of its own: this one has to stay small.
    command = [*luoshi()[:1], "-c", code, SAMPLE]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def commands(text: str) -> dict[str, Command]:
    """Return what is compared; ``text`` is the name of the sample's text."""
    found = {
        "luoshi check": Command(luoshi("check", SAMPLE, "--format", "json"), _OBJECTED),
        "pycorrector": Command([PEERS, _PEER_WORDS, "pycorrector", text]),
        "autocorrect-py": Command([PEERS, _PEER_WORDS, "autocorrect", text]),
    }
    if os.access(_ZHLINT, os.X_OK):
        found["zhlint"] = Command([str(_ZHLINT), text], _OBJECTED)
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "sample.md").write_bytes(text_of_sample())
        os.chdir(folder)  # zhlint finds nothing outside the working folder
        main(commands("sample.md"))
