"""The tables of the ledger."""

from luoshi.office.ledger.models.closing import (
    Application,
    ItemAccess,
    Objection,
    Publication,
    Relapse,
    StandingCheck,
    Verification,
)
from luoshi.office.ledger.models.commitment import (
    CauseLink,
    Change,
    Commitment,
    Duty,
    ProblemLink,
    Step,
)
from luoshi.office.ledger.models.handover import Handover
from luoshi.office.ledger.models.special import SpecialCount, SpecialLedger, SpecialPlace
from luoshi.office.ledger.models.work import Evidence, Progress, Reading

__all__ = [
    "Application",
    "CauseLink",
    "Change",
    "Commitment",
    "Duty",
    "Evidence",
    "Handover",
    "ItemAccess",
    "Objection",
    "ProblemLink",
    "Progress",
    "Publication",
    "Reading",
    "Relapse",
    "SpecialCount",
    "SpecialLedger",
    "SpecialPlace",
    "StandingCheck",
    "Step",
    "Verification",
]
