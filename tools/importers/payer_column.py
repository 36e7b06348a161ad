"""The spellings of payers in one file, each settled on one canonical name.

The fullest spelling of a cluster gives a new payer its name. What is only alike stays open:
its rows name no payer until the user has chosen among the candidates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from knowledge.payer_names import PayerBook, Resolution
from knowledge.payer_spelling import (
    abbreviates,
    core,
    folded,
    initials,
    key,
    product_apart,
    slipped,
    without_codes,
    without_tag,
)

_SELF_PAY = re.compile(r"^(?:self ?pay|selfpay|private pay|cash pay|patient pay|uninsured)\b")
PROGRAMS = ("medicare", "medicaid", "self_pay", "workers_comp", "other")
_PROGRAM_WORDS = frozenset(
    ("advantage", "medicare", "medicaid", "senior", "medigap", "supplement", "exchange", "dual")
)
_FORMS = frozenset(("inc", "incorporated", "llc", "corp", "corporation", "co", "ltd", "pbc"))
_SHORTENED = _FORMS | {"ins", "assn", "natl", "hlth", "mut", "svcs", "grp", "comm", "assoc"}
_EVERYDAY = frozenset(
    ("none", "self", "patient", "cash", "united", "bind", "part b", "health first", "friday",
     "devoted", "surest", "wc", "bright health", "multi plan", "nhp")
)  # fmt: skip


@dataclass(frozen=True)
class Settled:
    """What one spelling became; `name` is None where it is for the user to say."""

    name: str | None
    product: str | None
    line_of_business: str | None
    shown: str


@dataclass
class Settlement:
    """All spellings of a file; `learned` are names to keep with their spellings, `unsure`
    are spellings that other payers are alike, `near` those read as a name they only
    come close to."""

    names: dict[str, Settled] = field(default_factory=dict)
    learned: dict[str, set[str]] = field(default_factory=dict)
    unsure: dict[str, tuple[str, ...]] = field(default_factory=dict)
    near: dict[str, str] = field(default_factory=dict)


def settle(spellings: Mapping[str, int], payers: PayerBook) -> Settlement:
    """Each spelling (with how often it stands) settled; the book itself is not changed."""
    done = Settlement()
    clusters: dict[str, set[str]] = {}
    read: dict[str, tuple[str, Resolution]] = {}
    book = payers
    by_key: Counter[str] = Counter()
    tags = _tags(spellings)
    for spelling, times in spellings.items():
        by_key[key(product_apart(spelling)[0])] += times
    for spelling in sorted(
        spellings, key=lambda s: _fullness(s, spellings[s], by_key), reverse=True
    ):
        found = book.resolve(spelling)
        if _SELF_PAY.match(folded(spelling)):
            found = Resolution("Self-pay", (), "alias")
        if re.fullmatch(r"[A-Z]{2}", spelling.strip()) and found.name is None:
            found = _two_letters(spelling, found, book)
        program = product_apart(spelling)[2] in ("medicare_advantage", "medicaid")
        # A carrier nobody has met is not made up from the name of its Medicare plan.
        apart = found.product is not None and (found.name is not None or not program)
        written = as_named(_untagged(product_apart(spelling)[0] if apart else spelling, tags))
        if found.name is None and found.candidates:
            done.unsure[spelling] = found.candidates
            if (
                found.how == "unsure"
                and not _outweighs(spelling, found, spellings, clusters)
                and not _of_another_program(spelling, found)
            ):
                read[spelling] = ("", found)
                continue
        name = found.name or written
        read[spelling] = (name, found)
        clusters.setdefault(name, set())
        if name != "Self-pay":
            clusters[name].add(written)
        book = PayerBook(payers.workspace, also=clusters)
    _turn_about(done, spellings, clusters, read, payers)
    final = {name: _best_name(name, members, payers, by_key) for name, members in clusters.items()}
    for spelling, names in done.unsure.items():
        done.unsure[spelling] = tuple(dict.fromkeys(final.get(each, each) for each in names))
    for name, members in clusters.items():
        known = {name} if name in payers.known() else set()
        done.learned.setdefault(final[name], set()).update(members | known)
    for spelling, (name, found) in read.items():
        if found.how == "near" and name:
            done.near[spelling] = final[name]
        if not name:
            done.names[spelling] = Settled(
                None, found.product, found.line_of_business, spelling[:80]
            )
            continue
        done.names[spelling] = Settled(
            final[name],
            found.product,
            found.line_of_business or payers.line_of_business(name),
            "Self-pay" if name == "Self-pay" else spelling[:80],
        )
    return done


def _two_letters(spelling: str, found: Resolution, book: PayerBook) -> Resolution:
    """Two letters may be any payer's first ones: those that they fit are proposed."""
    letters = folded(spelling)
    fits = [name for name in book.known() if "".join(w[0] for w in folded(name).split()) == letters]
    names = tuple(dict.fromkeys((*fits, *found.candidates)))
    return Resolution(None, names, "unsure") if names else found


def _of_another_program(spelling: str, found: Resolution) -> bool:
    """Whether a name and those like it say different programs ("Kestrel Advantage" beside
    "Kestrel Health Plan"): it stands apart, and the likeness is still proposed."""
    own = _PROGRAM_WORDS & set(key(spelling).split())
    return bool(found.candidates) and all(
        own != _PROGRAM_WORDS & set(key(name).split()) for name in found.candidates
    )


def _outweighs(
    spelling: str,
    found: Resolution,
    spellings: Mapping[str, int],
    clusters: Mapping[str, set[str]],
) -> bool:
    """Whether a name that is only alike was met in this file alone, and less often."""
    met = [
        sum(spellings.get(each, 0) for each in clusters[name] | {name})
        for name in found.candidates
        if name in clusters
    ]
    return len(met) == len(found.candidates) and sum(met) < spellings[spelling]


def _turn_about(
    done: Settlement,
    spellings: Mapping[str, int],
    clusters: dict[str, set[str]],
    read: dict[str, tuple[str, Resolution]],
    payers: PayerBook,
) -> None:
    """Of two new names that are alike the one met less often is the one in doubt."""
    for spelling, names in list(done.unsure.items()):
        own = read[spelling][0]
        for name in names:
            known = name in payers.known() or payers.settled(name)
            if not own or name not in clusters or known or read[spelling][1].how != "unsure":
                continue
            if _of_another_program(spelling, Resolution(None, (name,), "unsure")):
                continue
            for each, (cluster, found) in list(read.items()):
                if cluster == name:
                    read[each] = ("", found)
                    done.unsure[each] = (own,)
            del clusters[name]
            done.unsure.pop(spelling, None)


def near_notes(done: Settlement) -> list[str]:
    """A sentence for each name whose spellings were only near it, so that none is silent."""
    spelled: dict[str, list[str]] = {}
    for spelling, name in sorted(done.near.items()):
        spelled.setdefault(name, []).append(f'"{as_named(spelling)}"')
    return [f"Read as {name}: {', '.join(each[:12])}." for name, each in sorted(spelled.items())]


def _tags(spellings: Iterable[str]) -> frozenset[str]:
    """The short words of letters that stand before names in this file as a system's codes do.

    One is a code where the name behind it begins with those letters, or where nearly every
    payer of the file has one.
    """
    told = {s: rest for s in spellings if (rest := without_tag(s))}
    tags = {s: s.strip()[: len(s.strip()) - len(rest)].strip(" -–:/|") for s, rest in told.items()}
    everywhere = len(told) > 2 and len(told) * 5 >= 4 * len(set(spellings))
    return frozenset(
        tag
        for spelling, tag in tags.items()
        if everywhere
        or initials(tag, told[spelling])
        or folded(told[spelling]).replace(" ", "").startswith(tag.lower())
    )


def _untagged(spelling: str, tags: frozenset[str]) -> str:
    """A spelling without the codes before and behind its name."""
    bare = without_codes(spelling)
    rest = without_tag(bare)
    tag = bare[: len(bare) - len(rest)].strip(" -–:/|") if rest else ""
    return rest if rest and tag in tags else bare


def _best_name(name: str, written: set[str], payers: PayerBook, by_key: Mapping[str, int]) -> str:
    """The fullest spelling of a cluster, unless its name stands already.

    A slip of a letter gives way to what is met more often.
    """
    if payers.settled(name):
        return name
    often: Counter[str] = Counter()
    for spelling in written | {name}:
        often[core(spelling)] += by_key.get(key(product_apart(spelling)[0]), 0)
    usual = core(name) if name in payers.known() else often.most_common(1)[0][0]
    written = {each for each in written | {name} if not slipped(core(each), usual)}
    best = name if name in written else min(written)
    for spelling in sorted(written):
        best = spelling if fuller(spelling, best) else best
    alike = {best, *(each for each in written if key(each) == key(best))}
    chosen = min(alike, key=lambda each: (*_dress(each), each != best, each))
    if _dress(chosen)[1] and any(not _dress(each)[1] for each in alike):
        # Others write it without: "Obsidian Assurance, Inc." is OBSIDIAN ASSURANCE.
        return re.sub(r"(?i)(?:[,\s]+(?:inc|incorporated|llc|corp|corporation|ltd|pbc)\.?)+$", "",
                      chosen)  # fmt: skip
    return chosen


def _dress(name: str) -> tuple[bool, int]:
    """What speaks against one of several dresses of a name: one case throughout, and legal
    forms behind it."""
    forms = sum(word in _FORMS - {"co", "company"} for word in folded(name).split())
    return name.isupper() or name.islower(), forms


def fuller(new: str, old: str) -> bool:
    """Whether a spelling names the same payer in fuller or plainer words than the known one."""
    one, other = key(new), key(old)
    if not (one == other or one.startswith(f"{other} ") or abbreviates(new, old)):
        return False
    if slipped(new, old):
        return False
    if old.isupper() != new.isupper():
        return old.isupper()
    if one == other and set(folded(new).split()) - set(folded(old).split()) <= _FORMS:
        return False
    return len(folded(new)) > len(folded(old))


def _fullness(
    spelling: str, count: int, by_key: Mapping[str, int]
) -> tuple[int, int, int, int, bool, str]:
    """What orders spellings: words, how often they are met in any dress, then length."""
    name = product_apart(spelling)[0]
    words = key(name)
    plain = not name.isupper()
    return len(words.split()), by_key[words], len(words), count, plain, spelling


def as_named(text: str) -> str:
    """A payer's name on one line, without control characters, at most 80 characters."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())[:80]
    ends = plain.split()[-1:] or [""]
    # A stop behind the name is the export's; behind "Inc." it is the name's.
    if plain.endswith(".") and folded(ends[0]) not in _SHORTENED and len(ends[0].rstrip(".")) > 2:
        plain = plain.rstrip(".")
    return plain


def mentioned(texts: Iterable[str], payers: PayerBook, programs: bool = True) -> list[str]:
    """Payers that the texts name, those of the earlier texts first; longer spellings win.

    Everyday words never count as a name; without `programs` neither do Medicare and the like.
    """
    found: dict[str, None] = {}
    for text in texts:
        left = f" {folded(re.sub(r'(?i)(?:%|percent) of (?:the )?.{0,24}medicare', ' ', text))} "
        for spelling in sorted(payers.aliases(), key=lambda s: (-len(s), s)):
            name = payers.aliases()[spelling]
            if len(spelling) < 3 or spelling in _EVERYDAY:
                continue
            if not programs and payers.line_of_business(name) in PROGRAMS:
                continue
            if f" {spelling} " in left:
                left = left.replace(f" {spelling} ", " | ")
                found.setdefault(name)
    return list(found)
