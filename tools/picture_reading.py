"""Pages that are pictures, read by OCR: all at once before an answer, or page by page behind it.

Every page read is kept at once; a stop or crash loses the page under way and no other.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any

from knowledge.child import run_in_child
from knowledge.documents.ocr.page_store import Pending
from knowledge.problems import BadInput

Say = Callable[[str, float], None]
MOST_AT_ONCE = 4
_SECONDS = 330  # two readings of one page and its turning
_NOT_READ: dict[str, Any] = {"words": [], "sureness": 0.0, "width": 612.0, "height": 792.0}


def read_pages(pending: Pending, pages: Sequence[int], name: str, say: Say | None) -> None:
    """Read the pages that are still to be read, as many at once as there are processors.

    say: told which page was read and the share done; what it raises stops the reading.
    """
    missing = pending.missing(pages)
    done = len(pages) - len(missing)
    pool = ThreadPoolExecutor(max(1, min(MOST_AT_ONCE, os.cpu_count() or 1)))
    try:
        if say and missing:
            say(f"Reading {len(missing)} pictures of pages of {name} by OCR", done / len(pages))
        under_way = [pool.submit(read_page, pending, page, name) for page in missing]
        for each in as_completed(under_way):
            page = each.result()
            done += 1
            if say:
                say(f"Read page {page} of {name} by OCR ({done} of {len(pages)})",
                    done / len(pages))  # fmt: skip
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def read_page(pending: Pending, page: int, name: str) -> int:
    """Read one page in a child of its own and keep it; a page that cannot be read is kept as
    one without words, to be read by eye."""
    try:
        read = run_in_child(
            "knowledge.documents.ocr.scanned_page:read_page",
            str(pending.file),
            page,
            name,
            where=name,
            seconds=_SECONDS,
            memory_mb=3072,
            write_mb=512,
        )
    except BadInput:
        read = _NOT_READ
    pending.keep(page, read)
    return page
