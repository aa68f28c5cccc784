"""Run one command and print its wall time, processor time and peak memory as JSON."""

from __future__ import annotations

import json
import sys

from process import Command, run

if __name__ == "__main__":
    print(json.dumps(run(Command(sys.argv[1:]))))
