"""All negotiations in one answer, and the ledger of offers in another."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.tracker.agreed import is_agreed
from copilot.tracker.board import Board, Row, board_of
from copilot.tracker.due_answer import calendar_entry
from copilot.tracker.entry_words import CHANNEL_WORDS, count_figure, day_figure, offer_said
from copilot.tracker.offer_ledger import Line, lines_of
from copilot.tracker.offer_worth import of_medicare
from copilot.tracker.table_of_talks import Talks
from knowledge.evidence import Basis, Cell, Figure, Finding, Sentence, Table, says


def board_answer(talks: Talks, board: Board | None = None) -> Finding:
    """Where every negotiation stands: stage, last contact, next date, worth open and won."""
    board = board or board_of(talks)
    begun = [row for row in board.rows if row.begun]
    started = count_figure(
        "Negotiations under way",
        len(begun),
        "payers with whom anything was said, written or drafted",
    )
    every = count_figure(
        "Payers one negotiates with",
        len(board.rows),
        "payers of the claims and contracts without public programs",
    )
    said = "{started} of {every} negotiations have begun; "
    said += (
        "{table} a year is on the table and {won} a year is won."
        if board.table.number or board.won.number
        else "no priced offer is in the log yet."
    )
    return Finding(
        headline=says(said, started=started, every=every, table=board.table, won=board.won),
        sentences=tuple(row_said(row) for row in begun[:5]),
        figures=(started, every, board.table, board.won, *_figures(board)),
        table=Table(
            "Where all negotiations stand",
            ("Payer", "Stage", "Last contact", "Next date", "What is next",
             "On the table (USD a year)", "Won (USD a year)"),
            tuple(_cells(row) for row in board.rows),
        ),
        caveats=tuple(_caveats(talks, board)),
        next_steps=_next(board),
        details={
            "payers": [row.payer for row in board.rows],
            "payer": None,
            "view": "board",
            "stages": {row.payer: row.stage.name for row in board.rows},
            "calendar": [calendar_entry(each, talks.today) for each in board.due],
        },
        done=f"Read the log and the drafts of {len(board.rows)} payers",
    )  # fmt: skip


def row_said(row: Row) -> Sentence:
    """One payer's place in one sentence: the stage, what it was told from, what is next."""
    words = "{short}: {stage}, {why}"
    values: dict[str, Figure | str] = {
        "short": row.short, "stage": row.stage.name, "why": row.stage.why,
    }  # fmt: skip
    if row.stage.since is not None:
        words += " ({since})"
        values["since"] = stage_day(row)
    if row.next is not None:
        words += "; next by {day}: {what}"
        values |= {"day": next_day(row), "what": row.next.what}
    return says(words + ".", **values)


def stage_day(row: Row) -> Figure:
    """The day since when the stage holds; only for a stage with one."""
    assert row.stage.since is not None
    return day_figure(f"{row.short}: {row.stage.name} since", row.stage.since, row.stage.why)


def last_day(row: Row) -> Figure | None:
    """The day of the last contact."""
    if row.last is None:
        return None
    how = CHANNEL_WORDS[row.last.channel]
    return day_figure(f"{row.short}: last contact, a {how}", row.last.on)


def next_day(row: Row) -> Figure:
    """The working day of what is next; only for a row with something next."""
    assert row.next is not None
    return Figure(f"{row.short}, {row.next.what}", row.next.act, "date", Basis(row.next.why))


def _cells(row: Row) -> tuple[Cell, ...]:
    return (
        row.short, row.stage.name, last_day(row),
        next_day(row) if row.next else None, row.next.what if row.next else "", row.table, row.won,
    )  # fmt: skip


def _figures(board: Board) -> list[Figure]:
    return [f for row in board.rows for f in (row.table, row.won) if f is not None]


def _caveats(talks: Talks, board: Board) -> list[Sentence]:
    told = []
    waiting = talks.log.pending()
    if waiting:
        told.append(says("Not counted: {count} in the tracker, waiting for your word.",
                         count=count_figure("Entries that wait", len(waiting))))  # fmt: skip
    unpriced = [row.short for row in board.rows if row.lines and not any(
        line.worth for line in row.lines)]  # fmt: skip
    if unpriced:
        told.append(says("Not priced, for their claims or rates do not reach: {names}.",
                         names=", ".join(unpriced)))  # fmt: skip
    told.append(says("Dollars are a year at the volume of the last twelve months. Say “mark a"
                     " payer as agreed” where a stage stands otherwise."))  # fmt: skip
    return told


def _next(board: Board) -> tuple[str, ...]:
    asks = list(dict.fromkeys(row.next.ask for row in board.rows if row.begun and row.next))
    return tuple([*asks[:2], "What is due in the next 30 days?",
                  "Which payer should we negotiate with first, and when?"][:4])  # fmt: skip


def offers_answer(talks: Talks, payer: str | None) -> Finding:
    """Every ask, offer and counter in order, in percent and in dollars a year."""
    payers = (payer,) if payer else talks.payers
    lines = [line for each in payers for line in lines_of(talks, each)]
    whom = talks.short(payer) if payer else "any payer"
    figures = [f for line in lines for f in (line.amount, line.worth, line.to_target,
                                             line.to_walk_away) if f is not None]  # fmt: skip
    return Finding(
        headline=_ledger_headline(talks, lines, whom),
        sentences=tuple(_line_said(talks, line) for line in lines[-5:]),
        figures=tuple(figures),
        table=_ledger(talks, lines, payer) if lines else None,
        caveats=tuple(_ledger_caveats(talks, lines)),
        next_steps=_ledger_next(talks, lines, payer),
        details={"payers": [payer] if payer else list(payers), "payer": payer, "view": "offers",
                 "offers": [line.offer.id for line in lines]},
        done=f"Read {len(lines)} prices named in the log",
    )  # fmt: skip


def _ledger_headline(talks: Talks, lines: Sequence[Line], whom: str) -> Sentence:
    if not lines:
        return says("No ask or offer with {whom} is in the log yet.", whom=whom)
    last = lines[-1]
    short = talks.short(last.payer)
    day = day_figure(f"{short}: last price named", last.entry.on)
    if last.amount is None:
        return says("The last price with {short}, of {day}, is kept in words: “{words}”.",
                    short=short, day=day, words=last.offer.words)  # fmt: skip
    who = f"{short} offered" if last.offer.by == "payer" else f"we asked {short} for"
    who = f"we agreed with {short} on" if is_agreed(last.entry, last.offer) else who
    words = f"Last, on {{day}}, {who} {{amount}}{of_medicare(last.offer)}"
    values: dict[str, Figure | str] = {"day": day, "amount": last.amount}
    if last.worth is not None and last.offer.dollars is None:
        words += ", worth {worth} a year"
        values["worth"] = last.worth
    if last.to_target is not None:
        away = abs(last.to_target.number)
        side = "below" if last.to_target.number < 0 else "above"
        words += f", {{gap}} {side} our target"
        name = f"{short}: {side} our target, a year"
        values["gap"] = Figure(name, away, "USD", last.to_target.basis)
    return says(words + ".", **values)


def _line_said(talks: Talks, line: Line) -> Sentence:
    said = offer_said(line.entry, line.offer, talks.short(line.payer), line.worth)
    day = day_figure(f"{talks.short(line.payer)}: price named", line.entry.on)
    return Sentence(f"{day.token()}: {said.text}", (day, *said.figures), said.citations)


def _ledger(talks: Talks, lines: Sequence[Line], payer: str | None) -> Table:
    gaps = any(line.to_target for line in lines)
    columns = ["Day", "Who", "Price", "Kind", "From", "Worth (USD a year)"]
    columns += ["Against our target (USD)", "Against our walk-away (USD)"] if gaps else []
    rows: list[tuple[Cell, ...]] = []
    for line in lines:
        short = talks.short(line.payer)
        who = "we asked" if line.offer.by == "practice" else f"{short} offered"
        if payer is None and line.offer.by == "practice":
            who = f"we asked {short}"
        if is_agreed(line.entry, line.offer):
            who = f"agreed with {short}"
        starts = line.offer.starts
        kind = "of Medicare" if of_medicare(line.offer) else "on today's rates"
        if line.amount is None:
            kind = f"in words: {line.offer.words[:80]}"
        elif line.offer.dollars is not None and line.offer.percent is None:
            kind = "a year"
        cells: list[Cell] = [
            day_figure(f"{short}: price named", line.entry.on), who, line.amount, kind,
            day_figure(f"{short}: from", starts) if starts else None, line.worth,
        ]  # fmt: skip
        rows.append((*cells, line.to_target, line.to_walk_away) if gaps else tuple(cells))
    whom = f" with {talks.short(payer)}" if payer else ""
    return Table(f"Asks, offers and counters{whom}, in order", tuple(columns), tuple(rows))


def _ledger_caveats(talks: Talks, lines: Sequence[Line]) -> list[Sentence]:
    told = []
    if any(line.worth is None for line in lines):
        told.append(says("A price without a worth could not be priced: only its words are kept, or"
                         " the claims or rates of that payer do not reach."))  # fmt: skip
    if lines and not any(line.to_target for line in lines):
        told.append(says("No strategy with a target is kept for the payers here, so none is held"
                         " against one: ask for the strategy."))  # fmt: skip
    if lines:
        told.append(says("Worth is a year at the volume of the last twelve months."))
    return told


def _ledger_next(talks: Talks, lines: Sequence[Line], payer: str | None) -> tuple[str, ...]:
    steps = []
    last = lines[-1] if lines else None
    if last is not None:
        short = talks.short(last.payer)
        if last.offer.by == "payer" and not is_agreed(last.entry, last.offer):
            steps.append(f"Draft a counter to {short}'s offer")
        if last.to_target is None:
            steps.append(f"What is our strategy for {short}?")
        steps.append(f"What is due next with {short}?")
    elif payer:
        steps.append(f"What is our strategy for {talks.short(payer)}?")
    return tuple([*steps, "Where do all negotiations stand?"][:4])
