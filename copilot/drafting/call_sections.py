"""The sections of a call script, each from its wordings: what is said, asked, answered, noted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from copilot.drafting.aloud import aloud, said_values
from copilot.drafting.bank import questions
from copilot.drafting.bh_answers import from_contract
from copilot.drafting.call_purposes import CallPurpose
from copilot.drafting.evidence import Evidence
from copilot.drafting.looked_up import LookedUp
from copilot.drafting.objections import objections
from copilot.drafting.pieces.piece import Piece
from copilot.drafting.shared_values import Value
from copilot.drafting.voicemail import voicemail
from copilot.drafting.wording import Wording, capital
from knowledge.evidence import Citation, Figure, Sentence

QUESTIONS = {"brief": 0, "short": 3, "usual": 4, "long": 5}
OBJECTIONS = {"brief": 0, "short": 2, "usual": 3, "long": 6}
TRADES = {"brief": 0, "short": 1, "usual": 2, "long": 3}
BLANK = "________"
GIVE = "What you can give, and for what (only what your doctors have agreed to)"
SAYS = {
    "rate_gap": "say_rates", "age": "say_age", "base": "say_age", "emergency": "say_emergency",
    "age_of_rates": "say_age", "access": "say_access", "quality": "say_quality",
    "volume": "say_volume", "denials": "say_denials", "utilization": "say_cost",
}  # fmt: skip
ROUNDED = {"now": "rate", "value": "value", "comparison": "comparison", "median": "median",
           "rate": "denied", "visits": "visits"}  # fmt: skip
FIRST_BH = (
    "who_adjudicates", "collaborative_care_rates", "prior_authorization_codes",
    "credentialing_time", "same_day_visits", "telehealth_parity",
)  # fmt: skip


@dataclass
class Sections:
    """One script being put together.

    offer: what their offer says, for the caller's eyes. figures, citations and keys: what the
    sections stand on and the names by which they can be dropped, filled while they are made.
    """

    wording: Wording
    purpose: CallPurpose
    evidence: Evidence
    pieces: Sequence[Piece]
    known: Mapping[str, Value]
    looked: LookedUp
    offer: Sequence[Sentence] = ()
    figures: list[Figure] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def body(self) -> str:
        """The whole script in Markdown; an empty section is left out."""
        makers = {
            "goal": self._goal, "offer": self._offer, "opening": self._opening,
            "questions": self._questions, "ask": self._ask, "objections": self._objections,
            "trades": self._trades, "close": self._close, "voicemail": self._voicemail,
            "record": self._record,
        }  # fmt: skip
        only = self.wording.facts.wanted[:1] == ("voicemail",)
        if only:
            makers = {"voicemail": self._voicemail, "record": self._record}
        dropped = self.wording.facts.dropped
        made = [(key, make()) for key, make in makers.items() if key not in dropped]
        self.keys = [key for key, text in made if text]
        return "\n\n".join(text for _, text in made if text)

    def _goal(self) -> str:
        return self._told(f"goal_{self.purpose.name}", "**Goal.** ")

    def _offer(self) -> str:
        return self._listed("Their offer, for your eyes", self.offer, "- ")

    def _opening(self) -> str:
        return self._section("Opening", [self.wording.say(f"open_{self.purpose.name}")])

    def _close(self) -> str:
        return self._section("Close", [self.wording.say(f"close_{self.purpose.name}")])

    def _voicemail(self) -> str:
        return self._section("Voicemail", list(voicemail(self.wording)))

    def _ask(self) -> str:
        """The evidence as it is said, the clause, the user's own statements, then the ask."""
        said = [self._piece(piece) for piece in self.pieces] if self.purpose.ask else []
        facts = self.wording.facts
        own = [Sentence(f"{capital(words.rstrip('. '))}.") for words in facts.added]
        clause = self._clause() if self.purpose.ask and "clause" not in facts.dropped else None
        ask = self.wording.say(f"ask_{self.purpose.name}")
        text = self._section("The ask", [ask, *said, *own, clause])
        stands = self.evidence.paper.standing()
        if clause is not None and stands is not None and text:
            self.citations.append(stands.citation)
            text += f"\n\nHave at hand: {stands.citation.token()}"
        return text

    def _piece(self, piece: Piece) -> Sentence | None:
        part = SAYS.get(piece.id.partition(":")[0])
        self.citations += piece.citations
        told = dict(piece.values)
        if "agreed" in told:  # the years of the agreement are not those of its rates
            told = {name: value for name, value in told.items() if name not in ("years", "since")}
        values = {**told, **said_values(told, ROUNDED)}
        if piece.values.get("better") == "low":
            part = f"{part}_low"
        return self.wording.say(part, values) if part else None

    def _clause(self) -> Sentence | None:
        clause = self.evidence.paper.standing()
        if clause is None:
            return None
        more: dict[str, Value] = {"clause": clause.said}
        if clause.notice is not None:
            more["notice"] = clause.notice
        return self.wording.say(f"say_clause_{clause.kind}", more)

    def _questions(self) -> str:
        number = QUESTIONS[self.wording.facts.length]
        if self.purpose.name == "behavioral_health":
            return self._bank(number)
        asked = [q for q in self.purpose.questions if q not in self.wording.facts.dropped]
        made = [self.wording.say(question) for question in asked[:number]]
        return self._listed("Ask first", [s for s in made if s is not None], "- ")

    def _bank(self, number: int) -> str:
        """Questions of the bank; what the contract answers already is to be confirmed."""
        practice, payer = self.looked.desk.practice, self.wording.facts.payer
        lines: list[str] = []
        by_id = {question.id: question for question in questions()}
        for key in [k for k in FIRST_BH if k in by_id][: number + 1 if number else 0]:
            question = by_id[key]
            lines.append(f"- {question.ask}")
            found = from_contract(practice, payer, question)
            if found is not None:
                said = found.sentence()
                lines.append(f"  - Ask them to confirm it: {said.text}")
                self._keep(said)
        return "### Ask first\n\n" + "\n".join(lines) if lines else ""

    def _objections(self) -> str:
        """They and you, those first that this practice's figures answer."""
        number, dropped = OBJECTIONS[self.wording.facts.length], self.wording.facts.dropped
        every = objections()
        ids = [key for key in self.purpose.objections if f"objection:{key}" not in dropped]
        ids.sort(key=lambda key: not set(every[key].needs) <= self.known.keys())
        blocks = []
        for key in ids[:number]:
            answer = every[key].answered(self.known)
            self._keep(answer)
            blocks.append(f"- **They:** {every[key].heard}\n  **You:** {answer.text}")
        return "### If they say\n\n" + "\n".join(blocks) if blocks else ""

    def _trades(self) -> str:
        number = TRADES[self.wording.facts.length]
        parts = [p for p in self.purpose.trades if p not in self.wording.facts.dropped]
        made = [self.wording.say(part) for part in parts[:number]]
        return self._listed(GIVE, [s for s in made if s], "- ")

    def _record(self) -> str:
        made = [self.wording.say(part) for part in self.purpose.record]
        lines = [f"- {s.text}: {BLANK}" for s in made if s is not None]
        return "### Write down\n\n" + "\n".join(lines)

    def _told(self, part: str, lead: str) -> str:
        made = self.wording.say(part)
        return f"{lead}{made.text}" if made else ""

    def _section(self, title: str, said: Sequence[Sentence | None]) -> str:
        held = [sentence for sentence in said if sentence is not None]
        for sentence in held:
            self._keep(sentence)
        return f"### {title}\n\n" + " ".join(s.text for s in held) if held else ""

    def _listed(self, title: str, said: Sequence[Sentence], mark: str) -> str:
        for sentence in said:
            self._keep(sentence)
        return f"### {title}\n\n" + "\n".join(f"{mark}{s.text}" for s in said) if said else ""

    def _keep(self, sentence: Sentence) -> None:
        self.figures += sentence.figures
        self.citations += sentence.citations


def known_aloud(known: Mapping[str, Value]) -> dict[str, Value]:
    """The values of the replies as they are said: money and percents rounded."""
    return {
        name: aloud(value)
        if isinstance(value, Figure) and value.unit in ("USD", "percent") and name != "ask_percent"
        else value
        for name, value in known.items()
    }
