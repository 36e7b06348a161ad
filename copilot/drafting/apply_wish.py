"""One wish about a draft, applied to its facts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from copilot.drafting.change_words import Wish, place_named
from copilot.drafting.facts import LENGTHS, TONES, Facts
from copilot.drafting.pieces.quality import measures
from copilot.drafting.spoken_days import day_said
from knowledge.evidence import Sentence, long_date
from knowledge.problems import BadInput

# The words by which users mean a part of a draft, and the part's or piece's id.
NAMED = (
    ("clause", r"clause|section|threat|notice|contract language|termination|standing"),
    ("worth", r"dollars?|\bworth\b|cost to them|money|price tag"),
    ("who", r"who we are|introduction|intro\b|volume|visits? and members|our size"),
    ("pass_on", r"whom to ask|other desk|pass(?:ing)? it on"),
    ("emergency", r"emergency|\be\.?r\b|\bed visits?|\ber visits?|urgent"),
    ("access", r"hours?|saturdays?|evenings?|weekends?|access"),
    ("denials", r"denials?|denied|authorizations?|refus"),
    ("rate_gap", r"rates?\b|percent of medicare|against medicare|medicare comparison"),
    ("age", r"years|how old|age of|since when"),
    ("quality", r"quality|scores?|measures?"),
)  # fmt: skip
KEPT = ("ask", "reopen", "counter_ask")


@dataclass(frozen=True)
class Applied:
    """The facts after a wish, and what to tell the user of it."""

    facts: Facts
    notes: tuple[Sentence, ...] = ()


def applied(facts: Facts, wish: Wish, today: date) -> Applied:
    """The facts with the wish in them; BadInput where the draft cannot follow it."""
    return _APPLY[wish.kind](facts, wish, today)


def _length(facts: Facts, wish: Wish, today: date) -> Applied:
    step = -1 if wish.words == "shorter" else 1
    at = LENGTHS.index(facts.length) + step
    if not 0 <= at < len(LENGTHS) or (facts.kind == "bh_questions" and at in (0, 3)):
        most = "as short as it gets" if step < 0 else "as long as its evidence makes it"
        raise BadInput("the draft", f"it is {most}", "say which point to drop or to add")
    return Applied(
        replace(facts, length=LENGTHS[at], chosen=facts.chosen if step > 0 else ()),
        (Sentence("It is shorter." if step < 0 else "It is longer."),),
    )


def _tone(facts: Facts, wish: Wish, today: date) -> Applied:
    if wish.words == "plain":
        return Applied(replace(facts, tone="plain"), (Sentence("Its tone is plain again."),))
    at = TONES.index(facts.tone) + (1 if wish.words == "firmer" else -1)
    if not 0 <= at < len(TONES):
        raise BadInput("the draft", f"it is as {facts.tone} as it gets", "say what to change in it")
    return Applied(replace(facts, tone=TONES[at]), (Sentence(f"It is {wish.words}."),))


def _percent(facts: Facts, wish: Wish, today: date) -> Applied:
    if facts.kind == "bh_questions":
        raise BadInput("the questions", "they ask for no rate", "ask for an email to the payer")
    return Applied(replace(facts, percent=wish.number, percent_of_medicare=None))


def _percent_by(facts: Facts, wish: Wish, today: date) -> Applied:
    if facts.percent is None:
        raise BadInput("the ask", "it names no percent to move", "say the percent to ask for")
    step = wish.number or Decimal(0)
    moved = facts.percent + (step if wish.words == "up" else -step)
    if moved <= 0:
        raise BadInput("the ask", "nothing would be left of it", "say the percent to ask for")
    return _percent(facts, Wish("percent", number=moved), today)


def _percent_of_medicare(facts: Facts, wish: Wish, today: date) -> Applied:
    return Applied(replace(facts, percent=None, percent_of_medicare=wish.number))


def _codes(facts: Facts, wish: Wish, today: date) -> Applied:
    codes = tuple(re.findall(r"\b(?:\d{5}|[A-Z]\d{4})\b", wish.words))
    return Applied(replace(facts, codes=codes))


def _drop(facts: Facts, wish: Wish, today: date) -> Applied:
    keys = _meant(facts, wish.words)
    if not keys:
        raise BadInput(
            "the draft", f"nothing in it is found under “{wish.words}”",
            "name the point by its subject or its place, e.g. the second point",
        )  # fmt: skip
    return _without(facts, keys, wish.words)


def _drop_numbered(facts: Facts, wish: Wish, today: date) -> Applied:
    paragraphs = wish.kind != "drop_point"
    places = facts.paragraphs if paragraphs else tuple((key,) for key in facts.points)
    at = int(wish.number or 0)
    if not -len(places) <= at < len(places):
        what = "paragraph" if paragraphs else "point"
        raise BadInput("the draft", f"it has no such {what}", "name the one to drop")
    return _without(facts, places[at], wish.words)


def _without(facts: Facts, keys: tuple[str, ...], words: str) -> Applied:
    gone = tuple(key for key in keys if key not in KEPT)
    if not gone:
        raise BadInput(
            "the draft", "that part is the ask itself", "change the ask, or drop another"
        )
    added = tuple(each for each in facts.added if each not in gone)
    return Applied(
        replace(
            facts,
            dropped=tuple(dict.fromkeys((*facts.dropped, *gone))),
            chosen=tuple(k for k in facts.chosen if not {k, k.partition(":")[0]} & set(gone)),
            wanted=tuple(w for w in facts.wanted if w not in gone),
            added=added,
        ),
        (Sentence(f"Taken out: {words}."),),
    )


def _meant(facts: Facts, words: str) -> tuple[str, ...]:
    said = words.lower()
    named = {key for key, pattern in NAMED if re.search(pattern, said)}
    on_measures = {
        f"quality:{key}"
        for key, row in measures().items()
        if any(re.search(rf"\b{topic}", said) for topic in row["topics"])
    }
    present = {key for keys in facts.paragraphs for key in keys} | set(facts.points)
    exact = [key for key in present if key in on_measures]
    loose = {key.partition(":")[0] for key in present if key.partition(":")[0] in named}
    heads = {key for key in present if key.lower().replace("_", " ") in said}
    loose = loose or heads
    own = [each for each in facts.added if said in each.lower()]
    return tuple(sorted(exact) or sorted(loose) or own)


def _swap(facts: Facts, wish: Wish, today: date) -> Applied:
    """One piece of evidence in the place of another, each by its place or its subject."""
    place = place_named(wish.words)
    if place and re.search(r"evidence|piece|proof", wish.words, re.IGNORECASE):
        places: tuple[tuple[str, ...], ...] = tuple((key,) for key in facts.chosen)
    else:
        places = facts.paragraphs if place and place[0] == "paragraph" else tuple(
            (key,) for key in facts.points)  # fmt: skip
    if place is None:
        meant = set(_meant(facts, wish.words)) - set(KEPT)
        gone = tuple(k for k in facts.chosen if {k, k.partition(":")[0]} & meant)
    else:
        at = place[1]
        gone = places[at] if -len(places) <= at < len(places) else ()
    gone = tuple(key for key in gone if key in facts.chosen)
    if not gone:
        raise BadInput(
            "the draft", f"no piece of evidence in it is found under “{wish.words}”",
            "ask why this evidence stands there, and name the piece to swap",
        )  # fmt: skip
    asked = _more(facts, Wish("more", wish.to), today).facts
    kept = tuple(key for key in facts.chosen if key not in gone)
    return Applied(
        replace(
            asked, chosen=kept, dropped=tuple(dict.fromkeys((*asked.dropped, *gone))),
            swapped=tuple(dict.fromkeys((*facts.swapped, *gone))),
        ),
        (Sentence(f"Swapped: {wish.words} for {wish.to}."),),
    )  # fmt: skip


def _first(facts: Facts, wish: Wish, today: date) -> Applied:
    """The piece to come first among the evidence."""
    words = re.sub(r"^(?:the|our|with)\s+", "", wish.words, flags=re.IGNORECASE)
    if re.fullmatch(r"(?:ask|number|request)", words, re.IGNORECASE):
        return Applied(replace(facts, frame=1), (Sentence("It starts with the ask."),))
    place = place_named(words)
    if place and -len(facts.points) <= place[1] < len(facts.points):
        return Applied(replace(facts, first=facts.points[place[1]]),
                       (Sentence(f"First comes: {words}."),))  # fmt: skip
    held = [key for key in _meant(facts, words) if key in facts.points]
    if held:
        return Applied(replace(facts, first=held[0]), (Sentence(f"First comes: {words}."),))
    asked = _more(facts, Wish("more", words), today).facts
    kinds = _ids(words) or list(asked.wanted)
    return Applied(replace(asked, first=kinds[0]), (Sentence(f"First comes: {words}."),))


def _addressee(facts: Facts, wish: Wish, today: date) -> Applied:
    """The person or role to greet; a name in small letters is written as names are."""
    words = re.sub(r",?\s+(?:please|instead|then)$", "", wish.words, flags=re.IGNORECASE)
    name = words if words != words.lower() or words.startswith("the ") else words.title()
    return Applied(replace(facts, addressee=name), (Sentence(f"Addressed to {name}."),))


def _add(facts: Facts, wish: Wish, today: date) -> Applied:
    words = wish.words.strip().rstrip(".")
    return Applied(
        replace(facts, added=(*facts.added, words)),
        (Sentence(f"Added as your own statement: {words}."),),
    )


def _more(facts: Facts, wish: Wish, today: date) -> Applied:
    words = re.findall(r"[a-z0-9]+", wish.words.lower())
    known = {topic for row in measures().values() for topic in row["topics"]}
    known |= {key for key, pattern in NAMED if re.search(pattern, wish.words.lower())}
    wanted = tuple(
        word for word in (*words, *_ids(wish.words)) if word not in ("in", "the", "email")
    )
    if not known & set(wanted):
        raise BadInput(
            "the draft", f"no data on “{wish.words}” are on file",
            "say it as a sentence of your own, e.g. add that we see patients the same day",
        )  # fmt: skip
    return Applied(
        replace(facts, wanted=wanted, dropped=tuple(d for d in facts.dropped if d not in wanted)),
        (Sentence(f"More on: {wish.words}, as far as data are on file."),),
    )


def _ids(words: str) -> list[str]:
    return [key for key, pattern in NAMED if re.search(pattern, words.lower())]


def _reply_on(facts: Facts, wish: Wish, today: date) -> Applied:
    day = day_said(wish.words, today)
    if day is None or day <= today:
        raise BadInput("the day", f"“{wish.words}” is no day to come", "say it as December 15")
    return Applied(
        replace(facts, reply_on=day.isoformat()),
        (Sentence(f"It asks for an answer by {long_date(day)}."),),
    )


def _signer(facts: Facts, wish: Wish, today: date) -> Applied:
    name = re.sub(r"^(?:the|our)\s+", "", wish.words)
    name = name[:1].upper() + name[1:]
    return Applied(replace(facts, signer=name), (Sentence(f"Signed: {name}."),))


def _simply(**changes: object) -> Callable[[Facts, Wish, date], Applied]:
    note = str(changes.pop("note"))

    def apply(facts: Facts, wish: Wish, today: date) -> Applied:
        return Applied(replace(facts, **changes), (Sentence(note),))  # type: ignore[arg-type]

    return apply


_APPLY: dict[str, Callable[[Facts, Wish, date], Applied]] = {
    "length": _length,
    "tone": _tone,
    "percent": _percent,
    "percent_of_medicare": _percent_of_medicare,
    "codes": _codes,
    "drop": _drop,
    "drop_point": _drop_numbered,
    "drop_paragraph": _drop_numbered,
    "drop_section": _drop_numbered,
    "add": _add,
    "more": _more,
    "reply_on": _reply_on,
    "signer": _signer,
    "simple": _simply(language="simple", note="It is in plain words."),
    "ask_first": _simply(frame=1, note="It starts with the ask."),
    "percent_by": _percent_by,
    "swap": _swap,
    "first": _first,
    "addressee": _addressee,
    "subject": lambda facts, wish, today: Applied(
        replace(facts, subject=wish.words), (Sentence(f"The subject is now: {wish.words}."),)
    ),
    "form": lambda facts, wish, today: Applied(
        replace(facts, form=wish.words), (Sentence(f"It is written in {wish.words}."),)
    ),
    "reworded": lambda facts, wish, today: Applied(
        replace(facts, voice=facts.voice + 1), (Sentence("It is worded anew on the same facts."),)
    ),
}
