"""Writes the invented sample practice: contracts, claims, fee schedules, reports, profile.

`python -m evals.sample_practice.generate FOLDER` writes it; the same seed gives the same bytes.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from evals.sample_practice.business_files import write_capacity, write_contacts, write_costs
from evals.sample_practice.claims_exports import write_csv, write_xlsx
from evals.sample_practice.contract_files import write_contract
from evals.sample_practice.fee_files import write_granite_peak, write_kestrel, write_tarn_lake
from evals.sample_practice.membership_files import write_membership, write_roster
from evals.sample_practice.papers import papers
from evals.sample_practice.practice_files import (
    write_hours,
    write_profile,
    write_quality,
    write_utilization,
)

SEED = 4471


@dataclass(frozen=True)
class SampleFile:
    """One file of the sample.

    payer: the one it belongs to, or None. kind: contract, offer, claims, fee_schedule,
    membership, roster, quality, access, utilization, practice_costs, capacity, contacts or
    profile.
    """

    path: Path
    payer: str | None
    kind: str


def write_sample(folder: Path, seed: int = SEED) -> list[SampleFile]:
    """Writes all files of the sample into the folder and lists them, profile last."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [
        SampleFile(write_contract(paper, folder), paper.payer, paper.kind) for paper in papers()
    ]

    def add(name: str, kind: str, payer: str | None = None) -> Path:
        made.append(SampleFile(folder / name, payer, kind))
        return folder / name

    write_csv(add("claims_2025.csv", "claims"), seed)
    write_xlsx(add("claims_2026.xlsx", "claims"), seed)
    granite = "Granite Peak Health Plan"
    write_granite_peak(add("granite_peak_fees_2020.xlsx", "fee_schedule", granite))
    write_kestrel(add("kestrel_fee_schedule.xlsx", "fee_schedule", "Kestrel National Health"))
    write_tarn_lake(add("tarn_lake_fees.csv", "fee_schedule", "Tarn Lake Insurance"))
    write_membership(add("membership_2026.csv", "membership"))
    write_roster(add("granite_peak_roster.xlsx", "roster", granite), seed)
    write_quality(add("quality_2025.csv", "quality"))
    write_hours(add("hours.csv", "access"))
    write_utilization(add("utilization_2025.csv", "utilization"))
    write_quality(add("quality_2024.csv", "quality"), "quality_before")
    write_utilization(add("utilization_2024.csv", "utilization"), "utilization_before")
    write_costs(add("profit_and_loss_2026.csv", "practice_costs"), seed)
    write_capacity(add("capacity.csv", "capacity"))
    write_contacts(add("payer_contacts.csv", "contacts"))
    write_profile(add("profile.toml", "profile"))
    return made


def main(arguments: list[str]) -> int:
    """Writes the sample to the folder named; prints each file, its kind and its payer."""
    if len(arguments) != 1:
        print("usage: python -m evals.sample_practice.generate FOLDER", file=sys.stderr)
        return 2
    for made in write_sample(Path(arguments[0])):
        print(made.path, made.kind, made.payer or "", sep="\t")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
