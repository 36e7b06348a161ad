"""Lines paid below the contract: what they come to, by code, and the list that goes along."""

from __future__ import annotations

from copilot.drafting.asked import Ask
from copilot.drafting.evidence import Evidence
from copilot.drafting.looked_up import LookedUp, figure_named
from copilot.drafting.occasion import Occasion
from copilot.drafting.pieces.standing import said_label
from copilot.drafting.shared_values import Value
from copilot.drafting.wording import Wording
from knowledge.evidence import Citation, Figure, Finding, Sentence, Table
from knowledge.problems import BadInput

ROWS = 5
COLUMNS = ("Code", "Service", "Lines", "Short (USD)")


def underpayment(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    """The dispute's sum and its table by code; BadInput where no line is short."""
    facts = wording.facts
    found = looked.finding("find_underpayments", payers=[facts.payer],
                           codes=list(facts.codes) or None)  # fmt: skip
    short = figure_named(found, "shortfall") if found else None
    lines = figure_named(found, "lines", "underpaid_lines") if found else None
    if found is None or short is None or lines is None or not lines.number:
        raise BadInput(
            "the dispute",
            "no line of this payer is found below its contract rate",
            "add its fee schedule and remittances, or ask for underpayments first",
        )
    values: dict[str, Value] = {"lines": lines, "short": short}
    values["span"] = str(found.details["period"])
    rows = _rows(found.table)
    if rows:
        values["most_code"], values["most_short"] = rows[0][0], rows[0][4]
        if not rows[0][2].startswith("no pattern"):
            values["cause"] = rows[0][2]
    clause = _clause(looked, facts.payer)
    if clause is not None:
        values["dispute_clause"] = said_label(clause.section)
    listed = [_table(rows)] if rows and facts.length not in ("brief", "short") else []
    return Occasion(
        values=values,
        parts={"under_table": listed},
        citations=(clause,) if clause else (),
        notes=(
            Sentence(
                "The list line by line, with claim numbers and dates of service, goes along when"
                " you take the draft away as a mail file: send it through the payer's"
                " secure channel only."
            ),
        ),
    )


def _rows(table: Table | None) -> list[tuple[str, str, str, Figure, Figure]]:
    """Code, service, cause, lines and shortfall of the finding's table, the largest first."""
    made = []
    for row in table.rows if table else ():
        code, service, cause, count, short = row[-5:]
        if isinstance(count, Figure) and isinstance(short, Figure):
            made.append((str(code), str(service or ""), str(cause), count, short))
    return made[:ROWS]


def _table(rows: list[tuple[str, str, str, Figure, Figure]]) -> Sentence:
    """The rows as a Markdown table: no claim number, no patient."""
    lines = [f"| {' | '.join(COLUMNS)} |", "| --- | --- | ---: | ---: |"]
    lines += [f"| {code} | {what} | {n.token()} | {s.token()} |" for code, what, _, n, s in rows]
    figures = tuple(figure for *_, n, s in rows for figure in (n, s))
    return Sentence("\n".join(lines), figures)


def _clause(looked: LookedUp, payer: str) -> Citation | None:
    """Where the agreement says how differences are settled."""
    found: Finding | None = looked.finding(
        "contract_terms", payers=[payer], terms=["dispute_resolution"]
    )
    known = {citation.id: citation for citation in found.all_citations()} if found else {}
    for term in found.details.get("terms", ()) if found else ():
        if term.get("found") and term.get("citation") in known:
            return known[term["citation"]]
    return None
