"""The lines of a table of contents, which name sections but are none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.documents.blocks import Block

_LEADER = re.compile(r"(?:\.\s?){4,}\s*[\divxl]{1,5}\s*$|…+\s*[\divxl]{1,5}\s*$|_{4,}\s*\d{1,4}$")
_TITLE = re.compile(
    r"(?:table of contents|contents|index of (?:sections|exhibits)|index|list of (?:exhibits"
    r"|attachments|schedules|appendices))\s*:?",
    re.IGNORECASE,
)
_PAGE = re.compile(r"[\s.|…]*(?:page\s*)?\d{1,4}\s*$", re.IGNORECASE)
LONGEST_LINE = 140


def contents_lines(blocks: Sequence[Block]) -> set[int]:
    """The places in `blocks` of lines that belong to a table of contents.

    Lines with dot leaders anywhere; after a caption such as "Table of Contents", short lines
    that end with a page number or whose words stand again further down.
    """
    found = {at for at, block in enumerate(blocks) if _LEADER.search(block.text)}
    keys = [_key(block.text) for block in blocks]
    for at, block in enumerate(blocks):
        if not _TITLE.fullmatch(block.text.strip()):
            continue
        misses = 0
        run = [at]
        for later in range(at + 1, len(blocks)):
            text = blocks[later].text
            short = len(text) <= LONGEST_LINE
            again = short and any(
                key.startswith(keys[later]) for key in keys[later + 1 :] if keys[later]
            )
            if later in found or (short and (again or bool(_PAGE.search(text)))):
                run.append(later)
                misses = 0
            else:
                misses += 1
                if misses > 1 or not short:
                    break
        found.update(run)
    return found


def _key(text: str) -> str:
    """A line without its page number, case and spacing, to be found again as a heading."""
    bare = _PAGE.sub("", text) if len(text.split()) > 1 else text
    return re.sub(r"[^a-z0-9]+", "", bare.lower())
