"""What a look at the whole paper finds, beside the terms: a gap, a slip, a contradiction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.evidence import Citation
from knowledge.positions import Severity


@dataclass(frozen=True)
class Slip:
    """One thing the paper itself gets wrong.

    position: blank, exhibit_missing, defined_term_missing, contradiction, drafting_slip or
    hidden_text. subject: what it is about, in a few words ("Exhibit E"). citation: the words
    to read, None where there are none to cite (hidden text). beside: further places.
    """

    position: str
    status: Literal["fail", "partial"]
    severity: Severity
    subject: str
    reason: str
    ask: str
    citation: Citation | None
    beside: tuple[Citation, ...] = ()
