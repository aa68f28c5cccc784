"""A draft against the one before: shares, what moved, what became of objections."""

from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.reading.model import Span
from luoshi.core.review.progress import Objected, bare, outcomes, progress

SENTENCES = [
    "东堤小区二号楼楼道长期堆放旧家具，居民反映了九次。",
    "上半年组织各类会议四十一场，可以合并的有十三场。",
    "规定的四本书只读完一本半，笔记有几页是代抄的。",
    "三月十五日在纺织巷劝离摊贩时当众说了重话。",
    "协管员脱岗十一次，只口头批评，没有记入考勤。",
    "单独入户只有七户，北堤社区一次都没有去过。",
]
texts = st.lists(st.sampled_from(SENTENCES), unique=True, min_size=1)
words = st.text(alphabet="堤路灯会议楼道。！\n 1２、（）", max_size=60)


@given(words, words)
def test_every_character_of_the_new_draft_is_counted_once(old, new):
    held = progress(old, new)
    whole = sum(len(s.words) for s in held.new)
    assert sum(held.shares().values()) == whole
    assert len(held.steps) == len(held.new)
    sources = [s.before for s in held.steps if s.before >= 0]
    assert len(sources) == len(set(sources)), "an old sentence became two"
    assert all((s.how == "new") == (s.before < 0) for s in held.steps)
    kept = [s.before for s in held.steps if s.how == "kept"]
    assert kept == sorted(kept)


@given(words)
def test_the_same_draft_is_kept_whole(text):
    held = progress(text, text)
    assert {s.how for s in held.steps} <= {"kept"}
    assert held.dropped() == 0


@given(texts, st.randoms())
def test_another_order_has_nothing_new(chosen, rng):
    other = list(chosen)
    rng.shuffle(other)
    held = progress("\n".join(chosen), "\n".join(other))
    assert {s.how for s in held.steps} <= {"kept", "moved"}
    assert held.dropped() == 0
    assert all(
        held.old[s.before].words == n.words for s, n in zip(held.steps, held.new, strict=True)
    )


def test_an_item_that_only_gets_another_number_has_moved():
    old = f"1.{SENTENCES[0]}\n2.{SENTENCES[1]}\n3.{SENTENCES[2]}"
    new = f"1.{SENTENCES[1]}\n2.{SENTENCES[2]}\n（3）{SENTENCES[0]}"
    held = progress(old, new)
    assert [s.how for s in held.steps] == ["kept", "kept", "moved"]


def test_a_reworded_sentence_is_neither_kept_nor_new():
    new = "东堤小区二号楼的楼道里长期堆着旧家具，居民已经反映了九次。"
    (step,) = progress(SENTENCES[0], new).steps
    assert (step.how, step.before) == ("reworded", 0)
    (step,) = progress(SENTENCES[0], SENTENCES[1]).steps
    assert step.how == "new"


def objected(text, sentence, code="B101", number=1):
    at = text.index(sentence)
    return Objected(number, code, Span(at, at + 4))


def test_what_became_of_findings():
    old = "\n".join(SENTENCES[:4])
    new = "\n".join([SENTENCES[0], SENTENCES[3], SENTENCES[2], SENTENCES[5]])
    before = [objected(old, SENTENCES[n], number=n + 1) for n in range(4)]
    before.append(Objected(9, "S101", None))
    after = [objected(new, SENTENCES[0], number=1), objected(new, SENTENCES[5], number=2),
             Objected(3, "S101", None)]  # fmt: skip
    found, fresh = outcomes(progress(old, new), before, after)
    assert [(o.objected.number, o.fate, o.again) for o in found] == [
        (1, "kept", 1), (2, "gone", -1), (3, "kept", -1), (4, "moved", -1), (9, "kept", 3),
    ]  # fmt: skip
    assert [o.number for o in fresh] == [2]


def test_a_rule_that_objects_to_the_moved_sentence_again():
    old, new = "\n".join(SENTENCES[:3]), "\n".join([*SENTENCES[1:3], SENTENCES[0]])
    (one,), fresh = outcomes(
        progress(old, new), [objected(old, SENTENCES[0])], [objected(new, SENTENCES[0])]
    )
    assert (one.fate, one.again) == ("moved", 1)
    assert not fresh
    (one,), fresh = outcomes(
        progress(old, new), [objected(old, SENTENCES[0])], [objected(new, SENTENCES[0], "T101")]
    )
    assert one.again == -1
    assert len(fresh) == 1


def test_an_empty_draft():
    held = progress("", "")
    assert outcomes(held, [Objected(1, "B101", Span(0, 1))], [])[0][0].fate == "gone"
    assert progress(SENTENCES[0], "").dropped() == len(bare(SENTENCES[0]))
