"""After a rehearsed call: what was won, what was missed, and the line to say next time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from copilot.drafting.objections import objections
from copilot.drafting.occasion import first_sentences
from copilot.drafting.wording import NAMED, capital
from copilot.rehearsal.ground import Ground
from copilot.rehearsal.scoring import Score, criteria_file, scores
from copilot.rehearsal.speaking import asked, offered
from copilot.rehearsal.state import Call
from copilot.rehearsal.temper import tempers
from knowledge.evidence import Basis, Citation, Figure, Finding, Passage, Sentence, Table, says
from knowledge.guide_entries import entry

Value = Figure | Citation | str
LINES = 3
WON = 4
_SCORED = "points by the rules of the rehearsal; see the table"


def debrief(call: Call, ground: Ground, payer: str) -> Finding:
    """The debrief of a call, with the guide's number beside each line to say next time."""
    made = scores(call)
    total = sum(score.points for score in made)
    most = sum(score.criterion.points for score in made)
    values = line_values(call, ground)
    lines = _lines(call, made, ground, values)
    figures = [
        Figure("Score of the rehearsal", Decimal(total), "count", Basis(_SCORED)),
        Figure("Points there were", Decimal(most), "count", Basis(_SCORED)),
    ]
    told = [sentence for sentence in (_won(made), _missed(made), _room(call)) if sentence]
    head = says("You scored {points} of {most} in this rehearsal: {end}.", points=figures[0],
                most=figures[1], end="{end}")  # fmt: skip
    end = _end(call)
    headline = Sentence(head.text.replace("{end}", end.text), (*head.figures, *end.figures))
    cited = [citation for line in lines for citation in line.citations]
    return Finding(
        headline=headline,
        sentences=(*told, *lines),
        figures=tuple(figures),
        passages=tuple(Passage(citation) for citation in cited),
        table=_table(made, call),
        next_steps=("Once more with the same rep", f"Call script for {payer}",
                    *_other_rep(call, payer)),
        details={"payer": call.payer, "temperament": call.temper, "score": total},
        done="Told how the rehearsal went",
    )  # fmt: skip


def hint(call: Call, ground: Ground) -> Sentence:
    """One line to say now: the reply to what stands, else the strongest thing not yet said."""
    values = line_values(call, ground)
    if call.objection:
        said = objections()[call.objection].answered(
            {k: v for k, v in values.items() if not isinstance(v, Citation)}
        )
        return Sentence(f"You could say: {said.text}", said.figures)
    if call.ask is None:
        return _said("You could say: ", _fitting(criteria_file()["number"]["line"], values), values)
    unused = _unused(call, ground)
    if unused is not None:
        return Sentence(f"You could say: {unused.text}", unused.figures)
    for key in ("questions", "trades", "close"):
        if not call.count({"questions": "question", "trades": "trade", "close": "writing"}[key]):
            line = _fitting(criteria_file()[key]["line"], values)
            return _said("You could say: ", line, values)
    return Sentence("You could say nothing and let the rep speak next.")


def line_values(call: Call, ground: Ground) -> dict[str, Value]:
    """What the lines may name: the practice's values, the ask, the raise up to Medicare."""
    values: dict[str, Value] = dict(ground.values)
    ask = call.first_ask if call.first_ask is not None else call.goal
    if ask is not None:
        values["ask"] = asked(ask)
        values["ask_percent"] = asked(ask)
    else:
        values.pop("ask", None)
    if ask != call.goal:
        values.pop("worth", None)
    now = ground.facts["rates"].figures.get("now") if "rates" in ground.facts else None
    if now is not None and now.number < 100:
        raised = (100 / now.number - 1) * 100
        basis = Basis("one hundred over the percent of Medicare paid now, less one", (now,))
        values["to_medicare"] = Figure("Raise up to Medicare", raised, "percent", basis)
    if ground.clause:
        values["clause"] = ground.clause
    if ground.citation is not None:
        values["citation"] = ground.citation
    return values


def _won(made: Sequence[Score]) -> Sentence | None:
    best = sorted((s for s in made if s.points >= 0.75 * s.criterion.points),
                  key=lambda s: -s.criterion.points)[:WON]  # fmt: skip
    if not best:
        return None
    return Sentence(f"What worked: {'; '.join(s.criterion.won for s in best)}.")


def _missed(made: Sequence[Score]) -> Sentence | None:
    worst = _worst(made)
    if not worst:
        return None
    return Sentence(f"What was missed: {'; '.join(s.criterion.missed for s in worst)}.")


def _worst(made: Sequence[Score]) -> list[Score]:
    left = [s for s in made if s.lost >= max(2, s.criterion.points / 4)]
    return sorted(left, key=lambda s: -s.lost)[:LINES]


def _room(call: Call) -> Sentence | None:
    """How much of what this rep could give was reached, in words: its limit stays its own."""
    reached = call.deal if call.deal is not None else call.offer
    if reached is None:
        return Sentence("The rep had room to move and was given no reason to use it.")
    share = (reached - call.opening) / (call.limit - call.opening)
    said = (
        "nearly all of what this rep could give" if share >= Decimal("0.8")
        else "more than half of what this rep could give" if share >= Decimal("0.5")
        else "less than half of what this rep could give"
    )  # fmt: skip
    return Sentence(f"That was {said}.")


def _end(call: Call) -> Sentence:
    if call.deal is not None:
        return says("{deal} agreed", deal=asked(call.deal))
    if call.offer is not None:
        return says("no agreement, with {offer} on the table", offer=offered(call.offer))
    return Sentence("no agreement and no offer")


def _lines(
    call: Call, made: Sequence[Score], ground: Ground, values: Mapping[str, Value]
) -> list[Sentence]:
    """For each criterion most points were lost on, the line to say and the guide's entry."""
    said = []
    for score in _worst(made):
        line = _line(call, score, ground, values)
        if line is not None:
            where = _guide(score.criterion.guide)
            said.append(
                Sentence(
                    f"\n- **{score.criterion.name}** {where.token()}. Next time: {line.text}",
                    line.figures, (*line.citations, where),
                )
            )  # fmt: skip
    return said


def _line(call: Call, score: Score, ground: Ground, values: Mapping[str, Value]) -> Sentence | None:
    key = score.criterion.key
    if key == "evidence":
        return _unused(call, ground)
    if key == "answers":
        left = call.of("unanswered")
        if not left:
            return None
        known = {k: v for k, v in values.items() if not isinstance(v, Citation)}
        return objections()[left[0]["objection"]].answered(known)
    line = _fitting(score.criterion.line, values)
    return _said("", line, values) if line else None


def _unused(call: Call, ground: Ground) -> Sentence | None:
    """The strongest evidence that was not shown, as a line."""
    templates = criteria_file()["lines"]
    left = [fact for kind, fact in ground.facts.items() if kind not in call.shown]
    for fact in sorted(left, key=lambda f: (f.kind != call.pain, -f.strength)):
        values: dict[str, Value] = {**fact.words, **fact.figures}
        template = templates.get(fact.kind, "{}")
        if set(NAMED.findall(template)) <= values.keys() and NAMED.search(template):
            return _said("", template, values)
    return None


def _fitting(listed: Sequence[str], values: Mapping[str, Value]) -> str:
    return next((w for w in listed if set(NAMED.findall(w)) <= values.keys()), "")


def _said(lead: str, template: str, values: Mapping[str, Value]) -> Sentence:
    made = says(template, **{name: values[name] for name in NAMED.findall(template)})
    return Sentence(lead + capital(made.text), made.figures, made.citations)


def _guide(section: str) -> Citation:
    found = entry(section)
    whole = Citation(found.source, found.section, None, found.start, found.end, found.text)
    return first_sentences(whole, 240)


def _table(made: Sequence[Score], call: Call) -> Table:
    rows = tuple(
        (
            score.criterion.name,
            Figure(f"Points: {score.criterion.name}", Decimal(score.points), "count",
                   Basis(_SCORED)),
            Figure(f"Points at most: {score.criterion.name}", Decimal(score.criterion.points),
                   "count", Basis(_SCORED)),
            score.criterion.won if not score.lost else score.criterion.missed
            if score.points < score.criterion.points / 2 else "partly",
            f"guide {score.criterion.guide}",
        )
        for score in made
    )  # fmt: skip
    return Table(f"The call with {tempers()[call.temper].label}, criterion by criterion",
                 ("Criterion", "Points", "Of", "What happened", "Ground"), rows)  # fmt: skip


def _other_rep(call: Call, payer: str) -> tuple[str, ...]:
    names = list(tempers())
    after = tempers()[names[(names.index(call.temper) + 1) % len(names)]]
    return (f"Rehearse with {payer}, {after.label}",)
