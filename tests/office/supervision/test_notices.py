"""What is sent is a number and a link; nothing of what the office holds gets out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.office.supervision.supervised import active, late

from luoshi.core.supervision.notice import notice
from luoshi.office.accounts.models import Office, Person, Unit
from luoshi.office.ledger.models import Commitment
from luoshi.office.supervision import notices
from luoshi.office.supervision.models import Slip
from luoshi.office.supervision.sweep import sweep

LINK = "http://luoshi.jiedao:8000/"
WHOLE = re.compile(rf"落实：有[0-9]+张督办单等待办理，请登录查看：{re.escape(LINK)}")


@pytest.fixture
def folder(monkeypatch, tmp_path):
    monkeypatch.setenv("LUOSHI_HOME", str(tmp_path))
    return tmp_path


def write(folder, world, more=""):
    (folder / "notices.toml").write_text(
        f'link = "{LINK}"\n[offices]\n"{world.office.name}" = ["office:"]\n'
        f'[persons]\n"责任人@{world.office.pk}" = ["owner:"]\n"经办人@{world.office.pk}" = ["clerk:"]\n{more}'
    )
    return notices.configured()


def test_only_a_count_and_the_link_get_out(world, elsewhere, folder):
    late(world, title="整治东堤路占道经营")
    late(world, owner=world.co_owner)
    active(world, deadline=None)
    late(elsewhere)
    sweep()
    sent = []
    held = write(folder, world)
    offices = [world.office.pk, elsewhere.office.pk]
    done = notices.send_all(offices, held, lambda to, text: not sent.append((to, text)))
    assert done == (2, 0)  # the clerk has nothing to answer
    assert {tuple(to) for to, _ in sent} == {("office:",), ("owner:",)}
    numbers = {to[0]: re.search("[0-9]+", text)[0] for to, text in sent}
    assert numbers == {"office:": "2", "owner:": "1"}
    private = [
        *Commitment.objects.values_list("title", flat=True), *Slip.objects.values_list("words", flat=True),
        *Person.objects.values_list("name", flat=True), *Unit.objects.values_list("name", flat=True),
        *Office.objects.values_list("name", flat=True),
        *Commitment.objects.values_list("number", flat=True),
    ]  # fmt: skip
    for _, text in sent:
        assert WHOLE.fullmatch(text)
        assert not any(word in text for word in private)


@given(st.text() | st.integers() | st.booleans() | st.none(), st.text(max_size=40))
def test_nothing_but_a_number_and_an_address_gets_in(count, link):
    try:
        text = notice(count, link)
    except ValueError as error:
        assert re.search(r"[\u4e00-\u9fff]", str(error))
    else:
        assert type(count) is int
        assert text == f"落实：有{count}张督办单等待办理，请登录查看：{link}"


@pytest.mark.parametrize(
    "link", ["", "ftp://a", f"{LINK}?q=整治", f"{LINK}ledger/17", "http://u:p@a/", "http://街道/"]
)
def test_the_link_says_nothing_either(link):
    with pytest.raises(ValueError, match="地址"):
        notice(3, link)


def test_a_failure_is_counted_and_an_unusable_file_is_refused(world, folder):
    late(world)
    sweep()
    assert notices.configured() is None
    assert notices.send_all([world.office.pk], write(folder, world), lambda to, text: False) == (
        0,
        2,
    )
    for text in (
        "link = ",
        'link = "x"',
        f'link = "{LINK}"\n[persons]\na = "mailto:x"',
        f'link = "{LINK}"\npersons = 3',
    ):
        (folder / "notices.toml").write_text(text)
        with pytest.raises(ValueError, match=r"[\u4e00-\u9fff]"):
            notices.configured()


def test_apprise_takes_the_addresses(monkeypatch):
    apprise = pytest.importorskip("apprise")
    sent = []
    monkeypatch.setattr(
        apprise.Apprise, "notify", lambda self, body: bool(sent.append(body)) or True
    )
    assert notices.by_apprise(["json://localhost/"], notice(3, LINK))
    assert not notices.by_apprise(["nothing-like-it://x"], notice(3, LINK))
    assert all(WHOLE.fullmatch(text) for text in sent)
