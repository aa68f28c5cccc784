"""The journal as a file: one entry a line (JSON), for the verifier and the auditor."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from luoshi.core.journal.entry import RowChange
from luoshi.core.journal.succession import VERB, Change, genuine
from luoshi.core.journal.verify import Held


def to_line(held: Held) -> str:
    """Return one entry as a line."""
    record = {
        "number": held.number,
        "data": held.data.decode(),
        "leaf": held.leaf.hex(),
        "columns": held.columns,
        "salt": held.salt.hex() if held.salt is not None else None,
        "facts": held.facts,
        "rows": [[r.table, r.key, r.operation, r.digest] for r in held.rows],
    }
    return json.dumps(record, ensure_ascii=False)


def from_lines(lines: Iterable[str]) -> Iterator[Held]:
    """Yield the entries of a file.

    Raises ``ValueError``, worded for the auditor, at the first line that is none.
    """
    for place, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            salt = record["salt"]
            yield Held(
                int(record["number"]),
                record["data"].encode(),
                bytes.fromhex(record["leaf"]),
                {str(k): str(v) for k, v in record["columns"].items()},
                bytes.fromhex(salt) if salt is not None else None,
                record["facts"],
                tuple(RowChange(*row) for row in record["rows"]),
            )
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise ValueError(f"第{place}行不是导出的留痕，文件可能不完整或被改动过。") from error


def key_changes(lines: Iterable[str]) -> Iterator[Change]:
    """Yield the genuine changes of keys among the entries of a file.

    Raises ``ValueError`` as :func:`from_lines` does, and for facts that are no facts.
    """
    for held in from_lines(lines):
        if held.columns.get("verb") == VERB and held.facts is not None:
            try:
                facts = json.loads(held.facts)
            except ValueError:
                continue  # the verifier says so, with the entry's number
            yield from genuine([facts])
