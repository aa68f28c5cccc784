"""Search: finds what one may see, marks it, says how far it looked, and shows nothing else."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contracts.web_office import Everything
from tests.office.ledger import make
from tests.office.make import days_ago, save

from luoshi.office.desk import finding
from luoshi.office.desk.marking import excerpt, spans
from luoshi.office.ledger.models import Progress

TEXTS = st.text(alphabet="占道经营aAß İ\n，", max_size=80)


@given(TEXTS, st.lists(st.text(alphabet="占道aAß İ", min_size=1, max_size=3), max_size=3))
def test_marking_keeps_the_text(text, words):
    pieces = excerpt(text, words, whole=True)
    assert "".join(piece for piece, _ in pieces) == text.replace("\n", " ")
    held = spans(text, words)
    assert all(0 <= a < b <= len(text) for a, b in held)
    assert all(first[1] < second[0] for first, second in pairwise(held))
    cut = "".join(piece for piece, _ in excerpt(text, words)).strip("…")
    assert cut in text.replace("\n", " ")


def test_what_is_marked_is_what_was_looked_for():
    assert excerpt("整治占道经营", ["占道"]) == (("整治", False), ("占道", True), ("经营", False))
    assert excerpt("WiFi覆盖", ["wifi"])[0] == ("WiFi", True)


def note(item, text):
    return save(
        Progress(office=item.office, commitment=item, author=item.owner, text=text,
                 happened_on=days_ago(3), added_at=make.noon(days_ago(3)))
    )  # fmt: skip


@pytest.fixture
def filled(world):
    here = Everything(world)
    here.note = note(here.item, "清理了东堤路全线的琉璃瓦堆")
    return here


def found(client, words):
    answer = client.get("/search", {"q": words})
    assert answer.status_code == 200
    return {group.key: len(group.hits) for group in answer.context["groups"] if group.hits}


@pytest.mark.parametrize(
    ("words", "kind"),
    [("占道经营", "item"), ("琉璃瓦", "progress"), ("现场照片", "evidence"), ("无物业", "special"),
     ("东堤小区", "place"), ("居民反映强烈", "material"), ("琉璃瓦 东堤路", "progress")],
)  # fmt: skip
def test_everything_is_found_and_marked(world, filled, client_of, words, kind):
    client = client_of(world.clerk)
    assert kind in found(client, words)
    page = client.get("/search", {"q": words}).content.decode()
    for word in words.split():
        assert f"<mark>{word}</mark>" in page
    for url in set(re.findall(r'<p><a href="(/[^"#]*)', page)):
        assert client.get(url).status_code == 200


def test_all_words_must_be_there(world, filled, client_of):
    assert found(client_of(world.clerk), "琉璃瓦 没有的词") == {}


def test_who_may_see_less_finds_less(world, elsewhere, filled, client_of):
    assert "material" not in found(client_of(world.owner), "占道经营")
    assert "item" in found(client_of(world.owner), "占道经营")
    outsider = client_of(world.outsider)
    other = make.commitment(world, "working", title="没有开放的占道经营")
    note(other, "琉璃瓦在别处")
    assert found(outsider, "占道经营")["item"] == 1
    assert found(outsider, "琉璃瓦") == {"progress": 1}
    assert "没有开放" not in outsider.get("/search", {"q": "占道经营"}).content.decode()
    assert found(client_of(world.second_outsider), "占道经营") == {}
    assert client_of(world.administrator).get("/search", {"q": "占道"}).status_code == 403
    for who in (elsewhere.clerk, elsewhere.head, elsewhere.outsider):
        assert found(client_of(who), "占道经营") == {}
        assert found(client_of(who), "琉璃瓦") == {}


def test_names_of_persons_are_not_searched(world, filled, client_of):
    save_name = world.witness
    save_name.name = "欧阳不寻常"
    save(save_name)
    assert found(client_of(world.clerk), "欧阳不寻常") == {}


def test_it_goes_on_where_it_stopped(world, client_of, monkeypatch):
    monkeypatch.setattr(finding, "SHOWN_ALONE", 4)
    material = make.examination(world)
    items = [
        make.commitment(world, "working", material=material, title=f"疏通下水道{n}")
        for n in range(9)
    ]
    kind = finding.kinds(type(items[0]).for_office(world.office.pk), world.office.pk, reads=True,
                         materials=False)[0]  # fmt: skip
    small = finding.Kind(kind.key, kind.label, kind.rows, kind.columns, kind.hits, looked=3)
    seen, before, rounds = [], 0, 0
    while True:
        group = finding.search(small, ["下水道"], before=before, alone=True)
        seen += [hit.url for hit in group.hits]
        before, rounds = group.older, rounds + 1
        if not before:
            break
    assert len(seen) == len(set(seen)) == 9
    assert rounds <= 4


def test_the_page_says_how_far_it_looked(world, client_of, monkeypatch):
    monkeypatch.setattr(finding, "LOOKED", 2)
    real = finding.kinds
    monkeypatch.setattr(
        "luoshi.office.desk.finding.kinds",
        lambda *a, **k: [finding.Kind(x.key, x.label, x.rows, x.columns, x.hits, 2, x.with_rows)
                         for x in real(*a, **k)],
    )  # fmt: skip
    material = make.examination(world)
    make.commitment(world, "working", material=material, title="最早的疏浚河道")
    for _ in range(3):
        make.commitment(world, "working", material=material)
    client = client_of(world.clerk)
    page = client.get("/search", {"q": "疏浚"}).content.decode()
    assert "只查了较新的 2 条" in page
    link = re.search(r'href="(\?[^"]*kind=item[^"]*)"', page)[1].replace("&amp;", "&")
    assert "最早的" in client.get("/search" + link).content.decode()


@pytest.mark.parametrize("given", ["%", "_", "\\", "'", "\x00", "字" * 61, "a b c d e f g"])
def test_odd_words_break_nothing(world, filled, client_of, given):
    answer = client_of(world.clerk).get("/search", {"q": given, "kind": "x", "before": "-1"})
    assert answer.status_code == 200
    if given in {"%", "_", "\\"}:
        assert found(client_of(world.clerk), given) == {}
