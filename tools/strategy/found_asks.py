"""The asks that other findings give: terms of the contract, underpayments, authorizations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from knowledge.documents.document import Document
from knowledge.evidence import Basis, Figure, Finding, Sentence, Unit, says
from knowledge.playbook_files import playbook
from knowledge.problems import BadInput, NotKnown
from tools.denials import denials
from tools.find_underpayments import find_underpayments
from tools.period import Period
from tools.practice import Practice
from tools.reviewing.issue import Issue
from tools.reviewing.reviewed import reviewed
from tools.strategy.asks import Ask, Kind, trade_of

# What the worth of a term is: a gain each year, money that comes once, or money at risk.
KINDS: dict[str, Kind] = {
    "escalator": "a year",
    "timely_filing_days": "a year",
    "clean_claim_days": "once",
    "lesser_of": "exposed",
    "recoupment_lookback_months": "exposed",
}


def term_asks(practice: Practice, payer: str, documents: Sequence[Document]) -> list[Ask]:
    """One ask for each point of the review that raises an alarm, of one kind once."""
    if not documents:
        return []
    book = playbook(practice.workspace.root / "playbook")
    _, issues = reviewed(practice, payer, documents, book)
    made: dict[str, Ask] = {}
    for issue in sorted(issues, key=lambda each: each.rank):
        if issue.alarm and issue.severity in ("high", "medium"):
            made.setdefault(issue.name, _of_issue(issue))
    return list(made.values())


def _of_issue(issue: Issue) -> Ask:
    ask, entry = issue.position.ask, issue.entry
    unit = f" {ask.unit}" if ask.unit else ""
    cited = entry.term.citation
    label = entry.label[0].lower() + entry.label[1:]
    if cited is not None and not issue.of_the_paper:
        proof = says("{label}: {value} {where}, {reason}.", label=entry.label,
                     value=entry.figure or entry.term.shown, where=cited,
                     reason=issue.judged.reason)  # fmt: skip
    elif cited is not None:
        proof = says("{reason} {where}.", reason=_capital(issue.judged.reason), where=cited)
    else:
        proof = says("{label}: {reason}.", label=entry.label, reason=issue.judged.reason)
    opening, target, least = (
        _level(entry.label, each, unit) for each in (ask.opening, ask.target, ask.walk_away)
    )
    if opening == target == least:
        target = least = "the same"
    words = [opening, target, least, issue.judged.reason, label]
    return Ask(
        issue.name, label, opening, target, least, (proof,), issue.worth,
        KINDS.get(issue.name, "exposed"), issue.severity, trade_of(issue.name), cited,
        numbers=tuple(
            f for each in words if isinstance(each, str) for f in _numbers(entry.label, each)
        ),
    )  # fmt: skip


def _level(label: str, words: str, unit: str) -> Figure | str:
    """A level of the playbook: a figure where it is a number of days or months, else its words."""
    if unit.strip() in ("days", "months") and re.fullmatch(r"\d+", words):
        basis = Basis("our position, as the playbook says")
        kind: Unit = "days" if unit.strip() == "days" else "months"
        return Figure(f"{label}: level of the playbook", Decimal(words), kind, basis)
    return f"{words}{unit}"


def _numbers(label: str, words: str) -> list[Figure]:
    """The numbers that a position or its law names, each owned by the words it stands in."""
    basis = Basis(f"as our playbook says: {words}")
    units: dict[str, Unit] = {"%": "percent", "day": "days", "month": "months"}
    return [
        Figure(f"{label}: in our position", Decimal(found[1]), units.get(found[2], "count"), basis)
        for found in re.finditer(r"(?<![\d-])(\d+(?:\.\d+)?)(?![\d-])\s?(%|day|month)?", words)
    ]


def underpaid_ask(practice: Practice, payer: str) -> Ask | None:
    """What was paid below contract, to be paid now; None without any or without rates."""
    found = _tried(find_underpayments, practice, payers=[payer])
    if found is None:
        return None
    owed, lines = _named(found, "shortfall"), _named(found, "lines")
    if owed is None or lines is None or owed.number <= 0:
        return None
    return Ask(
        "underpayments", "payment of what was paid below contract", owed, owed,
        "correction from a named day on", (says("{owed} short on {lines} lines.", owed=owed,
                                                lines=lines),),
        owed, "once", "medium", "underpayments",
    )  # fmt: skip


def authorization_ask(practice: Practice, payer: str, span: Period) -> Ask | None:
    """Relief from prior authorization, where its denials cost; None where none did."""
    found = _tried(denials, practice, payers=[payer], period=span.label)
    held = (found.details.get("kinds") or {}).get("authorization") if found else None
    if found is None or not held:
        return None
    known = {figure.id: figure for figure in found.all_figures()}
    lines, unpaid = known[held["lines"]], known[held["unpaid"]]
    if unpaid.number <= 0:
        return None
    proof: list[Sentence] = [
        says("{lines} lines were refused for authorization; {unpaid} expected was never paid.",
             lines=lines, unpaid=unpaid)
    ]  # fmt: skip
    return Ask(
        "authorization", "relief from prior authorization in primary care",
        "none for primary care", "none for codes on which no refusal stood",
        "an approval binds once it is given", tuple(proof), unpaid,
        "a year", "high", "authorization",
    )  # fmt: skip


def program_asks() -> list[Ask]:
    """What can be asked where the rates are a program's: other money, and the list."""
    proof = says("Its rates follow the program's schedule, so what can be asked lies beside them.")
    return [
        Ask("care_management", "a monthly payment for care coordination", "per member, in advance",
            "per member, for those on our list", "a bonus for outreach done", (proof,), None,
            "a year", "high", "care_management"),
        Ask("attribution", "the list of members attributed to us", "each month, with the method",
            "each quarter, with the method", "the written method", (proof,), None, "a year",
            "medium", "attribution"),
    ]  # fmt: skip


def _tried(run: object, practice: Practice, **args: object) -> Finding | None:
    """What another tool finds; None where it does not know."""
    assert callable(run)
    try:
        found = run(practice, **args)
    except (NotKnown, BadInput):
        return None
    assert isinstance(found, Finding)
    return found


def _named(found: Finding, key: str) -> Figure | None:
    wanted = found.details.get(key)
    return next((f for f in found.all_figures() if f.id == wanted), None)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
