"""A payer's notice of change: what changes, by when to object, and what it is worth."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from knowledge.documents.document import Document
from knowledge.evidence import Basis, Cell, Figure, Finding, Passage, Sentence, Table, says
from knowledge.money import to_cents
from knowledge.notices.clock import (
    NOTICE_DAYS,
    OBJECT_WITHIN,
    STATUTE,
    TERMINATE_BEFORE,
    Clock,
    clock,
)
from knowledge.notices.notice import Notice, is_notice, read
from knowledge.notices.received import received_day
from knowledge.problems import BadInput, NotKnown
from knowledge.reference.codes import codes_named
from knowledge.terms.family import read_in, terms_in_force
from knowledge.terms.term import Term
from knowledge.terms.words import TERM_WORDS
from tools.duties.calendar_days import entry
from tools.lines.claim_totals import chosen, exact, records
from tools.period import period_of
from tools.practice import Practice
from tools.registry import tool

_OTHER_RULES = ("medicare_advantage", "medicaid", "tricare", "workers_comp")


@tool(
    label="Notice of change",
    needs=["contracts"],
    asks=[
        "we got a notice of change from the payer",
        "read this amendment notice",
        "by when do we have to object",
        "the payer is changing our fee schedule, what now",
        "what is this letter and what do I have to do by when",
        "we received the notice on March 3",
        "how many days do we have to answer the notice",
        "what does the notice of material change say",
        "did they give us ninety days",
        "a letter says our contract changes in January",
        "when does the amendment take effect and can we stop it",
        "what is the change in the letter worth to us",
        "the deadline to object to the new policy",
        "they sent us a material change",
    ],
    examples=["What does the notice from {payer} change, and by when must we object?"],
)
def read_notice(
    practice: Practice, *, payers: list[str] | None = None, topic: str | None = None
) -> Finding:
    """A payer's notice of change with its objection, effective and termination dates.

    topic may say when it was received ("we received it on March 3"); else the days are
    counted from the letter's date, and the answer says so. What changes is cited; its worth
    is reckoned on twelve months of claims where the notice names a percent.
    """
    document = _the_notice(practice, payers)
    notice = read(document)
    payer = document.payer
    short = practice.payers.short_name(payer) if payer else "the payer"
    received, told = _received(notice, topic, practice)
    days = clock(received, notice.effective)
    changed = _terms_changed(practice, document)
    worth = _worth(practice, payer, notice)
    figures = _figures(short, notice, days, told)
    return Finding(
        headline=_headline(short, notice, days, figures, practice.today),
        sentences=(
            *_what_to_do(days, figures, practice.today),
            *_short_notice(notice, days),
            *([_worth_said(short, worth, notice)] if worth else []),
            *(_term_said(old, new) for old, new in changed[:6]),
            *(
                says('It says: "{words}" {where}', words=each.quote, where=each)
                for each in notice.changes[:3]
            ),
        ),
        figures=tuple(figures.values()) + ((worth,) if worth else ()),
        passages=tuple(
            Passage(each, payer=payer)
            for each in dict.fromkeys(
                [
                    *notice.changes,
                    *([notice.effective_words] if notice.effective_words else []),
                    *(t.citation for pair in changed for t in pair if t and t.citation),
                ]
            )
        ),
        table=_table(notice, figures),
        caveats=_caveats(practice, payer, figures["received"], told),
        next_steps=(
            f"Draft the objection to {short}",
            f"What does our {short} contract say about amendments?",
            "What does the guide say about material changes?",
        ),
        details={
            "payer": payer,
            "payers": [payer] if payer else [],
            "document": document.name,
            "received": received.isoformat(),
            "received_told": told,
            "effective": notice.effective.isoformat() if notice.effective else None,
            "object_by": days.object_by.isoformat(),
            "send_by": days.send_by.isoformat(),
            "terminate_by": days.terminate_by.isoformat() if days.terminate_by else None,
            "earliest": days.earliest.isoformat(),
            "short_by": days.short_by,
            "titled": notice.titled,
            "percent": str(notice.percent[0]) if notice.percent else None,
            "percent_words": notice.percent[1].id if notice.percent else None,
            "worth": worth.id if worth else None,
            "term_words": [new.citation.id for _, new in changed if new.citation],
            "change_words": [each.id for each in notice.changes[:3]],
            "calendar": _calendar(short, notice, days, practice.today),
            "dates": [
                {"date": figure.value.isoformat(), "label": figure.name}
                for figure in figures.values()
                if isinstance(figure.value, date)
            ],
        },
        done=f"Read {document.name}",
    )


def _the_notice(practice: Practice, payers: Sequence[str] | None) -> Document:
    """The latest notice on file of the payers asked about, or of any."""
    found = [
        each
        for each in practice.library.documents()
        if (payers is None or each.payer in payers) and is_notice(each)
    ]
    if not found:
        names = ", ".join(practice.payers.short_name(p) for p in payers or ())
        raise NotKnown(
            f"no notice of change{' from ' + names if names else ''} is on file",
            do="drop the payer's letter or amendment (PDF, Word, a scan) and ask again",
        )
    return found[-1]


def _received(notice: Notice, topic: str | None, practice: Practice) -> tuple[date, bool]:
    """The day it was received and whether the user said it; else the letter's own date."""
    said = received_day(topic or "", practice.today)
    if said:
        return said, True
    if notice.dated is None:
        raise BadInput(
            notice.document.name,
            "the notice bears no date",
            'say when you received it, for example "received November 3, 2026"',
        )
    return notice.dated, False


def _terms_changed(practice: Practice, document: Document) -> list[tuple[Term | None, Term]]:
    """Terms that the notice states otherwise than the papers that were there before it."""
    if document.payer is None:
        return []
    before = [
        each
        for each in practice.library.documents(document.payer)
        if each.id != document.id and each.kind in ("contract", "amendment")
    ]
    held = {(t.name, t.line_of_business): t for t in (terms_in_force(before) if before else ())}
    new = [t for t in read_in(document) if t.found and t.line_of_business is None]
    return [
        (old, term)
        for term in new
        if (old := held.get((term.name, None))) is None or old.shown != term.shown
    ]


def _worth(practice: Practice, payer: str | None, notice: Notice) -> Figure | None:
    """USD a year of the percent that the notice names, on twelve months of allowed amounts.

    Only the codes or families that its sentence names; all codes where it names none.
    """
    if notice.percent is None or payer is None or not practice.tables.has("claim_lines"):
        return None
    try:
        span = period_of(None, practice)
    except (NotKnown, BadInput):
        return None
    codes = codes_named(notice.percent[1].quote)
    lines = chosen(practice, span, payers=[payer], codes=codes or None)
    lines = lines.filter(lines.counts)
    row = records(practice, lines.aggregate(total=lines.allowed.sum(), lines=lines.count()))[0]
    total = exact(row["total"])
    if not total:
        return None
    where = f"{payer}, {span.start.isoformat()} to {span.end.isoformat()}"
    allowed = Figure(
        f"Allowed by {payer}", to_cents(total), "USD",
        Basis("sum of allowed over counting lines", (), "claim_lines", where, int(row["lines"])),
    )  # fmt: skip
    percent = notice.percent[0]
    return Figure(
        "Change a year at today's volume",
        to_cents(total * percent / 100),
        "USD",
        Basis(
            "allowed of twelve months x the notice's percent, "
            + ("the codes its sentence names" if codes else "all codes alike"),
            (allowed,),
        ),
    )


def _figures(short: str, notice: Notice, days: Clock, told: bool) -> dict[str, Figure]:
    start = "the day you received it" if told else "the letter's date"
    made = {
        "received": Figure(
            "Received" if told else "Dated", days.received, "date",
            Basis("as you said" if told else "as the letter is dated", source=notice.document.name),
        ),
        "object_by": Figure(
            f"Last day to object to {short} in writing", days.object_by, "date",
            Basis(f"{start} + {OBJECT_WITHIN} days, {STATUTE}"),
        ),
        "send_by": Figure(
            "Send the objection by", days.send_by, "date",
            Basis("the last working day on or before the last day to object"),
        ),
    }  # fmt: skip
    if told and notice.dated:
        made["dated"] = Figure(
            "Dated", notice.dated, "date",
            Basis("as the letter is dated", source=notice.document.name),
        )  # fmt: skip
    if notice.effective:
        made["effective"] = Figure(
            "The change takes effect", notice.effective, "date",
            Basis("as the notice says", source=notice.document.name),
        )  # fmt: skip
        made["earliest"] = Figure(
            "First day the law allows it", days.earliest, "date",
            Basis(f"{start} + {NOTICE_DAYS} days, {STATUTE}"),
        )  # fmt: skip
    if days.terminate_by:
        made["terminate_by"] = Figure(
            "Last day for a notice to terminate", days.terminate_by, "date",
            Basis(f"effective date - {TERMINATE_BEFORE} days, moved to the working day before,"
                  f" {STATUTE}"),
        )  # fmt: skip
    return made


def _calendar(short: str, notice: Notice, days: Clock, today: date) -> list[dict[str, Any]]:
    """The days to act on, each on a working day at the latest; what is past is left out."""
    name = notice.document.name
    listed: list[tuple[date | None, str, str, bool]] = [
        (days.object_by, f"Send the written objection to {short}",
         f"Last day to object: {OBJECT_WITHIN} days after receipt, {STATUTE}. {name}", True),
        (days.terminate_by, f"Last day for a notice to terminate, {short} (ask counsel)",
         f"At least {TERMINATE_BEFORE} days before the change takes effect, {STATUTE}. {name}",
         True),
        (notice.effective, f"{short}: the change takes effect, as its notice says", name, False),
        (days.earliest, f"{short}: first day on which the law allows the change",
         f"{NOTICE_DAYS} days after receipt, {STATUTE}. {name}", False),
    ]  # fmt: skip
    return [
        entry(day, label, note, "", today, ours)
        for day, label, note, ours in listed
        if day and day >= today
    ]


def _what_to_do(days: Clock, figures: dict[str, Figure], today: date) -> list[Sentence]:
    """What to do by when, or that a day is past."""
    if days.object_by < today:
        return [
            says(
                "Ask counsel at once what still can be done, and say so if the notice arrived later"
                " than that."
            )
        ]
    if days.send_by == days.object_by:
        said = [says("The written objection must be with them by {by}.", by=figures["object_by"])]
    else:
        said = [
            says(
                "Send a written objection by {send}: {by} is no safe working day.",
                send=figures["send_by"],
                by=figures["object_by"],
            )
        ]
    end = figures.get("terminate_by")
    if end is not None and days.terminate_by and days.terminate_by < today:
        said.append(
            says(
                "The day for a notice to terminate, {end}, is past already: a point for counsel.",
                end=end,
            )
        )
    elif end is not None:
        said.append(
            says(
                "If it cannot be settled, {end} is the last day for a notice to terminate: a step"
                " for counsel.",
                end=end,
            )
        )
    return said


def _headline(
    short: str, notice: Notice, days: Clock, figures: dict[str, Figure], today: date
) -> Sentence:
    if days.object_by < today:
        return says(
            "The day to object to {payer}'s notice in writing, {by}, is past.",
            payer=short,
            by=figures["object_by"],
        )
    if notice.effective is None:
        return says(
            "{payer}'s notice names no day on which the change takes effect; object in writing by"
            " {by}.",
            payer=short,
            by=figures["object_by"],
        )
    return says(
        "{payer}'s notice changes your contract on {effective}; object in writing by {by}.",
        payer=short,
        effective=figures["effective"],
        by=figures["object_by"],
    )


def _short_notice(notice: Notice, days: Clock) -> list[Sentence]:
    said = []
    if days.short_by:
        short = Figure(
            "Days short of ninety", Decimal(days.short_by), "days",
            Basis(f"first day the law allows - effective date, {STATUTE}"),
        )  # fmt: skip
        said.append(
            says(
                "If the change is material, the notice is {short} short of the ninety that"
                " Colorado law asks for ({statute}).",
                short=short,
                statute=STATUTE,
            )
        )
    if not notice.titled:
        said.append(
            says(
                "Its title does not call it a notice of material change, as the statute asks of a"
                " material one ({statute}).",
                statute=STATUTE,
            )
        )
    return said


def _worth_said(short: str, worth: Figure, notice: Notice) -> Sentence:
    assert notice.percent is not None
    return says(
        "On your last twelve months with {payer} that is {worth} a year on {codes} {words}.",
        payer=short,
        worth=worth,
        codes="the services it names"
        if codes_named(notice.percent[1].quote)
        else "all your services, since it names none",
        words=notice.percent[1],
    )


def _term_said(old: Term | None, new: Term) -> Sentence:
    label = TERM_WORDS[new.name].label
    if old is None or not old.shown:
        return says(
            "{label}: it says {new} {here}.", label=label, new=new.shown, here=new.citation or ""
        )
    return says(
        "{label}: now {old} {there}, then {new} {here}.",
        label=label,
        old=old.shown,
        there=old.citation or "",
        new=new.shown,
        here=new.citation or "",
    )


def _table(notice: Notice, figures: dict[str, Figure]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (figure.name, figure, figure.basis.words)
        for figure in sorted(figures.values(), key=lambda each: str(each.value))
    ]
    return Table(f"The days of {notice.document.name}", ("What", "Day", "Counted"), tuple(rows))


def _caveats(
    practice: Practice, payer: str | None, received: Figure, told: bool
) -> tuple[Sentence, ...]:
    found = []
    if not told:
        found.append(
            says(
                "Assumed: it arrived on the letter's date, {day}. Say on which day you received"
                " it, and the days are counted anew.",
                day=received,
            )
        )
    line = practice.payers.line_of_business(payer) if payer else None
    if line in _OTHER_RULES:
        found.append(
            says(
                "This payer's business goes by federal or programme rules beside the state's:"
                " confirm with counsel which clock holds."
            )
        )
    if payer is None:
        found.append(says("The notice names no payer we know: say whose it is."))
    found.append(says("This is information with its statute, not advice: confirm with counsel."))
    return tuple(found)
