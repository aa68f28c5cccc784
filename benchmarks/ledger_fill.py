"""Fill a database with N items of two offices, quickly: rows that are only read.

They are laid out by the database itself from the shapes of `ledger_shapes`, inside one
`guard.opened` block. The journal knows nothing of them, so `luoshi journal verify` would rightly
call every one of them unknown; nothing of what is measured on them asks the journal.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.web.settings"
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import django
from django.conf import settings

django.setup()

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from tests.office import make

from ledger_shapes import CAUSES, ITEMS, PROBLEMS, SHAPES, Shape, text
from ledger_turns import answer
from luoshi.office.examinations import models as e
from luoshi.office.journal import clock, guard
from luoshi.office.ledger import models as m

POINTS = PROBLEMS + CAUSES + ITEMS
ELSEWHERE = 10  # every tenth material is another office's
# x counts items, mat materials (both from 1); k is the item's shape; two offices.
_MATERIAL = f"((x - 1) / {ITEMS} + 1)"
_FIRST_POINT = f"(({_MATERIAL} - 1) * {POINTS} + 1)"
_PROBLEM = f"{_FIRST_POINT} + x % {PROBLEMS - 1}"  # the last problem is answered by a link alone
_CAUSE = f"{_FIRST_POINT} + {PROBLEMS} + x % {CAUSES}"
_MEASURE = f"{_FIRST_POINT} + {PROBLEMS + CAUSES} + (x - 1) % {ITEMS}"


def fill(items: int) -> float:
    """Make tables, people and so many items; return the seconds that the items took."""
    call_command("migrate", verbosity=0, interactive=False)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in
    offices = [_people("柳河街道办事处"), _people("云岭街道办事处")]
    begin = time.perf_counter()
    _prepare()
    with transaction.atomic(), guard.opened("bench"):
        _numbers(items)
        _materials(offices, items)
        shapes = [
            (k, place, Shape(k, w.office, persons, units, w.clerk))
            for place, (w, persons, units) in enumerate(offices)
            for k in range(SHAPES)
        ]
        _items(shapes)
        _hanging(shapes)
        _closing(shapes)
    _finish()
    return time.perf_counter() - begin


def _people(name: str) -> tuple[Any, list[Any], list[Any]]:
    """Make an office with sixty people who have items in hand, in twelve units."""
    world = make.world(name)
    units = [make.save(_unit(world.office, n)) for n in range(12)]
    persons = [
        make.person(world.office, f"承办人{n}", units[n % 12], roles=["owner"]) for n in range(60)
    ]
    return world, persons, units


def _unit(office: Any, n: int) -> Any:
    from luoshi.office.accounts.models import Unit

    return Unit(office=office, name=f"第{n + 1}社区", kind="community")


def _execute(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)


def _prepare() -> None:
    """Let go of what a crash would need: the database is filled anew after one."""
    if connection.vendor == "sqlite":
        for setting in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000"):
            _execute(f"PRAGMA {setting}")
    else:
        _execute("SET session_replication_role = replica")
        _execute("SET work_mem = '128MB'")
        _execute("SET maintenance_work_mem = '256MB'")


def _finish() -> None:
    if connection.vendor == "sqlite":
        _execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    made = [x for app in (m, e) for x in vars(app).values() if isinstance(x, type)]
    tables = [x for x in made if issubclass(x, models.Model) and not x._meta.abstract]
    for sql in connection.ops.sequence_reset_sql(no_style(), tables):
        with guard.opened("bench"):
            _execute(sql)
    _execute("VACUUM ANALYZE")  # what its own autovacuum does within a minute


def _numbers(items: int) -> None:
    _execute("CREATE TEMP TABLE n (x INTEGER PRIMARY KEY, k INTEGER, seat INTEGER)")
    _execute(
        f"INSERT INTO n WITH RECURSIVE s(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM s WHERE x < {items}) "
        f"SELECT x, x * 31 % {SHAPES}, CASE WHEN {_MATERIAL} % {ELSEWHERE} = 7 THEN 1 ELSE 0 END FROM s"
    )


def _lay_out(
    name: str, rows: list[tuple[int, int, Any]], given: dict[str, str], source: str
) -> None:
    """Insert a row for each number of ``source`` and each prepared row of its shape.

    ``given`` are columns that the numbers decide. ``rows``: shape, which office, row; ``t.j`` is
    the key that a row was prepared with.
    """
    model = type(rows[0][2])
    fields = [f for f in model._meta.local_concrete_fields if f.name != "id"]
    columns = [f.column for f in fields]
    kinds = ", ".join(
        f'"{f.column}" {f.db_type(connection).replace("serial", "int")}' for f in fields
    )
    _execute(f"CREATE TEMP TABLE {name} (k INTEGER, seat INTEGER, j INTEGER, {kinds})")
    marks = ", ".join(["%s"] * (len(fields) + 3))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {name} VALUES ({marks})",
            [[k, p, row.pk, *(f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields)]
             for k, p, row in rows],
        )  # fmt: skip
    _execute(f"CREATE INDEX {name}_k ON {name} (k, seat)")
    if connection.vendor != "sqlite":
        _execute(f"ANALYZE {name}")
    names = [c for c in columns if c not in given] + list(given)
    values = [f't."{c}"' for c in columns if c not in given] + list(given.values())
    _execute(
        f"INSERT INTO {model._meta.db_table} ({', '.join(chr(34) + c + chr(34) for c in names)}) "
        f"SELECT {', '.join(values)} FROM {source} n JOIN {name} t ON t.k = n.k AND t.seat = n.seat "
        "ORDER BY n.x, t.j"
    )


def _materials(offices: list[tuple[Any, Any, Any]], items: int) -> None:
    words, points = text()
    day = clock.today()
    _execute("CREATE TEMP TABLE mat (x INTEGER PRIMARY KEY, k INTEGER, seat INTEGER)")
    _execute(f"INSERT INTO mat SELECT {_MATERIAL}, 0, MAX(seat) FROM n GROUP BY {_MATERIAL}")
    clerks = [(0, place, w.office, w.clerk) for place, (w, _, _) in enumerate(offices)]
    files = [(k, p, e.StoredFile(office=o, sha256="", size=9000, media="text/plain", name="材料.docx"))
             for k, p, o, _ in clerks]  # fmt: skip
    _lay_out("t_file", files, {"id": "n.x", "sha256": "'f' || n.x"}, "mat")
    made = [
        (k, p, e.Examination(office=o, title="对照检查材料", outline="general", text=words, state="active",
                             imported_by=by, imported_on=day))
        for k, p, o, by in clerks
    ]  # fmt: skip
    _lay_out(
        "t_exam",
        made,
        {"id": "n.x", "file_id": "n.x", "title": "'第' || n.x || '份对照检查材料'"},
        "mat",
    )
    each = [
        (
            0,
            p,
            e.Point(
                office=o, kind=kind, path=f"{j}", start=a, words=b, heading_end=c, end=d, pk=j + 1
            ),
        )
        for _, p, o, _ in clerks
        for j, (kind, a, b, c, d) in enumerate(points)
    ]
    _lay_out("t_point", each, {"id": f"(n.x - 1) * {POINTS} + t.j", "examination_id": "n.x"}, "mat")
    links = [
        (0, p, e.Link(office=o, kind="answers", strength="strong", score=800, source_id=PROBLEMS + CAUSES + j + 1,
                      target_id=j % (PROBLEMS - 1) + 1, pk=j + 1))
        for _, p, o, _ in clerks
        for j in range(ITEMS)
    ]  # fmt: skip
    first = f"(n.x - 1) * {POINTS} +"
    given = {"examination_id": "n.x"}
    given |= {name: f"{first} t.{name}" for name in ("source_id", "target_id")}
    _lay_out("t_link", links, given, "mat")
    # The last problem has its link, but for one material in twenty: that one waits for a measure.
    _execute(
        "INSERT INTO examinations_link (office_id, examination_id, source_id, target_id, kind, strength, "
        "score, by_hand, verdict) SELECT office_id, examination_id, source_id, "
        f"(examination_id - 1) * {POINTS} + {PROBLEMS}, kind, strength, score, by_hand, verdict "
        f"FROM examinations_link WHERE examination_id % 20 <> 0 "
        f"AND source_id = examination_id * {POINTS}"
    )


def _items(shapes: list[tuple[int, int, Shape]]) -> None:
    year = clock.today().year
    given = {
        "id": "n.x", "number": f"'{year}-' || n.x", "title": "t.title || '（第' || n.x || '处）'",
        "examination_id": _MATERIAL, "point_id": _MEASURE,
        "source_text": "t.title || '，明确责任和时限，第' || n.x || '处年底前完成。'",
    }  # fmt: skip
    _lay_out("t_item", [(k, p, s.item()) for k, p, s in shapes], given, "n")
    for table, point in (("problemlink", _PROBLEM), ("causelink", _CAUSE)):
        _execute(
            f"INSERT INTO ledger_{table} (office_id, commitment_id, point_id) "
            f"SELECT c.office_id, x, {point} FROM n JOIN ledger_commitment c ON c.id = n.x ORDER BY x"
        )


def _hanging(shapes: list[tuple[int, int, Shape]]) -> None:
    kinds: dict[type[Any], list[tuple[int, int, Any]]] = {}
    for k, place, shape in shapes:
        for row in shape.rows():
            kinds.setdefault(type(row), []).append((k, place, row))
    for model, rows in kinds.items():
        _lay_out(f"t_{model._meta.model_name}", rows, {"commitment_id": "n.x"}, "n")


def _closing(shapes: list[tuple[int, int, Shape]]) -> None:
    made = [(k, p, rows) for k, p, s in shapes if (rows := s.closing())]
    links: tuple[dict[str, str], ...] = ({}, {"application_id": "n.x"}, {"verification_id": "n.x"})
    for place, link in enumerate(links):
        rows = [(k, p, all_[place]) for k, p, all_ in made]
        _lay_out(f"t_closing{place}", rows, {"id": "n.x", "commitment_id": "n.x", **link}, "n")


if __name__ == "__main__":
    answer(fill=fill)
