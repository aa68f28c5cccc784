"""What pycorrector and autocorrect-py find in one text, run by the peers' interpreter.

pycorrector's statistical and neural correctors each load a language model from the network;
without one its corrector of proper names and set phrases works, by pinyin and strokes. The
package's own start-up would also import torch, which that corrector does not need: it is passed
over, in pycorrector's favour.

.venv-bench/bin/python benchmarks/peer_words.py pycorrector text.md
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType


def pycorrector(text: str) -> list[object]:
    """Return what the corrector of proper names says of each line."""
    package = ModuleType("pycorrector")
    spec = find_spec("pycorrector")
    if spec is None:
        raise SystemExit("pycorrector is not installed")
    package.__path__ = list(spec.submodule_search_locations or ())
    sys.modules["pycorrector"] = package
    from pycorrector.proper_corrector import ProperCorrector

    corrector = ProperCorrector()
    return [corrector.correct(line) for line in text.splitlines() if line]


def autocorrect(text: str) -> list[object]:
    """Return what autocorrect objects to."""
    from autocorrect_py import lint_for

    return list(lint_for(text, "markdown").lines)


if __name__ == "__main__":
    peer = {"pycorrector": pycorrector, "autocorrect": autocorrect}[sys.argv[1]]
    print(peer(Path(sys.argv[2]).read_text("utf-8")))
