"""A contract cut into statements: sentences and list items, each with what stands above it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from knowledge.documents.document import Document, Section
from knowledge.documents.lines_of_business import line_of_business
from knowledge.terms.language.parties import Parties, parties_of
from knowledge.terms.language.patterns import compiled
from knowledge.terms.language.quantities import Duration, Percent, durations, percents

_MARKER = re.compile(
    r"\s*(?:(?:ARTICLE|SECTION|Section|Article)\s+[\dIVXLC]+(?:\.\d+)*[.:]?|§\s*\d+(?:\.\d+)*\.?"
    r"|[A-Z]?\d+(?:\.\d+)+\.?|\d{1,2}[.)]|[IVXL]+\.|[A-Z]\.|[a-z]\.|\([a-zA-Z0-9]{1,4}\)|[-•*])\s+"
)
_END = re.compile(
    r"(?<=[.?!])[\"”’')\]]*\s+(?=[\"“‘(\[]?[A-Z0-9§])|(?<=[;:,])\s+(?:and\s+|or\s+)?"
    r"(?=\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s)"
)
_NOT_AN_END = re.compile(
    r"(?:\b(?:Inc|Corp|Co|Ltd|No|Nos|Sec|Secs|Art|Dr|Mr|Ms|St|vs|e\.g|i\.e|cf|et al|approx|p\.m"
    r"|a\.m|U\.S|C\.R\.S|U\.S\.C|C\.F\.R|Reg)|\b[A-Z]|\.[A-Z])\.$"
)
_NUMBERED_PART = re.compile(
    r"\b(?:Article|Section|Part|Exhibit|Schedule|Attachment|Appendix|Addendum|Title"
    r"|Tier)\s+[A-Z]\.$"
)
_ITEM = re.compile(r"\((?:[a-zA-Z]|[ivx]{1,4}|\d{1,2})\)\s")
_ITEM_WITHIN = re.compile(r"\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s")
_VERB = re.compile(
    r"\b(?:shall|will|may|must|is|are|was|has|have|agrees?|means?|cannot|does|do not|applies"
    r"|pays?|terminates?|renews?|begins?)\b",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"\b(?:takes?|ends|lasts?|runs|starts?|continues?|expires?|stays?|remains?|becomes?|gives?"
    r"|keeps?"
    r"|holds|looks|survives?|decides?|includes|binds|governs?|controls?|prevails?|owes?|comes|goes"
    r"|says|sends|costs|can)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[a-z(]|(?:We|You|It|They|He|She|This|That|These|Those)\b|.*\d", re.DOTALL)
LINE_WORDS = {
    "medicare_advantage": (
        r"medicare advantage|medicare members?|medicare product|medicare part c"
        r"|ma (?:members?|enrollees?|products?|plans?|claims?)"
    ),
    "medicaid": r"medicaid|health first colorado",
    "chp_plus": r"chp\+|child health plan plus",
    "workers_comp": r"workers'? compensation",
    "commercial": r"commercial",
}
_FOR_LINE = {
    line: re.compile(
        rf"^(?:\W|\d)*(?:notwithstanding [^,]{{0,60}}, )?(?:(?:\w+ ){{0,3}}?{{claim}} )?"
        rf"(?:for|with respect to|as to|in the case of|under|on behalf of)\s+(?:\w+\s+){{0,6}}?"
        rf"(?:{words})\b|^(?:{words})[\w ,-]{{0,30}}(?:\||:)".replace("{claim}", "claims?")
    )
    for line, words in LINE_WORDS.items()
}
_NAMED_LINE = {line: re.compile(rf"\b(?:{words})") for line, words in LINE_WORDS.items()}
_LIST_FOLLOWS = re.compile(
    r"(?::|—|-|\bas follows\.|\bthe following[^.;]{0,60}\.|\bin (?:these steps|this way|one of"
    r" the ways below)\.|\bthese (?:rules|steps|terms|conditions)[^.;]{0,30}\.)$"
)
_OPENING = 60  # characters before a title that is the paper's own
_COLUMN_UNIT = re.compile(r"\b(?:in )?(?:(?:calendar|business) )?(days|months|years)\b")


@dataclass(frozen=True)
class Statement:
    """One sentence, or one item of a list, at [start, end) of the document's text.

    heading: the captions above it, in lower case. lead: the words that introduce the list it
    stands in, folded like `marked`. kind and scope: as in Section, but that a contract whose
    title is about one line of business has it as its base (scope None). before: the two
    statements before it in the same section, folded. columns: the head of a row's table.
    """

    raw: str
    start: int
    end: int
    heading: str
    lead: str
    scope: str | None
    kind: str
    before: str
    section: str
    parties: Parties
    columns: str = ""

    @cached_property
    def durations(self) -> tuple[Duration, ...]:
        """The spans of time in it; in a table's row also a bare number in a column of days."""
        found = durations(self.raw)
        if found or "|" not in self.raw:
            return found
        unit = _COLUMN_UNIT.search(self.columns) or _COLUMN_UNIT.search(folded(self.raw))
        cell = re.search(r"(?<=\|)\s*(?P<number>\d{1,3})\s*(?=\||$)", self.raw)
        if not (unit and cell):
            return found
        name = unit[1].removesuffix("s")
        return (Duration(Decimal(cell["number"]), name, cell.start("number"), cell.end("number")),)

    @cached_property
    def percents(self) -> tuple[Percent, ...]:
        """The percents in it."""
        return percents(self.raw)

    @cached_property
    def marked(self) -> str:
        """Its words folded: lower case, parties as payer and provider, the n-th span of time
        as ⟨n⟩, the n-th percent as ⟪n⟫."""
        pieces, at = [], 0
        marks = [(d.start, d.end, f"⟨{n}⟩") for n, d in enumerate(self.durations)]
        marks += [(p.start, p.end, f"⟪{n}⟫") for n, p in enumerate(self.percents)]
        for start, end, mark in sorted(marks):
            if start >= at:
                pieces += [self.raw[at:start], mark]
                at = end
        return self.parties.named(folded("".join([*pieces, self.raw[at:]])))

    @cached_property
    def full(self) -> str:
        """The lead and the statement in one, for a subject that stands in the lead."""
        return f"{self.lead} {self.marked}".strip()

    def states(self, pattern: str) -> bool:
        """Whether it says the pattern itself, if need be begun in the lead."""
        return any(m.end() > len(self.lead) + 1 for m in compiled(pattern).finditer(self.full))

    @cached_property
    def about(self) -> str:
        """Captions, lead and words together: what it is about."""
        return f"{self.heading} | {self.full}"


def folded(text: str) -> str:
    """Lower case, straight quotes, plain dashes, single spaces, won't and don't spelled out."""
    text = text.lower().replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    if "n't" in text or "'ll" in text:
        text = re.sub(r"\bcan't\b", "cannot", re.sub(r"\bwon't\b", "will not", text))
        text = re.sub(r"(?<=[a-z])'ll\b", " will", re.sub(r"(?<=[a-z])n't\b", " not", text))
    return " ".join(text.replace("–", "-").replace("—", " - ").replace("­", "").split())


def statements(document: Document) -> tuple[Statement, ...]:
    """Every statement of a document, in order."""
    parties = parties_of(document.text, document.payer)
    own = _line_of_all(document)
    found: list[Statement] = []
    columns = earlier = ""
    caption, caption_at, outer, outer_level, before = "", 0, "", 0, ""
    outermost = [each for each in document.sections if each.level == 1 and each.heading]
    last: Section | None = None
    for start, end in _paragraphs(document.text):
        section = document.section_at(start)
        if section is not last:
            last, before, earlier = section, "", ""
        whole = document.text[start:end]
        if "|" not in whole:
            columns = ""
        if _is_caption(whole):
            caption, caption_at, outer = folded(whole), start, ""
            continue
        if any(caption_at < each.start <= start for each in outermost):
            caption = ""
        level = section.level if section else 0
        if not (_is_item(_MARKER.match(whole)) or level > outer_level > 0):
            outer = ""
        run_in, inner = "", outer
        for n, (low, high) in enumerate(pieces := _sentences(document.text, start, end)):
            raw = document.text[low:high]
            if n == 0 and len(pieces) > 1 and _is_run_in(raw):
                run_in = folded(raw)
                continue
            if not _ITEM.match(raw):
                inner = outer
            elif not inner and found and found[-1].end <= low and found[-1].start >= start:
                inner = _as_lead(_ITEM_WITHIN.split(found[-1].full)[0])
            path = " | ".join(section.path) if section else ""
            scope = _line_of(folded(raw)) or (section.scope if section else None)
            statement = Statement(
                raw=raw,
                start=low,
                end=high,
                heading=folded(f"{path} | {caption} | {run_in}"),
                lead=inner,
                scope=None if scope == own else scope,
                kind=section.kind if section else "body",
                before=f"{earlier} {before}".strip(),
                section=section.label if section else "",
                parties=parties,
                columns=columns,
            )
            found.append(statement)
            earlier, before = before, statement.marked
            if "|" in raw and not columns:
                columns = folded(raw)
            if _LIST_FOLLOWS.search(raw):
                inner = _as_lead(statement.full)
                if high == end:
                    outer, outer_level = inner, level
    return tuple(found)


def _as_lead(full: str) -> str:
    return re.sub("[⟨⟪].[⟩⟫]", "…", full)[-400:]


def _line_of(words: str) -> str | None:
    """The one line of business that a statement begins by naming as its subject."""
    found = [line for line, said in _FOR_LINE.items() if said.match(words)]
    others = [line for line, said in _NAMED_LINE.items() if said.search(words)]
    return found[0] if len(found) == 1 and len(others) == 1 else None


def _line_of_all(document: Document) -> str | None:
    """The line of business of a whole contract, where its title is about one and no other."""
    if document.kind == "amendment":
        return None
    if document.text.find(document.title) > _OPENING:
        return None  # the caption of an attachment further down
    parts = re.split(r"\band\b|[,/&]", document.title, flags=re.IGNORECASE)
    lines = {line for part in parts if (line := line_of_business(part))}
    return lines.pop() if len(lines) == 1 else None


def _is_item(marker: re.Match[str] | None) -> bool:
    """A list's item: (a), i., 7.1.2; a whole section's number (7.1) begins a new thought."""
    if not marker:
        return False
    number = marker[0].strip()
    return number.startswith(("(", "-", "•", "*")) or number.count(".") > 1 or number[0].islower()


def _is_caption(text: str) -> bool:
    bare = _MARKER.sub("", text, count=1).strip()
    if bare.endswith("?") and len(bare.split()) <= 14 and "|" not in text:
        return True
    ends = bare.endswith((".", ";", ":", ",", " and", " or"))
    return (
        0 < len(bare.split()) <= 12
        and not ends
        and not bare[0].islower()
        and "|" not in text
        and not re.search(r":\s+\S", bare)
        and not _VERB.search(bare)
    )


def _is_run_in(text: str) -> bool:
    bare = _MARKER.sub("", text, count=1).strip()
    return (
        0 < len(bare.split()) <= 9
        and bare.endswith((".", ":"))
        and not _VERB.search(bare)
        and not (_ACTS.search(bare) and len(bare.split()) > 4)
        and not _SENTENCE.match(bare)
    )


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Paragraphs and rows: parted by an empty line, a row, or a line with a number of its own."""
    found, low, at = [], 0, 0
    for line in text.splitlines(keepends=True):
        row = "|" in line
        if not line.strip() or row or _MARKER.match(line):
            found.append((low, at))
            low = at
        at += len(line)
        if row:
            found.append((low, at))
            low = at
    found.append((low, at))
    return [trimmed for low, high in found if (trimmed := _trim(text, low, high))]


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found, low = [], start
    marker = _MARKER.match(text, start, end)
    for stop in _END.finditer(text, marker.end() if marker else start, end):
        before = text[max(low, stop.start() - 24) : stop.start()]
        if _NOT_AN_END.search(before) and not _NUMBERED_PART.search(before):
            continue
        if text[stop.start() - 1] == "." and re.search(r"(?:^|\s)\d+\.$", text[low : stop.start()]):
            continue
        if piece := _trim(text, low, stop.end()):
            found.append(piece)
        low = stop.end()
    if piece := _trim(text, low, end):
        found.append(piece)
    return found


def _trim(text: str, low: int, high: int) -> tuple[int, int] | None:
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    return (low, high) if low < high else None
