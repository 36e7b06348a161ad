"""What the rep does with a line: holds, steps for a reason, objects, tries a trap, closes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from copilot.rehearsal.acts import Act, Reply
from copilot.rehearsal.answers_given import reactions
from copilot.rehearsal.closing import adjourned, closing, how_to_end, middle_of, taken
from copilot.rehearsal.credit import Earned, earned
from copilot.rehearsal.ground import Ground
from copilot.rehearsal.hearing import Heard
from copilot.rehearsal.limits import STEP, on_grid
from copilot.rehearsal.state import Call
from copilot.rehearsal.temper import Temper

EXPECTS = {"least": "number", "middle": "middle", "term": "term"}
HALF = Decimal(2)
ASKS_FOR_A_NUMBER = 2
TRAP_FROM = 3
OBJECTIONS_AT_MOST = 6
TRAPS = {
    "least": "what_is_your_least", "middle": "meet_in_the_middle", "term": "rate_for_term",
}  # fmt: skip


def reply_to(call: Call, heard: Heard, temper: Temper, ground: Ground) -> Reply:
    """The rep's reply to a line. It never names or accepts a percent above its limit."""
    before = call
    call = _numbers(replace(call, turn=call.turn + 1), heard, ground)
    made = earned(call, heard, temper, ground)
    call = _patience(made.call, heard, before)
    call = replace(call, silences=call.silences + 1 if heard.silence else 0)
    if call.steps == 1:
        return closing(call, heard, temper)
    agreed = taken(call, heard)
    if agreed is not None:
        return agreed
    if "bye" in heard.flags:
        return adjourned(call, heard)
    if call.patience <= 0:
        over = replace(call, steps=2, ended="hung_up").with_event("hung_up")
        return Reply(over, (Act("hang_up"),))
    acts = reactions(before, call, heard, temper, ground)
    main = _main(call, heard, temper, made)
    return Reply(main.call, (*acts, *main.acts))


def target_of(call: Call, temper: Temper) -> Decimal:
    """How far the credit carries now, at most to the limit and to what was asked for."""
    ratio = min(Decimal(1), call.credit / temper.need)
    if not call.authority:
        ratio = min(ratio, temper.alone)
    if temper.dated and not call.dated:
        return Decimal(0)
    reached = on_grid(call.opening + (call.limit - call.opening) * ratio)
    reached = min(reached, on_grid(call.limit))
    return min(reached, call.ask) if call.ask is not None else reached


def _numbers(call: Call, heard: Heard, ground: Ground) -> Call:
    """The ask of this line, with what it tells of how the user bargains."""
    ask = heard.ask
    if ask is None and heard.medicare is not None:
        ask = from_medicare(heard.medicare, ground)
    if heard.ranged:
        call = call.with_event("range", low=ask)
    if heard.yearly is not None:
        call = call.with_event("yearly", percent=heard.yearly)
    if ask is None:
        return call
    before = call.ask
    if before is None:
        first = call.offer is None
        return replace(call, ask=ask, first_ask=ask).with_event("ask", percent=ask, first=first)
    if ask < before:
        last = call.of("ask")[-1]
        moved = call.stepped > int(last["turn"])
        paid = heard.condition or bool(heard.trades)
        call = call.with_event("ask", percent=ask, first=False)
        what = "lowered" if moved or paid else "bid_down"
        return replace(call, ask=ask).with_event(what, percent=ask)
    if ask > before:
        return replace(call, ask=ask).with_event("raised", percent=ask)
    return call.with_event("held", percent=ask)


def from_medicare(percent: Decimal, ground: Ground) -> Decimal | None:
    """A percent of Medicare as a raise on today's rates, to a tenth; None where it is none."""
    now = ground.number("rates", "now") or ground.number_paid()
    if not now:
        return None
    raised = ((percent / now - 1) * 100).quantize(Decimal("0.1"))
    return raised if raised > 0 else None


def _patience(call: Call, heard: Heard, before: Call) -> Call:
    less = 0
    fresh = (
        len(call.shown) > len(before.shown)
        or call.clause != before.clause
        or bool(heard.questions or heard.trades or heard.flags & {"dated", "writing", "refuse"})
        or call.ask != before.ask
    )
    if not fresh and call.turn > 1:
        less += 1
    less += 2 * ("insult" in heard.flags) + (
        "threat" in heard.flags and call.count("measured") == 0
    )
    return replace(call, patience=call.patience - less)


def _main(call: Call, heard: Heard, temper: Temper, made: Earned) -> Reply:
    """The one thing the rep does itself, after it has answered."""
    target = target_of(call, temper)
    named = heard.ask is not None or heard.medicare is not None
    if named and call.ask is not None and call.ask <= min(target, call.limit):
        return _accepted(call, heard)
    if "split" in heard.flags:
        return _split(call, target)
    stepped = _step(call, heard, temper, made, target)
    if stepped is not None:
        return stepped
    if call.ask is None and "offer" in heard.questions:
        return _own_number(call, temper)
    if call.turn == 1 and call.ask is None and temper.name != "tough":
        return Reply(call, ())
    if call.ask is None and call.turn >= ASKS_FOR_A_NUMBER and call.expects != "number":
        return Reply(replace(call, expects="number"), (Act("ask_number"),))
    first = [e for e in call.of("ask") if int(e["turn"]) == call.turn]
    if first and len(call.of("ask")) == 1 and call.ask is not None:
        said = replace(call, expects="objection")
        lead = Act("flinch", {"ask": call.ask})
        return _objecting(said, temper, (lead,)) or Reply(said, (lead,))
    moved = any(int(e["turn"]) == call.turn for e in (*call.of("lowered"), *call.of("bid_down")))
    waits = call.final or moved or "offer" in heard.questions
    if waits and call.offer is not None:
        held = replace(call, expects="offer")
        return Reply(held, (Act("hold_final" if call.final else "hold", {"offer": call.offer}),))
    if call.offer is not None and call.offer >= on_grid(call.limit) and not call.final:
        done = replace(call, final=True, expects="offer")
        return Reply(done, (Act("final", {"offer": call.offer}),))
    trapped = _trap(call, temper)
    if trapped is not None:
        return trapped
    return _objecting(call, temper) or _hold(call)


def _accepted(call: Call, heard: Heard) -> Reply:
    """The rep agrees to what was asked for, which never lies above its limit."""
    assert call.ask is not None and call.ask <= call.limit
    done = replace(call, steps=1, deal=call.ask, offer=call.ask, expects="close")
    done = done.with_event("deal", by="rep")
    return Reply(done, (Act("accept_ask", {"ask": call.ask}), *how_to_end(heard)))


def _own_number(call: Call, temper: Temper) -> Reply:
    """The user lets the rep go first: a low number, where this rep names one at all."""
    if (temper.dated and not call.dated) or call.opening <= 0:
        return Reply(replace(call, expects="number"), (Act("no_number"),))
    call = replace(call, offer=call.opening, stepped=call.turn, expects="offer")
    call = call.with_event("rep_anchored", percent=call.opening)
    return Reply(call, (Act("first_offer", {"offer": call.opening}),))


def _step(call: Call, heard: Heard, temper: Temper, made: Earned, target: Decimal) -> Reply | None:
    """A step on the number, only for a reason and no sooner than this rep's pace allows."""
    if call.ask is None and "offer" not in heard.questions:
        return None
    on_table = call.offer if call.offer is not None else Decimal(0)
    soon = call.stepped and call.turn - call.stepped < temper.pace
    reasons = [reason for reason in made.reasons if not reason.startswith("question:")]
    first_ask = len(call.of("ask")) == 1 and int(call.of("ask")[0]["turn"]) == call.turn
    if first_ask and not reasons and call.shown:
        reasons = [call.shown[-1]]  # what was shown before the number counts for it now
    fresh = (made.gain > 0 or first_ask) and call.credit > call.stepped_at
    if not reasons or not fresh or soon or target <= on_table:
        return None
    reached = on_grid(on_table + (target - on_table) * Decimal("0.7"))
    reached = min(max(reached, on_table + STEP), target)
    if call.ask is not None and reached >= call.ask:
        return _accepted(call, heard)
    reason, first = reasons[0], call.offer is None
    lead = (Act("flinch", {"ask": call.ask}),) if first_ask and call.seed % 2 else ()
    call = replace(
        call, offer=reached, stepped=call.turn, stepped_at=call.credit, expects="offer"
    ).with_event("step", to=reached, before=on_table, why=reason)
    return Reply(call, (*lead, Act("first_offer" if first else "step", {"offer": reached}, reason)))


def _split(call: Call, target: Decimal) -> Reply:
    call = call.with_event("split")
    if call.offer is None or call.ask is None:
        return Reply(replace(call, expects="number"), (Act("split_nothing"),))
    middle = middle_of(call)
    if middle <= target and middle > call.offer:
        call = call.with_event("step", to=middle, before=call.offer, why="split")
        call = replace(call, offer=middle, stepped=call.turn, stepped_at=call.credit,
                       expects="offer")  # fmt: skip
        return Reply(call, (Act("split_taken", {"offer": middle}),))
    return Reply(replace(call, expects="offer"), (Act("split_no", {"offer": call.offer}),))


def _trap(call: Call, temper: Temper) -> Reply | None:
    """Now and then something a careful negotiator does not walk into."""
    fresh = [trap for trap in temper.traps if trap not in call.traps]
    if not fresh or call.turn < TRAP_FROM or (call.turn + call.seed) % 3 or call.ask is None:
        return None
    trap = next((each for each in fresh if each != "middle" or _can_split(call)), "")
    if not trap:
        return None
    call = replace(call, traps=(*call.traps, trap)).with_event("trap", kind=trap)
    call = replace(call, expects=EXPECTS[trap], objection=TRAPS[trap])
    return Reply(call, (Act(f"trap_{trap}"),))


def _can_split(call: Call) -> bool:
    """Whether the middle lies where this rep may go; it proposes no other."""
    if call.offer is None or call.ask is None:
        return False
    return call.offer < (call.offer + call.ask) / HALF <= call.limit


def _objecting(call: Call, temper: Temper, lead: tuple[Act, ...] = ()) -> Reply | None:
    fresh = [key for key in temper.objections if key not in call.said and _fits(key, call)]
    if not fresh or len(call.said) >= OBJECTIONS_AT_MOST:
        return None
    at = call.seed % min(2, len(fresh)) if not call.said else 0
    key = fresh[at]
    call = replace(call, objection=key, said=(*call.said, key), expects="objection",
                   objected=call.turn)  # fmt: skip
    return Reply(call.with_event("objection", objection=key), (*lead, Act(f"objection_{key}")))


def _fits(key: str, call: Call) -> bool:
    """Whether an objection makes sense now."""
    if key in ("final_offer", "only_some_codes"):
        return call.offer is not None
    if key == "too_much_at_once":
        return call.ask is not None
    if key == "leave_then":
        return call.count("threat") + call.count("measured") > 0
    if key in ("our_data_differ", "all_practices_say_quality", "medicare_went_up"):
        return bool({*call.shown, *call.told} - {"costs_up"})
    return True


def _hold(call: Call) -> Reply:
    call = replace(call, expects="offer" if call.offer is not None else "objection")
    if call.offer is None:
        return Reply(call, (Act("hold_none"),))
    return Reply(call, (Act("hold", {"offer": call.offer}),))
