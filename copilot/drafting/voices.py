"""The voice of a draft: a number by which drafts to different payers are worded differently."""

from __future__ import annotations

import zlib

from copilot.drafting.other_payers import PUBLIC
from tools.practice import Practice


def voice_of(practice: Practice, payer: str) -> int:
    """The payer's place among the practice's payers; from its name where it is not there."""
    known = [name for name in practice.payers.known() if name not in PUBLIC]
    return known.index(payer) if payer in known else zlib.crc32(payer.encode()) % 97
