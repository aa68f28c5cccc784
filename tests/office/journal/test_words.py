"""The auditor's pages have a Chinese word for everything an entry can be about."""

import ast
from pathlib import Path

import luoshi
from luoshi.core.knowledge import table
from luoshi.office.audit import queries
from luoshi.office.journal.verification import domain_models
from luoshi.office.journal.words import row_of, thing

SOURCE = Path(luoshi.__file__).parent / "office"


def test_every_kind_of_row_has_a_word():
    known = table("journal/words")["things"]
    assert [m._meta.label_lower for m in domain_models() if m._meta.label_lower not in known] == []


def test_every_fact_that_an_action_states_has_a_word():
    known = table("journal/words")["facts"]
    missing = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "about":
                facts = next((k.value for k in node.keywords if k.arg == "facts"), None)
                if isinstance(facts, ast.Dict):
                    missing |= {k.value for k in facts.keys if isinstance(k, ast.Constant)} - set(
                        known
                    )
    assert missing == set()


def test_values_are_said_as_people_say_them():
    lines = queries.fact_lines({"old": {"active": True}, "points": [1, 2], "reason": "", "x": 3})
    assert lines == [("改前", "在用：是"), ("要点数", "1、2"), ("理由", "无"), ("x", "3")]
    assert thing("ledger.commitment:17") == "整改事项第17号"
    assert row_of("accounts_person", "3") == "人员第3号"
