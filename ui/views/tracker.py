"""The tracker room: what waits for a word, what is due, the board, and each payer's log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ui.views.clean import clean, words
from ui.views.marks import sentence

STATES = {
    "waiting": "Waits for your word",
    "kept": "Kept in the log",
    "gone": "Not kept",
}


def pending_block(entries: Sequence[Mapping[str, Any]]) -> str:
    """The cards of an answer, one an entry that waits, with its two buttons."""
    return "".join(card(str(each["id"]), str(each["title"]), "waiting") for each in entries)


def card(key: str, title: str, state: str) -> str:
    """One entry with its state; buttons while it waits."""
    buttons = (
        '<div class="actions" role="group" aria-label="Keep or discard">'
        '<button type="button" class="go" data-entry-do="keep">Keep</button>'
        '<button type="button" class="plain" data-entry-do="discard">Discard</button></div>'
        if state == "waiting"
        else ""
    )
    shade = {"kept": " done", "gone": " gone"}.get(state, "")
    return (
        f'<div class="entry-card made{shade}" data-entry="{words(key)}">'
        f'<span class="what">{words(title)}</span><span class="chip-ok'
        f'{" amber" if state == "waiting" else ""}">{words(STATES[state])}</span>{buttons}'
        '<p class="said-here" aria-live="polite"></p></div>'
    )


def card_html(key: str, title: str, state: str) -> str:
    """One card alone, as a route sends it."""
    return clean(card(key, title, state))


def tracker_html(room: Mapping[str, Any]) -> str:
    """The whole room."""
    parts = [
        '<div class="tracker" data-thread="tracker"><div class="room-head"><h2>Tracker</h2>'
        f"<p>{sentence(room['headline'])}</p></div>",
        _waiting(room["waiting"]),
        _empty(room["examples"]) if room["empty"] else "",
        _due(room["due"], int(room["later"])),
        _board(room["board"]),
        "".join(_payer(each) for each in room["payers"]),
        "".join(f'<div class="note">{sentence(each)}</div>' for each in room["notes"][:1]),
        "</div>",
    ]
    return clean("".join(parts))


def _waiting(entries: Sequence[Mapping[str, Any]]) -> str:
    if not entries:
        return ""
    cards = "".join(
        f'<section class="entry-card made" data-entry="{words(each["id"])}">'
        f'<span class="what">{words(each["title"])}</span>'
        f'<span class="chip-ok amber">{words(STATES["waiting"])}</span>'
        f'<p class="subject">{" ".join(sentence(said) for said in each["said"])}</p>'
        f'<blockquote class="told-so">{words(each["words"])}</blockquote>'
        '<div class="actions" role="group" aria-label="Keep or discard">'
        '<button type="button" class="go" data-entry-do="keep">Keep</button>'
        '<button type="button" class="plain" data-entry-do="discard">Discard</button></div>'
        '<p class="said-here" aria-live="polite"></p></section>'
        for each in entries
    )
    return f'<div class="room-head"><h3>Waits for your word</h3></div>{cards}'


def _empty(examples: Sequence[str]) -> str:
    listed = "".join(f"<li>{words(each)}</li>" for each in examples)
    told = f'<p class="quiet">For example:</p><ul class="plainlist">{listed}</ul>' if listed else ""
    return (
        '<p class="quiet">Nothing is in the log yet. Tell the chat what happened in your own words;'
        " it is shown to you before it is kept. What the contracts make due stands below already."
        f"</p>{told}"
    )


def _due(items: Sequence[Mapping[str, Any]], later: int) -> str:
    head = '<div class="room-head"><h3>What is due</h3></div>'
    if not items:
        return f'{head}<p class="quiet">Nothing is due in the next months.</p>'
    rows = "".join(
        f'<li class="{"over" if each["overdue"] else "ours" if each["ours"] else "theirs"}">'
        f'<span class="by">{sentence(each["by"])}</span>'
        f'<span class="thing"><strong>{words(each["what"])}</strong>'
        f" <small>{words(each['why'])}{'; past its day' if each['overdue'] else ''}</small></span>"
        f'<button type="button" class="chip" data-ask="{words(each["ask"])}">'
        f"{words(each['ask'])}</button></li>"
        for each in items
    )
    more = f"<p class='quiet'>{later} more further ahead.</p>" if later else ""
    return (
        f'{head}<ul class="due">{rows}</ul>{more}<div class="made"><div class="actions">'
        '<button type="button" class="plain" data-download="/tracker/days.ics">'
        'Save the days for a calendar</button></div><p class="said-here" aria-live="polite"></p>'
        "</div>"
    )


def _board(rows: Sequence[Mapping[str, Any]]) -> str:
    head = "".join(
        f'<th scope="col"{numeric}>{words(name)}</th>'
        for name, numeric in (
            ("Payer", ""), ("Stage", ""), ("Last contact", ""), ("Next", ""),
            ("On the table, a year", ' class="num"'), ("Won, a year", ' class="num"'),
        )
    )  # fmt: skip
    body = "".join(_row(row) for row in rows)
    return (
        '<div class="room-head"><h3>All negotiations</h3></div><table class="board"><thead><tr>'
        f"{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _row(row: Mapping[str, Any]) -> str:
    ask = f"What is due next with {row['short']}?"
    last = f"{sentence(row['last'])} <small>{words(row['how'])}</small>" if row["last"] else ""
    following = (
        f"{sentence(row['next'])} <small>{words(row['what'])}</small>" if row["next"] else ""
    )
    since = f" <small>since {sentence(row['since'])}</small>" if row["since"] else ""
    stage = (
        f'<span class="stage{"" if row["begun"] else " idle"}" title="{words(row["why"])}">'
        f"{words(row['stage'])}</span>{since}"
    )
    cells = (
        ("Stage", stage, ""),
        ("Last contact", last, ""),
        ("Next", following, ""),
        ("On the table, a year", sentence(row["table"]), ' class="num"'),
        ("Won, a year", sentence(row["won"]), ' class="num"'),
    )
    made = "".join(
        f'<td data-label="{words(label)}"{numeric}>{shown}</td>' if shown else f"<td{numeric}></td>"
        for label, shown, numeric in cells
    )
    return (
        f'<tr><th scope="row">{words(row["short"])}<br><button type="button" class="quiet"'
        f' data-ask="{words(ask)}">Ask about this</button></th>{made}</tr>'
    )


def _payer(payer: Mapping[str, Any]) -> str:
    short = words(payer["short"])
    parts = []
    if payer["contacts"]:
        listed = "".join(f"<li>{sentence(each)}</li>" for each in payer["contacts"])
        parts.append(f'<h4>Contacts</h4><ul class="plainlist">{listed}</ul>')
    if payer["offers"]:
        listed = "".join(
            f"<li>{sentence(each['day'])}: {sentence(each['said'])}{_gaps(each)}</li>"
            for each in payer["offers"]
        )
        parts.append(f'<h4>Asks and offers, in order</h4><ol class="plainlist">{listed}</ol>')
    if payer["log"]:
        listed = "".join(_logged(each) for each in payer["log"])
        parts.append(f'<h4>Log, the latest first</h4><ul class="log">{listed}</ul>')
    asks = "".join(
        f'<button type="button" class="chip" data-ask="{words(each)}">{words(each)}</button>'
        for each in (
            f"What have we asked {payer['short']} for and what did they offer?",
            f"Draft an email to {payer['short']}",
        )
    )
    return (
        f'<details class="payer-log"><summary><strong>{short}</strong>: offers, contacts and log'
        f'</summary>{"".join(parts)}<div class="chips">{asks}</div></details>'
    )


def _gaps(offer: Mapping[str, Any]) -> str:
    found = [
        f"{sentence(offer[key])} a year against our {name}"
        for key, name in (("target", "target"), ("walk_away", "walk-away"))
        if offer[key]
    ]
    return f" <small>({', '.join(found)})</small>" if found else ""


def _logged(entry: Mapping[str, Any]) -> str:
    draft = (
        f'<button type="button" class="quiet" data-open-draft="{words(entry["draft"])}">Its draft'
        "</button>"
        if entry["draft"]
        else ""
    )
    return (
        f'<li data-entry="{words(entry["id"])}" class="made"><span>{sentence(entry["day"])}: '
        f"<strong>{words(entry['title'])}</strong></span>"
        f'<blockquote class="told-so">{words(entry["words"])}</blockquote>{draft}'
        '<button type="button" class="quiet" data-entry-do="strike">Strike it out</button>'
        '<p class="said-here" aria-live="polite"></p></li>'
    )
