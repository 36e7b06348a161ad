"""Payers that the practice sees patients of without a contract on file."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.payer_spelling import folded
from tools.practice import Practice

_PROGRAMS = ("medicare", "medicare part b", "medicaid", "health first colorado", "tricare")


def openings(practice: Practice, payers: Iterable[str]) -> list[str]:
    """Insurers without a contract or amendment on file, in the order given.

    Public programs are none: a practice enrolls in them and negotiates nothing.
    """
    return [payer for payer in payers if payer and not _enrolled(practice, payer)
            and not _papered(practice, payer)]  # fmt: skip


def paper_held(practice: Practice, payer: str) -> str:
    """Whether a contract is on file: "yes", "no", or "enrolled" for a public program."""
    if _enrolled(practice, payer):
        return "enrolled"
    return "yes" if _papered(practice, payer) else "no"


def _enrolled(practice: Practice, payer: str) -> bool:
    business = practice.payers.line_of_business(payer)
    return business in ("self_pay", "medicare", "workers_comp") or folded(payer) in _PROGRAMS


def _papered(practice: Practice, payer: str) -> bool:
    return any(paper.kind in ("contract", "amendment")
               for paper in practice.library.documents(payer))  # fmt: skip
