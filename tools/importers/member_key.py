"""Member ids as keyed hashes: the same person meets in claims and rosters, and is not named."""

from __future__ import annotations

import hashlib
import hmac
import re
from functools import lru_cache


@lru_cache(maxsize=200_000)
def member_key(member_id: str, secret: bytes) -> str | None:
    """24 hex digits of HMAC-SHA256 under the workspace's key; None for a blank.

    Blanks, punctuation, case and leading zeros of the id make no difference.
    """
    bare = re.sub(r"[^0-9A-Z]", "", member_id.upper()).lstrip("0")
    if not bare:
        return None
    return hmac.new(secret, bare.encode(), hashlib.sha256).hexdigest()[:24]
