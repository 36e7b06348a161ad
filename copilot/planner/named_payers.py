"""Payers named in a message, however they are spelt.

A payer is found by canonical name, by alias, by its distinctive words alone ("Granite
Peak", "kestrel"), by its initials, and near misses of these ("athem", "rocky mtn").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from rapidfuzz.distance import DamerauLevenshtein

from copilot.planner.known_words import plain_words
from copilot.planner.spans import Span
from copilot.planner.vocabulary import Vocabulary, folded

_TOKEN = re.compile(r"[A-Za-z0-9+]+(?:&[A-Za-z]+)?(?:'[a-z]{1,2}\b)?")
_GENERIC = (
    "health healthcare plan plans insurance insurer company mutual national benefit benefits group"
    " care life assurance partners partner services network of the and inc corp co llc colorado"
    " advantage medical community state family first new select permanente choice"
)
_COMMON = frozenset(_GENERIC.split())
_SHORTENED = {
    "mtn": "mountain",
    "mt": "mountain",
    "mtns": "mountain",
    "hlth": "health",
    "hc": "healthcare",
    "natl": "national",
    "ins": "insurance",
    "advntg": "advantage",
    "pk": "peak",
    "ck": "creek",
    "crk": "creek",
    "lk": "lake",
}
_MEDICARE = "medicare"
_BENCHMARK_BEFORE = re.compile(
    r"(?:%|percent|pct|points?|pts?)?\s*(?:\b(?:of|to|vs\.?|versus|against|with|than|over|above|below"
    r"|under|times|x|beside|relative to|next to|from|at|matches|match|matching|pays?|paid"
    r"|gap to|behind|compared|beats?|beating|exceeds?|tops?)\b)"
    r"(?:\s+(?:the|current|what|our|20\d\d|colorado|national|today's|this year's"
    r"|traditional|straight"
    r"|plain))*\s*$",
    re.IGNORECASE,
)
_BENCHMARK_AFTER = re.compile(
    r"^(?:'s)?\s*(?:rates?|fee|fees|schedule|allow\w*|benchmark|pays?\b|plus|minus|\+|price|prices"
    r"|amount|level|year|20\d\d|year|physician|parity)",
    re.IGNORECASE,
)


class PayerNames:
    """The names by which one workspace's payers go; `spans` finds them in a text."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._payers = vocabulary.payers
        self._aliases = dict(vocabulary.aliases)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Folded name to canonical name: given, then derived where it fits one payer only."""
        given = {
            folded(alias): payer
            for alias, payer in self._aliases.items()
            if folded(alias) not in _CELLS_ONLY
        }
        own = (*self._aliases.values(), *self._payers)
        given |= {folded(payer): payer for payer in own}
        derived: dict[str, set[str]] = defaultdict(set)
        for payer in self._payers:
            for name in _short_names(payer):
                derived[name].add(payer)
        for name, owners in derived.items():
            if len(owners) == 1 and (name not in given or given[name] not in self._payers):
                given[name] = next(iter(owners))
        return {name: payer for name, payer in given.items() if len(name) > 1}

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of every name, which spelling must leave alone."""
        return frozenset(word for name in self.names for word in name.split())

    def spans(self, text: str) -> list[Span]:
        """Payers in the text, in order; Medicare as a yardstick is none."""
        tokens = [
            (match.start(), match.end(), _bare(match.group())) for match in _TOKEN.finditer(text)
        ]
        found: list[Span] = []
        at = 0
        while at < len(tokens):
            span, used = self._starting(text, tokens, at)
            if span and not (
                span.value.lower().startswith(_MEDICARE) and _is_benchmark(text, span)
            ):
                found.append(span)
            at += used
        return found

    def _starting(
        self, text: str, tokens: list[tuple[int, int, str]], at: int
    ) -> tuple[Span | None, int]:
        for width in range(min(6, len(tokens) - at), 0, -1):
            window = tokens[at : at + width]
            start, end = window[0][0], window[-1][1]
            if re.search(r"[.?!;,\n]\s", text[start:end]):
                continue
            words = [word for *_, word in window]
            payer = self._named(words, text[start:end])
            if payer:
                return Span("payer", start, end, payer), width
        return None, 1

    def _named(self, words: list[str], raw: str) -> str | None:
        for spelling in (words, [_SHORTENED.get(word, word) for word in words]):
            name = " ".join(spelling)
            payer = self.names.get(name)
            if payer:
                if len(spelling) == 1 and name in plain_words() and not raw[:1].isupper():
                    return payer if name not in _RISKY else None
                return payer
        return self._near(" ".join(words))

    def _near(self, name: str) -> str | None:
        """The payer whose name is a slip away: one letter, two in a long name."""
        words = name.split()
        if len(name) < 4 or name.isdigit() or len(words) > 3:
            return None
        if all(word in plain_words() for word in words):
            return None
        best, closest = None, 3
        for known, payer in self.names.items():
            if len(known) < 5 or len(known.split()) != len(words):
                continue
            allowed = 1 if len(known) < 9 else 2
            pairs = zip(words, known.split(), strict=True)
            if any(word != own and word in plain_words() for word, own in pairs):
                continue
            away = DamerauLevenshtein.distance(name, known, score_cutoff=allowed)
            slip = away <= allowed and (name[0] == known[0] or away == 1)
            if slip and away < closest:
                best, closest = payer, away
        return best


_RISKY = frozenset(
    (
        "select",
        "access",
        "choice",
        "bright",
        "first",
        "summit",
        "clover",
        "devoted",
        "surest",
        "bind",
    )
)
# Spellings met in the cells of a claims file, which mean something else in a sentence.
_CELLS_ONLY = frozenset(
    folded(name)
    for name in [
        "patient",
        " patients",
        " none",
        " self",
        " cash",
        " sp",
        " friday",
        " wc",
        " w c",
        " part b",
        " va",
        " self paid",
        " direct pay",
        " patient pay",
        " no insurance",
        " sliding fee",
    ]
)


def _bare(token: str) -> str:
    return re.sub(r"'s?$|'$", "", token.lower().replace("&", " and ")).replace("'", "")


def _short_names(payer: str) -> set[str]:
    """Shorter names that people use: distinctive words, the first of them, initials."""
    full = folded(re.sub(r"\(.*?\)", " ", payer)).split()
    own = [word for word in full if word not in _COMMON]
    names = {" ".join(own), " ".join(full[:2])}
    names |= {" ".join(full[:count]) for count in range(2, len(full))}
    if own and own[0] == full[0] and len(own[0]) > 3:
        names.add(own[0])
    if len(own) > 1 and len(own[1]) > 3 and own[1] not in plain_words():
        names.add(own[1])
    if len(full) > 2:
        names.add("".join(word[0] for word in full))
        names.add("".join(word[0] for word in full if word not in ("of", "and", "the")))
    drop = {"of the", "the", "health", "medicare", "medicaid", "state"}
    return {name for name in names if len(name) > 2} - drop


def _is_benchmark(text: str, span: Span) -> bool:
    """Whether Medicare stands here as the yardstick and not as one who pays."""
    before, after = text[: span.start], text[span.end :]
    if re.match(r"\s+(?:advantage|supplement|part d)\b", after, re.IGNORECASE):
        return True
    if re.search(r"\bfrom\s*$", before) and not re.match(r"\s*(?:rates?|fee)", after):
        return False
    return bool(_BENCHMARK_BEFORE.search(before) or _BENCHMARK_AFTER.match(after))
