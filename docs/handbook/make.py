"""Make the handbook's pages anew from the rules: ``python docs/handbook/make.py``."""

from __future__ import annotations

from pathlib import Path

from luoshi.core.checks import all_rules
from luoshi.core.checks.handbook import pages

FOLDER = Path(__file__).resolve().parent


def main() -> None:
    """Write every page and remove those of rules that are no more."""
    made = pages(all_rules())
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    for old in FOLDER.glob("*.md"):
        if old.name not in made:
            old.unlink()


if __name__ == "__main__":
    main()
