"""Whether an X12 file is whole: every envelope closed, with the counts that it states."""

from __future__ import annotations

from knowledge.problems import BadInput
from tools.importers.x12.segments import Segment, cut_short

_OTHERS = {
    "270": "a question about eligibility", "271": "an answer about eligibility",
    "276": "a question about claims", "277": "an answer about claims",
    "278": "an authorization", "820": "a premium payment", "834": "an enrollment file",
    "997": "an acknowledgment", "999": "an acknowledgment",
}  # fmt: skip


class Envelope:
    """Follows the envelopes of a file; `kind` is the transaction set that is open, or None.

    kind: "835", "837P", "837I" or "837D"; `test` says whether an interchange is marked as a
    test, `bare` that the file begins with a group or a transaction set, in no interchange.
    """

    def __init__(self, where: str) -> None:
        self._where = where
        self._in_interchange = self._in_group = self._loose = False
        self._groups = self._sets = self._segments = 0
        self._control: dict[str, str] = {}
        self._release = ""
        self.kind: str | None = None
        self.kinds: set[str] = set()
        self.test = False
        self.bare = False

    def see(self, segment: Segment) -> None:
        """Take the next segment; raises BadInput where the envelopes do not add up."""
        self._segments += 1
        if not self.kinds and not self._in_interchange and segment.name in ("GS", "ST"):
            self.bare = self._in_interchange = True
            self._in_group = segment.name == "ST"
            self._loose = self._in_group
        step = _STEPS.get(segment.name)
        if step is not None:
            step(self, segment)
        elif self.kind is None and segment.name != "TA1":
            raise cut_short(self._where, f"segment {segment.number} stands in no transaction set")

    def finish(self) -> None:
        """Raises BadInput where an envelope is still open, or none holds a transaction set."""
        if self.kind is not None:
            raise cut_short(self._where, "its last transaction set has no end (SE)")
        if self._in_group and not self._loose:
            raise cut_short(self._where, "its last group has no end (GE)")
        if self._in_interchange and not self.bare:
            raise cut_short(self._where, "its last interchange has no end (IEA)")
        if not self.kinds:
            raise BadInput(
                self._where, "it holds no remittance and no claim", "send an 835 or 837P with data"
            )

    def _interchange(self, segment: Segment) -> None:
        self._require(not self._in_interchange, segment)
        self._in_interchange, self._groups = True, 0
        self._control["IEA"] = segment.at(13)
        self.test = self.test or segment.at(15) == "T"

    def _group(self, segment: Segment) -> None:
        self._require(self._in_interchange and not self._in_group, segment)
        self._in_group, self._sets = True, 0
        self._groups += 1
        self._control["GE"] = segment.at(6)
        self._release = segment.at(8)

    def _set(self, segment: Segment) -> None:
        self._require(self._in_group and self.kind is None, segment)
        self._segments = 1
        self._sets += 1
        self._control["SE"] = segment.at(2)
        self.kind = self._kind(segment.at(1), segment.at(3) or self._release)
        self.kinds.add(self.kind)

    def _kind(self, number: str, guide: str) -> str:
        if number == "835":
            return "835"
        if number != "837":
            what = _OTHERS.get(number, f"an X12 file of type {number[:3]}")
            raise BadInput(
                self._where, f"this is {what}", "send remittances (835) or claims (837P)"
            )
        if "X223" in guide or "X096" in guide:
            return "837I"
        return "837D" if "X224" in guide or "X097" in guide else "837P"

    def _end_of_set(self, segment: Segment) -> None:
        self._require(self.kind is not None, segment)
        self._counted(segment, self._segments, "segments")
        self.kind = None

    def _end_of_group(self, segment: Segment) -> None:
        self._require(self._in_group and not self._loose and self.kind is None, segment)
        self._counted(segment, self._sets, "transaction sets")
        self._in_group = False

    def _end_of_interchange(self, segment: Segment) -> None:
        closes = self._in_interchange and not self._in_group and not self.bare
        self._require(closes, segment)
        self._counted(segment, self._groups, "groups")
        self._in_interchange = False

    def _require(self, fits: bool, segment: Segment) -> None:
        if not fits:
            raise cut_short(
                self._where, f"segment {segment.number} ({segment.name}) is out of its order"
            )

    def _counted(self, segment: Segment, found: int, what: str) -> None:
        stated = segment.at(1)
        if not stated.isdigit() or int(stated) != found:
            raise cut_short(
                self._where,
                f"segment {segment.number} ({segment.name}) states {stated[:10] or 'no'} {what} "
                f"where there are {found}",
            )
        opened, closed = self._control[segment.name], segment.at(2)
        if opened.lstrip("0") != closed.lstrip("0"):
            raise cut_short(
                self._where, f"segment {segment.number} ({segment.name}) closes another envelope"
            )


_STEPS = {
    "ISA": Envelope._interchange,
    "GS": Envelope._group,
    "ST": Envelope._set,
    "SE": Envelope._end_of_set,
    "GE": Envelope._end_of_group,
    "IEA": Envelope._end_of_interchange,
}
