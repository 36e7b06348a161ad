"""Terms in excerpts of many drafting styles: is the value right, and are its words cited?

evals/wordings/dev.toml is for tuning; evals/wordings/heldout.toml is for measuring only, so
that its failures are named by their id and nothing of its text is printed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from importlib.resources import files
from typing import Any

from evals.scoring import Report, Score, report

SHARE_CITED = 0.5
"""The share of the labelled words that the citation must hold."""

_SHORTEST_RUN = 2  # words in a row that count as cited


def run() -> Report:
    """The held-out excerpts; a failure tells only its id."""
    scores = [Score(s.case, s.value, "", s.parts) for s in _scores("heldout")]
    return report("terms_wordings", scores, "right")


def run_dev() -> Report:
    """The excerpts for tuning; a failure tells what was read, and the excerpt."""
    return report("terms_wordings_dev", _scores("dev"), "right")


def _scores(name: str) -> list[Score]:
    from copilot.excerpt_terms import terms_of_text

    return [score(case, terms_of_text(case["text"], [case["term"]])) for case in excerpts(name)]


def excerpts(name: str) -> list[dict[str, Any]]:
    """The cases of evals/wordings/<name>.toml."""
    text = files("evals").joinpath("wordings", f"{name}.toml").read_text(encoding="utf-8")
    cases: list[dict[str, Any]] = tomllib.loads(text)["case"]
    return cases


def score(case: Mapping[str, Any], terms: Sequence[Mapping[str, Any]]) -> Score:
    """1 where a value is as labelled and its citation holds the labelled words.

    terms: what copilot.excerpt_terms gave for the case's term. A term of which the reader is
    unsure counts as not found. Where a second clause says the same (also_quotes), either may be
    cited. For a case without the term, 1 where no value is given.
    """
    line = case.get("line_of_business")
    found = [t for t in terms if t["found"]]
    key = str(case["id"])
    if not case.get("found", True):
        right = float(not found)
        why = "" if right else f"is not there, read {_said(found)} in:\n{case['text']}"
        return Score(key, right, why, {"absent said absent": right})
    own = [t for t in found if t["line_of_business"] == line]
    found = own if own or line else found
    fitting = [t for t in found if _is_labelled(t, case)]
    labels = (case["quote"], *case.get("also_quotes", ()))
    cited = any(
        share_cited(label, t["quote"] or "") >= SHARE_CITED for t in fitting for label in labels
    )
    parts = {
        "value right": float(bool(fitting)),
        "wrong value": float(bool(found) and not fitting),
    }
    why = ""
    if not cited:
        read = _said(found) or "nothing"
        why = f"should be {case['value']} from {case['quote']!r}, read {read} in:\n{case['text']}"
    return Score(key, float(cited), why, parts)


def share_cited(label: str, quote: str) -> float:
    """The share (0 to 1) of the label's words that the quote has in the same order.

    Punctuation, marks of a table and case do not count; a word alone does not count.
    """
    wanted, given = _words(label), _words(quote)
    blocks = SequenceMatcher(None, wanted, given, autojunk=False).get_matching_blocks()
    held = sum(block.size for block in blocks if block.size >= _SHORTEST_RUN)
    return held / len(wanted)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _is_labelled(term: Mapping[str, Any], case: Mapping[str, Any]) -> bool:
    if "unit" in case and term["unit"] != case["unit"]:
        return False
    return any(_same(term["value"], wanted) for wanted in (case["value"], *case.get("also", ())))


def _same(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, str):
        return str(value).casefold() == wanted.casefold()
    return isinstance(value, Decimal) and value == Decimal(str(wanted))


def _said(terms: Sequence[Mapping[str, Any]]) -> str:
    return "; ".join(f"{t['value']} {t['unit']} from {t['quote']!r}" for t in terms)
