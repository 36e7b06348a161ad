"""A contract marked up in Word: which words we propose to change, and why."""

from __future__ import annotations

from decimal import Decimal

from knowledge.evidence import Basis, Cell, Figure, Finding, Passage, Sentence, Table, Unit, says
from knowledge.redline.change import Change
from knowledge.redline.model_language import LEVEL_NAMES
from knowledge.terms.language.quantities import durations, percents
from tools.practice import Practice
from tools.redlining.changes import Proposal, proposal
from tools.redlining.files import original_of
from tools.registry import tool


@tool(
    label="Contract redline",
    needs=["contracts"],
    required=["payer"],
    asks=[
        "redline the contract",
        "mark up the agreement with our changes",
        "tracked changes in Word",
        "write our changes into the contract",
        "strike the bad clauses and write better ones",
        "propose replacement language for the contract",
        "give me a marked-up version to send to the payer",
        "a redline at our walk-away",
        "put our ask for timely filing into the contract",
    ],
    examples=["Redline the {payer} contract."],
)
def redline_contract(
    practice: Practice, *, payer: str, terms: list[str] | None = None, topic: str | None = None
) -> Finding:
    """The changes a redline of a payer's contract makes, worst first, ready to be written in Word.

    topic is the level of the playbook to ask for: opening (default), target or walk-away.
    terms: positions to take up, all by default. Numbers are changed in place, sentences where
    they must, a missing clause is added where it belongs; the file itself is written on the
    user's word.
    """
    made = proposal(practice, payer, topic, terms)
    short = practice.payers.short_name(payer)
    level = LEVEL_NAMES[made.level]
    figures = tuple(figure for change in made.changes for figure in asked_figures(change))
    return Finding(
        headline=_headline(made, short, level),
        sentences=(*map(_said, made.changes[:3]), *_papers(practice, made)),
        figures=figures,
        passages=tuple(
            Passage(cited, payer=payer) for cited in dict.fromkeys(made.citations.values())
        ),
        table=_table(made, short, level) if made.changes else None,
        caveats=(*_kept(made), _counsel()),
        next_steps=_steps(made, short),
        details={
            "payer": payer,
            "payers": [payer],
            "level": made.level,
            "terms": terms,
            "changes": [change.as_data() for change in made.changes],
            "offer": {
                "kind": "redline",
                "payer": payer,
                "level": made.level,
                "terms": terms,
                "author": practice.name,
                "day": practice.today.isoformat(),
                "name": f"{short} redline.docx",
            },
        },
        done=f"Worked out {len(made.changes)} changes",
    )


def asked_figures(change: Change) -> tuple[Figure, ...]:
    """The numbers of a change's new words as figures of the playbook."""
    basis = Basis(
        f"playbook position on {change.title}" + (f", {change.level}" if change.level else ""),
        source=f"knowledge/playbook, {change.position}",
    )
    name = f"{change.title}, asked"
    found = []
    for span in durations(change.new):
        unit: Unit = "days"
        value = span.count
        if span.unit in ("month", "year"):
            unit, value = "months", span.months
            if span.unit == "year":
                found.append(Figure(f"{name}, in years", span.count, "count", basis))
        elif span.unit == "week":
            value = span.days
        found.append(Figure(name, value, unit, basis))
    found += [Figure(name, each.value, "percent", basis) for each in percents(change.new)]
    if change.new.isdigit():
        found.append(Figure(name, Decimal(change.new), "count", basis))
    return tuple({figure.id: figure for figure in found}.values())


def _headline(made: Proposal, short: str, level: str) -> Sentence:
    if not made.changes:
        return says(
            "Nothing in {payer}'s contract is to be changed at your {level}.",
            payer=short,
            level=level,
        )
    count = Figure(
        "Changes in the redline",
        Decimal(len(made.changes)),
        "count",
        Basis("findings of the review that change words"),
    )
    return says(
        "{count} changes to {payer}'s contract are ready to be marked in Word at your {level};"
        " the first is {label}.",
        count=count,
        payer=short,
        level=level,
        label=_lower(made.changes[0].title),
    )


def _said(change: Change) -> Sentence:
    if change.where == "new paragraph":
        return says("{title}: a new clause, {heading}.", title=change.title, heading=change.heading)
    if not change.new:
        return says("{title}: the sentence goes out.", title=change.title)
    return says(
        "{title}: {old} becomes {new}."
        if change.old and max(len(change.old), len(change.new)) < 60
        else "{title}: the clause is reworded.",
        title=change.title,
        old=change.old,
        new=change.new,
    )


def _papers(practice: Practice, made: Proposal) -> tuple[Sentence, ...]:
    """Which papers the marks go on: the payer's Word file, or a rendering of it."""
    own = {change.document for change in made.changes}
    rendered = [d.name for i, d in made.documents.items()
                if i in own and original_of(practice, d) is None]  # fmt: skip
    if not rendered:
        return ()
    return (
        says(
            "{names} is not a Word file: the marks go on a Word rendering of its text, which says"
            " so in its first comment.",
            names=" and ".join(rendered),
        ),
    )


def _table(made: Proposal, short: str, level: str) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            change.title,
            change.severity,
            change.citation,
            change.old or ("(new clause)" if change.where == "new paragraph" else "(added)"),
            change.new or "(taken out)",
            f"{change.note} {change.why}",
            change.guide,
        )
        for change in made.changes
    ]
    columns = ("Position", "Weight", "Where", "Words now", "Words proposed", "Why", "Guide")
    return Table(f"Proposed changes to {short}'s contract, {level}", columns, tuple(rows), 12)


def _kept(made: Proposal) -> tuple[Sentence, ...]:
    if not made.kept:
        return ()
    named = "; ".join(f"{_lower(label)}: {reason}" for label, reason in made.kept[:8])
    return (says("Left as they are: {named}.", named=named),)


def _counsel() -> Sentence:
    return says(
        "The language is ours and a start: read each change, edit it, and confirm it with counsel"
        " before it goes to the payer."
    )


def _steps(made: Proposal, short: str) -> tuple[str, ...]:
    other = "target" if made.level != "target" else "walk-away"
    return (
        f"Redline the {short} contract at our {other}",
        f"Draft an email to {short} with the redline",
        f"Review the {short} contract",
    )


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
