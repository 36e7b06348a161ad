"""The rep's acts in words: chosen by temperament and seed, none again before all were used."""

from __future__ import annotations

import re
import tomllib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from copilot.drafting.wording import NAMED, capital
from copilot.drafting.working_days import reply_day
from copilot.ledger import INVENTED
from copilot.rehearsal.acts import Act
from copilot.rehearsal.ground import Ground
from copilot.rehearsal.state import Call
from knowledge.evidence import Basis, Citation, Figure, Sentence, says

MARK = " (rehearsal)"
ENOUGH = 4
_DAYS_AHEAD = 6
Value = Figure | Citation | str


def spoken(
    call: Call, acts: Sequence[Act], ground: Ground, today: date, payer: str
) -> tuple[Call, tuple[Sentence, ...]]:
    """The acts as sentences, and the call with the wordings counted.

    Every number is a figure: the practice's own, the user's, or the rep's invention, which is
    marked as one where it first stands.
    """
    said: list[Sentence] = []
    marked: set[str] = set()
    for act in acts:
        values = _values(call, act, ground, today, payer)
        call, template = _template(call, act, values)
        made = says(template, **{name: values[name] for name in NAMED.findall(template)})
        said.append(_marked(made, marked))
    return call, tuple(said)


def offered(percent: Decimal) -> Figure:
    """The rep's number as a figure that says it is invented."""
    return Figure("Offered in the rehearsal, invented", percent, "percent", Basis(INVENTED),
                  places=_places(percent))  # fmt: skip


def asked(percent: Decimal) -> Figure:
    """The user's number."""
    return Figure("Asked for in the rehearsal", percent, "percent",
                  Basis("as the practice said it"), places=_places(percent))  # fmt: skip


def _values(call: Call, act: Act, ground: Ground, today: date, payer: str) -> dict[str, Value]:
    fact = ground.facts.get(act.name.partition("shown_")[2]) if "shown_" in act.name else None
    values: dict[str, Value] = {**fact.words, **fact.figures} if fact else {}
    values["payer"] = payer
    if ground.paid is not None:
        values["paid"] = ground.paid
    offer, ask = act.values.get("offer"), act.values.get("ask")
    if offer is not None:
        values["offer"] = offered(offer)
    if ask is not None:
        values["ask"] = asked(ask)
    if "day" in act.values:
        made = reply_day(today, after=_DAYS_AHEAD + (call.seed + call.turn) % 4)
        values["day"] = Figure("Day named in the rehearsal, invented", made.value, "date",
                               Basis(INVENTED), as_of=today)  # fmt: skip
    names = _named()
    if act.name in ("step", "first_offer"):
        values["why"] = names["why"].get(act.why.partition(":")[0]) or (
            names["why"].get(act.why) or names["why"]["other"]
        )
    elif act.name in ("trade", "pocket"):
        values["what"] = names["trade"].get(act.why, "that")
    elif act.why:
        values["what"] = names["kind"].get(act.why, "that")
    return values


def _template(call: Call, act: Act, values: Mapping[str, Value]) -> tuple[Call, str]:
    """The next wording of an act that has all it needs, in this temperament's order."""
    name = "first_offer_bare" if act.name == "first_offer" and not act.why else act.name
    fits = _fits(call, name, values)
    if not fits and name.startswith("shown_"):
        name = "shown_stated"
        fits = _fits(call, name, values)
    assert fits, f"no wording of {name} has all it needs"
    turn = (call.used or {}).get(name, 0)
    used = {**(call.used or {}), name: turn + 1}
    return replace(call, used=used), fits[turn % len(fits)]


def _fits(call: Call, name: str, values: Mapping[str, Value]) -> list[str]:
    """The wordings of an act that have all they need: the temperament's own, then the usual."""
    made: list[str] = []
    for whose in (call.temper, "usual"):
        held = words_of(whose).get(name, [])
        ready = [w for w in held if set(NAMED.findall(w)) <= values.keys()]
        made += sorted(ready, key=lambda w: zlib.crc32(f"{call.seed}|{w}".encode()))
    own = len(words_of(call.temper).get(name, []))
    return made[:own] if own >= ENOUGH else made


def _marked(sentence: Sentence, marked: set[str]) -> Sentence:
    """The sentence with a mark behind each invented number that had none yet."""
    text = sentence.text
    for figure in sentence.figures:
        if figure.basis.words == INVENTED and figure.id not in marked:
            marked.add(figure.id)
            text = text.replace(figure.token(), figure.token() + MARK, 1)
    text = re.sub(r"(?<=[.?!] )[a-z]", lambda found: found[0].upper(), capital(text))
    return Sentence(text, sentence.figures, sentence.citations)


def _places(percent: Decimal) -> int:
    return 0 if percent == percent.to_integral_value() else 1


@cache
def words_of(temper: str) -> Mapping[str, list[str]]:
    """The wordings of a temperament by act."""
    text = files("copilot.rehearsal").joinpath(f"words/{temper}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _named() -> Mapping[str, Mapping[str, str]]:
    text = files("copilot.rehearsal").joinpath("words/kinds.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
