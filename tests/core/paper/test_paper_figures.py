"""Every figure is the number of the rows that its footnote names."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.core.paper.paper_facts import TODAY, closed, item

from luoshi.core.paper import facts
from luoshi.core.paper.figures import figures
from luoshi.core.workflow import table

STATES = sorted(table.states())


@st.composite
def many(draw):
    found = []
    for n in range(draw(st.integers(0, 12))):
        state = draw(st.sampled_from(STATES))
        relapsed = draw(st.booleans())
        found.append(
            item(
                n, state=state, is_open=table.states()[state].open,
                deadline=draw(st.sampled_from([None, date(2026, 1, 1), date(2027, 1, 1)])),
                indicator_kind=draw(st.sampled_from(["number", "criterion", "none"])),
                relapses=(facts.RelapseFact("x", TODAY, ""),) if relapsed else (),
            )
        )  # fmt: skip
    return found


@given(many())
def test_closed_and_open_make_up_all(items):
    found = figures(items, TODAY)
    everything, done, still = (set(found[k].rows) for k in ("all", "closed", "open"))
    assert done | still == everything
    assert not done & still
    gone = {i.number for i in items if i.withdrawn}
    assert everything | gone == {i.number for i in items}
    for name, figure in found.items():
        assert set(figure.rows) <= everything, name
        assert figure.words()[0] == str(len(set(figure.rows)))
    blind = {i.number for i in items if i.indicator_kind == "none"}
    assert not done & blind
    assert set(found["late"].rows) <= still


def test_what_is_left_out_is_named():
    found = figures(
        [item(1), item(2, state="withdrawn", is_open=False), item(3, deadline=None)], TODAY
    )
    assert found["all"].note() == "计入：2026-0001、2026-0003。未计入：已撤销的2026-0002。"
    assert found["late"].note() == "没有符合的行。未计入：没有时限的2026-0003。"
    assert found["blind"].note() == "没有符合的行。"


def test_unverifiable_is_never_closed_whatever_its_state():
    found = figures([closed(1), closed(2, indicator_kind="none")], TODAY)
    assert found["closed"].rows == ("2026-0001",)
    assert found["closed"].note() == "计入：2026-0001。未计入：无法核验的2026-0002。"
    assert found["open"].rows == ("2026-0002",)


def test_late_is_after_the_day_not_on_it():
    assert figures([item(1, deadline=TODAY)], TODAY)["late"].rows == ()
    assert figures([item(1, deadline=date(2026, 11, 22))], TODAY)["late"].rows == ("2026-0001",)


def test_what_was_refused_is_no_extension():
    asked = facts.ChangeFact(
        "2026-0001", "延期", True, "refused", "不同意", "周明", TODAY, "", "", None, "", ()
    )
    assert figures([item(1, changes=(asked,))], TODAY)["extended"].rows == ()
