"""Who must do what by when under the contracts in force, each duty with its clause."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.evidence import Basis, Cell, Figure, Finding, Passage, Sentence, Table, says
from knowledge.obligations.reading import duties_in_force
from tools.duties.asked import Side, chosen, due_asked, side_asked
from tools.duties.calendar_days import calendar_day
from tools.duties.headline import counts_of, headline, of_party
from tools.duties.owed import Owed, as_data, place
from tools.duties.renewals import on_ending, renewal_entry, renewal_said, renewals_of
from tools.papers.contract_papers import Papers, papers_of
from tools.practice import Practice
from tools.registry import tool

MOST = 150
SAID = 4


@tool(
    label="Obligations",
    needs=["contracts"],
    asks=[
        "what do we have to do under the contract and by when",
        "who must do what by when",
        "list our obligations to the payer",
        "what are the payer's duties to us",
        "what has the plan promised to do",
        "our deadlines under this agreement",
        "put the contract deadlines in a calendar",
        "make a checklist of everything we must do for them",
        "what are we not allowed to do under the contract",
        "obligations register of all our contracts",
        "what reports do we owe the payer each month",
        "what must they send us and when",
    ],
    examples=[
        "Who must do what by when under the {payer} contract?",
        "What does {payer} have to do for us, and by when?",
    ],
)
def obligations(
    practice: Practice,
    *,
    payers: list[str] | None = None,
    topic: str | None = None,
    who: str | None = None,
    due: str | None = None,
) -> Finding:
    """Who must do what by when, from every sentence of the contracts in force, with its clause.

    who: practice or payer; both by default. topic: one matter, such as claims or records.
    due: dated (days and rhythms), counted (so many days from an event), or any deadline.
    """
    side, wanted = side_asked(who), due_asked(due)
    papers = papers_of(practice, payers)
    every = [
        Owed(payer, practice.payers.short_name(payer), duty)
        for payer, documents in papers.by_payer.items()
        for duty in duties_in_force(documents)
    ]
    rows = [each for each in every if chosen([each.duty], side, topic, wanted)]
    rows.sort(key=lambda each: (papers.payers.index(each.payer), place(each.duty)))
    shown, cut = _shown(rows, len(papers.payers))
    read = sum(map(len, papers.by_payer.values()))
    days = [d for each in rows if (d := calendar_day(each.duty, each.short, practice.today))]
    renewals = renewals_of(papers, practice) if side != "payer" and on_ending(topic) else []
    days += [renewal_entry(each, practice.today) for each in renewals]
    days.sort(key=lambda day: str(day["date"]))
    return Finding(
        headline=headline(rows, papers, practice, side, topic, wanted),
        sentences=(
            *(renewal_said(each) for each in renewals[:SAID]),
            *(_said(each) for each in _first(rows, side)),
        ),
        figures=tuple(counts_of(rows)),
        passages=tuple(
            Passage(c, payer=each.payer)
            for each, c in {e.duty.citation.id: (e, e.duty.citation) for e in shown}.values()
        )
        + tuple(Passage(each.day.citation, payer=each.payer) for each in renewals),
        table=_table(shown, papers, topic),
        caveats=(*papers.caveats(practice), *_caveats(rows, cut)),
        next_steps=_steps(papers, practice, side, wanted),
        details={
            "payers": papers.payers,
            "payer": papers.payers[0],
            "topic": topic,
            "who": side,
            "due": wanted,
            "counts": {key: len(of_party(rows, key)) for key in ("practice", "payer", "both")},
            "duties": [as_data(each) for each in shown],
            "calendar": days,
            "sheet": "Obligations" if shown else None,
            "missing": list(papers.missing),
        },
        done=f"Read {len(every)} duties in {read} {'document' if read == 1 else 'documents'}",
    )


def _shown(rows: list[Owed], payers: int) -> tuple[list[Owed], int]:
    """The rows of the table; with too many, those with a deadline, and how many are left out."""
    if len(rows) <= MOST:
        return rows, 0
    dated = [each for each in rows if each.duty.due and not each.duty.forbids]
    return dated[: 2 * MOST], len(rows) - len(dated[: 2 * MOST])


def _first(rows: Sequence[Owed], side: Side | None) -> list[Owed]:
    """The duties worth a sentence: with a deadline, the practice's first, one of each matter."""
    timed = [each for each in rows if each.duty.due and not each.duty.forbids
             and each.duty.due.kind in ("counted", "dated")]  # fmt: skip
    own = [each for each in timed if each.duty.who == (side or "practice")] or timed
    varied: dict[str, Owed] = {}
    for each in own:
        varied.setdefault(each.duty.topic, each)
    return [*varied.values()][:SAID]


def _said(owed: Owed) -> Sentence:
    return says("{who}: {what} {where}.", who=owed.who, what=owed.what, where=owed.duty.citation)


def _table(rows: Sequence[Owed], papers: Papers, topic: str | None) -> Table | None:
    if not rows:
        return None
    several = len(papers.payers) > 1
    cells: list[tuple[Cell, ...]] = []
    for each in rows:
        where = f"{each.duty.topic}, {each.section}"
        cells.append((f"{each.short}: {where}" if several else where,
                      each.who, each.what, each.when))  # fmt: skip
    title = "Who must do what by when" + (f": {topic}" if topic else "")
    first = "Contract, matter and section" if several else "Matter and section"
    return Table(title, (first, "Who", "What", "By when"), tuple(cells), first_rows=12)


def _caveats(rows: Sequence[Owed], cut: int) -> list[Sentence]:
    told = []
    if cut:
        left = Figure("Duties not shown", Decimal(cut), "count", Basis("those without a deadline"))
        told.append(
            says("{left} duties without a deadline are not shown: ask by payer or by matter.",
                 left=left)
        )  # fmt: skip
    if any(not each.duty.citation.section for each in rows[:1]):
        told.append(says("The paper has no section numbers: open each duty at its words."))
    told.append(
        says("What the paper leaves to be understood is not listed; read the clause before you"
             " rely on a deadline.")
    )  # fmt: skip
    return told


def _steps(
    papers: Papers, practice: Practice, side: Side | None, wanted: str | None
) -> tuple[str, ...]:
    short = practice.payers.short_name(papers.payers[0])
    steps = []
    if side != "payer":
        steps.append(f"What does {short} have to do for us, and by when?")
    if side != "practice":
        steps.append(f"What do we have to do for {short}?")
    if wanted is None:
        steps.append(f"Which duties in the {short} contract have a deadline?")
    return (*steps, f"Review the {short} contract")
