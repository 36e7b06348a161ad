"""What a draft is asked about itself: what changed in it, and why it holds this evidence."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from copilot.desk import Desk
from copilot.drafting.differences import changed_sentences
from copilot.drafting.earlier_version import two_versions
from copilot.drafting.evidence import gather
from copilot.drafting.facts import facts_from
from copilot.drafting.looked_up import LookedUp
from copilot.drafting.plan import score
from copilot.drafts import Draft
from knowledge.evidence import TOKEN, Basis, Figure, Finding, Sentence, Table, plain, says

EVIDENCED = ("email", "talking_points", "call_script")
OTHERS = 4
CALLED = {"bh_questions": "list of questions", "talking_points": "list of talking points"}


def what_changed(desk: Desk, draft: Draft, numbers: Sequence[int]) -> Finding:
    """The differences between two versions, sentence by sentence; see two_versions."""
    before, now = two_versions(desk.drafts.versions(draft.id), numbers)
    pairs = [
        *([(plain(before.subject), plain(now.subject))] if before.subject != now.subject else []),
        *changed_sentences(plain(before.body), plain(now.body)),
    ]
    versions = [
        Figure("Version", Decimal(each.version), "count", Basis("of the draft")) for each in
        (before, now)
    ]  # fmt: skip
    many = Figure("Places that differ", Decimal(len(pairs)), "count",
                  Basis(f"sentences of versions {before.version} and {now.version}"))  # fmt: skip
    headline = says(
        "Version {now} differs from version {before} in {many} {places}.", now=versions[1],
        before=versions[0], many=many, places="place" if len(pairs) == 1 else "places",
    )  # fmt: skip
    if not pairs:
        headline = says("Versions {before} and {now} read the same.", before=versions[0],
                        now=versions[1])  # fmt: skip
    return Finding(
        headline=headline,
        figures=_figures(desk, before, now),
        table=Table("What was taken out and put in", ("Was", "Is now"),
                    tuple((was or None, now or None) for was, now in pairs), 12)
        if pairs else None,
        next_steps=(f"Go back to version {before.version}", "Why this evidence?"),
        details={"draft": draft.id, "kind": draft.kind, "payer": draft.payer,
                 "version": draft.version},
        done="Compared two versions of the draft",
    )  # fmt: skip


def why_this(desk: Desk, draft: Draft) -> Finding:
    """The plan of a draft: each piece with its reason, and what else is on file to swap in."""
    kind = CALLED.get(draft.kind, draft.kind.replace("_", " "))
    rows = tuple((str(each["what"]), str(each["why"])) for each in draft.plan)
    many = Figure("Pieces of evidence", Decimal(len(rows)), "count", Basis("of the draft's plan"))
    headline = says("This {kind} stands on {many} {pieces} of evidence.", kind=kind, many=many,
                    pieces="piece" if len(rows) == 1 else "pieces")  # fmt: skip
    if not rows:
        headline = says("This {kind} was not built from chosen evidence: what it stands on is"
                        " listed under it.", kind=kind)  # fmt: skip
    return Finding(
        headline=headline,
        sentences=_others(desk, draft),
        figures=_figures(desk, draft),
        table=Table("Why this evidence", ("Evidence", "Why it stands there"), rows)
        if rows else None,
        next_steps=("Show what changed", "Make it shorter"),
        details={"draft": draft.id, "kind": draft.kind, "payer": draft.payer,
                 "version": draft.version},
        done="Looked up the draft's plan",
    )  # fmt: skip


def _others(desk: Desk, draft: Draft) -> tuple[Sentence, ...]:
    """Pieces on file that the draft does not use, the fittest first."""
    if draft.kind not in EVIDENCED or not draft.payer:
        return ()
    facts = facts_from(draft.facts)
    line = desk.practice.payers.line_of_business(draft.payer)
    held = {str(each.get("id")) for each in draft.plan}
    left = sorted(
        (piece for piece in gather(LookedUp(desk), facts).pieces if piece.id not in held),
        key=lambda piece: -score(piece, line, facts),
    )[:OTHERS]
    if not left:
        return (Sentence("Nothing else is on file that would speak for this request."),)
    figures = tuple(figure for piece in left for figure in piece.figures())
    listed = "; ".join(piece.what for piece in left)
    return (Sentence(f"Also on file, to swap in: {listed}.", figures),)


def _figures(desk: Desk, *drafts: Draft) -> tuple[Figure, ...]:
    """The figures that these versions show, again from the thread."""
    keys = [m.group(2) for each in drafts for m in TOKEN.finditer(f"{each.subject}\n{each.body}")
            if m.group(1) == "f"]  # fmt: skip
    known = {f["id"] for f in desk.ledger.figures()}
    return tuple(desk.ledger.figure(key) for key in dict.fromkeys(keys) if key in known)
