"""Who is who in a contract: the names by which it calls the payer and the practice."""

from __future__ import annotations

import re
from dataclasses import dataclass

PAYER_WORDS = (
    r"health plan|plan|payer|payor|insurer|carrier|hmo|mco|health maintenance organization"
    r"|managed care organization|managed care entity"
)
PROVIDER_WORDS = (
    r"participating provider|participating physician|contracted provider|provider|physician"
    r"|practice|medical group|clinic|practitioner|clinician|physician group|provider group"
    r"|practice group|professional group"
)
_NOT_A_PARTY = (
    r"(?:benefit|care|treatment|employee|self-funded|self-insured|sponsor's|coverage|action"
    r"|corrective action|welfare|medicare advantage|payment) plans?\b"
    r"|\bplan (?:of|sponsors?|documents?|years?|members?)\b|\bprovider (?:manual|handbook|guide"
    r"|portal|website|number|directory|relations|services|network)\b|\bother providers?\b"
    r"|\bnon-?participating providers?\b|\bprudent (?:physician|clinician|practitioner)s?\b"
    r"|\bphysician fee schedule\b|\bpayer mix\b|\bhealth insurance\b|\bprimary (?:payer|payor"
    r"|insurer|carrier|plan)s?\b|\bother (?:payer|payor|insurer|carrier|plan)s?\b"
    r"|\bsecondary (?:payer|payor|insurer|carrier|plan)s?\b|\bprimary care (?:physician|provider)s?"
    r"|\banother (?:payer|payor|insurer|carrier|plan)\b|\bgovernment(?:al)? payers?\b"
    r"|\b(?:either|neither|one|both|each|any|two|between|all) of us\b|\bbetween us\b"
    r"|\b(?:scope|standards?|course|guidelines?|patterns?) of (?:\w+ ){0,2}practice\b"
    r"|\b(?:accepted|clinical|medical|good|prevailing|standard) practices?\b(?! group| shall"
    r"| may| will)"
    r"|\bpractice (?:of medicine|guidelines?|patterns?|act)\b"
)
_DEFINED = re.compile(
    r"[(\[][^()\[\]\"“”]{0,60}[\"“](?P<name>[A-Z][\w&.' -]{1,40}?)[,.]?[\"”][^()\[\]]{0,60}[)\]]"
)
_QUOTED = re.compile(r"[\"“]([A-Z][\w&.' -]{1,40}?)[,.]?[\"”]")
_IS_PAYER = re.compile(
    r"insur|health plan|health maintenance|benefit|hmo|managed care|payer|payor|administrator"
    r"|medicare advantage|mutual|health services corporation|health coverage|coverage programs",
    re.IGNORECASE,
)
_IS_PROVIDER = re.compile(
    r"medical|medicine|clinic|physician|family|pediatric|p\.?c\.?\b|practice|professional"
    r"|group of|provider|care associates|health cent",
    re.IGNORECASE,
)
_PLAN_ACTS = re.compile(
    r"(?<!Benefit )(?<!Health )(?<!Care )(?<!Coverage )(?<!your )\bPlan\b(?! of| Document| Year)"
    r"|\bthe plan(?:'s)? (?:shall|will|may|must|pays?|has|agrees|can(?:not)?|does|is)\b"
)

_USUAL = {
    "group": "provider",
    "participating group": "provider",
    "company": "payer",
    "corporation": "payer",
    "administrator": "payer",
    "organization": "payer",
    "participant": "provider",
    "contractor": "provider",
}


@dataclass(frozen=True)
class Parties:
    """Patterns that turn each party's names into the words `payer` and `provider`."""

    payer: re.Pattern[str]
    provider: re.Pattern[str]
    plain_english: bool

    def named(self, text: str) -> str:
        """Lower-case text in which the parties stand as "payer" and "provider"."""
        kept: list[str] = []

        def keep(match: re.Match[str]) -> str:
            kept.append(match[0])
            return f"‹{len(kept) - 1}›"

        text = re.sub(_NOT_A_PARTY, keep, text)
        text = self.provider.sub("provider", self.payer.sub("payer", text))
        if self.plain_english:
            text = re.sub(r"\b(?:we|us)\b", "payer", text)
            text = re.sub(r"\bour\b", "payer's", text)
            text = re.sub(r"\byou\b", "provider", text)
            text = re.sub(r"\byour\b", "provider's", text)
        return re.sub(r"‹(\d+)›", lambda match: kept[int(match[1])], text)


def parties_of(text: str, payer: str | None = None) -> Parties:
    """The parties of a contract, from its defined terms and the payer's name if known.

    A name put in quotes and brackets near the start is a party's; which party, its own
    words or the words before it say. "We" and "you" count where a text is written so.
    """
    payers, providers = {PAYER_WORDS}, {PROVIDER_WORDS}
    if not _PLAN_ACTS.search(text):
        payers = {PAYER_WORDS.replace("|plan|", "|")}
    for match in _DEFINED.finditer(text[:8000]):
        before = re.split('["“”]', text[max(0, match.start() - 160) : match.start()])[-1]
        for name in (each.lower() for each in _QUOTED.findall(match[0])):
            if re.fullmatch(rf"(?:the )?(?:{PAYER_WORDS}|{PROVIDER_WORDS})s?", name):
                continue
            if re.search(
                r"agreement|contract|amendment|effective|act|services?$|part(y|ies)", name
            ):
                continue
            if name in _USUAL:
                (payers if _USUAL[name] == "payer" else providers).add(name)
            elif _IS_PAYER.search(before):
                payers.add(re.escape(name))
            elif _IS_PROVIDER.search(before):
                providers.add(re.escape(name))
    for name, side in _USUAL.items():
        acts = rf"(?m:^|[^\w\s]\s*|\b[a-z']+ |\b(?:The|That|If|When|Unless|And) ){name.title()}"
        if re.search(
            rf"{acts}(?:['’]s\b| (?:shall|will|may|must|agrees|pays|need|cannot)\b)", text
        ):
            (payers if side == "payer" else providers).add(name)
    for name in PROVIDER_WORDS.split("|"):
        if " " not in name and re.search(rf"\b{name.title()}s (?:shall|will|may|agree)\b", text):
            providers.add(f"{name}s")
    if payer:
        words = payer.lower().split()
        payers.update(re.escape(" ".join(words[:n])) for n in range(2, len(words) + 1))
        if len(words[0]) > 5:
            payers.add(re.escape(words[0]))
    you = len(re.findall(r"\b(?:you|your)\b", text.lower()))
    we = len(re.findall(r"\b(?:we|our|us)\b", text.lower()))
    plain = you > max(1, len(text) // 1500) or (you and we and you + we > max(2, len(text) // 750))
    return Parties(_any(payers), _any(providers), bool(plain))


def _any(names: set[str]) -> re.Pattern[str]:
    words = {word for name in names for word in name.split("|")}
    longest = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:the )?(?:{'|'.join(longest)})\b(?!-)")
