"""A memo to an inner reader on one payer: what the contract says, the money, what comes next."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.desk import Desk
from copilot.drafting.documents.assembled import assembled
from copilot.drafting.documents.our_voice import ours, sections_of
from copilot.drafting.documents.parts import Part, joined, listed, part
from copilot.drafting.facts import Facts
from copilot.drafting.letter import Written
from copilot.drafting.looked_up import LookedUp, figure_named
from copilot.drafting.pieces.rates import said_medicare
from knowledge.evidence import Figure, Finding, Sentence, long_date, says
from tools.rates.rate_figures import magnitude

INNER = "*For the practice alone: nothing of it goes to a payer.*"
FINDINGS = {"brief": 2, "short": 3, "usual": 6, "long": 40}


def write_memo(desk: Desk, facts: Facts) -> Written:
    """The memo; what no file gives is left out and named as missing."""
    looked = LookedUp(desk)
    short = desk.practice.payers.short_name(facts.payer)
    review = looked.finding("review_contract", payers=[facts.payer])
    strategy = looked.finding(
        "set_strategy", payer=facts.payer, percent=facts.percent,
        percent_of_medicare=facts.percent_of_medicare, period=facts.period or None,
    )  # fmt: skip
    paper = sections_of(strategy) if strategy else {}
    days = paper.get("Days")
    leave = paper.get("If we leave")
    subject = says("{payer}: contract, money and next steps", payer=short)
    return assembled(
        facts,
        subject,
        [
            part("head", "", _head(desk, facts, subject)),
            part("bottom", "In short", _bottom(strategy, review, looked, facts, short)),
            _contract(review, facts),
            part("worth", "The money", _money(looked, facts, short)),
            part("levels", "What we would ask", *_asks(paper, strategy)),
            part("leave", "If we leave", leave) if facts.length not in ("brief", "short") else None,
            part("next_steps", "Next steps", days),
        ],
        last=[part("inner", "", Sentence(INNER))],
        notes=(Sentence("It is internal. Legal points are to be confirmed with counsel."),),
        missing=_missing(desk, facts, short, review, strategy),
        headline=_headline(short, review, strategy),
        next_steps=(f"Write the proposal letter to {short} with the rate exhibit",
                    "Prepare a briefing for the physicians' board",
                    "Shorter" if facts.length not in ("brief", "short") else "Longer"),
        own="Our own notes",
    )  # fmt: skip


def _head(desk: Desk, facts: Facts, subject: Sentence) -> Sentence:
    """To, from, date and subject; a name only where the user or the profile gave one."""
    profile = desk.settings.profile
    sender = facts.signer or profile.signature or profile.role
    lines = [f"**To:** {facts.addressee or 'the practice’s leadership'}",
             f"**From:** {sender}", f"**Date:** {long_date(desk.practice.today)}",
             f"**About:** {facts.subject or subject.text}"]  # fmt: skip
    return Sentence("  \n".join(lines))


def _bottom(
    strategy: Finding | None, review: Finding | None, looked: LookedUp, facts: Facts, short: str
) -> Sentence:
    rates = looked.finding("compare_rates", payers=[facts.payer], period=facts.period or None)
    now = figure_named(rates, "percent_of_medicare") if rates else None
    stands = None
    if rates is not None and now is not None:
        stands = says("{payer} pays us {now} of {medicare}, all its products together.",
                      payer=short, now=now, medicare=said_medicare(rates))  # fmt: skip
    return listed([
        ours(strategy.headline) if strategy else None, stands,
        ours(review.headline) if review else None,
    ])  # fmt: skip


def _contract(review: Finding | None, facts: Facts) -> Part | None:
    """The findings worst first, each with its words' place, what to ask and its worth."""
    if review is None:
        return None
    every = [issue for issue in review.details["issues"] if issue["alarm"]]
    shown = every[: FINDINGS[facts.length]]
    cited = {citation.id: citation for citation in review.all_citations()}
    worths = _worths(review)
    lines = []
    for issue in shown:
        words = "**{label}:** {value}{at}; {reason}. {ask}."
        where = cited.get(issue["citation"] or "")
        value = str(issue["value"] or "not found")
        values: dict[str, Figure | str] = {
            "label": str(issue["label"]), "value": value, "at": "",
            "reason": str(issue["reason"]), "ask": _capital(str(issue["ask"])),
        }  # fmt: skip
        worth = worths.get(str(issue["label"]))
        if worth is not None:
            words += " Worth: {worth}."
            values["worth"] = worth
        if where is not None:
            words = words.replace("{at}", " {at}")
            lines.append(says(words, **{**values, "at": where}))
        else:
            lines.append(says(words, **values))
    rest = len(every) - len(shown)
    return part("contract", "What the contract says", listed(lines), _further(every, rest))


def _worths(review: Finding) -> dict[str, Figure]:
    """The worth of each finding that is priced, by its label, as the review's table has it."""
    rows = review.table.rows if review.table else ()
    return {str(row[0]): worth for row in rows if isinstance(worth := row[5], Figure)}


def _further(every: Sequence[dict[str, object]], rest: int) -> Sentence | None:
    if rest <= 0:
        return None
    labels = [str(issue["label"])[:1].lower() + str(issue["label"])[1:] for issue in every[-rest:]]
    return Sentence(f"Further points, of less weight: {'; '.join(labels)}.")


def _money(looked: LookedUp, facts: Facts, short: str) -> Sentence:
    """What the payer allows, the distance to Medicare, and what it refuses or pays short."""
    period = facts.period or None
    said: list[Sentence | None] = []
    rates = looked.finding("compare_rates", payers=[facts.payer], period=period)
    if rates is not None:
        said.append(_distance(rates, short))
    denied = looked.finding("denials", payers=[facts.payer], period=period)
    if denied is not None:
        said.append(ours(denied.headline))
    underpaid = looked.finding("find_underpayments", payers=[facts.payer])
    if underpaid is not None:
        said.append(ours(underpaid.headline))
    return listed(said)


def _distance(rates: Finding, short: str) -> Sentence | None:
    gap, now = figure_named(rates, "gap"), figure_named(rates, "percent_of_medicare")
    if gap is None or now is None or not now.basis.inputs:
        return None
    return says(
        "{payer} allowed {allowed} from {period} on codes that Medicare prices, {size} {side} than"
        " {medicare}.", payer=short, allowed=now.basis.inputs[0],
        period=str(rates.details["period"]),
        size=magnitude(gap, f"{short}: distance to Medicare"),
        side="less" if gap.number > 0 else "more", medicare=said_medicare(rates),
    )  # fmt: skip


def _asks(paper: dict[str, Sentence] | object, strategy: Finding | None) -> list[Sentence | None]:
    """The three levels with their worth, then the next two asks in the strategy's words."""
    if strategy is None or not isinstance(paper, dict):
        return []
    further = [ours(s) for s in strategy.sentences if s.text.startswith("Also ask for")]
    return [paper.get(""), listed(further)]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _missing(
    desk: Desk, facts: Facts, short: str, review: Finding | None, strategy: Finding | None
) -> list[str]:
    wanted = []
    if review is None:
        wanted.append(f"the {short} contract with its exhibits: its findings")
    if strategy is None:
        wanted.append(f"{short}'s claims or 835 files: rates, worth and what leaving would cost")
    return wanted


def _headline(short: str, review: Finding | None, strategy: Finding | None) -> Sentence:
    if review is None and strategy is None:
        return says("The memo on {payer} has nothing to stand on yet: neither its contract nor its"
                    " claims are on file.", payer=short)  # fmt: skip
    first = strategy or review
    assert first is not None
    told = Sentence(first.headline.text, first.headline.figures, first.headline.citations)
    return joined([says("The memo on {payer} is ready.", payer=short), told])
