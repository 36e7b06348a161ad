"""What keeps a draft from leaving: unowned numbers, another payer's terms, a patient's marks.

Some of it the user may vouch for (a number of their own, a payer named on purpose); a
patient's identifier and another practice's rates never leave, whoever vouches.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from copilot.drafting.other_payers import payers_named
from copilot.exports.other_practices import others_rates
from knowledge.problems import BadInput
from tools.practice import Practice

PATIENT = (
    ("a social security number", re.compile(
        r"\b\d{3}-\d{2}-\d{4}\b|\b(?:ssn|social security (?:number|no\.?))\b\W{0,4}\d{9}\b",
        re.IGNORECASE)),
    ("a birth date", re.compile(
        r"\b(?:dob|d\.o\.b\.|date of birth|born)\b\W{0,4}(?:on\s+)?\w*\W?\d", re.IGNORECASE)),
    ("a record number", re.compile(
        r"\b(?:mrn|medical record (?:number|no\.?)|chart (?:number|no\.?))\b\W{0,4}\w*\d",
        re.IGNORECASE)),
    ("a member number", re.compile(
        r"\b(?:member|subscriber|policy)\s+(?:id|number|no\.?|#)\W{0,4}(?=\w*\d)\w{5,}"
        r"|\b(?:member|subscriber)\s+[A-Z]{1,3}\d{6,}\b", re.IGNORECASE)),
    ("a patient's name", re.compile(
        r"\b[Pp]atient:?\s+[A-Z][a-z]+(?:-[A-Z][a-z]+)?,?\s+[A-Z][a-z]+\b")),
)  # fmt: skip


def held_back(
    practice: Practice,
    text: str,
    payer: str | None,
    unsupported: Sequence[str],
    figures: Iterable[Mapping[str, Any]],
    inner: bool = False,
) -> list[str]:
    """Every reason why a draft in plain words may not leave; empty where it may.

    payer: to whom it goes; None for a paper that goes to no one payer. figures: those it
    stands on. inner: it stays in the practice, so several payers may stand in it.
    """
    reasons: list[str] = []
    if unsupported:
        reasons.append(f"nothing on file supports {_listed(unsupported)}")
    if not inner:
        whom = f"a letter to {payer}" if payer else "a paper for any payer"
        named = payers_named(practice, text, payer, practice.name)
        if named:
            reasons.append(f"it names {_listed(named)} in {whom}")
        others = _others_figures(practice, payer, figures)
        if others:
            reasons.append(f"it holds a figure of {_listed(others)}")
    return reasons


def never(practice: Practice, text: str, inner: bool = False) -> list[str]:
    """Every reason that nobody can vouch away, by its kind; a patient's words are not told."""
    reasons = []
    if marks := patient_marks(text):
        reasons.append(f"it holds what looks like {_listed(marks)}")
    if not inner and (others := others_rates(practice, text)):
        reasons.append(
            f"it tells what {_listed(others)} is paid: rates are never exchanged between"
            " practices; what published files show may be told as a percentile"
        )
    return reasons


def patient_marks(text: str) -> list[str]:
    """What in a text looks like a patient's identifier, by its kind and never by its words."""
    shown = "".join(_plain(character) for character in text)
    return [name for name, pattern in PATIENT if pattern.search(shown)]


def _plain(character: str) -> str:
    """A sign as a reader takes it: any dash as "-", nothing for one that shows nothing."""
    kind = unicodedata.category(character)
    return "" if kind == "Cf" else "-" if kind == "Pd" else character


def refuse(reasons: Sequence[str], absolute: Sequence[str]) -> None:
    """Raise BadInput for the reasons; the absolute ones can never be vouched for."""
    if absolute:
        raise BadInput("the draft", "; ".join(absolute), "take it out of the draft")
    if reasons:
        raise BadInput(
            "the draft",
            "; ".join(reasons),
            "change it, or vouch for it with a reason",
        )


def _others_figures(
    practice: Practice, payer: str | None, figures: Iterable[Mapping[str, Any]]
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
