"""An office's own thresholds: set with a reason, within bounds, used by the next sweep, seen by all."""

import pytest
from tests.office.make import days_ago

from luoshi.core.supervision import thresholds
from luoshi.office.home import home
from luoshi.office.journal.errors import NotAllowed, Refused, Stale
from luoshi.office.journal.models import Entry
from luoshi.office.supervision.actions.limits import set_limits
from luoshi.office.supervision.limits import FILE, limits_of
from luoshi.office.supervision.models import OwnLimits

REASON = "区里统一在6月和12月考核"


def now(office):
    return limits_of(office.pk, office.name)


def put(world, own, version=0, by=None):
    return set_limits(by=by or world.administrator, version=version, own=own, reason=REASON)


@pytest.fixture
def file():
    path = home() / FILE
    assert not path.exists()
    yield path
    path.unlink(missing_ok=True)


def test_what_is_set_is_used_and_told(world):
    put(world, {"soon": 9, "silent": 30, "appraisal": ["06-30", "12-20"]})
    limits = now(world.office)
    assert (limits["soon"], limits.appraisals) == (9, ((6, 30), (12, 20)))
    assert limits.own == {"soon", "appraisal"}  # 30 is the default: nothing of their own
    last = Entry.objects.select_related("opening").latest("number")
    assert last.verb == "supervision.limits"
    assert "距时限还有几个工作日时送达蓝色督办单：9" in last.opening.facts
    assert REASON in last.opening.facts
    put(world, {"appraisal": []}, version=1)
    assert (now(world.office)["soon"], now(world.office).appraisals) == (5, ())


def test_each_office_has_its_own(world, elsewhere):
    put(world, {"soon": 9})
    assert now(elsewhere.office)["soon"] == thresholds.known()["soon"].value
    assert OwnLimits.objects.get().office == world.office


def test_the_page_goes_before_the_file(world, file):
    file.write_text(f'soon = 7\nsilent = 40\n[offices."{world.office.name}"]\nsoon = 8\n', "utf-8")
    assert (now(world.office)["soon"], now(world.office)["silent"]) == (8, 40)
    put(world, {"soon": 9, "silent": 40})
    assert (now(world.office)["soon"], now(world.office)["silent"]) == (9, 40)
    file.write_text("soon = 1000\n", "utf-8")
    with pytest.raises(Refused, match="应当是"):
        put(world, {"soon": 10}, version=1)


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ({"soon": 0}, "应当是"), ({"soon": 61}, "应当是"), ({"soon": "5"}, "应当是"),
        ({"soon": True}, "应当是"), ({"nothing": 3}, "没有"), ({"appraisal": ["13-01"]}, "月-日"),
        ({"appraisal": ["02-29"]}, "月-日"), ({"appraisal": ["年底"]}, "月-日"),
        ({"half": 80, "late_half": 75}, "应当大于"), ({}, "没有改动"), ({"soon": 5}, "没有改动"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(world, own, words):
    before = Entry.objects.count()
    with pytest.raises(Refused, match=words):
        put(world, own)
    assert Entry.objects.count() == before
    assert not OwnLimits.objects.exists()


def test_a_reason_is_needed_and_nobody_is_overwritten(world):
    with pytest.raises(Refused, match="理由"):
        set_limits(by=world.administrator, version=0, own={"soon": 9}, reason="好")
    put(world, {"soon": 9})
    with pytest.raises(Stale):
        put(world, {"soon": 10})


@pytest.mark.parametrize("role", ["clerk", "owner", "head", "verifier", "auditor", "outsider"])
def test_nobody_but_the_administrator_sets_them(world, client_of, role):
    with pytest.raises(NotAllowed):
        put(world, {"soon": 9}, by=getattr(world, role))
    client = client_of(getattr(world, role))
    assert client.get("/supervision/limits").status_code == 403
    assert client.post("/supervision/limits", {"soon": 9}).status_code == 403
    assert not OwnLimits.objects.exists()


def posted(**changed):
    values = {name: value.value for name, value in thresholds.known().items()}
    return values | {"version": 0, "appraisal": "12-31", "reason": REASON} | changed


def test_the_page(world, client_of):
    client = client_of(world.administrator)
    page = client.get("/supervision/limits")
    assert page.status_code == 200
    for value in thresholds.known().values():
        assert value.words in page.content.decode()
    bad = client.post("/supervision/limits", posted(soon=99, silent="许多"))
    assert bad.status_code == 422
    assert REASON in bad.content.decode()  # what was typed is kept
    assert client.post("/supervision/limits", posted(appraisal="年底")).status_code == 422
    done = client.post("/supervision/limits", posted(soon=9, appraisal="06-30，12-20"))
    assert done.status_code == 303
    assert now(world.office).appraisals == ((6, 30), (12, 20))
    assert client.post("/supervision/limits", posted(soon=10)).status_code == 409
    told = client_of(world.owner).get("/supervision/runs").content.decode()
    assert REASON in told
    assert "6月30日、12月20日" in told
    assert "设定督办尺度" not in told


def test_the_next_sweep_goes_by_them(world):
    from tests.office.supervision.supervised import active

    from luoshi.office.supervision.models import Slip
    from luoshi.office.supervision.sweep import sweep

    active(world, deadline=days_ago(-20))
    sweep()
    assert not Slip.objects.exists()
    put(world, {"soon": 40})
    sweep()
    assert Slip.objects.filter(colour="blue").exists()
