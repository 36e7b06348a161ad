"""How spellings of one payer's name are told to be the same: folding, abbreviations, products.

Three strengths: folded (case and punctuation away), key (abbreviations written out, legal
forms away), core (the words that tell this payer from others). Only folded and key decide;
a core decides where it is distinctive; mere likeness is for a person to judge.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_WRITTEN_OUT = {
    "hlth": "health",
    "hth": "health",
    "hlthcare": "healthcare",
    "hlthcr": "healthcare",
    "hp": "health plan",
    "ins": "insurance",
    "insur": "insurance",
    "insr": "insurance",
    "mut": "mutual",
    "mutl": "mutual",
    "natl": "national",
    "nat": "national",
    "adv": "advantage",
    "advtg": "advantage",
    "ben": "benefit",
    "benefits": "benefit",
    "bnft": "benefit",
    "pln": "plan",
    "pl": "plan",
    "plans": "plan",
    "svc": "service",
    "svcs": "service",
    "services": "service",
    "grp": "group",
    "mtn": "mountain",
    "mcare": "medicare",
    "mcr": "medicare",
    "mcaid": "medicaid",
    "mcd": "medicaid",
    "bcbs": "blue cross blue shield",
    "comp": "company",
    "cmpny": "company",
    "assn": "association",
    "intl": "international",
    "coop": "cooperative",
    "ptnrs": "partners",
    "prtnrs": "partners",
}
_LEGAL = _words(
    "inc incorporated llc corp corporation co company ltd of the and a dba colorado pbc"
)
_GENERIC = _words(
    "health plan insurance healthcare benefit mutual national network service group life care "
    "medical advantage assurance association international"
)
_COMMON = _words(
    "united american america national first western blue select rocky mountain community "
    "family children state federal general great north south east west health medical"
)
_WITHOUT_VOWELS = {
    each[0] + re.sub(r"[aeiou]", "", each[1:]): word
    for word in sorted(_GENERIC)
    for each in (word, f"{word}s")
    if len(word) > 4
}
# A product's words at the end of a payer's name, with the line of business they tell.
_PRODUCTS: tuple[tuple[str, str, str | None], ...] = (
    (r"medicare advantage(?: plan)?|medicare adv|mcr adv|mapd|ma", "Medicare Advantage",
     "medicare_advantage"),
    (r"medicare supplement|medigap|med supp", "Medicare Supplement", "other"),
    (r"d snp|dsnp", "D-SNP", "medicare_advantage"),
    (r"medicare", "Medicare", "medicare_advantage"),
    (r"managed medicaid|medicaid", "Medicaid", "medicaid"),
    (r"chp plus|chp", "CHP+", "medicaid"),
    (r"ppo", "PPO", None),
    (r"hmo", "HMO", None),
    (r"epo", "EPO", None),
    (r"pos", "POS", None),
    (r"hdhp", "HDHP", None),
    (r"commercial|comm", "Commercial", "commercial"),
    (r"exchange|marketplace", "Exchange", "commercial"),
    (r"individual", "Individual", "commercial"),
    (r"small group", "Small group", "commercial"),
    (r"choice plus", "Choice Plus", None),
    (r"indemnity", "Indemnity", None),
)  # fmt: skip


# What clearinghouses write behind a name: "(84017)", "[payer id 84017]", "- #84017".
_PAYER_NUMBER = re.compile(
    r"(?<=[a-z.])\s*(?:[(\[]\s*(?:payer\s*)?(?:id|no\.?|number)?[\s:#]*[a-z]{0,2}\d{3,6}\s*[)\]]"
    r"|[-–/#]\s*(?:payer\s*)?(?:id|no\.?)?[\s:#]*\d{4,6})\s*$"
)


_PAYER_NUMBER_AS_WRITTEN = re.compile(_PAYER_NUMBER.pattern, re.I)
# What a practice-management system writes before a name: "GPH01 - ", "[0042] ", "P0017: ".
# Without a mark between, only a code that no name begins with ("00123 ", "GPH01 ").
_SYSTEM_CODE = re.compile(
    r"^\s*(?:[\[(]\s*[a-z]{0,5}\d{1,6}[a-z]?\s*[\])]\s*[-–:/|]?|[a-z]{0,5}\d{1,6}[a-z]?\s*[-–:/|]"
    r"|(?:0\d{1,5}|[a-z]{2,6}\d{1,6}|[a-z]\d{2,6})(?=\s))\s*(?=[a-z]{2})",
    re.I,
)
_TAG = re.compile(r"^\s*([A-Za-z]{2,6})\s*[-–:/|]\s*(?=[A-Za-z]{3})")


def without_codes(text: str) -> str:
    """A name without what a system writes before it and a clearinghouse behind it."""
    return _SYSTEM_CODE.sub("", _PAYER_NUMBER_AS_WRITTEN.sub("", text.strip())).strip()


def without_tag(text: str) -> str | None:
    """What stands behind a short word of letters and a mark ("AET - Aetna"); None without one."""
    found = _TAG.match(text)
    return text[found.end() :] if found else None


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """The name in lower case without punctuation, accents, notes in brackets and payer numbers."""
    text = unicodedata.normalize("NFKD", text).casefold()
    text = _SYSTEM_CODE.sub("", _PAYER_NUMBER.sub("", text))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"\((?:sample|invented)\)", " ", text)
    text = text.replace("&", " and ").replace("+", " plus ").replace("'", "").replace("’", "")
    return " ".join(re.sub(r"[^0-9a-z]+", " ", text).split())


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """The folded name with abbreviations written out and legal forms left away."""
    words = " ".join(_written_out(word) for word in folded(text).split()).split()
    kept = [word for word in words if word not in _LEGAL]
    return " ".join(kept or words)


def _written_out(word: str) -> str:
    """An abbreviation as the word it stands for; a generic word without its vowels too."""
    return _WRITTEN_OUT.get(word) or _WITHOUT_VOWELS.get(word, word)


def core(text: str) -> str:
    """The words of the key that tell this payer from others; "" where there are none."""
    words = key(text).split()
    while words and words[-1] in _GENERIC:
        words.pop()
    return " ".join(words)


def formal(text: str) -> bool:
    """Whether a name ends as a company's does ("... Health Plan", "... Mutual")."""
    return key(text).split()[-1:] != [] and key(text).split()[-1] in _GENERIC


def initials(text: str, name: str) -> bool:
    """Whether a spelling of three letters or more is the first letters of a name's words."""
    letters = folded(text)
    if not 3 <= len(letters) <= 6 or not letters.isalpha():
        return False
    words = folded(name).split()
    plain = [word for word in words if word not in ("of", "the", "and", "a")]
    return letters in {"".join(w[0] for w in each) for each in (words, plain, key(name).split())}


def distinctive(words: str) -> bool:
    """Whether a core may decide alone: not made only of words that many payers share."""
    return len(words) > 3 and any(word not in _COMMON for word in words.split())


def short(text: str) -> str:
    """The name without its generic last words, as people say it; the whole name if too little."""
    words = re.sub(r"\s*\((?:sample|invented)\)", "", text).replace(",", " ").split()
    kept = list(words)
    while len(kept) > 1 and (
        folded(kept[-1]) in _LEGAL or set(key(kept[-1]).split()) <= _GENERIC | {""}
    ):
        kept.pop()
    return " ".join(kept) if distinctive(folded(" ".join(kept))) else " ".join(words)


def product_apart(text: str) -> tuple[str, str | None, str | None]:
    """A name without the product at its end, the product, and its line of business if told.

    "Granite Peak Health Plan - PPO" gives ("Granite Peak Health Plan", "PPO", None).
    A name that is nothing but a product ("Medicare") is left as it is.
    """
    name, line = without_codes(text), None
    name = re.sub(r"(?i)[\s,]+(?:inc|llc|corp)\.?$|(?<=[a-z]{4})\.$", "", name)
    products: list[str] = []
    changed = True
    while changed:
        changed = False
        for pattern, product, business in _PRODUCTS:
            words = pattern.replace(" ", r"[\s\-]+")
            found = re.search(rf"^(.*\w.*?)[\s\-–/,:(]+(?:{words})\)?\+?\s*$", name, re.I)
            if found and key(found.group(1)) not in ("", "blue cross blue shield"):
                name = found.group(1).strip(" -–/,:(")
                products.insert(0, product)
                line = line or business
                changed = True
                break
    return name if products else text.strip(), " ".join(products) or None, line


def abbreviates(one: str, other: str) -> bool:
    """Whether one name is the other with some words shortened ("Granite Pk" for "Granite Peak").

    Word by word: equal, or a shorter form with the same first letter whose letters all
    stand in the longer word in their order; at least one word of four letters is equal.
    """
    first, second = key(one).split(), key(other).split()
    if len(first) != len(second) or first == second:
        return first == second
    if not any(
        a == b and len(a) >= 4 and a not in _GENERIC for a, b in zip(first, second, strict=True)
    ):
        return False
    return all(
        a == b or _shortened(a, b) or _shortened(b, a) for a, b in zip(first, second, strict=True)
    )


def _shortened(small: str, large: str) -> bool:
    if not 2 <= len(small) < len(large) or small[0] != large[0] or small.isdigit():
        return False
    rest = iter(large)
    return all(letter in rest for letter in small)


def joined(one: str, other: str) -> bool:
    """Whether two names differ only in where their words part ("Wolfcreek", "Wolf Creek")."""
    first, second = key(one), key(other)
    return first != second and len(first) > 7 and first.replace(" ", "") == second.replace(" ", "")


def slipped(one: str, other: str) -> bool:
    """Whether two names differ by one slip of a letter inside one long word, nothing else;
    in a short word only by two neighbours that changed places."""
    from rapidfuzz.distance import OSA

    first, second = key(one).split(), key(other).split()
    if len(first) != len(second) or len(key(one)) < 8:
        return False
    unlike = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    same = [a for a, b in zip(first, second, strict=True) if a == b]
    if len(unlike) == 1 and any(len(a) >= 4 and a not in _GENERIC | _COMMON for a in same):
        a, b = unlike[0]
        # Two neighbours changed in a short word ("Rde" for "Red"); nothing else can be meant.
        turned = len(a) == len(b) >= 3 and sorted(a) == sorted(b) and OSA.distance(a, b) == 1
        if turned and (a + b).isalpha():
            return True
    least = 4 if any(len(a) > 4 and a not in _GENERIC | _COMMON for a in same) else 5
    return len(unlike) == 1 and all(
        min(len(a), len(b)) >= least
        and OSA.distance(a, b) == 1
        and not any(c.isdigit() for c in a + b)
        for a, b in unlike
    )
