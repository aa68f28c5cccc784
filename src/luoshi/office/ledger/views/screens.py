"""Every form of an item: which action it fills, who it is for, and in which states it is offered.

This table only decides what is offered. What is allowed is decided by the action, under the
lock of the item.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from luoshi.core.workflow import table
from luoshi.office.ledger.forms.base import ItemForm

Who = Literal["", "own", "verifier"]


@dataclass(frozen=True, slots=True)
class Screen:
    """One form: ``name`` in its address; ``who`` is asked of the person beside ``needs``.

    ``move`` is the move of the state table that it makes; without one, ``states`` tells where
    it is offered. ``template`` gives a form more than its fields. ``about`` names a further
    row that the address carries: such a form is reached from that row. ``when`` looks at where
    the item stands (`views.closing.standing_of`). Forms of a ``group`` are offered on a page of
    their own.
    """

    name: str
    title: str
    button: str
    form: type[ItemForm]
    action: Callable[..., Any]
    done: str
    needs: frozenset[str]
    lead: str = ""
    move: str = ""
    states: frozenset[str] = frozenset()
    who: Who = ""
    style: Literal["", "second", "bad"] = "second"
    template: str = "ledger/act.html"
    about: str = ""
    group: str = ""
    when: Callable[[dict[str, Any]], bool] = lambda standing: True

    def offered_in(self, state: str) -> bool:
        """Tell whether the form is offered for an item in a state."""
        if self.move:
            return state in table.moves()[self.move].sources
        return state in self.states


def working() -> frozenset[str]:
    """Return the states of items that take progress, readings and evidence."""
    return frozenset(s.key for s in table.states().values() if s.active and s.open)
