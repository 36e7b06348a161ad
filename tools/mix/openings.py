"""Payers that the practice sees patients of without a contract on file."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from knowledge.payer_spelling import folded
from tools.practice import Practice

_PROGRAMS = ("medicare", "medicare part b", "medicaid", "health first colorado", "tricare")


def openings(practice: Practice, payers: Iterable[str]) -> list[str]:
    """Insurers without a contract, amendment or fee schedule on file, in the order given.

    Public programs are none: a practice enrolls in them and negotiates nothing. Nor is a
    payer whose rates are on file: they were agreed with it, so it is in network.
    """
    rates = payers_with_rates(practice)
    return [payer for payer in payers if payer and not _enrolled(practice, payer)
            and payer not in rates and not _papered(practice, payer)]  # fmt: skip


def paper_held(practice: Practice, payer: str, rates: Collection[str]) -> str:
    """What is on file of the agreement: "yes", "fee schedule" (of the payers with `rates`),
    "no", or "enrolled" for a public program."""
    if _enrolled(practice, payer):
        return "enrolled"
    return "yes" if _papered(practice, payer) else "fee schedule" if payer in rates else "no"


def payers_with_rates(practice: Practice) -> set[str]:
    """The payers whose fee schedules are on file."""
    if not practice.tables.has("fee_schedules"):
        return set()
    named = practice.tables.table("fee_schedules").select("payer").distinct()
    return {str(payer) for payer in practice.tables.frame(named)["payer"] if payer}


def _enrolled(practice: Practice, payer: str) -> bool:
    business = practice.payers.line_of_business(payer)
    return business in ("self_pay", "medicare", "workers_comp") or folded(payer) in _PROGRAMS


def _papered(practice: Practice, payer: str) -> bool:
    return any(paper.kind in ("contract", "amendment")
               for paper in practice.library.documents(payer))  # fmt: skip
