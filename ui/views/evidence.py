"""What stands behind an answer: cards for its figures, cards for the words it cites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from copilot.results import Answer
from ui.views.clean import clean, words
from ui.views.marks import TOKEN, figure_mark

DECIMALS = 4
_PLACES = {
    "claim_lines": "claim lines",
    "fee_schedules": "fee schedules",
    "membership": "membership",
    "market_rates": "published rates",
}


def behind_html(answer: Answer) -> str:
    """The panel of one answer before anything is chosen: its main figures and its steps."""
    figures = {str(f["id"]): f for f in answer.figures}
    keys: list[str] = []
    for block in answer.blocks:
        if block["kind"] in ("headline", "text"):
            keys += [m.group(2) for m in TOKEN.finditer(block["text"]) if m.group(1) == "f"]
    shown = [figures[key] for key in dict.fromkeys(keys) if key in figures]
    if not shown:
        return clean(
            '<p class="quiet">This answer states no figure of yours. '
            "Its sources stand under Sources.</p>"
        )
    thread = words(answer.thread)
    top = {**shown[0], "inputs": _inputs(shown[0], figures)}
    top["has_rows"] = any(each["basis"].get("select") for each in (top, *top["inputs"]))
    first = figure_card(top, answer.thread)
    rest = "".join(
        f"<li>{figure_mark(str(f['id']), str(f['shown']))} <span>{words(f['name'])}</span></li>"
        for f in [f for f in shown[1:] if f["id"] not in shown[0]["basis"]["inputs"]][:8]
    )
    others = f'<h3>Also in this answer</h3><ul class="inputs">{rest}</ul>' if rest else ""
    return clean(f'<div data-thread="{thread}">{first}{others}</div>')


def _inputs(
    figure: Mapping[str, Any], figures: Mapping[str, Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    return [figures[key] for key in figure["basis"]["inputs"] if key in figures]


def figure_html(figure: Mapping[str, Any], thread: str) -> str:
    """One figure's card, opened by a click."""
    return clean(f'<div data-thread="{words(thread)}">{figure_card(figure, thread)}</div>')


def figure_card(figure: Mapping[str, Any], thread: str) -> str:
    """Value, formula in words, inputs that open in turn, rows read, source.

    figure: plain data with `inputs` as figures.
    """
    basis = figure["basis"]
    parts = [
        f"<h3>{words(figure['name'])}</h3>",
        f'<div class="big">{words(figure["shown"])}</div>',
    ]
    exact = _exact(figure)
    if exact:
        parts.append(f'<div class="how">{words(exact)}</div>')
    parts.append(f'<p class="formula">{words(_capital(basis["words"]))}</p>')
    if figure["inputs"]:
        items = "".join(
            f"<li>{figure_mark(str(f['id']), str(f['shown']))} <span>{words(f['name'])}</span></li>"
            for f in figure["inputs"]
        )
        parts.append(f'<h4>Made from</h4><ul class="inputs">{items}</ul>')
    facts = _facts(figure)
    if facts:
        rows = "".join(f"<dt>{words(k)}</dt><dd>{words(v)}</dd>" for k, v in facts)
        parts.append(f'<dl class="facts">{rows}</dl>')
    if figure.get("has_rows"):
        at = f"/evidence/{words(thread)}/rows/{words(figure['id'])}.csv"
        parts.append(
            f'<button type="button" class="quiet" data-download="{at}">{_lines_words(basis)}'
            '</button><p class="said-here" aria-live="polite"></p>'
        )
    parts.append(
        f'<button type="button" class="quiet" data-download="/evidence/{words(thread)}/figures/'
        f'{words(figure["id"])}.csv">Save this calculation (CSV)</button>'
    )
    return f'<section class="card on" tabindex="-1">{"".join(parts)}</section>'


def _lines_words(basis: Mapping[str, Any]) -> str:
    read, table = basis["rows"], str((basis.get("select") or {}).get("table", "claim_lines"))
    noun = "lines" if table == "claim_lines" else "rows"
    return f"Save the {read:,} {noun} (CSV)" if read and read > 1 else f"Save its {noun} (CSV)"


def _facts(figure: Mapping[str, Any]) -> list[tuple[str, str]]:
    basis = figure["basis"]
    facts = []
    if basis["where"]:
        facts.append(("Which rows", str(basis["where"])))
    if basis["rows"] is not None:
        table = _PLACES.get(str(basis["table"]), str(basis["table"] or "").replace("_", " "))
        facts.append(("Rows read", f"{basis['rows']:,} {table}".strip()))
    if basis["source"]:
        facts.append(("Source", str(basis["source"])))
    if figure["as_of"]:
        facts.append(("As of", str(figure["as_of"])))
    return facts


def _exact(figure: Mapping[str, Any]) -> str:
    """The value in more decimals where the shown one is rounded, else nothing."""
    if figure["unit"] == "date":
        return ""
    exact = Decimal(str(figure["exact"]))
    digits = str(figure["shown"]).replace(",", "")
    if plain_number(exact) in digits:
        return ""
    more = round(exact, DECIMALS)
    return f"{'Exactly' if more == exact else 'More exactly'} {plain_number(more)}"


def plain_number(value: Decimal) -> str:
    """A number with its thousands unmarked and no ending zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def sources_html(answer: Answer) -> str:
    """All citations of an answer, one card each with its first words."""
    if not answer.citations:
        return clean('<p class="quiet">This answer cites no document.</p>')
    cards = []
    for cited in answer.citations:
        quote = str(cited["quote"])
        short = quote if len(quote) <= 280 else quote[:277].rsplit(" ", 1)[0] + " …"
        cards.append(
            f'<section class="card"><h3>{words(cited["label"])}</h3>'
            f'<div class="quote">{words(short)}</div>'
            f'<button type="button" class="quiet" data-c="{words(cited["id"])}">'
            "Open it in its surroundings</button></section>"
        )
    return clean(f'<div data-thread="{words(answer.thread)}">{"".join(cards)}</div>')


def source_html(cited: Mapping[str, Any], thread: str, wide: bool) -> str:
    """The cited words marked in their surroundings; wide: with about a page around them."""
    page = f", page {cited['page']}" if cited["page"] else ""
    section = f" {cited['section']}" if cited["section"] else ""
    before = str(cited["before"])
    after = str(cited["after"])
    more = ""
    if not wide and (before or after):
        more = (
            f'<button type="button" class="quiet" data-c="{words(cited["id"])}" data-wide="1">'
            "Show more around it</button>"
        )
    return clean(
        f'<div data-thread="{words(thread)}"><section class="card on" tabindex="-1">'
        f"<h3>{words(cited['source'])}{words(section)}{words(page)}</h3>"
        f'<div class="quote whole">{words(before)}<mark>{words(cited["quote"])}</mark>'
        f"{words(after)}</div>"
        '<p class="how">These are the words of the stored document, unchanged. '
        f"The marked ones are cited.</p>{more}</section></div>"
    )


def nothing_html(sentence: str) -> str:
    """A panel with one quiet sentence."""
    return clean(f'<p class="quiet">{words(sentence)}</p>')


def plan_html(plan: Sequence[Mapping[str, Any]]) -> str:
    """Why each piece of evidence stands in a draft."""
    items = "".join(
        f"<li><strong>{words(each.get('what', ''))}</strong> {words(each.get('why', ''))}</li>"
        for each in plan
    )
    return f'<ol class="plan">{items}</ol>' if items else ""
