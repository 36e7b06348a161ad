"""One payer in the board's briefing: the decision, the risk, and its own section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from copilot.drafting.documents.our_voice import ours, sections_of
from copilot.drafting.documents.parts import Part, joined, listed, part
from copilot.drafting.facts import Facts
from copilot.drafting.looked_up import LookedUp, figure_named
from knowledge.evidence import Citation, Figure, Finding, Sentence, says
from tools.practice import Practice


@dataclass(frozen=True)
class Stand:
    """One payer's strategy as the board needs it.

    levels: opening, target, where we stop, None where no raise is asked. worth: USD a year
    of the target. ask_by, end_by: the days to send the ask and to say that it shall not
    renew or that we leave.
    """

    payer: str
    short: str
    found: Finding
    levels: tuple[Figure, Figure, Figure] | None
    worth: Figure | None
    lost: Figure | None
    ask_by: Figure | None
    end_by: Figure | None

    def decision(self) -> Sentence | None:
        """What the board says yes or no to; None where nothing of this payer waits for it."""
        if self.levels is not None and self.worth is not None:
            opening, target, least = self.levels
            words = ("{payer}: to open at {opening}, aim for {target} ({worth} a year) and stop at"
                     " {least}")  # fmt: skip
            values: dict[str, Figure | str] = {
                "payer": self.short, "opening": opening, "target": target, "worth": self.worth,
                "least": least,
            }  # fmt: skip
            if self.ask_by is not None:
                return says(words + "; the request goes out by {day}.", **values, day=self.ask_by)
            return says(words + ".", **values)
        if self.end_by is not None:
            return says("{payer}: to let it renew on its terms, or to say by {day}, with counsel,"
                        " that it shall not.", payer=self.short, day=self.end_by)  # fmt: skip
        return None

    def risk(self) -> Sentence | None:
        """What stands behind this payer, should talks end."""
        if self.lost is None or self.levels is None:
            return None
        return says("{payer}: if talks end and the contract with them, {lost} allowed a year is at"
                    " stake.", payer=self.short, lost=self.lost)  # fmt: skip


def stands_of(
    looked: LookedUp, practice: Practice, facts: Facts, book: Finding | None, most: int, soon: int
) -> list[Stand]:
    """The payers told in detail: the one named, else those asked for a raise, then those with
    a day to decide within `soon` days, `most` in all."""
    if facts.payer:
        made = _stand(looked, practice, facts, facts.payer)
        return [made] if made else []
    if book is None:
        return []
    asked = [each["payer"] for each in book.details["order"] if each["worth"]]
    last = practice.today + timedelta(soon)
    due = [
        each["payer"] for each in book.details["order"]
        if any(practice.payers.short_name(each["payer"]) in str(entry["label"])
               and "renew" in str(entry["label"])
               and date.fromisoformat(entry["date"]) <= last
               for entry in book.details["calendar"])
    ]  # fmt: skip
    names = list(dict.fromkeys([*asked, *due]))[:most]
    found = [_stand(looked, practice, facts, name) for name in names]
    return [each for each in found if each is not None]


def _stand(looked: LookedUp, practice: Practice, facts: Facts, payer: str) -> Stand | None:
    given = {"percent": facts.percent, "percent_of_medicare": facts.percent_of_medicare}
    found = looked.finding("set_strategy", payer=payer, period=facts.period or None,
                           **(given if facts.payer else {}))  # fmt: skip
    if found is None:
        return None
    figures = {figure.id: figure for figure in found.all_figures()}
    return Stand(
        payer, practice.payers.short_name(payer), found, _levels(found, figures),
        figure_named(found, "worth"), figure_named(found, "lost"),
        _named(figures, "Send the ask by"),
        _named(figures, "Last working day to say it shall not renew"),
    )  # fmt: skip


def _levels(found: Finding, figures: Mapping[str, Figure]) -> tuple[Figure, Figure, Figure] | None:
    for ask in found.details.get("asks", ()):
        if ask["key"] == "rates":
            three = [figures.get(ask[name]) for name in ("opening", "target", "walk_away")]
            if all(isinstance(each, Figure) for each in three):
                return three[0], three[1], three[2]  # type: ignore[return-value]
    return None


def _named(figures: Mapping[str, Figure], name: str) -> Figure | None:
    return next((figure for figure in figures.values() if figure.name == name), None)


def of_payer(stand: Stand, facts: Facts) -> Part | None:
    """The payer's section: levels with worth, what leaving costs, further asks, its days."""
    paper = sections_of(stand.found)
    leave = paper.get("If we leave", Sentence(""))
    if facts.length in ("brief", "short", "usual"):
        leave = _before_table(leave)
    further = [ours(each) for each in stand.found.sentences if each.text.startswith("Also ask")]
    return part(
        stand.short, stand.short, paper.get(""), paper.get("Who needs whom"),
        joined([Sentence("**If we leave.**"), leave]) if leave.text else None, listed(further),
    )  # fmt: skip


def _before_table(said: Sentence) -> Sentence:
    """The words above a table, with what still stands in them."""
    text = said.text.partition("\n\n|")[0].strip()
    figures = tuple(f for f in said.figures if f.id in text)
    citations: tuple[Citation, ...] = tuple(c for c in said.citations if c.id in text)
    return Sentence(text, figures, citations)
