"""All rules, in the order of their codes."""

from __future__ import annotations

from luoshi.core.checks.rules import m101, m102

ALL = (m101, m102)
