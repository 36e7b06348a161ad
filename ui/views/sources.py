"""Files: what is being read, what became of each, and all that is loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from copilot.results import IngestResult
from ui.views.clean import clean, words
from ui.views.mapping import mapping_form, payers_html

MOST_ROWS = 200
KINDS_OF_FILE = (
    "Contracts and letters: PDF, Word, RTF, text, scans and pictures. Emails: .eml and .msg. "
    "Claims and fee schedules: CSV or Excel. Remittances and claims: 835 and 837. Medicare "
    "prices: the zip file from CMS. "
    "A payer's published rates, cut to your codes: CSV or JSON."
)
Fields = Callable[[str], Sequence[str]]


def reading_html(what: str, share: float) -> str:
    """Progress: what is being done and how far it is, 0 to 1."""
    percent = round(100 * min(1.0, max(0.0, share)))
    return clean(
        f'<div class="intake" aria-busy="true"><div class="line"><span>{words(what)}</span>'
        f'<span class="r">{percent}%</span></div><progress max="100" value="{percent}"'
        f' aria-label="{words(what)}">{percent}%</progress></div>'
    )


def read_html(
    results: Sequence[IngestResult],
    waiting: Mapping[str, str],
    fields: Fields,
    unsure: Sequence[Mapping[str, Any]] = (),
) -> str:
    """One table of what became of the files given.

    waiting: for a file whose payer must be chosen, the id under which it waits. fields: the
    fields that columns of a kind of file may hold. unsure: spellings of payers to settle.
    """
    if not results:
        return ""
    done = sum(1 for r in results if r.status != "refused")
    headline = (
        f"{done} of {len(results)} files read"
        if len(results) > 1
        else (f"{results[0].file} was read" if done else f"{results[0].file} was not read")
    )
    rows = "".join(_result_row(result, waiting.get(result.file), fields) for result in results)
    return clean(
        f'<div class="intake"><div class="line"><h3>{words(headline)}</h3>'
        '<button type="button" class="quiet" data-dismiss>Close</button></div>'
        f'<div class="scrolls" tabindex="0" role="group" aria-label="Files read">'
        f'<table class="sources">{_HEAD}<tbody>{rows}</tbody></table></div>'
        f"{payers_html(unsure)}</div>"
    )


def stopped_html() -> str:
    """An import that the user stopped."""
    return clean(
        '<div class="intake"><div class="line"><span>Stopped. Files that were read by then are '
        "loaded; the others are as if never added.</span>"
        '<button type="button" class="quiet" data-dismiss>Close</button></div></div>'
    )


_HEAD = (
    '<thead><tr><th scope="col">File</th><th scope="col">Read as</th><th scope="col">Payer</th>'
    '<th scope="col" class="r">Rows</th><th scope="col">Left out</th></tr></thead>'
)


def _result_row(result: IngestResult, waits: str | None, fields: Fields) -> str:
    if result.status == "refused":
        problem = result.problem or "It cannot be read."
        return (
            f'<tr class="refused"><th scope="row">{words(result.file)}</th>'
            f'<td colspan="4"><strong>Refused.</strong> {words(problem)}'
            f"{_payers(result.candidates, waits)}</td></tr>"
        )
    kind = _kind(result.kind) + (" (already loaded)" if result.status == "unchanged" else "")
    payer = words(_payer(result.model_dump()))
    whose = ""
    if result.payer is None and waits:
        payer = '<span class="quiet">to be told</span>'
        asked = f"<strong>Whose is {words(result.file)}?</strong>"
        whose = f'<div class="whose">{asked}{_payers(result.candidates, waits)}</div>'
    form = mapping_form(result.columns, fields(result.kind or ""), (result.sha256 or "")[:16])
    listed = "" if form else _mapping(result.mapping)
    again = (
        '<p class="problem">Your mapping is kept. The workspace holds this file without the '
        "patients' names only, so add the file again to read it that way.</p>"
        if result.send_again
        else ""
    )
    return (
        f'<tr><th scope="row">{words(result.file)}</th><td>{words(kind)}{listed}'
        f'</td><td>{payer}</td><td class="r">{_size(result.rows, result.pages)}</td>'
        f"<td>{_left_out(result.rejected, result.ignored, _read_notes(result.model_dump()))}"
        "</td></tr>" + _below(whose + again + form + _exercise(result.kind))
    )


def _exercise(kind: str | None) -> str:
    """The question that a marked copy of the exercise is given back for."""
    if kind != "exercise":
        return ""
    return (
        '<div class="chips"><button type="button" class="chip" data-ask="How did I do on the'
        ' exercise?">How did I do on the exercise?</button></div>'
    )


def _below(asked: str) -> str:
    """What the user is asked about a file, under its row."""
    return f'<tr class="below"><td colspan="5">{asked}</td></tr>' if asked else ""


def sources_html(
    sources: Sequence[Mapping[str, Any]],
    fields: Fields,
    unsure: Sequence[Mapping[str, Any]] = (),
) -> str:
    """Every source loaded, the latest first, as the Data room lists them.

    unsure: spellings of payers over all files that wait for the user's word.
    """
    if not sources:
        return clean(
            '<div class="empty"><h3>Nothing is loaded yet</h3><p>Drop your payer contracts, fee '
            "schedules, a claims export, or remittances and claims in X12 anywhere on this page."
            f"</p><p>{words(KINDS_OF_FILE)}</p></div>"
        )
    rows = "".join(_source_row(each, fields) for each in sources)
    return clean(
        f'{payers_html(unsure)}<div class="scrolls" tabindex="0" role="group"'
        ' aria-label="Files loaded">'
        f'<table class="sources">{_HEAD}<tbody>{rows}</tbody></table></div>'
    )


def _source_row(source: Mapping[str, Any], fields: Fields) -> str:
    left = _left_out(source.get("rejected") or [], source.get("ignored") or [], _read_notes(source))
    kind, key = str(source.get("kind") or ""), str(source.get("id") or "")
    form = mapping_form(source.get("columns") or (), fields(kind), key, closed=True)
    listed = "" if form else _mapping(source.get("mapping") or {})
    return (
        f'<tr><th scope="row">{words(source["file"])}</th>'
        f"<td>{words(_kind(source.get('kind')))}{listed}</td>"
        f"<td>{words(_payer(source))}</td>"
        f'<td class="r">{_size(source.get("rows") or 0, source.get("pages"))}</td>'
        f"<td>{left}</td></tr>" + _below(form)
    )


def _payer(source: Mapping[str, Any]) -> str:
    by_row = "payer" in (source.get("mapping") or {}).values()
    return str(source.get("payer") or ("named in its rows" if by_row else "–"))


def _kind(kind: str | None) -> str:
    return (kind or "").replace("_", " ")


def _size(rows: int, pages: int | None) -> str:
    parts = [f"{rows:,}"] if rows else []
    parts += [f"{pages:,} page{'s' if pages != 1 else ''}"] if pages else []
    return ", ".join(parts) or "–"


def _left_out(
    rejected: Sequence[Mapping[str, Any]],
    ignored: Sequence[Mapping[str, Any]],
    notes: Sequence[str],
) -> str:
    parts = [
        _rows("refused", rejected),
        _rows("passed over", ignored),
    ]
    parts += [f"<div>{words(told)}</div>" for told in notes]
    return "".join(parts) or '<span class="none">nothing left out</span>'


def _read_notes(source: Mapping[str, Any]) -> list[str]:
    """How a document was read: pages that are pictures, tracked changes."""
    told = [str(each) for each in source.get("read_notes") or ()]
    unread = source.get("unread_pages") or ()
    if unread and not told:
        pages = ", ".join(str(page) for page in unread[:30])
        told = [f"Pages {pages} are pictures and were not read."]
    return told


def _rows(verb: str, rows: Sequence[Mapping[str, Any]]) -> str:
    if not rows:
        return ""
    listed = "".join(
        f"<li>{words(_place(row))}{words(row.get('reason', ''))}</li>" for row in rows[:MOST_ROWS]
    )
    more = f"<li>and {len(rows) - MOST_ROWS:,} more</li>" if len(rows) > MOST_ROWS else ""
    noun = "row" if len(rows) == 1 else "rows"
    return (
        f"<details><summary>{len(rows):,} {noun} {verb}</summary>"
        f'<ul class="refusals">{listed}{more}</ul></details>'
    )


def _place(row: Mapping[str, Any]) -> str:
    parts = [f"sheet {row['sheet']}"] if row.get("sheet") else []
    parts += [f"row {row['row']}"] if row.get("row") is not None else []
    return f"{', '.join(parts)}: " if parts else ""


def _mapping(mapping: Mapping[str, Any]) -> str:
    if not mapping:
        return ""
    listed = "".join(
        f"<li>{words(theirs)} <span>read as</span> {words(str(ours).replace('_', ' '))}</li>"
        for theirs, ours in mapping.items()
        if ours
    )
    unused = [str(theirs) for theirs, ours in mapping.items() if not ours]
    if unused:
        listed += f"<li><span>not kept:</span> {words(', '.join(unused))}</li>"
    return f'<details><summary>columns</summary><ul class="refusals">{listed}</ul></details>'


def _payers(candidates: Sequence[str], waits: str | None) -> str:
    if not waits:
        return ""
    buttons = "".join(
        f'<button type="button" class="chip" data-assign="{words(waits)}"'
        f' data-payer="{words(name)}">{words(name)}</button>'
        for name in candidates[:8]
    )
    return (
        f'<div class="chips">{buttons}<span class="other"><input type="text" maxlength="80"'
        ' name="payer" aria-label="Another payer" placeholder="Another payer">'
        f'<button type="button" class="chip" data-assign="{words(waits)}">Use it</button>'
        "</span></div>"
    )
