"""Forms of the ledger: refused in place with the typed text, stale with what to do, 303 after."""

import pytest
from django.urls import reverse
from tests.office.ledger import make
from tests.office.make import days_ago

from luoshi.office.ledger.models import Change, Commitment, Evidence, Progress
from luoshi.office.ledger.views.registry import SCREENS

# A form, who fills it in, on an item in which state.
SHOWN = {
    "edit": ("clerk", "draft"), "propose": ("clerk", "draft"), "claim": ("owner", "draft"),
    "decline": ("owner", "draft"), "order": ("head", "draft"), "drop": ("clerk", "draft"),
    "start": ("owner", "accepted"), "progress": ("owner", "working"),
    "reading": ("witness", "working"), "evidence": ("witness", "working"),
    "stand": ("owner", "working"), "check": ("verifier", "standing"),
    "access-open": ("clerk", "working"), "special-link": ("clerk", "working"),
    "apply": ("owner", "working"), "unapply": ("owner", "applied"), "assign": ("clerk", "applied"),
    "form-register": ("clerk", "applied"), "form-confirm": ("clerk", "verifying"),
    "verify": ("verifier", "verifying"), "object": ("clerk", "published"),
    "close": ("clerk", "published"), "void": ("clerk", "published"),
    "confirm": ("verifier", "watching"), "relapse": ("reviewer", "confirmed"),
    "resume": ("owner", "suspended"),
}  # fmt: skip
CHANGES = [screen.name for screen in SCREENS if screen.group == "change"]
ABOUT = {"evidence-revise", "evidence-withdraw", "access-revoke", "objection", "change-decide",
         "change-cancel"}  # fmt: skip


def test_every_form_is_tried_here():
    assert {screen.name for screen in SCREENS} == {*SHOWN, *CHANGES, *ABOUT}


@pytest.mark.parametrize("name", SHOWN)
def test_form_is_shown_and_an_empty_one_is_refused(world, client_of, name):
    who, state = SHOWN[name]
    item = make.commitment(world, state)
    address = reverse(f"ledger:{name}", args=[item.pk])
    browser = client_of(getattr(world, who))
    shown = browser.get(address)
    assert shown.status_code == 200
    assert f'name="version" value="{item.version}"' in shown.content.decode()
    answer = browser.post(address, {})
    assert answer.status_code == 422
    assert Commitment.objects.get(pk=item.pk).version == item.version


@pytest.mark.parametrize("name", CHANGES)
def test_changes_are_asked_for(world, client_of, name):
    item = make.commitment(world, "working")
    browser = client_of(world.owner)
    assert browser.get(reverse("ledger:changes", args=[item.pk])).status_code == 200
    address = reverse(f"ledger:{name}", args=[item.pk])
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"version": item.version}).status_code == 422
    assert not Change.objects.exists()


def test_deadline_change_from_asking_to_deciding(world, client_of):
    item = make.commitment(world, "working")
    answer = client_of(world.owner).post(
        reverse("ledger:change-deadline", args=[item.pk]),
        {"version": item.version, "working_days": "90", "reason": "雨季施工要推迟"},
    )  # fmt: skip
    assert answer.status_code == 303
    change = Change.objects.get()
    item.refresh_from_db()
    address = reverse("ledger:change-decide", args=[item.pk, change.pk])
    shown = client_of(world.head).get(address).content.decode()
    assert "雨季施工要推迟" in shown
    assert "整改时限" in shown
    typed = {"version": item.version, "approve": "yes", "decision": "同意一次"}
    assert client_of(world.owner).post(address, typed).status_code == 403
    assert client_of(world.head).post(address, typed).status_code == 303
    fresh = Commitment.objects.get(pk=item.pk)
    assert fresh.deadline > item.deadline


def test_split_by_form(world, client_of):
    item = make.commitment(world, "working")
    browser = client_of(world.owner)
    address = reverse("ledger:change-split", args=[item.pk])
    page = browser.get(address)
    problems = [str(key) for key in page.context["form"].initial["problems_1"]]
    typed = {"version": item.version, "reason": "两条路分开办理更清楚"}
    for n, title in ((1, "整治东堤路占道经营"), (2, "整治纺织巷占道经营")):
        typed |= {f"title_{n}": title, f"owner_{n}": world.owner.pk, f"unit_{n}": world.city.pk,
                  f"problems_{n}": problems}  # fmt: skip
    assert browser.post(address, typed).status_code == 303
    change = Change.objects.get()
    assert [part["title"] for part in change.new["parts"]] == [typed["title_1"], typed["title_2"]]
    item.refresh_from_db()
    decide = reverse("ledger:change-decide", args=[item.pk, change.pk])
    shown = client_of(world.head).get(decide)
    assert "整治纺织巷占道经营" in shown.content.decode()
    done = client_of(world.head).post(decide, {"version": item.version, "approve": "yes"})
    assert done.status_code == 303
    assert Commitment.objects.filter(split_from=item).count() == 2


def test_refusal_keeps_what_was_typed(world, client_of):
    item = make.commitment(world, "verifying")
    browser = client_of(world.verifier)
    typed = {
        "version": item.version, "passed": "yes", "seen": "沿东堤路看过，还有三处摊点没有迁走。",
        "place": "东堤路", "seen_on": days_ago(0).isoformat(),
    }  # fmt: skip
    answer = browser.post(reverse("ledger:verify", args=[item.pk]), typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "请写明在哪里公示" in text
    assert typed["seen"] in text
    assert Commitment.objects.get(pk=item.pk).state == "verifying"


def test_stale_page_says_what_to_do_and_keeps_the_text(world, client_of):
    item = make.commitment(world, "working")
    browser = client_of(world.owner)
    address = reverse("ledger:progress", args=[item.pk])
    typed = {
        "version": item.version,
        "text": "今天清理了东堤路三处摊点",
        "happened_on": days_ago(0),
    }
    assert browser.post(address, typed).status_code == 303
    answer = browser.post(address, typed)  # the same page once more
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "打开事项看看最新情况" in text
    assert typed["text"] in text
    assert Progress.objects.count() == 1
    assert f'value="{item.version + 1}"' in text  # having looked, one can press again
    assert browser.post(address, typed | {"version": item.version + 1}).status_code == 303


def test_evidence_with_a_file_is_given_out_as_a_download(world, client_of, settings, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.FILES = tmp_path
    item = make.commitment(world, "working")
    jpeg = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
    browser = client_of(world.witness)
    typed = {
        "version": item.version, "kind": "photo", "title": "现场", "declared": "2",
        "dated": days_ago(0).isoformat(), "file": SimpleUploadedFile("<b>现场.jpg", jpeg),
    }  # fmt: skip
    assert browser.post(reverse("ledger:evidence", args=[item.pk]), typed).status_code == 303
    row = Evidence.objects.get(title="现场")
    given = browser.get(reverse("ledger:evidence-file", args=[item.pk, row.pk]))
    assert given["Content-Disposition"].startswith("attachment")
    assert b"".join(given.streaming_content) == jpeg
    other = make.commitment(world, "working")
    assert browser.get(reverse("ledger:evidence-file", args=[other.pk, row.pk])).status_code == 404


def test_a_file_that_is_not_taken_is_refused_in_place(world, client_of, settings, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.FILES = tmp_path
    item = make.commitment(world, "working")
    typed = {
        "version": item.version, "kind": "photo", "title": "现场照片", "declared": "2",
        "dated": days_ago(0).isoformat(),
        "file": SimpleUploadedFile("照片.jpg", b"<svg onload=alert(1)>"),
    }  # fmt: skip
    answer = client_of(world.witness).post(reverse("ledger:evidence", args=[item.pk]), typed)
    assert answer.status_code == 422
    assert "这种文件不能作为佐证" in answer.content.decode()
    assert "现场照片" in answer.content.decode()
    assert not Evidence.objects.filter(title="现场照片").exists()


HOSTILE = '<script>alert("攻")</script><img src=x onerror=alert(1)>'


def test_words_are_shown_as_words(world, client_of):
    item = make.commitment(world, "working", title=HOSTILE)
    browser = client_of(world.owner)
    typed = {"version": item.version, "text": HOSTILE, "happened_on": days_ago(0).isoformat()}
    assert browser.post(reverse("ledger:progress", args=[item.pk]), typed).status_code == 303
    for address in (reverse("ledger:item", args=[item.pk]), reverse("ledger:list")):
        text = browser.get(address).content.decode()
        assert "&lt;script&gt;" in text
        assert HOSTILE not in text
        assert "<img src=x" not in text


def test_from_the_material_to_drafts(world, client_of):
    material = make.examination(world)
    browser = client_of(world.clerk)
    page = browser.get(reverse("ledger:material", args=[material.pk]))
    assert [p.kind for p in page.context["problems"]] == ["problem"]
    assert browser.post(reverse("ledger:material", args=[material.pk])).status_code == 303
    assert Commitment.objects.filter(examination=material).count() == 2
    problem = page.context["problems"][0]
    address = reverse("ledger:for-problem", args=[problem.pk])
    assert browser.post(address, {"measure": "少"}).status_code == 422
    made = browser.post(address, {"measure": "取消重复填报的二十张表"})
    assert made.status_code == 303
    listed = browser.get(reverse("ledger:list"))
    assert listed.context["problems_count"] == 0


def test_filters(world, client_of):
    late = make.commitment(world, "working", deadline=days_ago(3), title="超期的事项")
    make.commitment(world, "confirmed", title="办完的事项")
    browser = client_of(world.clerk)
    address = reverse("ledger:list")
    assert _found(browser, address + "?due=overdue") == {late.number}
    assert _found(browser, address + "?state=confirmed&q=办完")
    assert _found(browser, address + f"?q={late.number}") == {late.number}
    assert _found(browser, address + "?state=nonsense&owner=abc&sort=x&page=-1")  # never an error
    assert len(_found(browser, address + f"?owner={world.owner.pk}&unit={world.city.pk}")) == 2
    assert _found(browser, address + "?owner=999999999999999999999") != set()


def _found(browser, address: str) -> set[str]:
    answer = browser.get(address)
    assert answer.status_code == 200
    return {item.number for item in answer.context["page"].rows}


def test_counts_open_their_rows(world, client_of):
    for state in ("draft", "working", "confirmed", "watching"):
        make.commitment(world, state)
    make.commitment(world, "working", deadline=days_ago(3), indicator_kind="none")
    browser = client_of(world.clerk)
    counts = browser.get(reverse("ledger:list")).context["counts"]
    for _, query, value in counts:
        assert len(_found(browser, f"{reverse('ledger:list')}?{query}")) == value


def test_turning_pages_meets_every_item_once(world, client_of):
    material = make.examination(world)
    numbers = {make.commitment(world, "working", material=material).number for _ in range(120)}
    browser = client_of(world.clerk)
    address, seen = reverse("ledger:list") + "?q=占道", []
    while address:
        page = browser.get(address)
        seen += [item.number for item in page.context["page"].rows]
        after = page.context["page"].after
        if after:
            assert f"q=%E5%8D%A0%E9%81%93&amp;after={after}" in page.content.decode()
        address = after and reverse("ledger:list") + f"?q=占道&after={after}"
    assert len(seen) == 120
    assert set(seen) == numbers


def _press(browser, name, item, about, **typed):
    item.refresh_from_db()
    address = reverse(f"ledger:{name}", args=[item.pk, about])
    shown = browser.get(address)
    assert shown.status_code == 200, name
    assert browser.post(address, {}).status_code == 422
    answer = browser.post(address, {"version": item.version, **typed})
    assert answer.status_code == 303, answer.content.decode()
    return shown.content.decode()


def test_evidence_is_put_right_and_taken_back(world, client_of):
    item, other = make.commitment(world, "working"), make.commitment(world, "working")
    old = make.evidence(item, world.witness, title="现场走访", note="走访六户，都说已经迁走。")
    browser = client_of(world.witness)
    page = reverse("ledger:evidence-revise", args=[other.pk, old.pk])
    assert browser.get(page).status_code == 404  # of another item
    text = _press(
        browser, "evidence-revise", item, old.pk, kind="visit", title="现场走访（八户）",
        declared="2", dated=days_ago(1).isoformat(), note="走访八户，都说摊点已经迁走。",
    )  # fmt: skip
    assert "走访六户" in text
    new = Evidence.objects.get(title="现场走访（八户）")
    assert new.revises_id == old.pk
    _press(browser, "evidence-withdraw", item, new.pk, reason="日期记错了，重新提交")
    listed = browser.get(reverse("ledger:item", args=[item.pk])).content.decode()
    assert "日期记错了，重新提交" in listed
    assert "已撤回" in listed


def test_objection_is_registered_and_decided_by_somebody_else(world, client_of):
    item = make.commitment(world, "published")
    clerk = client_of(world.clerk)
    typed = {"version": item.version, "text": "纺织巷还有摊点", "received_on": days_ago(0)}
    assert clerk.post(reverse("ledger:object", args=[item.pk]), typed).status_code == 303
    objection = item.publications.get().objections.get()
    text = _press(
        client_of(world.head), "objection", item, objection.pk, upheld="yes",
        reason="现场确有三处摊点",
    )  # fmt: skip
    assert "纺织巷还有摊点" in text
    item.refresh_from_db()
    assert item.state == "returned"
    shown = clerk.get(reverse("ledger:item", args=[item.pk])).content.decode()
    assert "异议成立" in shown


def test_access_is_taken_back_and_a_request_too(world, client_of):
    item = make.commitment(world, "working")
    make.access(world, item)
    clerk = client_of(world.clerk)
    assert world.outsider.name in clerk.get(reverse("ledger:item", args=[item.pk])).content.decode()
    _press(clerk, "access-revoke", item, world.outsider.pk, reason="核验已经完成")
    gone = client_of(world.outsider).get(reverse("ledger:item", args=[item.pk]))
    assert gone.status_code == 404
    owner = client_of(world.owner)
    item.refresh_from_db()
    typed = {"version": item.version, "target": "3", "reason": "可以做得更好一些"}
    assert owner.post(reverse("ledger:change-target", args=[item.pk]), typed).status_code == 303
    row = Change.objects.get()
    address = reverse("ledger:change-cancel", args=[item.pk, row.pk])
    item.refresh_from_db()
    assert owner.post(address, {"version": item.version}).status_code == 303
    row.refresh_from_db()
    assert row.state == "cancelled"


def test_signed_form_is_registered_by_one_and_confirmed_by_another(world, client_of):
    from tests.office.make import person

    second = person(world.office, "另一经办人", world.general, roles=["clerk"], superior=world.head)
    item = make.commitment(world, "applied", owner=world.deputy)
    form = make.evidence(
        item, world.clerk, kind="document", title="区纪委核验单", declared=3,
        file=make.file(world.office, "核验单"),
    )  # fmt: skip
    item.refresh_from_db()
    address = reverse("ledger:form-register", args=[item.pk])
    browser = client_of(world.clerk)
    assert "区纪委核验单" in browser.get(address).content.decode()
    typed = {
        "version": item.version, "evidence": form.pk, "body": "区纪委监委", "place": "东堤路",
        "seen": "全程看过，只剩五处摊点，均在划线区内。", "seen_on": days_ago(0).isoformat(),
        "criterion_met": "yes",
    }  # fmt: skip
    assert browser.post(address, typed).status_code == 303
    item.refresh_from_db()
    confirm = reverse("ledger:form-confirm", args=[item.pk])
    decided = {"version": item.version, "passed": "yes", "publish_place": "政务公开栏"}
    refused = browser.post(confirm, decided)
    assert refused.status_code == 403
    assert "政务公开栏" in refused.content.decode()  # what was typed is kept
    other = client_of(second)
    shown = other.get(confirm).content.decode()
    assert "只剩五处摊点" in shown
    assert other.post(confirm, decided).status_code == 303
    item.refresh_from_db()
    assert item.state == "published"
    page = other.get(reverse("ledger:item", args=[item.pk])).content.decode()
    assert "签字的核验单" in page
    assert "另一经办人确认" in page


def test_a_long_list_of_people_is_folded(world, client_of):
    from tests.office.make import person

    for number in range(20):
        person(world.office, f"科员{number}", world.city)
    item = make.commitment(world, "draft")
    page = client_of(world.clerk).get(reverse("ledger:edit", args=[item.pk])).content.decode()
    assert "展开选择" in page


def test_item_of_the_deputy_is_verified_from_outside(world, client_of):
    item = make.commitment(world, "applied", owner=world.deputy)
    clerk, outsider = client_of(world.clerk), client_of(world.second_outsider)
    address = reverse("ledger:assign", args=[item.pk])
    page = clerk.get(address)
    offered = {key for key, _ in page.context["form"].fields["verifier"].choices}
    assert offered == {world.outsider.pk, world.second_outsider.pk}
    assert "必须由单位以外的人员核验" in page.content.decode()
    inside = {"version": item.version, "verifier": world.verifier.pk}
    assert clerk.post(address, inside).status_code == 422
    assert outsider.get(reverse("ledger:item", args=[item.pk])).status_code == 404
    typed = {"version": item.version, "verifier": world.second_outsider.pk}
    assert clerk.post(address, typed).status_code == 303
    assert item.number in outsider.get(reverse("ledger:verifications")).content.decode()
    item.refresh_from_db()
    done = outsider.post(
        reverse("ledger:verify", args=[item.pk]),
        {
            "version": item.version, "passed": "yes", "place": "东堤路",
            "seen": "全程看过，只剩五处摊点，均在划线区内。", "seen_on": days_ago(0).isoformat(),
            "publish_place": "政务公开栏",
        },
    )  # fmt: skip
    assert done.status_code == 303
    item.refresh_from_db()
    assert item.state == "published"
    printed = clerk.get(reverse("ledger:publication", args=[item.pk])).content.decode()
    assert "只剩五处摊点" in printed
    assert world.second_outsider.name not in printed  # the notice names units, not persons
