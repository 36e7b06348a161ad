"""Checks on papers: contract, terms, review, days, notices."""

from __future__ import annotations

from decimal import Decimal

from copilot.readiness.step import Found, Scene, check
from knowledge.evidence import Basis, Figure, says
from knowledge.terms.family import terms_in_force
from knowledge.terms.names import TERM_NAMES


@check("contract")
def _contract(scene: Scene) -> Found:
    base = [d for d in scene.contract if d.kind == "contract"]
    if not base:
        return Found(False, says("no contract of {payer} is on file", payer=scene.short))
    more = len(scene.contract) - len(base)
    tail = ", with what amends it" if more else ""
    return Found(True, says("{name}{tail}", name=base[-1].name, tail=tail))


@check("terms")
def _terms(scene: Scene) -> Found:
    if not scene.contract:
        return Found(False, says("no contract to read"))
    terms = terms_in_force(scene.contract)
    found = {term.name for term in terms if term.found}
    basis = Basis("terms found with section and page", source=scene.contract[0].name)
    count = Figure(f"Terms found, {scene.short}", Decimal(len(found)), "count", basis)
    every = Figure(
        "Terms looked for", Decimal(len(TERM_NAMES)), "count", Basis("our list of terms")
    )
    words = says("{count} of {every} terms stand in it", count=count, every=every)
    return Found(len(found) * 3 >= len(TERM_NAMES), words)


@check("reviewed")
def _reviewed(scene: Scene) -> Found:
    if not scene.contract:
        return Found(False, says("no contract to review"))
    if scene.was_run("review_contract") or scene.was_run("redline_contract"):
        return Found(True, says("the review was asked for here"))
    return Found(False, says("it was not reviewed here yet"))


@check("dates")
def _dates(scene: Scene) -> Found:
    days = scene.days
    if days is None:
        return Found(False, says("no contract to read them from"))
    for figure, words, key in (
        (days.say_by, "the last working day to say it shall not renew is {day}{where}", "stop"),
        (days.renews, "it renews on {day}{where}", "renews"),
        (days.reopens, "rates may be reopened on {day}' notice{where}", "reopens"),
        (days.notice, "either side may leave on {day}' notice{where}", "notice"),
    ):
        if figure is not None:
            where = days.cited.get(key)
            if where is None:
                return Found(True, says(words.replace("{where}", ""), day=figure))
            return Found(True, says(words.replace("{where}", " {where}"), day=figure, where=where))
    return Found(False, says("the contract names no day that could be read"))


@check("notices")
def _notices(scene: Scene) -> Found:
    waiting = [each for each in scene.due if each.kind == "notice" and each.ours]
    if waiting:
        day = Figure(f"{scene.short}: {waiting[0].what}", waiting[0].act, "date",
                     Basis("as the notice is read"))  # fmt: skip
        return Found(False, says("{what}, by {day}", what=waiting[0].what, day=day))
    return Found(True, says("none is on file that waits"))
