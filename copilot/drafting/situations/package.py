"""What is sent with a request: the data package, item by item; the proposal, point by point."""

from __future__ import annotations

import re

from copilot.drafting.asked import Ask
from copilot.drafting.evidence import Evidence
from copilot.drafting.looked_up import LookedUp, figure_named
from copilot.drafting.occasion import Occasion
from copilot.drafting.pieces.piece import Piece
from copilot.drafting.shared_values import Value
from copilot.drafting.wording import Wording, capital
from knowledge.evidence import Citation, Figure, Sentence
from tools.papers.standing_paper import Clause

MOST = {"brief": 2, "short": 3, "usual": 5, "long": 7}
STEP = re.compile(
    r"(\d+(?:\.\d+)?)\s?(?:%|percent) (?:a|per|each|every) year|escalator of (\d+(?:\.\d+)?)\s?%",
    re.IGNORECASE,
)


def package(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    """The enclosures that the data on file give, each with its chief figure."""
    spoken = Wording(wording.kind, wording.facts, wording.values)
    volume = [evidence.volume] if evidence.volume else []
    lines: list[Sentence] = []
    quality = 0
    ranked = sorted(evidence.pieces, key=lambda p: (p.pain != "rates", -p.strength))
    for piece in [*ranked[:1], *volume, *ranked[1:]]:
        kind = piece.id.partition(":")[0]
        quality += kind == "quality"
        if quality > 1 and kind == "quality":
            continue
        made = _item(spoken, piece, kind)
        if made is not None and len(lines) < MOST[wording.facts.length]:
            lines.append(made)
    text = "\n".join(f"- {line.text}" for line in lines) + "\n"
    figures = tuple(figure for line in lines for figure in line.figures)
    note = Sentence("The figures come as a workbook when you take the draft away as xlsx; attach"
                    " that file, so that the mail holds what it says it holds.")  # fmt: skip
    values = point_worth(looked, wording.facts.payer, ask)
    listed = [Sentence(text, figures)] if lines else []
    return Occasion(values=values, parts={"package_list": listed}, notes=(note,))


def proposal(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    """The points of a proposal: the step, what the user ties to it, its form, what stays."""
    facts, desk = wording.facts, looked.desk
    lines = [made for part in ("propose_step", "propose_worth") if (made := wording.say(part))]
    own = []
    if (step := STEP.search(f"{desk.question} {facts.topic}")) is not None:
        own.append(f"{step[1] or step[2]}% on each anniversary after that")
    if facts.topic.strip() and not STEP.search(facts.topic):
        own.append(facts.topic.strip().rstrip("."))
    lines += [Sentence(f"{capital(words)}.") for words in own]
    clause = _amending(evidence)
    more: dict[str, Value] = {"clause": clause.said} if clause else {}
    form = wording.first("propose_form", "propose_form_plain", more=more)
    rest = wording.say("propose_rest") if facts.length not in ("brief", "short") else None
    lines += [made for made in (form, rest) if made is not None]
    text = "\n".join(f"- {line.text}" for line in lines) + "\n"
    figures = tuple(figure for line in lines for figure in line.figures)
    cited: tuple[Citation, ...] = (clause.citation,) if clause else ()
    return Occasion(parts={"propose_list": [Sentence(text, figures, cited)]}, citations=cited)


def opening(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    """What a step of one percent is worth, where the opening names no number yet."""
    return Occasion(values=point_worth(looked, wording.facts.payer, ask))


def point_worth(looked: LookedUp, payer: str, ask: Ask) -> dict[str, Value]:
    """The yearly dollars of one percent on this payer's rates, where no ask is priced."""
    if ask.worth is not None:
        return {}
    found = looked.finding("model_fee_change", payer=payer, percent=1)
    worth = figure_named(found, "worth") if found else None
    return {"point": worth} if isinstance(worth, Figure) and worth.number > 0 else {}


def _item(wording: Wording, piece: Piece, kind: str) -> Sentence | None:
    low = "_low" if piece.values.get("better") == "low" else ""
    return wording.first(f"item_{kind}{low}", f"item_{kind}", more=piece.values)


def _amending(evidence: Evidence) -> Clause | None:
    return next((c for c in evidence.paper.clauses if c.kind == "amendment"), None)
