"""A payer's promises, spoken or written, held against its next draft.

Each thing promised that a paper can hold is looked up in the payer's latest offer, amendment
or new version of the contract: it stands there, it stands otherwise, it is not found, or it
cannot be told. The draft's words are cited; nothing is read into them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from copilot.desk import Desk
from copilot.tracker.entries import Entry, Offer, Promise
from copilot.tracker.log import Log
from copilot.tracker.promised_values import Value, values_of
from copilot.tracker.stages import day_read_in
from knowledge.documents.document import Document
from knowledge.evidence import Citation
from knowledge.notices.notice import read as read_notice
from knowledge.problems import NotKnown
from knowledge.terms.family import effective_date, read_in, terms_in_force
from knowledge.terms.term import Term
from tools.practice import Practice
from tools.tables.manifest import sources_of

Verdict = Literal["stands", "differs", "not found", "cannot be told"]
_BASIS = re.compile(r"percent of Medicare(?: (?P<year>20\d\d)|, then-current)?, (?P<n>[\d.]+)%")
_MONEY = re.compile(r"\$\s?(\d[\d,]*(?:\.\d\d)?)|(?<![\d.,])(\d{1,3}(?:,\d{3})*\.\d\d)(?![\d%])")


@dataclass(frozen=True)
class Draft:
    """The paper that promises are held against, and the day it came in."""

    document: Document
    came: date
    before: tuple[Document, ...]


@dataclass(frozen=True)
class Held:
    """One thing promised, and what the draft says to it.

    said: the promise or offer; made_in: its words in a mail on file, where it stands in one.
    shown: what the draft says instead or the same, in a few words; citation: its words.
    """

    entry: Entry
    said: Promise | Offer
    value: Value
    verdict: Verdict
    shown: str
    citation: Citation | None
    made_in: Citation | None


@dataclass(frozen=True)
class PromisesHeld:
    """All promises of a payer against its latest draft; deeds: those no paper can hold."""

    draft: Draft
    held: tuple[Held, ...]
    deeds: tuple[tuple[Entry, Promise], ...]


def promises_against(desk: Desk, payer: str) -> PromisesHeld:
    """The confirmed promises and offers of a payer held against its latest draft.

    Raises NotKnown where no promise is in the log, or no draft is on file.
    """
    practice, log = desk.practice, Log(desk.practice.workspace)
    short = practice.payers.short_name(payer)
    told: list[tuple[Entry, Promise | Offer]] = [
        *((e, p) for e, p in log.promises(payer) if p.by == "payer"),
        *((e, o) for e, o in log.offers(payer) if o.by == "payer"),
    ]
    if not told:
        raise NotKnown(
            f"no promise of {short} is in the log",
            do="tell what was promised, by whom and when; it is kept once you confirm it",
        )
    draft = latest_draft(practice, payer)
    if draft is None:
        raise NotKnown(
            f"no draft of {short} is on file to hold its promises against",
            do="drop its offer, amendment or new contract when it comes",
        )
    held = [
        _held(practice, draft, entry, said, value)
        for entry, said in sorted(told, key=lambda pair: pair[0].on)
        for value in values_of(entry, said)
    ]
    deeds = [(e, p) for e, p in told if isinstance(p, Promise) and not values_of(e, p)]
    return PromisesHeld(draft, tuple(held), tuple(deeds))


def latest_draft(practice: Practice, payer: str) -> Draft | None:
    """The offer or amendment of a payer that came in last, or a contract after another one."""
    sources = [
        s for s in sources_of(practice.workspace)
        if s.get("payer") == payer and s.get("document")
        and s.get("kind") in ("offer", "amendment", "contract")
    ]  # fmt: skip
    sources.sort(key=lambda s: str(s.get("imported_at", "")))
    base = next((s for s in sources if s["kind"] == "contract"), None)
    later = [s for s in sources if s is not base]
    if not later:
        return None
    last = later[-1]
    library = practice.library
    before = tuple(
        library.document(s["document"])
        for s in sources[: sources.index(last)]
        if s["kind"] != "offer"
    )
    day = min(day_read_in(last) or practice.today, practice.today)
    return Draft(library.document(last["document"]), day, before)


def _held(
    practice: Practice, draft: Draft, entry: Entry, said: Promise | Offer, value: Value
) -> Held:
    words = said.what if isinstance(said, Promise) else said.words
    made_in = _words_of(practice, entry, words)
    if entry.on > draft.came:
        return Held(entry, said, value, "cannot be told", "promised after this draft came in",
                    None, made_in)  # fmt: skip
    verdict, shown, citation = _LOOKS[value.kind](draft, value)
    return Held(entry, said, value, verdict, shown, citation, made_in)


Look = tuple[Verdict, str, Citation | None]


def _term(draft: Draft, value: Value) -> Look:
    terms = [t for t in read_in(draft.document) if t.name == value.name]
    stated = [t for t in terms if t.found and t.line_of_business in (None, "commercial")]
    if not stated:
        unsure = next((t for t in terms if t.citation), None)
        if unsure is not None:
            return "cannot be told", "it has to be read", unsure.citation
        return "not found", "", None
    term = stated[0]
    number, unit = _in_months(term.value, term.unit)
    wanted, wanted_unit = _in_months(value.value, value.unit)
    if number is None or unit != wanted_unit:
        return "cannot be told", term.shown, term.citation
    return ("stands" if number == wanted else "differs"), term.shown, term.citation


def _in_months(value: object, unit: str) -> tuple[Decimal | None, str]:
    if not isinstance(value, Decimal):
        return None, unit
    return (value * 12, "months") if unit == "years" else (value, unit)


def _medicare(draft: Draft, value: Value) -> Look:
    term = _basis(read_in(draft.document))
    found = _BASIS.search(term.shown) if term else None
    if term is None or found is None or value.value is None:
        return ("cannot be told" if term else "not found"), term.shown if term else "", (
            term.citation if term else None
        )  # fmt: skip
    if value.year and (found["year"] or "") != value.year:
        return "cannot be told", f"{term.shown}: not the year promised", term.citation
    if term.note:
        return "cannot be told", f"{term.shown}; {term.note}", term.citation
    kept = Decimal(found["n"]) >= value.value
    return ("stands" if kept else "differs"), term.shown, term.citation


def _basis(terms: list[Term]) -> Term | None:
    return next(
        (t for t in terms if t.name == "fee_schedule_basis" and t.found
         and t.line_of_business in (None, "commercial")), None)  # fmt: skip


def _percent(draft: Draft, value: Value) -> Look:
    """A raise by its percent in the draft's words, or the new basis beside the old one."""
    assert value.value is not None
    said = read_notice(draft.document).percent
    if said is not None:
        kept = said[0] >= value.value
        return ("stands" if kept else "differs"), f"{said[0].normalize():f}%", said[1]
    new = _basis(read_in(draft.document))
    old = _basis(terms_in_force(draft.before, ["fee_schedule_basis"])) if draft.before else None
    before, after = (_BASIS.search(t.shown) if t else None for t in (old, new))
    if new is None:
        return "not found", "", None
    if before is None or after is None or before["year"] != after["year"] or not before["year"]:
        return "cannot be told", new.shown, new.citation
    wanted = Decimal(before["n"]) * (100 + value.value) / 100
    verdict: Verdict = "stands" if Decimal(after["n"]) >= wanted else "differs"
    return verdict, f"{new.shown}, after {before['n']}%", new.citation


def _price(draft: Draft, value: Value) -> Look:
    text = draft.document.text
    for code in re.finditer(rf"(?<![\w.]){re.escape(value.name)}(?!\w)", text):
        end = text.find("\n", code.end())
        line_end = end if end >= 0 else len(text)
        price = _MONEY.search(text, code.end(), min(line_end, code.end() + 160))
        if price is None:
            continue
        dollars = Decimal((price[1] or price[2]).replace(",", ""))
        citation = draft.document.citation(code.start(), price.end())
        assert value.value is not None
        return ("stands" if dollars >= value.value else "differs"), f"${dollars}", citation
    return "not found", "", None


def _start(draft: Draft, value: Value) -> Look:
    day = effective_date(draft.document)
    if day is None:
        return "not found", "", None
    cited = read_notice(draft.document).effective_words
    assert value.day is not None
    return ("stands" if day <= value.day else "differs"), f"{day:%B} {day.day}, {day.year}", cited


_LOOKS = {
    "term": _term,
    "medicare": _medicare,
    "percent": _percent,
    "price": _price,
    "start": _start,
}


def _words_of(practice: Practice, entry: Entry, words: str) -> Citation | None:
    """The promise in the mail that it was read from; None where it was told by word of mouth."""
    if not entry.file or not words:
        return None
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words.split()[:40]))
    for document in practice.library.documents(entry.payer):
        if document.name == entry.file and (found := pattern.search(document.text)):
            return document.citation(*found.span())
    return None
