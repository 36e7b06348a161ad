"""What only the user can say of a file: what its columns hold, and whose a spelling is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ui.views.clean import clean, words

HOW = {
    "confirmed": "as you confirmed it",
    "exact": "by its name",
    "synonym": "by its name",
    "similar": "by a likeness of its name",
    "content": "by what it holds",
}
DOUBTFUL = ("similar", "content")


def mapping_form(
    columns: Sequence[Mapping[str, Any]],
    choices: Sequence[str],
    source: str,
    closed: bool = False,
) -> str:
    """The columns of one file to look at and correct; "" for a file without any.

    columns: each with header, field (None: not read), how and sample. choices: the fields
    its kind knows. It stands open where a column was read by likeness or by content, unless
    closed says otherwise.
    """
    if not columns or not source:
        return ""
    by_header = {str(each["header"]): each for each in reversed(columns)}
    listed = sorted(by_header.values(), key=lambda each: each["field"] is None)
    read = sum(1 for each in listed if each["field"])
    unsure = [each for each in listed if each["how"] in DOUBTFUL]
    said = f"{read} of {len(listed)} columns are read"
    if unsure:
        said += f"; {len(unsure)} to check"
    elif all(each["how"] == "confirmed" for each in listed if each["field"]):
        said += ", as you confirmed them"
    is_open = " open" if unsure and not closed else ""
    rows = "".join(_column(each, choices, at) for at, each in enumerate(listed))
    return (
        f'<details class="mapping" data-mapping="{words(source)}"{is_open}>'
        f'<summary>{words(said)}</summary><div class="scrolls" tabindex="0" role="group"'
        ' aria-label="Columns of the file"><table class="columns"><thead><tr>'
        '<th scope="col">Column</th><th scope="col">Read as</th><th scope="col">Recognised</th>'
        f'<th scope="col">Sample</th></tr></thead><tbody>{rows}</tbody></table></div>'
        '<div class="actions"><button type="button" class="plain" data-use-mapping>'
        "Use this mapping</button></div>"
        '<p class="how">Kept for every later file with these column names.</p></details>'
    )


def _column(column: Mapping[str, Any], choices: Sequence[str], at: int) -> str:
    field, header = column["field"], str(column["header"])
    every = list(choices) if field in (None, *choices) else [str(field), *choices]
    options = "".join(
        f'<option value="{words(name)}"{" selected" if name == (field or "") else ""}>'
        f"{words(_plain(name) or 'not read')}</option>"
        for name in ("", *every)
    )
    doubt = ' class="doubt"' if column["how"] in DOUBTFUL else ""
    sample = ", ".join(str(each) for each in column["sample"])
    how = HOW.get(str(column["how"]), "")
    return (
        f'<tr{doubt}><th scope="row">{words(header)}</th><td><select data-column="{words(header)}"'
        f' data-was="{words(field or "")}" aria-label="{words(header)} is read as">{options}'
        f'</select></td><td class="quiet">{words(how)}</td><td>{words(sample) or "–"}</td></tr>'
    )


def _plain(name: str) -> str:
    return name.replace("_", " ")


def payers_html(waiting: Sequence[Mapping[str, Any]], settled: str = "") -> str:
    """The spellings of payers that wait for the user's word; settled: what was just said."""
    said = f'<p class="kept">{words(settled)}</p>' if settled else ""
    if not waiting:
        return clean(f'<div class="unsure" aria-live="polite">{said}</div>') if settled else ""
    items = "".join(_spelling(each) for each in waiting)
    noun = "this spelling mean" if len(waiting) == 1 else "these spellings mean"
    return clean(
        f'<div class="unsure" aria-live="polite">{said}<h4>Which payer does {noun}?</h4>'
        f'<ul class="spellings">{items}</ul></div>'
    )


def _spelling(each: Mapping[str, Any]) -> str:
    spelling, rows = str(each["spelling"]), int(each["rows"])
    now = f"; counted as {each['payer']} now" if each.get("payer") else "; counted for no payer now"
    chips = "".join(
        f'<button type="button" class="chip" data-settle="{words(spelling)}"'
        f' data-payer="{words(name)}">{words(name)}</button>'
        for name in each["candidates"][:8]
    )
    own = (
        f'<button type="button" class="chip" data-settle="{words(spelling)}"'
        f' data-payer="{words(spelling)}">A payer of its own</button>'
    )
    return (
        f"<li><strong>{words(spelling)}</strong> "
        f'<span class="quiet">{rows:,} row{"s" if rows != 1 else ""}{words(now)}</span>'
        f'<div class="chips">{chips}{own}<span class="other"><input type="text" maxlength="80"'
        f' name="payer" aria-label="Another payer for {words(spelling)}"'
        ' placeholder="Another payer"><button type="button" class="chip"'
        f' data-settle="{words(spelling)}">Use it</button></span></div></li>'
    )
