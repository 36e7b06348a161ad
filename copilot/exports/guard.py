"""What keeps a draft from leaving: unowned numbers, another payer's terms, a patient's marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from copilot.drafting.other_payers import payers_named
from knowledge.problems import BadInput
from tools.practice import Practice

PATIENT = (
    ("a social security number", re.compile(r"\b\d{3}-\d{2}-\d{4}\b")),
    ("a birth date", re.compile(
        r"\b(?:dob|d\.o\.b\.|date of birth|born)\b\W{0,4}(?:on\s+)?\w*\W?\d", re.IGNORECASE)),
    ("a record number", re.compile(
        r"\b(?:mrn|medical record (?:number|no\.?)|chart (?:number|no\.?))\b\W{0,4}\w*\d",
        re.IGNORECASE)),
    ("a member number", re.compile(
        r"\b(?:member|subscriber|policy)\s+(?:id|number|no\.?|#)\W{0,4}(?=\w*\d)\w{5,}",
        re.IGNORECASE)),
    ("a patient's name", re.compile(r"\b[Pp]atient:?\s+[A-Z][a-z]+,?\s+[A-Z][a-z]+\b")),
)  # fmt: skip


def held_back(
    practice: Practice,
    text: str,
    payer: str | None,
    unsupported: Sequence[str],
    figures: Iterable[Mapping[str, Any]],
) -> list[str]:
    """Every reason why a draft in plain words may not leave; empty where it may.

    payer: to whom it goes; None for a paper that stays in the practice, in which several
    payers may stand. figures: those it stands on.
    """
    reasons: list[str] = []
    if unsupported:
        reasons.append(f"nothing on file supports {_listed(unsupported)}")
    if payer is not None:
        named = payers_named(practice, text, payer, practice.name)
        if named:
            reasons.append(f"it names {_listed(named)} in a letter to {payer}")
        others = _others_figures(practice, payer, figures)
        if others:
            reasons.append(f"it holds a figure of {_listed(others)}")
    return reasons


def patient_marks(text: str) -> list[str]:
    """What in a text looks like a patient's identifier, by its kind and never by its words."""
    return [name for name, pattern in PATIENT if pattern.search(text)]


def refuse(reasons: Sequence[str], patient: Sequence[str]) -> None:
    """Raise BadInput for the reasons; a patient's marks can never be vouched for."""
    if patient:
        raise BadInput(
            "the draft", f"it holds what looks like {_listed(patient)}", "take it out of the draft"
        )
    if reasons:
        raise BadInput(
            "the draft",
            "; ".join(reasons),
            "change it, or vouch for it with a reason",
        )


def _others_figures(
    practice: Practice, payer: str, figures: Iterable[Mapping[str, Any]]
) -> list[str]:
    found: list[str] = []
    for figure in figures:
        words = f"{figure['name']} {figure['basis']['where'] or ''}"
        found += payers_named(practice, words, payer, practice.name)
    return list(dict.fromkeys(found))


def _listed(words: Sequence[str]) -> str:
    shown = list(dict.fromkeys(words))
    more = f" and {len(shown) - 6} more" if len(shown) > 6 else ""
    return ", ".join(shown[:6]) + more
