"""A pack is taken when everything in it is right, and refused with every reason otherwise."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.pack_maker import DOCUMENTS, FILES, MEETING, YEAR, whole

from luoshi.core import knowledge
from luoshi.core.checks.rules import b107
from luoshi.core.deadlines.workdays import official, working_days_after
from luoshi.core.journal.checkpoint import verifier_key
from luoshi.core.material.outline import ids, load
from luoshi.core.packs import patterns
from luoshi.core.packs.model import PackError
from luoshi.core.packs.read import LIST, SIGNATURE, between, read
from luoshi.core.packs.signature import sign
from luoshi.core.packs.taken import clashes, replaced, tables_of


@pytest.fixture(autouse=True)
def nothing_added():
    knowledge.add({})
    yield
    knowledge.add({})


def test_a_good_pack():
    pack = read(whole())
    assert (pack.name, pack.version, pack.signer) == ("year-2027", 1, "")
    assert set(pack.tables) == {name.removesuffix(".toml") for name in FILES}
    assert pack.words() == [
        "文件发布日期 more：1 份文件",
        "提纲 2026-test-meeting：2026年度测试会议（三个查一查），分项 3",
        "2027年放假安排：放假 3 段，调休上班 2 天",
    ]
    assert replaced(pack) == []


def test_what_was_added_is_known_everywhere_and_goes_again():
    before, known, documents = official(), ids(), len(b107._documents())
    day = date(2027, 2, 4)
    assert working_days_after(before, day, 1).estimate
    knowledge.add(tables_of([read(whole())]))
    due = working_days_after(official(), day, 1)
    assert (due.day, due.estimate) == (date(2027, 2, 15), False)
    assert "2026-test-meeting" in ids()
    assert load("2026-test-meeting").aspect_of("二、楼道是不是都通方面") == 2
    assert len(b107._documents()) == documents + 1
    knowledge.add({})
    assert (official(), ids(), len(b107._documents())) == (before, known, documents)


def swap(text, *pairs):
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("on = [2027-02-20", "on = [2027-02-20, 2027-02-20", "出现了 2 次"),
        ("on = [2027-02-20", "on = [2027-02-06", "既放假又上班"),
        ("on = [2027-02-20", "on = [2026-02-21", "不在这一年"),
        ("on = [2027-02-20", "on = [2027-02-22", "星期一，本来就上班"),
        ("on = [2027-02-20", 'on = ["2027-02-20"', "调休上班的日期"),
        ("on = [2027-02-20", "on = [2027-02-20T00:00:00", "调休上班的日期"),
        ("[2027-10-01, 2027-10-07]", "[2027-10-07, 2027-10-01]", "先后颠倒"),
        ("[2027-10-01, 2027-10-07]", "[2028-10-01, 2028-10-07]", "不在这一年"),
        ("[2027-10-01, 2027-10-07]", "[2027-10-01, 2027-10-30]", "太长"),
        ("[2027-10-01, 2027-10-07]", "[2027-02-12, 2027-02-13]", "出现了 2 次"),
        ("[2027-10-01, 2027-10-07]", "[2027-10-01]", "两个日期"),
        ("year = 2027", "year = 2028", "与文件名不一致"),
        ("year = 2027", "year = 1927", "四位数的年份"),
        ("year = 2027", 'year = "2027"', "四位数的年份"),
        ("year = 2027", "year = true", "四位数的年份"),
        ("year = 2027", "year = 2027\nyear = 2027", "同一项写了两次"),
        ("year = 2027", "year = 2027\nyaer = 1", "没有“yaer”这一项"),
        ("off = [", "off = []\nrest = [", "放假的日期"),
        ("date = 2026-11-20", "date = 20261120", "应当是日期"),
        ("date = 2026-11-20", "date = 2026-11-40", "写法不对"),
        ('source = "law: 测试用的通知，不是真的"', 'source = ""', "应当是一段文字"),
        ("year", "[[[[", "写法不对"),
    ],
)
def test_a_year_that_cannot_be(old, new, words):
    with pytest.raises(PackError, match=words):
        read(whole({"workdays/2027.toml": swap(YEAR, (old, new))}))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "2026-test-meeting"', 'id = "2026-other"', "与文件名相同"),
        ('extends = ["party"]', 'extends = ["nobody"]', "没有“nobody”"),
        ('extends = ["party"]', 'extends = ["../party"]', "没有“../party”"),
        ('extends = ["party"]', "", "怎样认"),
        ('keys = ["井盖是不是都在"]', 'keys = ["(井盖"]', "写法不对"),
        ('keys = ["井盖是不是都在"]', 'keys = ["(井盖+)+$"]', "停不下来"),
        ('keys = ["井盖是不是都在"]', 'keys = ["(井|盖.*)*x"]', "停不下来"),
        ('keys = ["井盖是不是都在"]', 'keys = ["(井)\\\\1"]', "停不下来"),
        ('keys = ["井盖是不是都在"]', 'keys = [".*"]', "什么都能匹配"),
        ('keys = ["井盖是不是都在"]', 'keys = ["水管"]', "认不出来"),
        ('keys = ["井盖是不是都在"]', "keys = []", "至少一项"),
        ('keys = ["井盖是不是都在"]', "keys = [7]", "一段文字"),
        ('keys = ["井盖是不是都在"]', 'keys = ["井盖是不是都在"]\npart = "thing"', "之一"),
        ('keys = ["井盖是不是都在"]', 'keys = ["井盖是不是都在"]\noptional = 1', "true 或 false"),
        ("查一查井盖是不是都在", "查一查楼道是不是都通", "出现了两次"),
        ('basis = "seen"', 'basis = "sure"', "之一"),
        ("year = 2026", "year = 26", "四位数"),
        ("year = 2026", "abstract = true", "没有“abstract”"),
        ('cues = ["三个查一查"]', 'cues = "三个查一查"', "方括号"),
        ("dated = 2026-12-01", 'dated = "2026-12-01"', "应当是日期"),
    ],
)
def test_an_outline_that_cannot_be(old, new, words):
    with pytest.raises(PackError, match=words):
        read(whole({"outlines/2026-test-meeting.toml": swap(MEETING, (old, new))}))


def test_an_outline_without_headings_is_refused():
    bare = MEETING.partition("[[aspects]]")[0]
    with pytest.raises(PackError, match="没有任何标题"):
        read(whole({"outlines/2026-test-meeting.toml": bare}))


@pytest.mark.parametrize("name", ["party", "general"])
def test_what_all_outlines_share_is_not_replaced(name):
    text = swap(MEETING, ("2026-test-meeting", name))
    with pytest.raises(PackError, match="不能由资料包代替"):
        read(whole({f"outlines/{name}.toml": text}))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('words = ["街巷路灯养护办法"]', 'words = ["办法"]', "至少要四个字"),
        ('words = ["街巷路灯养护办法"]', "words = []", "至少一项"),
        ("issued = 2026-10-08", "issued = 2026-10-08, revised = [2020-01-01]", "早于发布"),
        ("issued = 2026-10-08", "isued = 2026-10-08", "没有“isued”"),
        ('basis = "seen"', "", "basis"),
    ],
)
def test_documents_that_cannot_be(old, new, words):
    with pytest.raises(PackError, match=words):
        read(whole({"documents/more.toml": swap(DOCUMENTS, (old, new))}))


def test_everything_wrong_is_said_at_once():
    text = swap(YEAR, ("on = [2027-02-20", "on = [2027-02-22, 2027-02-06"))
    other = swap(MEETING, ('basis = "seen"', 'basis = "sure"'))
    with pytest.raises(PackError) as refused:
        read(whole({"workdays/2027.toml": text, "outlines/2026-test-meeting.toml": other}))
    assert len(refused.value.reasons) == 3


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"form": 2}, "这个版本"),
        ({"name": "Year 2027"}, "小写字母"),
        ({"name": "../../etc"}, "小写字母"),
        ({"version": 0}, "整数"),
        ({"version": True}, "整数"),
        ({"date": "明天"}, "日期"),
        ({"files": {}}, "没有文件"),
        ({"files": {"workdays/2027.toml": "0" * 64}}, "与清单不符"),
        ({"files": {"../x.toml": "0" * 64}}, "文件名"),
        ({"files": {"workdays/2027.toml": 7}}, "校验值"),
        ({"more": 1}, "没有“more”"),
        ({"title": ""}, "一段文字"),
    ],
)
def test_a_list_that_cannot_be(change, words):
    with pytest.raises(PackError, match=words):
        read(whole({"workdays/2027.toml": YEAR}, **change))


def test_a_list_with_a_key_twice_or_none_at_all():
    files = whole()
    with pytest.raises(PackError, match="写法不对"):
        read(files | {LIST: b'{"form": 1, "form": 1}'})
    with pytest.raises(PackError, match="没有清单"):
        read({n: d for n, d in files.items() if n != LIST})


def test_a_file_that_the_list_does_not_know_or_that_is_gone():
    with pytest.raises(PackError, match="与清单不符"):
        read(whole() | {"workdays/2028.toml": YEAR.encode()})
    with pytest.raises(PackError, match="与清单不符"):
        read({n: d for n, d in whole().items() if n != "workdays/2027.toml"})


def keys(number):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = bytes([number]) * 32
    public = Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    return verifier_key("luoshi.test", public), private


def test_a_signature_is_genuine_or_the_pack_is_refused():
    files = whole()
    key, private = keys(1)
    signed = files | {SIGNATURE: sign(files[LIST], key, private)}
    assert read(signed).signer == key
    other = sign(files[LIST], key, keys(2)[1])
    assert other != signed[SIGNATURE]
    for bad in (other, b"{}", b"[]", b"", signed[SIGNATURE][:-9], b'{"key": 1, "signature": 2}'):
        with pytest.raises(PackError, match="签名不对"):
            read(files | {SIGNATURE: bad})
    changed = json.loads(files[LIST]) | {"version": 9}
    with pytest.raises(PackError, match="签名不对"):
        read(signed | {LIST: json.dumps(changed).encode()})


def test_two_packs_that_contradict_each_other():
    pack, other = read(whole()), read(whole(name="other"))
    assert [words for words in between([pack, other]) if "workdays/2027" in words]
    assert not any("documents" in words for words in between([pack, other]))


def test_a_day_off_in_one_year_and_worked_in_the_other():
    text = swap(YEAR, ("[[2027-01-01", "[[2026-12-26, 2026-12-26], [2027-01-01"))
    assert not list(clashes(read(whole({"workdays/2027.toml": text}))))
    after = swap(YEAR, ("2027", "2028"), ("2028-02-20, 2028-10-09", "2028-01-08"))
    knowledge.add(
        tables_of(
            [
                read(
                    whole(
                        {
                            "workdays/2027.toml": swap(
                                YEAR, ("[[2027-01-01", "[[2028-01-07, 2028-01-07], [2027-01-01")
                            )
                        }
                    )
                )
            ]
        )
    )
    after = swap(
        after,
        ("2028-01-08", "2028-01-02"),
        ("[[2028-01-01, 2028-01-03]", "[[2028-01-01, 2028-01-01]"),
    )
    assert not list(clashes(read(whole({"workdays/2028.toml": after}))))
    off = swap(
        YEAR,
        ("2027", "2025"),
        ("2025-02-20, 2025-10-09", "2025-02-22"),
        ("[[2025-01-01", "[[2026-01-04, 2026-01-04], [2025-01-01"),
    )
    assert list(clashes(read(whole({"workdays/2025.toml": off})))) == [
        "2026-01-04 在2025年和2026年的放假安排里说法不一"
    ]


DAYS = st.dates(date(2026, 12, 20), date(2028, 1, 12))


@given(st.lists(st.tuples(DAYS, DAYS), max_size=6), st.lists(DAYS, max_size=6))
@example([(date(2027, 1, 1), date(2027, 1, 1))], [])
def test_a_year_that_is_taken_makes_sense(off, on):
    """Whatever is written: taken only when no day is both, twice, outside, or worked anyway."""
    from luoshi.core.packs.workdays import objections

    table = {
        "source": "试", "date": date(2026, 1, 1), "year": 2027,
        "off": [list(pair) for pair in off], "on": on,
    }  # fmt: skip
    if list(objections("2027", table)):
        return
    days = [a + timedelta(n) for a, b in off for n in range((b - a).days + 1)]
    assert days
    assert len(days) == len(set(days))
    assert len(on) == len(set(on))
    assert not set(days) & set(on)
    assert all(day.weekday() >= 5 for day in on)
    assert all(date(2026, 12, 25) <= day <= date(2028, 1, 7) for day in [*days, *on])


@given(st.text(max_size=200))
@example("(" * 150)
@example("(?:a{1,60}){1,60}")
@example("((a?){60}){60}")
def test_any_text_as_a_pattern_is_judged_and_never_fails(text):
    assert all(isinstance(words, str) for words in patterns.objections(text, "这里"))


@given(st.dictionaries(st.sampled_from(["workdays/2027.toml", "outlines/a.toml", "documents/b.toml"]),
                       st.text(max_size=120), min_size=1))  # fmt: skip
def test_any_text_as_a_file_is_refused_in_chinese(files):
    with pytest.raises(PackError) as refused:
        read(whole(files))
    assert all(any("\u4e00" <= c <= "\u9fff" for c in words) for words in refused.value.reasons)


def test_the_packages_own_tables_would_be_taken():
    """The strict form is the form of the package's own files."""
    from luoshi.core.packs.read import table_trouble

    for name in knowledge.names("workdays"):
        table = knowledge.packaged(f"workdays/{name}")
        assert not list(table_trouble(f"workdays/{name}", table))
    for name in knowledge.names("outlines"):
        table = knowledge.packaged(f"outlines/{name}")
        if not table.get("abstract") and name != "general":
            assert not list(table_trouble(f"outlines/{name}", table)), name
    table = knowledge.packaged("checks/documents")
    assert not [w for w in table_trouble("documents/own", table) if "两次" not in w]
