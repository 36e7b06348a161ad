"""The invented patients of the sample practice; names and ids plainly say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from evals.sample_practice.payers import SamplePayer, payers

STORY_DAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Patient:
    """One invented person. secondary is the key of a second payer, or None."""

    number: int
    payer: SamplePayer
    product: str
    born: date
    is_new: bool
    chronic: bool
    secondary: str | None

    @property
    def name(self) -> str:
        return f"Sample Patient {self.number:04d}"

    @property
    def member_id(self) -> str:
        return f"SMP{self.payer.prefix}{self.number:05d}"

    def age(self, on: date) -> int:
        """Whole years on a day."""
        return on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))


def patients(seed: int) -> tuple[Patient, ...]:
    """All patients, numbered from 1, in the order of their payers."""
    chance = Random(f"{seed} patients")
    people: list[Patient] = []
    for payer in payers().values():
        for _ in range(payer.people):
            people.append(_patient(len(people) + 1, payer, chance))
    return tuple(people)


def _patient(number: int, payer: SamplePayer, chance: Random) -> Patient:
    product = chance.choices(list(payer.products), list(payer.products.values()))[0]
    age = _age(payer, product, chance)
    born = STORY_DAY - timedelta(days=int(age * 365.25) + chance.randrange(365))
    return Patient(
        number=number,
        payer=payer,
        product=product,
        born=born,
        is_new=chance.random() < 0.3,
        chronic=chance.random() < (0.6 if age >= 65 else 0.3 if age >= 40 else 0.08),
        secondary=_secondary(payer, chance),
    )


def _age(payer: SamplePayer, product: str, chance: Random) -> int:
    if payer.senior:
        return chance.randint(67, 91)
    children = {"medicaid": 0.5, "commercial": 0.24, "self_pay": 0.1}[payer.line_of_business]
    if product == "CHP+" or chance.random() < children:
        return chance.randint(3, 16)
    return chance.randint(20, 63)


def _secondary(payer: SamplePayer, chance: Random) -> str | None:
    if payer.key != "medicare":
        return None
    return chance.choices(["medicaid", "kestrel", "tarn_lake", None], [18, 12, 8, 62])[0]
