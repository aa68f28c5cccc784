"""The verifier: every way of altering a journal is found, and nothing else is said."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.journal.canonical import canonical, commitment
from luoshi.core.journal.checkpoint import Checkpoint
from luoshi.core.journal.entry import Entry, RowChange, pseudonym, row_digest, rows_hash
from luoshi.core.journal.export import from_lines, to_line
from luoshi.core.journal.merkle import leaf_hash, root
from luoshi.core.journal.verify import Held, verify


def held(number, facts=None, minute=None):
    salt = bytes([number % 251]) * 32
    facts = facts if facts is not None else {"n": number}
    rows = (
        RowChange("t", str(number), "insert", row_digest(salt, "t", str(number), {"v": number})),
    )
    entry = Entry(
        number, f"2026-11-23T08:{minute if minute is not None else number // 60:02}:{number % 60:02}.000000Z",
        "1", "x.do", f"t:{number}", pseudonym(salt, "person:1"), commitment(salt, facts), rows_hash(rows),
    )  # fmt: skip
    data = entry.to_bytes()
    columns = {k: getattr(entry, k) for k in ("time", "office", "verb", "subject", "actor")}
    return Held(number, data, leaf_hash(data), columns, salt, canonical(facts).decode(), rows)


JOURNAL = [held(n) for n in range(40)]


def head(size):
    return Checkpoint("o", size, root([h.leaf for h in JOURNAL[:size]]), "2026")


def test_an_untouched_journal_is_good():
    verdict = verify(JOURNAL, [head(0), head(7), head(40)])
    assert verdict.is_good
    assert (verdict.size, verdict.good_to) == (40, 40)
    assert verdict.root == root([h.leaf for h in JOURNAL])
    assert [note.size for note in verdict.matched] == [0, 7, 40]


def test_an_erased_opening_is_no_trouble_and_is_counted():
    erased = [replace(h, salt=None, facts=None) if h.number == 3 else h for h in JOURNAL]
    verdict = verify(erased, [head(40)])
    assert verdict.is_good
    assert verdict.erased == 1


def rewritten(h, **changes):
    """The entry changed by somebody who makes everything fit again."""
    data = canonical({**json.loads(h.data), **changes})
    columns = {k: v for k, v in json.loads(data).items() if k in h.columns}
    return replace(h, data=data, leaf=leaf_hash(data), columns=columns)


@pytest.mark.parametrize(
    "change",
    [
        lambda h: replace(h, leaf=bytes(32)),
        lambda h: replace(h, data=h.data.replace(b"x.do", b"x.no")),
        lambda h: replace(h, columns={**h.columns, "verb": "y"}),
        lambda h: replace(h, facts='{"n":999}'),
        lambda h: replace(h, facts=None),
        lambda h: replace(h, salt=None),
        lambda h: replace(h, salt=bytes(32)),
        lambda h: replace(h, facts=""),
        lambda h: replace(h, rows=()),
        lambda h: replace(h, rows=(replace(h.rows[0], digest="0"),)),
        lambda h: replace(h, rows=(*h.rows, *h.rows)),
        lambda h: replace(h, data=b"{}", leaf=leaf_hash(b"{}")),
        lambda h: replace(h, data=b"\xff", leaf=leaf_hash(b"\xff")),
        lambda h: rewritten(h, number=h.number + 1),
        lambda h: rewritten(h, time="2026-11-23T07:00:00.000000Z"),
    ],
)
@pytest.mark.parametrize("at", [1, 20, 39])
def test_an_altered_entry_is_found_without_any_checkpoint(change, at):
    journal = [change(h) if h.number == at else h for h in JOURNAL]
    verdict = verify(journal)
    assert not verdict.is_good
    assert verdict.good_to == at
    assert any(t.number == at for t in verdict.troubles)


@pytest.mark.parametrize(
    ("journal", "words"),
    [
        ([*JOURNAL[:5], *JOURNAL[6:]], "不见了"),
        ([*JOURNAL[:5], JOURNAL[5], *JOURNAL[5:]], "重复"),
        ([*JOURNAL[:5], JOURNAL[6], JOURNAL[5], *JOURNAL[7:]], "不见了"),
        ([*JOURNAL[:5], rewritten(JOURNAL[5], actor="f" * 64), *JOURNAL[6:]], "校验点不符"),
        (JOURNAL[:39], "末尾被删去"),
        ([], "末尾被删去"),
        ([*JOURNAL[:20], *[rewritten(h, office="2") for h in JOURNAL[20:]]], "校验点不符"),
    ],
)
def test_removed_inserted_swapped_rewritten_and_cut(journal, words):
    verdict = verify(journal, [head(10), head(40)])
    assert words in "".join(t.words for t in verdict.troubles)


def test_an_older_backup_with_new_entries_is_found_against_the_lodged_checkpoint():
    other = [*JOURNAL[:30], *(held(n, {"other": n}) for n in range(30, 45))]
    assert verify(other).is_good
    verdict = verify(other, [head(40)])
    assert "校验点不符" in verdict.troubles[0].words


@given(st.lists(st.sampled_from(range(40)), max_size=45))
def test_only_the_journal_itself_is_good(order):
    verdict = verify([JOURNAL[n] for n in order], [head(40)])
    assert verdict.is_good == (order == list(range(40)))


def test_thousands_of_troubles_are_counted_but_not_all_kept():
    verdict = verify([replace(h, leaf=bytes(32)) for h in JOURNAL] * 20)
    assert len(verdict.troubles) == 200
    assert verdict.more > 600


def test_an_export_comes_back_as_it_was():
    assert list(from_lines(to_line(h) for h in JOURNAL)) == JOURNAL


@pytest.mark.parametrize(
    "line", ["x", "{}", '{"number": 1}', "[]", "null", to_line(JOURNAL[0])[:-5]]
)
def test_a_damaged_export_says_where(line):
    with pytest.raises(ValueError, match="第2行"):
        list(from_lines([to_line(JOURNAL[0]), line]))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), values))
def test_the_canonical_form_is_one(value):
    assert canonical(value) == canonical(json.loads(canonical(value)))
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@pytest.mark.parametrize("value", [1.0, {1: 2}, {"a": {1, 2}}, b"x", object()])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(TypeError):
        canonical(value)
