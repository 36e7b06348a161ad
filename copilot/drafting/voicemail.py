"""The message on the machine: about twenty-five seconds, 60 to 75 words when read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from copilot.drafting.wording import Wording
from knowledge.evidence import Sentence, plain

LEAST, MOST = 60, 75
MIDDLE = 68
# What may be added, in the order of its weight, until the message is long enough.
MORE = {
    "underpayment": ("v_list", "v_again", "v_next", "v_mail"),
    "credentialing": ("v_again", "v_next", "v_mail", "v_brief"),
    "who_decides": ("v_evidence_volume", "v_next", "v_mail", "v_brief"),
    "behavioral_health": ("v_evidence_volume", "v_again", "v_next", "v_mail"),
}
USUAL_MORE = (
    "v_evidence_rates", "v_page", "v_again", "v_evidence_volume", "v_next", "v_mail", "v_brief",
)  # fmt: skip


def voicemail(wording: Wording) -> list[Sentence]:
    """Who calls, why, by when, and the number twice; then as much more as fits."""
    purpose = wording.facts.purpose
    first = [wording.say("v_hello"), wording.say(f"v_{purpose}")]
    last = [wording.say("v_day"), wording.say("v_phone")]
    more = [wording.say(part) for part in MORE.get(purpose, USUAL_MORE)]
    held = [sentence for sentence in more if sentence is not None]
    fixed = [s for s in (*first, *last) if s is not None]
    chosen = _fitting(held, spoken_words(fixed))
    middle = [s for s in first if s is not None] + [s for s in held if s in chosen]
    return [*middle, *(s for s in last if s is not None)]


def spoken_words(sentences: Sequence[Sentence]) -> int:
    """How many words are said; a number counts as one."""
    return sum(len(plain(sentence.text).split()) for sentence in sentences)


def _fitting(held: Sequence[Sentence], said: int) -> tuple[Sentence, ...]:
    """The sentences that bring the message nearest to its middle length, the weightier first."""
    best: tuple[Sentence, ...] = ()
    for size in range(len(held) + 1):
        for some in combinations(held, size):
            now, then = said + spoken_words(best), said + spoken_words(some)
            if then <= MOST and abs(then - MIDDLE) < abs(now - MIDDLE):
                best = some
    return best
