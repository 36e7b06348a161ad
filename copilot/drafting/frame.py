"""An email's parts put into its frame: which parts are said, in which order, in what form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from copilot.drafting.asked import Ask
from copilot.drafting.evidence import Evidence
from copilot.drafting.pieces.piece import Piece
from copilot.drafting.purposes import Purpose
from copilot.drafting.wording import Wording, capital
from knowledge.evidence import Citation, Figure, Sentence

WHO = ("who", "who_without_sites", "who_by_volume", "who_by_profile")
LEADS = ("gain_lead",)


@dataclass
class Frame:
    """One email being put together.

    given: paragraphs or sentences of this occasion by part, said as they are. cited: what
    the sentences stand on, filled while they are said.
    """

    wording: Wording
    purpose: Purpose
    evidence: Evidence
    ask: Ask
    pieces: Sequence[Piece]
    given: Mapping[str, Sequence[Sentence]]
    cited: list[Citation] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)

    def paragraphs(self) -> list[str]:
        """The paragraphs of the draft's frame, empty ones left out, the user's words last."""
        frame = self.purpose.frames[self.wording.turn("frame", len(self.purpose.frames))]
        made = [self._paragraph(parts) for parts in frame]
        own = " ".join(f"{capital(w.rstrip('. '))}." for w in self.wording.facts.added)
        last = made.pop() if len(made) > 1 else ""
        return [text for text in (*made, own, last) if text]

    def _paragraph(self, parts: Sequence[str]) -> str:
        said = [(part, text) for part in parts for text in self._texts(part)]
        if not any(part not in LEADS for part, _ in said):
            return ""
        if self.wording.facts.form == "bullets" and len(said) > 2:
            lead = [text for part, text in said if part in LEADS]
            items = "\n".join(f"- {text}" for part, text in said if part not in LEADS)
            return "\n\n".join([*lead, items])
        lists = [text for _, text in said if "\n" in text]
        running = " ".join(text for _, text in said if text not in lists)
        return "\n\n".join(text for text in (running, *lists) if text)

    def _texts(self, part: str) -> list[str]:
        sentences = self._sentences(part)
        for sentence in sentences:
            self.cited.extend(sentence.citations)
            self.figures.extend(sentence.figures)
        return [sentence.text for sentence in sentences]

    def _sentences(self, part: str) -> list[Sentence]:
        facts = self.wording.facts
        if part in self.given:
            return list(self.given[part])
        if part in ("pieces", "rates", "gains"):
            return [made for piece in self._of(part) for made in self._piece(piece)]
        if part == "gain_lead" and (facts.length == "short" or not self._of("gains")):
            return []
        if part == "pass_on" and facts.length == "short":
            return []
        if part == "clause":
            return self._clause()
        if part == "who":
            short = facts.length == "short"
            return self._first("who_by_volume") if short else self._first(*WHO)
        if part == "ask":
            return self._first("ask_of_medicare" if self.ask.of_medicare else "ask")
        return self._first(part)

    def _first(self, *parts: str) -> list[Sentence]:
        made = self.wording.first(*parts)
        return [made] if made else []

    def _of(self, part: str) -> list[Piece]:
        if part == "pieces":
            return list(self.pieces)
        return [p for p in self.pieces if (p.pain == "rates") == (part == "rates")]

    def _piece(self, piece: Piece) -> list[Sentence]:
        made = self.wording.first(*piece.parts, more=piece.values)
        self.cited.extend(piece.citations)
        return [made] if made else []

    def _clause(self) -> list[Sentence]:
        clause = self.evidence.paper.standing()
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
