"""The clean records of an invented practice: what really happened, before any file is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

E_M = ("99202", "99203", "99204", "99205", "99211", "99212", "99213", "99214", "99215")


@dataclass(frozen=True)
class Payer:
    """One payer. role: its key in questions (P1 to P6, MEDICARE, SELF). kind: commercial,
    medicare_advantage, medicaid, medicare or self_pay. spellings: as the exports write it."""

    role: str
    name: str
    kind: str
    products: tuple[str, ...]
    spellings: tuple[str, ...]


@dataclass(frozen=True)
class Patient:
    """An invented person; nothing of a name or birth date may reach a table."""

    member: str
    first: str
    last: str
    born: date
    payer: Payer
    product: str
    second: Payer | None


@dataclass(frozen=True)
class Line:
    """One adjudicated service line. Amounts in USD of the whole line, never per unit.

    order: "P" or "S". status: "paid", "denied" or "reversal" (amounts negative). taken: an
    original that a reversal took back, or that reversal. short: dollars below the contract
    without a stated reason; over: dollars above it; reduced: dollars below it with a reason.
    system: the billing system that prints it. remittance: an 835 carries it; only_there:
    no export does.
    """

    claim: str
    number: int
    patient: Patient
    payer: Payer
    product: str
    order: str
    served: date
    posted: date
    code: str
    modifier: str
    units: int
    place: str
    billed: Decimal
    allowed: Decimal
    paid: Decimal
    owed: Decimal
    status: str
    reason: str
    npi: str
    system: str = "A"
    taken: bool = False
    short: Decimal = Decimal(0)
    over: Decimal = Decimal(0)
    reduced: Decimal = Decimal(0)
    remittance: bool = False
    only_there: bool = False

    @property
    def counts(self) -> bool:
        """Primary payer, not denied, not taken back, units above zero."""
        return self.order == "P" and self.status == "paid" and not self.taken and self.units > 0


@dataclass(frozen=True)
class Rate:
    """One row of a fee schedule: a flat amount in USD per unit, or a percent of Medicare.

    codes: the codes it covers; empty means all others. product None means every product.
    office and facility: flat amounts. percent and year: the rule, priced in Colorado.
    """

    payer: str
    codes: tuple[str, ...]
    start: date
    end: date | None
    product: str | None = None
    office: Decimal | None = None
    facility: Decimal | None = None
    percent: Decimal | None = None
    year: int | None = None


@dataclass(frozen=True)
class RosterRow:
    """One member in one month of a payer's attribution list; ended: the term date."""

    payer: str
    member: str
    month: date
    ended: date | None
    risk: Decimal


@dataclass(frozen=True)
class QualityRow:
    """A measure's count for a payer's patients in a calendar year."""

    payer: str
    measure: str
    year: int
    numerator: int
    denominator: int


@dataclass(frozen=True)
class UtilizationRow:
    """A metric of a payer's members in a year: the practice's value and the comparison's."""

    payer: str
    metric: str
    year: int
    practice: Decimal
    comparison: Decimal


@dataclass(frozen=True)
class CostRow:
    """What the practice spent in a category in one month, USD."""

    category: str
    month: date
    amount: Decimal


@dataclass(frozen=True)
class CleanPractice:
    """All records of one practice. end: the last day with a visit."""

    name: str
    end: date
    payers: dict[str, Payer]
    lines: list[Line] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)
    roster: list[RosterRow] = field(default_factory=list)
    quality: list[QualityRow] = field(default_factory=list)
    utilization: list[UtilizationRow] = field(default_factory=list)
    costs: list[CostRow] = field(default_factory=list)
