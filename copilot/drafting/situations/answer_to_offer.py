"""An offer on the table: answered with a counter, or accepted on conditions."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from copilot.drafting.asked import Ask
from copilot.drafting.evidence import Evidence
from copilot.drafting.facts import Facts
from copilot.drafting.looked_up import LookedUp
from copilot.drafting.occasion import Occasion
from copilot.drafting.shared_values import Value
from copilot.drafting.situations.history import History, day_figure, history_of
from copilot.drafting.situations.offer_letter import OfferLetter, offer_letter
from copilot.drafting.wording import Wording, capital
from copilot.drafting.working_days import reply_day
from copilot.tracker.entries import Entry, Offer
from knowledge.business_days import last_business_day
from knowledge.evidence import Citation, Figure, Sentence, says
from knowledge.problems import BadInput

CONDITION = re.compile(
    r"\b(?:on (?:the )?conditions?(?: that| of)?|provided(?: that)?|as long as|(?:but )?only if|"
    r"subject to|with the conditions?(?: that)?|conditions?:|but|if)\s+(.+)$",
    re.IGNORECASE | re.DOTALL,
)
# In a counter the condition may also stand behind the number: "122% ..., and we stay out".
TIED = re.compile(
    r"(?:%|percent|\bMedicare|\bvisits?)[^.]*?(?:,|;| and| but|\.)\s*(?:and |but )?"
    r"((?:we|our|the|no|without|it|with) (?!want\b|ask\b|answer\b|counter\b|need\b|would\b)"
    r"[^%$?]{8,160}?)(?:\.|$)",
    re.IGNORECASE,
)
NO_CONDITION = re.compile(r"^(?:keep it|make it|be |in |short|warm|firm|please)", re.IGNORECASE)


def counter(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    """The offer's day and words beside our price; what it asks in return stays open."""
    facts = wording.facts
    letter, values, cited = _offer(looked, wording)
    spoken = Wording(wording.kind, facts, {**wording.values, **values})
    brief = wording.facts.length in ("brief", "short")
    points = None if letter is None or brief else _points(letter)
    left_open = None if letter is None or letter.in_return is None else spoken.say("offer_open")
    notes = () if letter is None or letter.in_return is None else (_in_return_note(letter),)
    read = [] if points is None or "offered_worth" in wording.values else [points]
    if facts.topic.strip():
        values["tied"] = facts.topic.strip().rstrip(".")
    parts: dict[str, list[Sentence]] = {
        "offer_thanks": _some(spoken.first("offer_thanks", "offer_thanks_undated")),
        "offer_next": _some(spoken.first("offer_next", "offer_next_undated")),
        "offer_open": [] if brief else _some(left_open),
    }
    return Occasion(
        values=values,
        parts={**parts, "offer_read": read} if read else parts,
        citations=cited,
        notes=notes,
    )


def acceptance(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    """What is accepted, on which conditions, and by when the paper is asked for."""
    letter, values, cited = _offer(looked, wording)
    facts = wording.facts
    past = history_of(looked, facts.payer)
    accepted = _accepted(letter, past, ask)
    if accepted is None:
        raise BadInput(
            "the acceptance",
            "there is no offer of this payer on file to accept",
            "drop its offer letter, log the offer, or say what it offered, e.g. 4% from March 1",
        )
    values = {**values, "accepted": accepted}
    spoken = Wording(wording.kind, facts, {**wording.values, **values})
    own = [facts.topic.strip().rstrip(".")] if facts.topic.strip() else []
    clause = evidence.paper.standing()
    more: dict[str, Value] = (
        {"clause": clause.said} if clause and clause.kind == "amendment" else {}
    )
    listed = [capital(words) + "." for words in own]
    prices = _points(letter) if letter is not None else None
    if prices is not None:
        listed.append(prices.text.replace("Your letter offers", "The prices are your letter's:"))
    for part in ("accept_paper", "accept_schedule", "accept_start", "accept_rest"):
        made = spoken.say(part, more)
        if made is not None:
            listed.append(made.text)
    if letter is not None and letter.in_return is not None:
        listed.append("What your letter asks in return is not part of this acceptance.")
    if facts.length in ("brief", "short"):
        listed = listed[: max(2, len(own) + 2)]
    figures = tuple(f for f in values.values() if isinstance(f, Figure))
    lines = Sentence("\n".join(f"- {line}" for line in listed) + "\n", figures)
    notes = [
        Sentence("An acceptance can bind the practice: show it to counsel before it goes out.")
    ]
    if letter is not None and letter.in_return is not None:
        notes.append(_in_return_note(letter))
    if not own:
        notes.append(Sentence("Its conditions are the usual ones of form; add yours in a sentence,"
                              " e.g. add that the notice stays as it is."))  # fmt: skip
    reply = values.get("reply", wording.values["reply"])
    told = says("The acceptance to {payer} is ready, with its conditions; it asks for the paper"
                " by {reply}.", payer=wording.values["payer"], reply=reply)  # fmt: skip
    return Occasion(values, {"accept_list": [lines]}, cited, tuple(notes), told)


def condition_in(question: str) -> str:
    """The condition a user ties an acceptance to, in their words; "" where none is said."""
    found = CONDITION.search(question)
    words = found[1].strip().rstrip(".") if found else ""
    return "" if not words or NO_CONDITION.match(words) else words


def tied_in(question: str) -> str:
    """What a user ties a counter to, in their words; "" where nothing is said."""
    found = condition_in(question)
    if found and not re.match(r"[^,;]{0,30}\d+(?:\.\d+)?\s?%", found):
        return found
    tied = TIED.search(question)
    return tied[1].strip() if tied else ""


def _offer(
    looked: LookedUp, wording: Wording
) -> tuple[OfferLetter | None, dict[str, Value], tuple[Citation, ...]]:
    """The letter on file, else the log's last offer, as values; the reply day before its last."""
    practice, payer = looked.desk.practice, wording.facts.payer
    letter = looked.once(f"offer {payer}", lambda: offer_letter(practice, payer))
    values = dict[str, Value]()
    if letter is not None and (said := _spoken(looked, letter, wording.facts)) is not None:
        values |= said
        letter = replace(letter, points=())
    elif letter is not None:
        named = {"offer_date": letter.dated, "offer_until": letter.until,
                 "offer_start": letter.starts}  # fmt: skip
        values |= {name: figure for name, figure in named.items() if figure is not None}
    else:
        past = history_of(looked, payer)
        if past.offer is not None:
            entry, offer = past.offer
            values["offer_date"] = day_figure("Offer made", entry.on, "the log")
            if offer.starts:
                values["offer_start"] = day_figure("Offer starts", offer.starts, "the log")
    until = values.get("offer_until")
    reply = wording.values["reply"]
    if isinstance(until, Figure) and isinstance(reply, Figure) and not wording.facts.reply_on:
        last = until.value
        if isinstance(last, date) and isinstance(reply.value, date) and reply.value >= last:
            day = last_business_day(last - timedelta(1))
            if day > practice.today:
                values["reply"] = reply_day(practice.today, on=day.isoformat())
                values["weekday"] = f"{day:%A}"
    return letter, values, letter.citations if letter else ()


def in_letter(letter: OfferLetter, offer: tuple[Entry, Offer]) -> bool:
    """Whether an offer of the log is that of the letter: not later than it, or with its price."""
    entry, logged = offer
    dated = letter.dated.value if letter.dated else None
    price = logged.percent if logged.percent is not None else logged.percent_of_medicare
    return not isinstance(dated, date) or entry.on <= dated or _priced(letter, price)


def _priced(letter: OfferLetter, price: Decimal | None) -> bool:
    """Whether a letter names a percentage among its prices."""
    quotes = " ".join(citation.quote for _, citation in letter.points)
    named = re.findall(r"(\d+(?:\.\d+)?)\s?(?:%|percent)", quotes)
    return price is not None and any(Decimal(each) == price for each in named)


def _spoken(looked: LookedUp, letter: OfferLetter, facts: Facts) -> dict[str, Value] | None:
    """The day of an offer that was said and is not the letter's; None where the letter's stands.

    A number that the letter does not name is never dated by the letter.
    """
    offer = history_of(looked, facts.payer).offer
    accepting = facts.purpose == "acceptance"
    price = (facts.percent or facts.percent_of_medicare) if accepting else facts.offered
    if price is None or _priced(letter, price):
        return None
    values = dict[str, Value]()
    if letter.until is not None:
        values["offer_until"] = letter.until
    if offer is not None and price in (offer[1].percent, offer[1].percent_of_medicare):
        values["offer_date"] = day_figure("Offer made", offer[0].on, "the log")
        if offer[1].starts:
            values["offer_start"] = day_figure("Offer starts", offer[1].starts, "the log")
    return values


def _points(letter: OfferLetter) -> Sentence | None:
    """The letter's prices in its own words; None where none is read."""
    said = []
    for what, citation in letter.points:
        quote = " ".join(citation.quote.split())
        said.append(f"for {what[:1].lower()}{what[1:]}, “{quote}”" if what else f"“{quote}”")
    if not said:
        return None
    return Sentence(
        f"Your letter offers {'; '.join(said)}.", (), tuple(c for _, c in letter.points)
    )


def _accepted(letter: OfferLetter | None, past: History, ask: Ask) -> str | None:
    """What is accepted, as a sentence names it."""
    if ask.words:
        return f"{ask.words} on {ask.scope}"
    if letter is not None:
        return "the prices of your letter"
    if past.offer is None:
        return None
    return f"your offer on {ask.scope}"


def _in_return_note(letter: OfferLetter) -> Sentence:
    assert letter.in_return is not None
    token = letter.in_return.token()
    return Sentence(
        f"Their letter asks for something in return {token}; the draft leaves that open. Say"
        " whether you take it.", (), (letter.in_return,),
    )  # fmt: skip


def _some(sentence: Sentence | None) -> list[Sentence]:
    return [sentence] if sentence else []
