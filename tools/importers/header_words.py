"""What the words of a claims column's header say, where no listed name fits it.

A header is read as a person reads it: whose money, what became of it, which day. Words alone
decide nothing; a column is offered only where its cells are of the kind that the words name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from tools.importers.cell_values import clean, day, money, number
from tools.importers.claim_status import payer_order, stated
from tools.importers.procedure_code import code_and_modifiers
from tools.importers.worded_columns import are_member_numbers

REASON_CODE = re.compile(
    r"(?:(?:CO|PR|OA|PI|CR)[-\s]?[A-Z]?\d{1,4}|[A-Z]?\d{1,3})(?:[^\d.].*)?",
    re.I,
)
PLAN_KIND = re.compile(
    r"\b(?:ppo|hmo|epo|pos|hdhp|indemnity|medicare|medicaid|advantage|narrow|tiered|"
    r"open access|network|exchange|marketplace|commercial|managed|ffs|fee for service|chp|"
    r"d-?snp|mapd|supplement|medigap|individual|small group|large group|choice|bronze|silver|"
    r"gold|platinum|select|self.?pay|workers?.? comp\w*|tricare|work comp)\b",
    re.I,
)


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b")


_PAYERS = _any(
    "insurances?|insurers?|carriers?|payers?|payors?|third party|3rd party|tpp|plan|package"
)
_PERSON = _any(
    "patients?|members?|guarantor|client|self|enrollee|insured|beneficiary|subscriber|family|"
    "customer|responsible party"
)
_GOT = _any(
    "paid|payments?|received|receipts?|reimbursed|reimbursements?|remitted|collected|"
    "collections?|receipted"
)
_OTHER_MONEY = _any(
    "adjustments?|adjusted|contractual|write|writeoffs?|written|discount|interest|withhold|"
    "withheld|tax|variance|expected|refunds?|secondary|tertiary|second|prior|other|credit|"
    "incentive|bonus|unapplied|not|non|disallowed|rejected|denied"
)
_OWED = _any(
    "owes|owed|owing|due|responsibility|responsible|liability|share|portion|balance|bill|billed|"
    "part|amount|cost|obligation|payable|pays|left|remaining|transfer|transferred|total|resp"
)
_PART = _any("copay|copayment|co pay|coinsurance|co insurance|deductible")
_ALLOWED = _any(
    "allowed|allowable|allowance|approved|negotiated|contract|contracted|eligible|"
    "eligibility|recognized|repriced|"
    "considered|covered"
)
_BILLED = _any(
    "charge|charged|charges|billed|gross|submitted|fee|fees|list price|full fee|standard fee|"
    "usual fee|ucr|invoiced|price"
)
_SERVED = _any(
    "service|visit|encounter|treatment|treated|performed|rendered|seen|appointment|session"
)
_NOT_SERVED = _any("birth|born|through|thru|to|end|last|until|create|created|received|due|next")
_PAID_DAY = _any(
    "paid|payment|check|cheque|remit|remittance|received|eft|era|eob|deposit|deposited|"
    "adjudicated|adjudication|processed|settled|settlement|finalized|cleared"
)
_POSTED = _any("post|posted|posting|entered|entry|booked")
_SENT = _any("submitted|submission|filed|filing|sent|billed|transmitted|dropped")
_STATUS = _any("status|result|outcome|disposition|decision|state|action|adjudication|determination")
_REASONS = _any(
    "why|reasons?|denials?|denied|rejections?|rejected|carc|rarc|remarks?|adjustment|explanation|edit|cause"
)
_PRODUCT = _any("plan|product|class|type|network|tier|program|coverage|policy|benefit|kind|lob")
_OF_PRODUCTS = _any("product|plan type|type of plan|benefit plan|kind of plan|plan name|network")
_ORDER = _any(
    "order|rank|level|sequence|priority|coverage|primary|secondary|filing|cob|position|tier|"
    "payer|payor|insurance|responsibility|first|carrier"
)
_OF_LINES = _any("line|charge|service|item|detail|procedure|transaction|tx|claim|bill|row")
_OF_PAYERS = _any("payer|payor|insurance|carrier|coverage|cob|filing|responsibility|primary|plan")
_LINE = _any("line|sequence|seq|item|detail")
_CLAIM = _any("claims?|invoice|encounter|ticket|voucher|visit|bill|statement|superbill|icn|dcn")
_CODE = _any("procedures?|cpt|cpt4|hcpcs|service|services|billed|billing|code")
_UNITS = _any("units?|quantity|count|times|days|how many|un")
_MEMBER = re.compile(
    r"\b(?:member|insured|subscriber|policy|certificate|card|cardholder|insurance|plan|coverage|"
    r"beneficiary|enrollee|recipient|medicare|medicaid|alternate)\b.*\b(?:id|number|identifier|key|sk|no)\b"
    r"|\b(?:mbi|hicn|hic)\b|\b(?:id|number) of (?:the )?(?:member|insured|subscriber)\b"
)
_PROVIDER = _any("npi|provider|clinician|rendering|servicing|performing|doctor|physician|md")
_OTHER_PROVIDER = _any(
    "billing|group|referring|facility|supervising|ordering|pay to|payee|practice"
)
_PLACE = _any("place|site|location|setting")
_BILLED_TO = _any(
    "billed to|bill to|sent to|insured by|covered by|insured with|responsible for payment|"
    "who pays|paid by|paying"
)
_DAY_WORD = _any("date|day|on|when|dated")


def _all_read(given: Sequence[str], reader: Callable[[str], Any], share: float = 0.9) -> bool:
    read = 0
    for text in given:
        try:
            reader(text)
            read += 1
        except ValueError:
            continue
    return bool(given) and read >= share * len(given)


def _is_money(given: Sequence[str]) -> bool:
    cents = any(re.search(r"\d[.]\d\d?\b|\$", text) for text in given)
    return cents and _all_read(given, money, 0.95)


def _is_day(given: Sequence[str]) -> bool:
    dated = sum(bool(re.search(r"\d[-/. ]\d|\d-[a-z]{3}|[a-z] \d|^(?:\d{5}|\d{8})$", t, re.I))
                for t in given)  # fmt: skip
    return dated >= 0.9 * len(given) and _all_read(given, day)


def _is_order(given: Sequence[str]) -> bool:
    return len({text.casefold() for text in given}) <= 8 and _all_read(given, payer_order, 1.0)


def _is_worded_order(given: Sequence[str]) -> bool:
    """Whether cells say primary and secondary in words, whatever their header is."""
    return all(re.search(r"[A-Za-z]{2}", text) for text in given) and _is_order(given)


def _is_line_number(given: Sequence[str]) -> bool:
    """Small whole numbers that begin again with each claim."""
    if not given or not all(re.fullmatch(r"0*\d{1,2}(?:\.0)?", text) for text in given):
        return False
    numbers = [int(float(text)) for text in given]
    again = sum(b <= a for a, b in pairwise(numbers))
    return min(numbers) == 1 and (again >= 1 or len(numbers) <= 3)


def _is_plan_kind(given: Sequence[str]) -> bool:
    short = all(len(text) <= 40 for text in given)
    return bool(given) and short and kinds_of_plan(given)


def _is_few_names(given: Sequence[str]) -> bool:
    """A few short names, such as an insurer gives its products."""
    return (
        _is_payer(given)
        and len({text.casefold() for text in given}) <= 15
        and all(len(text) <= 40 for text in given)
    )


def kinds_of_plan(given: Sequence[str]) -> bool:
    """Whether cells name kinds of plans (PPO, HMO, Medicare Advantage) rather than payers."""
    few = len({text.casefold() for text in given}) <= max(4, 0.25 * len(given))
    good = sum(bool(PLAN_KIND.search(text)) for text in given)
    return few and good >= 0.8 * len(given) > 0


_NETWORKS = re.compile(
    r"(?:(?:ppo|hmo|epo|pos|hdhp|indemnity|narrow network|open access|tiered|choice|managed care|"
    r"medicare advantage|ffs|commercial|hmo-pos)[ /-]*)+(?:plan|network|product)?",
    re.I,
)


def only_networks(given: Sequence[str]) -> bool:
    """Whether cells are nothing but kinds of networks ("PPO", "Narrow Network"): no payer."""
    return bool(given) and (
        sum(bool(_NETWORKS.fullmatch(text)) for text in given) >= 0.6 * len(given)
    )


def _is_reason(given: Sequence[str]) -> bool:
    return all(len(text) <= 40 for text in given) and (
        sum(bool(REASON_CODE.fullmatch(text)) for text in given) >= 0.8 * len(given)
    )


def _is_status(given: Sequence[str]) -> bool:
    words = [text for text in given if not text.isdigit()]
    good = sum(any(stated(text, "")) for text in words)
    return bool(words) and len(set(given)) <= 12 and good >= 0.8 * len(words)


def _is_payer(given: Sequence[str]) -> bool:
    worded = sum(bool(re.search(r"[A-Za-z]{3}", text)) for text in given)
    return (
        worded >= 0.9 * len(given) > 0
        and len(set(given)) <= 0.6 * len(given) + 2
        and not only_networks(given)
        and not _is_order(given)
        and not _is_status(given)
        and not _all_read(given, day, 0.5)
    )


def _is_number(given: Sequence[str]) -> bool:
    numbered = sum(bool(re.fullmatch(r"[A-Z]{0,6}[-#]?\d[\w-]{2,}", text, re.I)) for text in given)
    return numbered >= 0.95 * len(given) > 0 and not _is_day(given) and not _is_money(given)


def _is_count(given: Sequence[str]) -> bool:
    small = all(re.fullmatch(r"-?\d{1,4}(?:\.0+)?", text) for text in given)
    return bool(given) and small and _all_read(given, number)


def _is_npi(given: Sequence[str]) -> bool:
    return bool(given) and all(re.fullmatch(r"[12]\d{9}", text) for text in given)


def _is_place(given: Sequence[str]) -> bool:
    return bool(given) and all(re.match(r"\d{1,2}(?!\d)", text) for text in given)


@lru_cache(maxsize=5_000)
def _money_field(plain: str) -> str | None:
    """Whose money the words of a header speak of, and what became of it."""
    plain = re.sub(r"\bself payment\b", "patient", plain)
    plain = re.sub(r"\bto (?:payment|paid)\b", "owed", plain)
    if len(_PART.findall(plain)) >= 2:
        return "patient_responsibility"
    if _PART.search(plain):
        return "patient_share_part" if not _GOT.search(plain) else None
    if _OTHER_MONEY.search(plain) or _DAY_WORD.search(plain):
        return None
    if _PERSON.search(plain):
        return None if _GOT.search(plain) or not _OWED.search(plain) else "patient_responsibility"
    if _ALLOWED.search(plain):
        return "allowed"
    if _GOT.search(plain):
        return "paid"
    if _BILLED.search(plain):
        return "billed" if "balance" not in plain else None
    return "paid" if _PAYERS.search(plain) and "amount" in plain.split() else None


@lru_cache(maxsize=5_000)
def _day_field(plain: str) -> str | None:
    """What happened on the day that the words of a header name."""
    if "birth" in plain or "born" in plain:
        return None
    if _POSTED.search(plain):
        return "posting_date"
    if _PAID_DAY.search(plain):
        return "paid_date"
    if _SERVED.search(plain) and not _NOT_SERVED.search(plain):
        return "service_date"
    return "submitted_date" if _SENT.search(plain) else None


_TOLD: tuple[tuple[str, re.Pattern[str], Callable[[Sequence[str]], bool]], ...] = (
    ("payer_order", _ORDER, _is_order),
    ("reason_codes", _REASONS, _is_reason),
    ("status", _STATUS, _is_status),
    ("product", _PRODUCT, _is_plan_kind),
    ("payer", _PAYERS, _is_payer),
    ("code", _CODE, lambda given: _all_read(given, code_and_modifiers)),
    ("units", _UNITS, _is_count),
    ("place_of_service", _PLACE, _is_place),
    ("claim_id", _CLAIM, _is_number),
)


def told_by_words(plain: str, cells: Sequence[str]) -> tuple[str, ...]:
    """The fields of claim lines that a header's words and its cells both speak for, the
    likeliest first; () where they do not agree."""
    given = [text for cell in cells if (text := clean(cell))][:60]
    if not given:
        # Why a line was denied stands on few lines: none of the first may have a reason.
        return ("reason_codes",) if re.search(r"\b(?:why|denial|denied)\b", plain) else ()
    if _is_worded_order(given):
        return ("payer_order",)
    if (dated := _day_field(plain)) and _is_day(given):
        return (dated,)
    if (amount := _money_field(plain)) and _is_money(given):
        return (amount,)
    if _BILLED_TO.search(plain) and _is_payer(given):
        return ("payer",)
    if _PROVIDER.search(plain) and not _OTHER_PROVIDER.search(plain) and _is_npi(given):
        return ("rendering_npi",)
    if _MEMBER.search(plain) and are_member_numbers(given):
        return ("member_id",)
    if _PERSON.search(plain):
        return ("payer_order",) if "responsible" in plain and _is_order(given) else ()
    if _LINE.search(plain) and not _OF_PAYERS.search(plain) and _is_line_number(given):
        return ("line_number",)
    found = [name for name, words, shaped in _TOLD if words.search(plain) and shaped(given)]
    if "payer_order" in found and _OF_LINES.search(plain) and not _OF_PAYERS.search(plain):
        found.remove("payer_order")
    if _OF_PRODUCTS.search(plain) and "product" not in found and _is_few_names(given):
        found.append("product")
    return tuple(found)
