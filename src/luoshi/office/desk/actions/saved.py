"""Views of the ledger saved under a name: saved, replaced, deleted by whose they are."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from luoshi.office.accounts.models import Person
from luoshi.office.desk.models import SavedView
from luoshi.office.journal.act import Act, action
from luoshi.office.journal.errors import NotFound, Refused
from luoshi.office.ledger import values
from luoshi.office.ledger.forms.filter import Filter

VIEWS_MOST = 30
NAME_MOST, QUERY_MOST = 30, 400


@action("desk.view.save", "保存台账视图", needs="ledger.read")
def save(act: Act, *, by: Person, name: str, query: str) -> SavedView:
    """Save the filters and the order of the ledger's list under a name; an older one is replaced.

    ``query`` is the list's query string; what is no filter of the list is left out. Raises
    ``Refused`` for a view that narrows and sorts nothing, or when there are too many.
    """
    title = values.words(name, "视图的名称", 2, NAME_MOST)
    kept = clean(by, query)
    if not kept:
        raise Refused("还没有选任何条件或排序，没有可以保存的。请先在台账里筛选，再保存。")
    if len(kept) > QUERY_MOST:
        raise Refused("条件太长，不能保存。请把查找的词写短一些。")
    mine = SavedView.objects.filter(person=by)
    row = mine.filter(name=title).first()
    if row is None:
        if mine.count() >= VIEWS_MOST:
            raise Refused(f"每人最多保存{VIEWS_MOST}个视图，请先删去不用的。")
        row = SavedView(office_id=by.office_id, person=by, name=title)
    row.query = kept
    act.save(row)
    act.about(row, facts={"name": title, "text": kept})
    return row


def clean(by: Person, query: str) -> str:
    """Return a query string with the list's own filters that say something, and nothing else."""
    try:
        given = dict(parse_qsl(values.text(query, "条件"), max_num_fields=50))
    except ValueError:
        raise Refused("条件不完整，请回到台账重新筛选。") from None
    form = Filter(given, by=by)
    form.is_valid()
    return urlencode(
        {name: given[name] for name in form.fields if form.cleaned_data.get(name) and given[name]}
    )


@action("desk.view.delete", "删去台账视图", needs="ledger.read")
def delete(act: Act, *, by: Person, view: int) -> None:
    """Delete a saved view; raises ``NotFound`` for somebody else's."""
    row = act.lock(SavedView, view)
    if row.person_id != by.pk:
        raise NotFound("没有找到这个视图，可能已经删去。")
    act.about(row, facts={"name": row.name})
    act.delete(row)
