"""The small files beside the many claim lines: rates of three payers, a roster, costs.

Without them underpayments, attribution and the cost of a visit could not be asked at size.
Every value is invented.
"""

from __future__ import annotations

from pathlib import Path

from evals.claim_line_maker import CODES, PAYERS

MEMBERS = 20_000


def make_size_papers(folder: Path) -> list[Path]:
    """Write the files into a folder and give their paths; rates are USD a unit."""
    made = []
    for place, payer in enumerate(PAYERS[:3]):
        path = folder / f"{payer} fee schedule.csv"
        cents = [(4250 + at * 911) * (55 + 3 * place) // 100 for at in range(len(CODES))]
        rows = [
            f"{payer},{code},{rate // 100}.{rate % 100:02d},2023-01-01"
            for code, rate in zip(CODES, cents, strict=True)
        ]
        path.write_text("\n".join(["Payer,Code,Rate,Effective", *rows, ""]), encoding="utf-8")
        made.append(path)
    roster = [f"{PAYERS[1]},M{5_000_000 + at},2026-10-01" for at in range(MEMBERS)]
    costs = ["Rent,100000.00,2025-11-01,2026-10-31", "Salaries,900000.00,2025-11-01,2026-10-31"]
    for name, head, rows in (
        ("roster.csv", "Payer,Member ID,Attribution Month", roster),
        ("costs.csv", "Category,Amount,Period start,Period end", costs),
    ):
        path = folder / name
        path.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
        made.append(path)
    return made
