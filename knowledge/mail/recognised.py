"""Whether a text is a mail: by the head it begins with, or by the quoted heads inside it."""

from __future__ import annotations

import re

from knowledge.mail.quoted import messages_in

_HEAD = re.compile(
    rb"^(return-path|received|delivered-to|from|to|cc|subject|date|sent|message-id|mime-version"
    rb"|reply-to|x-[\w-]+|content-type|content-transfer-encoding|dkim-signature|arc-[\w-]+"
    rb"|authentication-results|in-reply-to|references|thread-[\w-]+|importance|user-agent"
    rb"|von|de|da|gesendet|an|betreff|envoy\xc3\xa9|objet|fecha|asunto|para|data|oggetto)\s*:",
    re.IGNORECASE,
)
_LEAD = re.compile(rb"^\s*(?:\d{1,9}\s*\r?\n(?=[A-Za-z-]{2,40}:)|From \S+ [^\n]{10,80}\n)")


def begins_as_mail(head: bytes) -> bool:
    """Whether bytes begin with the heads of a mail: a sender and two more, one below the other."""
    head = _LEAD.sub(b"", head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))
    seen: set[bytes] = set()
    for line in head[:16_384].splitlines():
        if not line.strip():
            break
        if line[:1] in (b" ", b"\t") and seen:
            continue
        found = _HEAD.match(line)
        if found:
            seen.add(found[1].lower())
        elif not re.match(rb"[!-9;-~]{1,60}:", line):
            return False
    sender = {b"from", b"return-path", b"von", b"de", b"da"} & seen
    route = {b"received", b"message-id", b"mime-version", b"date", b"sent", b"gesendet",
             b"envoy\xc3\xa9", b"fecha", b"data"} & seen  # fmt: skip
    return bool(sender and route and len(seen) >= 3)


def reads_as_thread(text: str) -> bool:
    """Whether a pasted text holds at least one message with its sender and day."""
    if begins_as_mail(text[:20_000].encode()):
        return True
    return any(each.on and each.sender for each in messages_in(text[:40_000]))
