"""What several attacks need: a refusal's words, a form that is signed, a change that is agreed."""

import pytest
from tests.office.ledger import make
from tests.office.make import days_ago, save

from luoshi.office.accounts.models import RoleGrant
from luoshi.office.journal.errors import Refused
from luoshi.office.ledger.actions import changes, closing
from luoshi.office.ledger.models import Commitment

FORM = {"body": "区纪委监委", "seen": "实地走访六户，均反映问题已经解决。", "place": "东堤社区"}


def refused(action, **given):
    """Return why an action was refused; fails where it was not."""
    with pytest.raises(Refused) as found:
        action(**given)
    return "".join(found.value.reasons)


def row(item):
    return Commitment.objects.get(pk=item.pk)


def state(item):
    return row(item).state


def as_head(world, who):
    save(RoleGrant(office=world.office, person=who, role="head", starts=days_ago(90)))
    return who


def scan(world, item, author):
    return make.evidence(item, author, days=3, kind="document", title="签字核验单",
                         file=make.file(world.office, f"f{item.pk}"))  # fmt: skip


def register(world, item, by, form, **change):
    given = {**FORM, "seen_on": days_ago(3), "criterion_met": True, **change}
    closing.register_form(
        by=by, commitment=item.pk, version=item.version, evidence=form.pk, **given
    )
    item.refresh_from_db()


def confirm_it(item, by, passed=True):
    closing.confirm_form(by=by, commitment=item.pk, version=item.version, passed=passed,
                         reason="核验单上写的是没有解决", publish_place="街道公告栏")  # fmt: skip
    item.refresh_from_db()


def ask(world, item, kind, new, by=None):
    asked = changes.ask(by=by or world.owner, commitment=item.pk, version=item.version, kind=kind,
                        new=new, reason="情况有了变化，需要调整")  # fmt: skip
    item.refresh_from_db()
    return asked


def agreed(world, item, kind, new):
    """Ask for a change and let a superior agree to it."""
    asked = ask(world, item, kind, new)
    changes.decide(by=world.deputy, commitment=item.pk, version=item.version, change=asked.pk,
                   approve=True, decision="同意")  # fmt: skip
    item.refresh_from_db()
