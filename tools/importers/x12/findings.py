"""What a user is told of an 835 beside its rows: where it does not balance, what stands apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from tools.importers.x12.claim_rows import ClaimRead

_LISTED = 12


@dataclass
class Findings:
    """Collected claim by claim; `notes` says them."""

    lines_off: list[tuple[int, Decimal]] = field(default_factory=list)
    claims_off: list[tuple[int, Decimal]] = field(default_factory=list)
    on_no_line: list[tuple[int, Decimal]] = field(default_factory=list)
    without_lines: list[tuple[int, Decimal]] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    payments: list[str] = field(default_factory=list)
    another_code: int = 0

    def add(self, number: int, read: ClaimRead, lines: int) -> None:
        """Take a claim by its segment number and how many service lines it has."""
        self.lines_off += read.off_lines
        if read.off:
            self.claims_off.append((number, read.off))
        if read.on_no_line:
            self.on_no_line.append((number, read.on_no_line))
        if read.paid is None:
            self.unread.append(number)
        elif not lines:
            self.without_lines.append((number, read.paid))
        self.another_code += read.another_code

    def notes(self) -> list[str]:
        """Whole sentences; amounts in USD."""
        said = list(self.payments)
        if self.lines_off:
            said.append(
                f"{_count(self.lines_off, 'service line')} not balanced: charge less "
                f"adjustments differs from what was paid ({_places(self.lines_off)})."
            )
        if self.claims_off:
            said.append(
                f"{_count(self.claims_off, 'claim')} not balanced: charge less adjustments, or "
                f"the lines' payments, differ from the claim's payment "
                f"({_places(self.claims_off)})."
            )
        if self.on_no_line:
            said.append(
                f"{_count(self.on_no_line, 'claim')} adjusted as a whole though made of several "
                f"lines: those amounts stand on no line ({_places(self.on_no_line)})."
            )
        if self.without_lines:
            said.append(
                f"{_count(self.without_lines, 'claim')} without service lines: paid amounts are "
                f"in the balance and on no line ({_places(self.without_lines)})."
            )
        if self.unread:
            said.append(f"{len(self.unread):,} claims state no payment that can be read.")
        if self.another_code:
            said.append(
                f"{self.another_code:,} service lines were paid under another code than the one "
                "submitted; they stand under the code that was paid."
            )
        return said


def payment_note(trace: str, stated: Decimal, claims: Decimal, others: Decimal) -> str:
    """One payment that does not add up."""
    named = f"Payment {trace}" if trace else "A payment without a trace number"
    return (
        f"{named} does not balance: it states {stated:,.2f} USD, while its claims pay "
        f"{claims:,.2f} USD and provider adjustments take {others:,.2f} USD, "
        f"a difference of {stated - claims + others:,.2f} USD. It was loaded."
    )


def _count(found: list[tuple[int, Decimal]], what: str) -> str:
    return f"1 {what} is" if len(found) == 1 else f"{len(found):,} {what}s are"


def _places(found: list[tuple[int, Decimal]]) -> str:
    listed = ", ".join(f"segment {number}: {amount:,.2f}" for number, amount in found[:_LISTED])
    rest = len(found) - _LISTED
    return listed + (f", and {rest:,} more" if rest > 0 else "") + " USD"
