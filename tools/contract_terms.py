"""What the contracts say on named terms, payer by payer, each value with its words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.evidence import Basis, Cell, Figure, Finding, Sentence, Table, says
from knowledge.problems import BadInput
from knowledge.terms.family import terms_in_force
from knowledge.terms.names import TERM_NAMES
from knowledge.terms.words import TERM_WORDS, terms_asked
from tools.papers.contract_papers import Papers, papers_of
from tools.papers.term_entries import Entry
from tools.practice import Practice
from tools.registry import tool

FEW = 3


@tool(
    label="Contract terms",
    needs=["contracts"],
    asks=[
        "what is our timely filing limit",
        "how many days do we have to file a claim",
        "how much notice do we need to get out of the contract",
        "when does the contract renew and how do we stop it",
        "can they change the contract without our signature",
        "how far back can they take money back",
        "how fast do they have to pay a clean claim",
        "do we get interest when they pay late",
        "what Medicare year is the fee schedule based on",
        "is there a lesser of billed charges clause",
        "compare termination notice across our payers",
        "do we have an all products clause",
        "is there a most favored nation clause",
        "how long does credentialing take under the contract",
        "what are the key terms of this contract",
        "who has to agree to an assignment",
    ],
    examples=[
        "What is our timely filing limit with {payer}?",
        "Compare termination notice across our contracts.",
        "How much notice does {payer} have to give before it changes the contract?",
    ],
)
def contract_terms(
    practice: Practice,
    *,
    payers: list[str] | None = None,
    terms: list[str] | None = None,
) -> Finding:
    """The value of contract terms (timely filing, notice, renewal and so on) for each payer.

    terms: term names or plain words for them; all by default. Values are read in the text
    and cited; a term that is not there is said to be missing, an unclear one names the
    section to read. Amendments in force replace what they amend.
    """
    names = _named(terms)
    papers = papers_of(practice, payers)
    entries = [
        Entry(payer, practice.payers.short_name(payer), term)
        for payer, documents in papers.by_payer.items()
        for term in terms_in_force(documents, names)
    ]
    passages = [passage for entry in entries if (passage := entry.passage)]
    shown = entries if len(entries) <= 8 else _worth_saying(entries)
    headline = _headline(entries, papers, names)
    read = sum(map(len, papers.by_payer.values()))
    return Finding(
        headline=headline,
        sentences=tuple(entry.sentence for entry in shown if entry.sentence != headline)
        if len(names) <= FEW
        else (),
        figures=tuple(figure for entry in entries if (figure := entry.figure)),
        passages=tuple(passages),
        table=_table(entries, papers, names, practice),
        caveats=(*papers.caveats(practice), *_notes(entries, names)),
        next_steps=_steps(papers, names, practice),
        details={
            "payers": papers.payers,
            "payer": papers.payers[0],
            "terms": [entry.as_data() for entry in entries],
            "names": list(names),
            "missing": list(papers.missing),
            "quotes": [passage.citation.id for passage in passages[:4]]
            if len(names) <= FEW
            else [],
        },
        done=f"Read {len(names)} {'term' if len(names) == 1 else 'terms'} in"
        f" {read} {'document' if read == 1 else 'documents'}",
    )


def _named(terms: Sequence[str] | None) -> tuple[str, ...]:
    """Term names for names or plain words. Raises BadInput for words that name no term."""
    if not terms:
        return TERM_NAMES
    found: list[str] = []
    for asked in terms:
        names = terms_asked(asked)
        if not names:
            labels = ", ".join(words.label.lower() for words in TERM_WORDS.values())
            raise BadInput(
                f"term {asked!r}", "no term goes by these words", f"name one of {labels}"
            )
        found += [name for name in names if name not in found]
    return tuple(found)


def _headline(entries: Sequence[Entry], papers: Papers, names: Sequence[str]) -> Sentence:
    if len(entries) == 1:
        return entries[0].sentence
    base = [(f.number, e.short, f) for e in entries if (f := e.figure) and f.unit != "date"
            and not e.term.line_of_business]  # fmt: skip
    if len(names) == 1 and len(papers.payers) > 1 and len({number for number, _, _ in base}) > 1:
        low, high = min(base, key=lambda b: b[0]), max(base, key=lambda b: b[0])
        return says(
            "{label} is shortest with {low}, {least}, and longest with {high}, {most}.",
            label=TERM_WORDS[names[0]].label,
            low=low[1],
            least=low[2],
            high=high[1],
            most=high[2],
        )
    if len(names) <= FEW and len(papers.payers) == 1:
        first = next((e for e in entries if e.term.found), entries[0])
        return first.sentence
    whose = entries[0].short if len(papers.payers) == 1 else "the contracts"
    stated = {(e.payer, e.term.name) for e in entries if e.term.found}
    unsure = {(e.payer, e.term.name) for e in entries if e.term.status == "unsure"} - stated
    counts = [
        Figure(name, Decimal(n), "count", Basis(words))
        for name, n, words in (
            ("Terms stated", len(stated), "terms whose value was read and cited"),
            ("Terms asked", len(names) * len(papers.payers), "terms times payers with papers"),
            ("Terms unsure", len(unsure), "terms where a section must be read"),
        )
    ]
    return says(
        "{whose} {verb} {stated} of {asked} terms outright; {unsure} need reading.",
        whose=whose[0].upper() + whose[1:],
        verb="states" if len(papers.payers) == 1 else "state",
        stated=counts[0],
        asked=counts[1],
        unsure=counts[2],
    )


def _worth_saying(entries: Sequence[Entry]) -> list[Entry]:
    """The base contracts' entries, so that a long answer stays short; the table has the rest."""
    return [entry for entry in entries if not entry.term.line_of_business][:6]


def _table(
    entries: Sequence[Entry], papers: Papers, names: Sequence[str], practice: Practice
) -> Table:
    short = {payer: practice.payers.short_name(payer) for payer in papers.payers}
    if len(names) == 1:
        rows: list[tuple[Cell, ...]] = [
            (
                e.short + _line(e),
                e.cell,
                e.section,
                e.term.note if e.term.status == "found" else "",
            )
            for e in entries
        ]
        title = f"{TERM_WORDS[names[0]].label} by payer"
        return Table(title, ("Payer", "Value", "Section", "Note"), tuple(rows))
    if len(short) == 1:
        rows = [(e.label, e.cell, e.section, e.term.note if e.term.found else "") for e in entries]
        title = f"What {next(iter(short.values()))}'s contract states"
        return Table(title, ("Term", "Value", "Section", "Note"), tuple(rows), first_rows=24)
    labels = list(dict.fromkeys((e.term.name, e.label) for e in entries))
    labels.sort(key=lambda each: names.index(each[0]))
    first = {(e.payer, e.label): e for e in reversed(entries)}
    rows = []
    for _, label in labels:
        held = [first.get((payer, label)) for payer in short]
        rows.append((label, *(_cell(entry) for entry in held)))
    title = "The contracts side by side"
    return Table(title, ("Term", *short.values()), tuple(rows), first_rows=24)


def _cell(entry: Entry | None) -> Cell:
    """A cell of the side-by-side table; words carry their section, figures have it behind them."""
    if entry is None:
        return None
    if entry.figure or entry.term.status != "found" or not entry.section:
        return entry.cell
    return f"{entry.term.shown} ({entry.section})"


def _line(entry: Entry) -> str:
    return entry.label.removeprefix(TERM_WORDS[entry.term.name].label)


def _notes(entries: Sequence[Entry], names: Sequence[str]) -> list[Sentence]:
    """What was not found, in one sentence; few terms say where was looked."""
    if len(names) <= FEW:
        return []
    absent = [f"{e.label.lower()} ({e.short})" for e in entries if e.term.status == "not found"]
    if not absent:
        return []
    more = " and others" if len(absent) > 12 else ""
    return [says("Our reading found no clause on: {absent}.", absent=", ".join(absent[:12]) + more)]


def _steps(papers: Papers, names: Sequence[str], practice: Practice) -> tuple[str, ...]:
    short = practice.payers.short_name(papers.payers[0])
    label = TERM_WORDS[names[0]].label.lower()
    steps = [f"Review the {short} contract"]
    if len(names) == 1:
        steps.append(f"Draft an email to {short} about {label}")
        if len(papers.payers) == 1:
            steps.append(f"Compare {label} across our payers")
    else:
        steps.append(f"What does {short} pay against Medicare?")
    return (*steps, f"What does the guide say about {label}?")
