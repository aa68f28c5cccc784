"""Whole processes: ``luoshi split`` of one docx, its peers, a bare interpreter.

The peers only turn the docx into text. They live in .venv-bench (``make bench-setup``).

python benchmarks/split_process.py 15
"""

from __future__ import annotations

from process import PEERS, SAMPLE, Command, luoshi, main

_DOCX2PYTHON = (
    "import sys; from docx2python import docx2python as read; print(read(sys.argv[1]).text)"
)
COMMANDS = {
    "luoshi split": Command(luoshi("split", SAMPLE, "--format", "json")),
    "markitdown": Command([PEERS, "-m", "markitdown", SAMPLE]),
    "docx2python": Command([PEERS, "-c", _DOCX2PYTHON, SAMPLE]),
}

if __name__ == "__main__":
    main(COMMANDS)
