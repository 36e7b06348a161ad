"""The list under a draft: each figure and citation it stands on, never in its body."""

from __future__ import annotations

from decimal import Decimal

from copilot.drafts import Draft
from copilot.ledger import Ledger
from knowledge.evidence import TOKEN
from knowledge.money import rounded


def underneath(draft: Draft, ledger: Ledger) -> str:
    """A Markdown list of the draft's figures (value, name, formula in words) and citations.

    In the order in which they stand in the draft, once each; what the draft quotes comes
    with its words. Exact values stand here; the body shows them as people say them.
    """
    figures = {f["id"]: f for f in ledger.figures()}
    citations = {c["id"]: c for c in ledger.citations()}
    lines: list[str] = []
    for match in TOKEN.finditer(f"{draft.subject}\n{draft.body}"):
        kind, key = match.group(1), match.group(2)
        line = ""
        if kind == "f" and key in figures:
            line = _figure_line(figures[key])
        elif kind == "c" and key in citations:
            cited = citations[key]
            line = f'- {cited["label"]}: "{cited["quote"]}"'
        if line and line not in lines:
            lines.append(line)
    return "\n".join(lines)


def _figure_line(figure: dict[str, object]) -> str:
    basis = figure["basis"]
    assert isinstance(basis, dict)
    said = str(figure["shown"])
    exact = _exact(figure)
    more = f" (exactly {exact})" if exact and exact not in said.replace(",", "") else ""
    where = f"; {basis['where']}" if basis["where"] else ""
    return f"- {said}{more}, {figure['name']}: {basis['words']}{where}"


def _exact(figure: dict[str, object]) -> str:
    """The value to the cent or to four decimals, without trailing zeros; "" for a date."""
    if figure["unit"] == "date":
        return ""
    places = 2 if str(figure["unit"]).startswith("USD") else 4
    value = rounded(Decimal(str(figure["exact"])), places)
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
