"""All terms of a contract, and of a family of contract and amendments."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from functools import cache

from knowledge.documents.document import Document
from knowledge.problems import BadInput
from knowledge.terms.names import TERM_MODULES, TERM_NAMES
from knowledge.terms.reading import Reader, paper_of, read
from knowledge.terms.term import Term


@cache
def reader_of(name: str) -> Reader:
    """The reader of a term; raises BadInput for a name that is not a term."""
    if name not in TERM_MODULES:
        raise BadInput(f"term {name!r}", "no such term", f"use one of {', '.join(TERM_NAMES)}")
    reader = importlib.import_module(f"knowledge.terms.{TERM_MODULES[name]}").READER
    assert isinstance(reader, Reader) and reader.name == name
    return reader


def read_terms(document: Document, names: Sequence[str] | None = None) -> list[Term]:
    """The terms of one document, in the order of the names (all by default).

    A term with numbers of its own in an attachment is one entry per line of business; a
    term that is not there has one entry that says where was looked.
    """
    paper = paper_of(document)
    wanted = TERM_NAMES if names is None else tuple(names)
    return [term for name in wanted for term in read(reader_of(name), paper)]
