"""Known texts (范文) that every batch is compared with come in, and are put out of use."""

from __future__ import annotations

from luoshi.core.reading.model import DEFAULT_LIMITS, ReadError
from luoshi.engines.bounded import read_bounded
from luoshi.office.accounts.models import Person
from luoshi.office.examinations.storage import Stored, path_of
from luoshi.office.journal import clock
from luoshi.office.journal.act import Act, action, may
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused
from luoshi.office.review.models import Template
from luoshi.office.review.reach import MANAGES


def add(*, by: Person, stored: Stored) -> Template:
    """Take in a known text; it is read before the transaction, by a process with limits.

    Raises ``Refused`` for a file that cannot be read or is there already.
    """
    if not may(by, MANAGES):
        raise NotAllowed("范文由经办人收入。")
    try:
        document = read_bounded(path_of(stored.sha256).read_bytes(), stored.name, DEFAULT_LIMITS)
    except ReadError as error:
        raise Refused(f"“{stored.name}”读不了：{error.message}") from error
    return _keep(by=by, stored=stored, text=document.text)


@action("review.template.add", "收入范文", needs="review.manage")
def _keep(act: Act, *, by: Person, stored: Stored, text: str) -> Template:
    held = Template.objects.filter(office=by.office_id, file__sha256=stored.sha256, active=True)
    if held.exists():
        raise Refused(f"“{stored.name}”已经在范文里了，没有重复收入。")
    if "\x00" in text:
        raise Refused("文件里有不能保存的字符，请另存后再试。")
    file = act.save(stored.row(by.office_id))
    row = act.save(
        Template(
            office_id=by.office_id, name=stored.name[:120], file=file, text=text, added_by=by,
            added_on=clock.today(),
        )
    )  # fmt: skip
    act.about(row, facts={"sha256": stored.sha256})
    return row


@action("review.template.drop", "停用范文", needs="review.manage")
def drop(act: Act, *, by: Person, template: int) -> Template:
    """Put a known text out of use; comparisons that found it keep their results."""
    del by
    row = act.lock(Template, template)
    if not row.active:
        raise NotFound("没有找到这份范文，可能已经停用。")
    row.active = False
    act.save(row)
    act.about(row, facts={})
    return row
