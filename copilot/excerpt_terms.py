"""The terms of a piece of contract text that is not kept: for measuring the readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from knowledge.documents import plain_text
from knowledge.documents.assembly import assembled
from knowledge.terms.readers import read_terms


def terms_of_text(text: str, names: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """The terms of Markdown text read as a contract, all terms where none is named.

    Each is {"name", "value" (Decimal, str or None), "unit", "line_of_business", "found",
    "quote" (None where nothing is cited)}. Nothing is stored. Raises BadInput for text that
    is empty and for a name that is no term.
    """
    read = plain_text.read(text.encode(), "excerpt.md", "markdown")
    document = replace(assembled(read, "0" * 16, "excerpt.md"), kind="contract")
    return [
        {
            "name": term.name,
            "value": term.value,
            "unit": term.unit,
            "line_of_business": term.line_of_business,
            "found": term.found,
            "quote": term.citation.quote if term.citation else None,
        }
        for term in read_terms(document, names)
    ]
