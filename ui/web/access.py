"""Who may open the page: a link that works once, and the cookie it is exchanged for."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable

PAUSE_BETWEEN_LINKS = 10.0


class Access:
    """The sign-in of one start of the server; both secrets end with the process.

    say: where a fresh link is told when a used one is tried again (the terminal).
    """

    def __init__(self, say: Callable[[str], None] = print) -> None:
        self._session = secrets.token_urlsafe(32)
        self._link: str | None = secrets.token_urlsafe(32)
        self._used: set[str] = set()
        self._say = say
        self._said = 0.0
        self._guard = threading.Lock()

    def link(self, origin: str) -> str:
        """The address to open, with the part that works once."""
        with self._guard:
            if self._link is None:
                self._link = secrets.token_urlsafe(32)
            return f"{origin}/?open={self._link}"

    def redeem(self, given: str) -> str | None:
        """The cookie's value for a link that was not used yet, else None."""
        with self._guard:
            if self._link is None or not _same(given, self._link):
                return None
            self._used.add(self._link)
            self._link = None
            return self._session

    def was_used(self, given: str) -> bool:
        """Whether this link was a right one once."""
        with self._guard:
            return given in self._used

    def offer_again(self, origin: str) -> None:
        """Tell a fresh link, at most one every few seconds."""
        with self._guard:
            if time.monotonic() - self._said < PAUSE_BETWEEN_LINKS:
                return
            self._said = time.monotonic()
        self._say(f"That link was used before. A new one: {self.link(origin)}")

    def admits(self, cookie: str | None) -> bool:
        """Whether a cookie is this start's own."""
        return cookie is not None and _same(cookie, self._session)


def _same(given: str, held: str) -> bool:
    """Whether two secrets are equal, whatever signs were sent; takes the same time each time."""
    return secrets.compare_digest(given.encode("utf-8", "replace"), held.encode())


def cookie_name(port: int) -> str:
    """The cookie's name; by port, because cookies of one host are shared by its ports."""
    return f"payer_copilot_{port}"
