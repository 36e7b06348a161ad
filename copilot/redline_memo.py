"""The one-page memo that goes with a redline: the changes by weight, for whoever reads first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from copilot.exports.page import Page, one_line
from knowledge.redline.change import Change
from tools.practice import Practice
from tools.redlining.files import RedlineFile

MOST_LINES = 14  # what fits a page beside its head and its foot
LONGEST = 84  # characters of a change's words in one line
_HEADS = {"high": "First", "medium": "Then", "low": "Also", "": "Also"}


def memo_page(
    practice: Practice,
    payer: str,
    changes: Sequence[Change],
    files: Sequence[RedlineFile],
    day: date,
) -> Page:
    """The memo as a page to be written; the payer may read it, so it tells no level and no
    fallback."""
    lines = [
        f"To {payer}, on {' and '.join(file.document.name for file in files)}: the changes that"
        f" {practice.name} proposes, the weightiest first. Each stands in the marked paper as a"
        " tracked change with its comment."
    ]
    shown = changes[:MOST_LINES]
    names = [file.document.name for file in files] if len(files) == 1 else []
    for weight in dict.fromkeys(change.severity for change in shown):
        lines += ["", f"## {_HEADS.get(weight, 'Also')}", ""]
        lines += [f"- {_line(change, names)}" for change in shown if change.severity == weight]
    if len(changes) > len(shown):
        lines += ["", f"{len(changes) - len(shown)} more are in the paper's comments."]
    foot = ["Statutes named in the comments are information with their date: confirm with counsel."]
    if any(file.rendered for file in files):
        foot.append(
            "The paper is a Word rendering: please send your own Word file for the next round."
        )
    return Page(
        subject=f"Proposed changes to the {practice.payers.short_name(payer)} agreement",
        body="\n".join([*lines, "", " ".join(foot)]),
        payer=payer,
        practice=practice.name,
        letter=False,
        today=day,
    )


def _line(change: Change, names: Sequence[str]) -> str:
    """One change in a line; the paper's name is left out where there is only one."""
    where = change.citation
    for name in names:
        where = where.removeprefix(name).strip(" ,") or where
    if change.where == "new paragraph":
        said = f"new clause: {_short(change.new)}"
    elif not change.new:
        said = "taken out"
    elif change.where == "after the words":
        said = f"adds: {_short(change.new)}"
    elif change.old and len(change.old) <= LONGEST // 2:
        said = f"“{one_line(change.old)}” becomes “{_short(change.new)}”"
    else:
        said = f"now reads: {_short(change.new)}"
    return f"**{change.title}** ({_plain(where)}): {_plain(said)}"


def _short(words: str) -> str:
    words = one_line(words)
    if len(words) <= LONGEST:
        return words
    return words[:LONGEST].rsplit(" ", 1)[0] + " …"


def _plain(words: str) -> str:
    """Words in which Markdown finds nothing to do."""
    for mark in ("*", "_", "[", "]", "<", ">"):
        words = words.replace(mark, "\\" + mark if mark in "*_[]" else " ")
    return words
