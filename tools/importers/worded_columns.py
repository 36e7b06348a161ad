"""What the words of a header say in rosters, quality, use, costs and schedules of fees.

No list of names is ever long enough. A column is offered for a field where a word of its
header may mean the field and its cells are of the field's kind; the cells decide between
readings. Of claims header_words.py tells the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from tools.importers.cell_values import clean, day, last_day, money, number, whole
from tools.importers.pay_rule import pay_rule
from tools.importers.period_text import month, period
from tools.importers.procedure_code import code_span

_NETWORKS = re.compile(
    r"(?:(?:all|any|every) (?:products?|networks?|plans?|lines of business)|"
    r"(?:(?:ppo|hmo|epo|pos|hdhp|indemnity|medicare advantage|narrow network)[ /,&-]*)+)",
    re.I,
)
_INSURERS = re.compile(
    r"\b(?:health|hlth|insur\w*|ins|mutual|mut|medicare|medicaid|blue cross|bcbs|advantage|"
    r"assur\w*|self.?pay|tricare|aetna|cigna|humana|kaiser|anthem|uhc|united ?health\w*|"
    r"benefits?|bnfts|plan|pln)\b",
    re.I,
)
Test = Callable[[Sequence[str]], bool]


def _share(given: Sequence[str], good: Callable[[str], object]) -> float:
    read = 0
    for text in given:
        try:
            read += bool(good(text))
        except ValueError:
            continue
    return read / len(given) if given else 0.0


def _is_month(text: str) -> bool:
    if month(text) is not None:
        return True
    named = day(text) if re.search(r"[-/. ]|^20\d{6}$", text) else None
    return named is not None


def are_months(given: Sequence[str]) -> bool:
    """Whether cells name months: "2025-10", "Oct 2025", or days that are all a month's first
    or all its last ones."""
    if _share(given, _is_month) < 0.9 or not given:
        return False
    days = [day(text) for text in given if month(text) is None and _share([text], day)]
    firsts = {each.day for each in days if each}
    return not firsts or firsts == {1} or firsts <= {28, 29, 30, 31} or len(firsts) == 1


def are_member_numbers(given: Sequence[str]) -> bool:
    """Whether cells look like numbers of members: letters and digits, many different ones."""
    shaped = sum(bool(re.fullmatch(r"(?=.*\d.*\d.*\d)[\w-]{5,24}", text)) for text in given)
    several = len(set(given)) >= min(3, len(given)) and len(set(given)) >= 0.1 * len(given)
    return bool(given) and shaped >= 0.9 * len(given) and several and not are_months(given)


def _are_ends(given: Sequence[str]) -> bool:
    """Days, or nothing yet: a roster's first rows may all go on."""
    return not given or _share(given, lambda text: last_day(text) or True) >= 0.9


def _are_days(given: Sequence[str]) -> bool:
    return _share(given, day) >= 0.9


def _are_numbers(given: Sequence[str]) -> bool:
    bare = [re.sub(r"[$%]", "", text).strip() for text in given]
    return bool(given) and _share(bare, lambda text: number(text) is not None) >= 0.9


def _are_counts(given: Sequence[str]) -> bool:
    """Whole numbers of patients, none of them a year throughout."""
    years = all(re.fullmatch(r"20[1-3]\d", text) for text in given)
    return not years and _share(given, lambda text: whole(text) is not None) >= 0.9


def _are_scores(given: Sequence[str]) -> bool:
    return _are_numbers(given) and all(
        0 <= (number(text.rstrip("%")) or 0) < 25 for text in given if _share([text], number)
    )


def _are_periods(given: Sequence[str]) -> bool:
    return _share(given, period) >= 0.9 or _share(given, day) >= 0.9


def _are_amounts(given: Sequence[str]) -> bool:
    return _share(given, lambda text: money(text) is not None) >= 0.8 and not _are_periods(given)


def _are_rates(given: Sequence[str]) -> bool:
    return (
        _share(given, lambda text: pay_rule(text) is not None or money(text) is not None) >= 0.8
        and _share(given, code_span) < 0.8
        and _share(given, day) < 0.5
    )


def _are_codes(given: Sequence[str]) -> bool:
    return _share(given, code_span) >= 0.6


def _are_words(given: Sequence[str]) -> bool:
    worded = sum(bool(re.search(r"[A-Za-z]{2}", text)) for text in given)
    return worded >= 0.9 * len(given) > 0 and _share(given, day) < 0.5


def _are_few_words(given: Sequence[str]) -> bool:
    few = len({text.casefold() for text in given}) <= max(6, 0.4 * len(given))
    return few and _are_words(given) and all(len(text) <= 60 for text in given)


def _are_networks(given: Sequence[str]) -> bool:
    """Whether cells say which networks a rate is of: "PPO", "HMO", "All products"."""
    return bool(given) and all(_NETWORKS.fullmatch(text) for text in given)


def are_insurers(given: Sequence[str]) -> bool:
    """Whether cells are a few names, most of them such as insurers bear."""
    said = sum(bool(_INSURERS.search(text)) for text in given)
    long = sum(len(text) > 5 for text in given)
    return _are_few_words(given) and said >= 0.6 * len(given) and long >= 0.7 * len(given)


def _are_metrics(given: Sequence[str]) -> bool:
    from knowledge.reference.utilization_metrics import utilization_metric

    return _are_words(given) and _share(given, utilization_metric) >= 0.5


def _are_measures(given: Sequence[str]) -> bool:
    from tools.importers.quality import measure_id

    return _share(given, measure_id) >= 0.6


def _are_measure_numbers(given: Sequence[str]) -> bool:
    return _are_measures(given) and all(len(text) <= 14 for text in given)


_NUMBER_OF = r"id|ids|number|identifier|mbi|hicn|subscriber|card|certificate|policy|member"
_START = (
    r"effective|eff|first|start|starts|starting|begin|begins|beginning|from|since|in force|as of|"
    r"valid"
)
_END = (
    r"end|ends|ending|ended|stop|stops|expiration|expires|expire|exp|through|thru|to|term|"
    r"terms|termed|terminated|termination|terminates|until|till"
)
_PAYER = r"payer|payor|insurer|insurance|carrier|plan|health plan|company|population|third party"
_WHEN = r"year|yr|years|period|py|my|cy|month|mo|quarter|qtr|date|time|fy"
_TOLD: dict[str, tuple[tuple[str, str, Test], ...]] = {
    "membership": (
        ("month", r"month|mo|period|span|year|as of|eligibility|attribution|report|roster|"
                  r"effective|date|coverage|assigned", are_months),
        ("term_date", rf"{_END}|disenroll\w*|exit|left|inactive|drop\w*|gone", _are_ends),
        ("risk_score", r"risk|raf|hcc|acuity|score|burden|weight|severity", _are_scores),
        ("member_id", _NUMBER_OF, are_member_numbers),
        ("month", r".*", are_months),
    ),
    "quality": (
        ("measure_id", r".*", _are_measure_numbers),
        ("measure", r".*", _are_measures),
        ("period", _WHEN, _are_periods),
        ("numerator", r"number|numer\w*|numerator|met|closed?|compl\w+|pass\w*|hits?|satisf\w+|"
                      r"performed|done|success\w*|controlled|screened", _are_counts),
        ("denominator", r"den\w*|denominator|eligible|eligibility|total|population|base|patients|"
                        r"opportunit\w+|members|pool|all", _are_counts),
        ("payer", _PAYER, _are_few_words),
        ("payer", r".*", are_insurers),
    ),
    "utilization": (
        ("metric", r".*", _are_metrics),
        ("period", _WHEN, _are_periods),
        ("comparison_value", r"network|peers?|plan|market|region\w*|state\w*|average|avg|mean|"
                             r"benchmark|theirs?|them|they|national|others?|target|community|comparison|"
                             r"norm|area|cohort|county|all|every|comparable|similar|reference|"
                             r"control|competitors?", _are_numbers),
        ("practice_value", r"practice\w*|ours?|mine|we|us|clinic|group|actual|my|your?s?|panel|"
                           r"value|rate|result", _are_numbers),
        ("payer", _PAYER, _are_few_words),
        ("payer", r".*", are_insurers),
    ),
    "practice_costs": (
        ("period", rf"{_WHEN}|posted|posting|paid", _are_periods),
        ("amount", r"amount|expenses?|costs?|total|spent|spend|paid|usd|value|debit|sum|dollars|"
                   r"actual", _are_amounts),
        ("category", r"cost|center|account|category|item|expenses?|type|name|description|ledger|"
                     r"vendor|what|line", _are_words),
    ),
    "fee_schedules": (
        ("code", r"codes?|cpt\w*|hcpcs|procedures?|services?|billed", _are_codes),
        ("rate", r"rates?|fees?|pays?|paid|payments?|price[sd]?|allow\w*|amounts?|max\w*|usd|"
                 r"compensation|reimburse\w*|contract\w*|dollars|schedule|basis|method\w*|terms|"
                 r"how", _are_rates),
        ("effective_to", rf"{_END}|last|close|sunset", _are_ends),
        ("effective_from", _START, _are_days),
        ("product", r".*", _are_networks),
        ("product", r"products?|network|plans?|lines?|business|lob|tier|program", _are_few_words),
    ),
}  # fmt: skip


@lru_cache(maxsize=512)
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:\b(?:{words})\b)" if words != ".*" else r"\w")


def worded_fields(table: str, plain: str, cells: Sequence[str]) -> tuple[str, ...]:
    """The fields of a table that a plain header's words and its cells both speak for, the
    likeliest first."""
    rules = _TOLD.get(table)
    if not rules or not plain or (table == "utilization" and re.search(r"\b20\d\d\b", plain)):
        return ()
    given = [text for cell in cells if (text := clean(cell))][:60]
    found = [
        name for name, words, shaped in rules if _pattern(words).search(plain) and shaped(given)
    ]
    if "comparison_value" in found and "practice_value" in found:
        found.remove("practice_value")
    return tuple(dict.fromkeys(found))
