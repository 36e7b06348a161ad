"""Write one messy workspace's files, and the truth beside them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from evals.messy.clean import CleanPractice
from evals.messy.exports import write_exports
from evals.messy.plan import Plan
from evals.messy.tables import write_tables
from evals.messy.x12 import write_claims_sent, write_remittances


@dataclass(frozen=True)
class MessyFile:
    """A file to be read in. payer: named by the user where the file itself does not."""

    path: Path
    payer: str | None


def write_messy(plan: Plan, practice: CleanPractice, folder: Path) -> list[MessyFile]:
    """All files of the workspace in the order the user gives them, and truth.json."""
    folder.mkdir(parents=True, exist_ok=True)
    claims = [MessyFile(path, None) for path in write_exports(plan, practice, folder)]
    claims += [MessyFile(path, None) for path in write_remittances(plan, practice, folder)]
    claims += [MessyFile(path, None) for path in write_claims_sent(plan, practice, folder)]
    tables = [MessyFile(path, payer) for path, payer in write_tables(plan, practice, folder)]
    (folder / "truth.json").write_text(json.dumps(summary(practice), indent=1), encoding="utf-8")
    return [*tables, *claims] if plan.tables_first else [*claims, *tables]


def summary(practice: CleanPractice) -> dict[str, object]:
    """The clean totals of the practice by payer, for a first look; amounts as text, USD."""
    found: dict[str, object] = {"practice": practice.name, "lines": len(practice.lines)}
    payers = {}
    for payer in practice.payers.values():
        own = [line for line in practice.lines if line.payer == payer]
        counting = [line for line in own if line.counts]
        payers[payer.name] = {
            "lines": len(own),
            "counting": len(counting),
            "denied": sum(line.status == "denied" for line in own),
            "payments": str(sum((line.paid for line in own), Decimal(0))),
            "allowed": str(sum((line.allowed for line in counting), Decimal(0))),
            "underpaid": str(sum((line.short for line in counting), Decimal(0))),
        }
    found["payers"] = payers
    found["days"] = [str(practice.end - timedelta(days=1)), str(practice.end)]
    return found
