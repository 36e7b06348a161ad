"""`payer-copilot eval variety`: do drafts for different situations differ where they should?

Over fifty emails are written, payer x purpose x stage x length, on the sample practice. No
two may open or close with the same sentence. Where the payer differs, the chosen evidence
has to differ, by the plan's own ids and not by its wording; and each letter asks for what it
was told to ask for.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from copilot.core import Copilot
from copilot.problems import BadInput, NotKnown
from evals.scenarios.cases import SHORT, data
from evals.scenarios.letter_text import prose, says_number, sentences_of
from evals.scenarios.play import call
from evals.scenarios.workspaces import written_workspace
from evals.scoring import Report, Score, measure

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Situation:
    """One occasion: whom to, what for, at which length and stage, with which ask."""

    payer: str
    purpose: str
    length: str
    stage: str = ""
    percent: int | None = None
    topic: str = ""

    @property
    def name(self) -> str:
        """A short name for reports."""
        parts = (SHORT[self.payer][0], self.stage or self.purpose, self.length)
        return ", ".join(parts)


@dataclass(frozen=True)
class Written:
    """What came of a situation: its text and the plan's pieces with their figures."""

    situation: Situation
    body: str
    plan: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def opening(self) -> str:
        """The first sentence after the greeting."""
        found = prose(self.body)
        return sentences_of(found[0])[0] if found else ""

    @property
    def close(self) -> str:
        """The last sentence before the closing words."""
        found = prose(self.body)
        return sentences_of(found[-1])[-1] if found else ""

    @property
    def pieces(self) -> frozenset[str]:
        """The ids of the evidence chosen."""
        return frozenset(name for name, _ in self.plan)


def situations() -> list[Situation]:
    """The situations of situations.toml, in order."""
    known = data("situations")
    return [s for entry in known["for"] for s in _expanded(entry, known["payers"])]


def _expanded(entry: Mapping[str, Any], payers: Sequence[str]) -> Iterator[Situation]:
    for place, payer in enumerate(payers):
        if payer not in entry.get("only", payers):
            continue
        percents = entry.get("percents")
        percent = percents[place % len(percents)] if percents else None
        for length in entry["lengths"]:
            for stage in entry.get("stages", [""]):
                yield Situation(
                    payer, entry["purpose"], length, stage, percent, entry.get("topic", "")
                )


def run() -> Report:
    """Write all situations on a fresh sample practice and measure what they share."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = written_workspace(Path(folder), "full", "")
        with Copilot(workspace, TODAY, "evaluation") as copilot:
            written, failed = drafted(copilot, situations())
    return report_of(written, failed)


def drafted(
    copilot: Copilot, wanted: Iterable[Situation]
) -> tuple[list[Written], list[tuple[Situation, str]]]:
    """The drafts of the situations, each on a thread of its own, and those that gave none."""
    done: list[Written] = []
    failed: list[tuple[Situation, str]] = []
    for number, situation in enumerate(wanted):
        args: dict[str, Any] = {
            "payer": situation.payer,
            "purpose": situation.stage or situation.purpose,
            "length": situation.length,
        }
        args |= {"percent": situation.percent} if situation.percent else {}
        args |= {"topic": situation.topic} if situation.topic else {}
        said = f"{situation.stage or situation.purpose} to {situation.payer}"
        try:
            key = call(copilot, "draft_email", args, f"v-{number}", said)
        except (BadInput, NotKnown) as problem:
            failed.append((situation, str(problem)))
            continue
        except Exception as broken:  # a draft that breaks is one that was not written
            failed.append((situation, f"it broke: {type(broken).__name__}: {broken}"))
            continue
        if key is None:
            failed.append((situation, "no draft"))
            continue
        draft = copilot.drafts.latest(key)
        plan = tuple((str(p["id"]), tuple(p.get("figures", ()))) for p in draft.plan)
        done.append(Written(situation, copilot.draft_out(draft).body, plan))
    return done, failed


def report_of(written: Sequence[Written], failed: Sequence[tuple[Situation, str]] = ()) -> Report:
    """Shares of drafts with an opening and a close of their own, and of pairs that differ.

    A form is a sentence with its numbers, days and names taken out: two that share one
    differ in what was filled in alone.
    """
    openings, closes = [w.opening for w in written], [w.close for w in written]
    pairs = [
        (a, b)
        for a, b in combinations(written, 2)
        if a.situation.payer != b.situation.payer
        and a.situation.purpose == b.situation.purpose
        and (a.plan or b.plan)
    ]
    asked = [w for w in written if w.situation.percent]
    measures = {
        "drafts written": measure([1.0] * len(written) + [0.0] * len(failed)),
        "an opening of its own": _alone(openings),
        "a close of its own": _alone(closes),
        "an opening of its own form": _alone([form_of(s) for s in openings]),
        "a close of its own form": _alone([form_of(s) for s in closes]),
        "pairs of payers with other evidence": measure([float(a.plan != b.plan) for a, b in pairs]),
        "pairs of payers with other pieces": measure(
            [float(a.pieces != b.pieces) for a, b in pairs]
        ),
        "letters that hold their own ask": measure(
            [float(says_number(w.body, _whole(w))) for w in asked]
        ),
    }
    failures = [
        *(Score(s.name, 0.0, f"no draft: {why}") for s, why in failed),
        *_shared(written, "opening", openings),
        *_shared(written, "close", closes),
    ]
    return Report("variety", measures, tuple(failures))


def form_of(sentence: str) -> str:
    """A sentence with numbers, days and names taken out."""
    for names in SHORT.values():
        for name in names:
            sentence = sentence.replace(name, "PAYER")
    sentence = re.sub(
        r"\b(?:Exhibit B|Schedule 2|Attachment [2B]|the Payment Attachment|the fee exhibit|"
        r"the price list)\b", "PAPER", sentence,
    )  # fmt: skip
    days = r"(?:Mon|Tues|Wednes|Thurs|Fri)day,? |\b(?:January|February|March|April|May|June|July|"
    days += r"August|September|October|November|December)\b"
    return re.sub(r"\$?\d[\d,.]*%?", "#", re.sub(days, "DAY ", sentence))


def _whole(written: Written) -> Any:
    from decimal import Decimal

    return Decimal(written.situation.percent or 0)


def _alone(sentences: Sequence[str]) -> Any:
    counts = Counter(sentences)
    return measure([float(counts[s] == 1) for s in sentences])


def _shared(written: Sequence[Written], which: str, sentences: Sequence[str]) -> list[Score]:
    out = []
    for sentence, count in Counter(sentences).items():
        if count > 1:
            names = [
                w.situation.name for w, s in zip(written, sentences, strict=True) if s == sentence
            ]
            out.append(Score(f"shared {which}", 0.0, f"{sentence!r}: {'; '.join(names)}"))
    return out
