"""An email's parts put into its frame: which parts are said, in which order, in what form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from copilot.drafting.asked import Ask
from copilot.drafting.evidence import Evidence
from copilot.drafting.pieces.piece import Piece
from copilot.drafting.pieces.standing import stands_on
from copilot.drafting.plan import is_first
from copilot.drafting.purposes import Purpose
from copilot.drafting.wording import Wording, capital
from knowledge.evidence import Citation, Figure, Sentence

WHO = ("who", "who_without_sites", "who_by_volume", "who_by_profile")
LEADS = ("gain_lead",)
EVIDENCE = ("rates", "gains", "pieces", "who")
SHORT = ("brief", "short")


@dataclass
class Frame:
    """One email being put together.

    given: paragraphs or sentences of this occasion by part, said as they are. cited, figures
    and keys: what the sentences stand on and which parts each paragraph holds, filled while
    they are said.
    """

    wording: Wording
    purpose: Purpose
    evidence: Evidence
    ask: Ask
    pieces: Sequence[Piece]
    given: Mapping[str, Sequence[Sentence]]
    cited: list[Citation] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    keys: list[tuple[str, ...]] = field(default_factory=list)

    def paragraphs(self) -> list[str]:
        """The paragraphs of the draft's frame, empty ones left out.

        The user's own statements follow the evidence. As bullets, all evidence stands in one
        list before the last paragraph.
        """
        facts = self.wording.facts
        chosen = facts.frame
        if chosen is None or chosen >= len(self.purpose.frames):
            chosen = self.wording.turn("frame", len(self.purpose.frames))
        order = self.purpose.frames[chosen]
        if any(is_first(piece, facts) for piece in self._of("gains")):
            order = gains_first(order)
        said = [self._said(parts) for parts in order]
        self.keys = [self._keys([part for part, _ in one]) for one in said if one]
        own = [f"{capital(words.rstrip('. '))}." for words in facts.added]
        if facts.form == "bullets":
            return self._listed(said, own)
        made = [_running(one) for one in said if one]
        own = [words for words in own if not any(words in text for text in made)]
        at = max(len(made) - 1, 1)
        if own:
            made.insert(at, " ".join(own))
        return made

    def _listed(self, said: Sequence[Sequence[tuple[str, str]]], own: list[str]) -> list[str]:
        points = [text for one in said for part, text in one if part in EVIDENCE]
        rest = [[(p, t) for p, t in one if p not in (*EVIDENCE, *LEADS)] for one in said]
        made = [_running(one) for one in rest if one]
        lead = self.wording.say("list_lead")
        listed = "\n".join(f"- {capital(text)}" for text in (*points, *own))
        block = "\n\n".join(text for text in (lead.text if lead else "", listed) if text)
        made.insert(max(len(made) - 1, 1), block if listed else "")
        return [text for text in made if text]

    def _said(self, parts: Sequence[str]) -> list[tuple[str, str]]:
        """Each part's sentences; nothing where only a lead would be left."""
        left_out = self.wording.facts.dropped
        said = [(p, text) for p in parts if p not in left_out for text in self._texts(p)]
        return said if any(part not in LEADS for part, _ in said) else []

    def _keys(self, parts: Sequence[str]) -> tuple[str, ...]:
        """The parts and pieces that were said, by the names under which they can be dropped."""
        keys = [
            key
            for part in dict.fromkeys(parts)
            for key in (
                [piece.id for piece in self._of(part)]
                if part in ("pieces", "rates", "gains")
                else [part]
            )
        ]
        return tuple(keys)

    def _texts(self, part: str) -> list[str]:
        sentences = self._sentences(part)
        for sentence in sentences:
            self.cited.extend(sentence.citations)
            self.figures.extend(sentence.figures)
        return [sentence.text for sentence in sentences]

    def _sentences(self, part: str) -> list[Sentence]:
        facts = self.wording.facts
        if not self.purpose.says(part, facts.length):
            return []
        if part in self.given:
            return list(self.given[part])
        if part in ("pieces", "rates", "gains"):
            return [made for piece in self._of(part) for made in self._piece(piece)]
        if part == "gain_lead" and not self._of("gains"):
            return []
        if part == "clause":
            return self._clause()
        if part == "who":
            return self._first(*(("who_by_volume",) if facts.length in SHORT else WHO))
        if part == "ask":
            return self._first("ask_of_medicare" if self.ask.of_medicare else "ask")
        return self._first(part, f"{part}_plain")

    def _first(self, *parts: str) -> list[Sentence]:
        made = self.wording.first(*parts)
        return [made] if made else []

    def _of(self, part: str) -> list[Piece]:
        if part == "pieces":
            return list(self.pieces)
        return [p for p in self.pieces if (p.pain == "rates") == (part == "rates")]

    def _piece(self, piece: Piece) -> list[Sentence]:
        brief = self.wording.facts.length in SHORT
        parts = tuple(reversed(piece.parts)) if brief else piece.parts
        made = self.wording.first(*parts, more=piece.values)
        self.cited.extend(piece.citations)
        return [made] if made else []

    def _clause(self) -> list[Sentence]:
        clause = stands_on(self.evidence.paper)
        if clause is None:
            return []
        more: dict[str, Figure | Citation | str] = {"clause": clause.said}
        if clause.notice is not None:
            more["notice"] = clause.notice
        made = self.wording.first(clause.kind, f"{clause.kind}_open", more=more)
        if made is None:
            return []
        self.cited.append(clause.citation)
        return [made]


def gains_first(frame: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """The frame with what the payer gains where its low rates stood, if those came earlier."""
    flat = [part for parts in frame for part in parts]
    if "rates" not in flat or "gains" not in flat or flat.index("gains") < flat.index("rates"):
        return tuple(tuple(parts) for parts in frame)
    turned = {"rates": "gains", "gains": "rates"}
    return tuple(
        tuple(turned.get(part, part) for part in parts if part not in LEADS) for parts in frame
    )


def _running(said: Sequence[tuple[str, str]]) -> str:
    """Sentences one after the other; a list among them below."""
    lists = [text for _, text in said if "\n" in text]
    running = " ".join(text for _, text in said if text not in lists)
    return "\n\n".join(text.rstrip() for text in (running, *lists) if text)
