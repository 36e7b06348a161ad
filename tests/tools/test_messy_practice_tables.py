"""A messy practice's tables against the clean records its files were printed from.

The records are made before any file is and know nothing of the importers; what is stored has
to be them again, to the cent, whatever order the files come in, and every row of every file
is told of.
"""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evals.messy.clean import CleanPractice
from evals.messy.generate import MessyFile, write_messy
from evals.messy.plan import Plan, plans
from evals.messy.records import practice_of
from tests.fixtures.intake import fresh_practice
from tools.ingestion import ingest
from tools.practice import Practice

FEW = [replace(plan, claims_per_month=4) for plan in plans("dev")]


@dataclass(frozen=True)
class Written:
    plan: Plan
    truth: CleanPractice
    files: list[MessyFile]


@pytest.fixture(scope="module", params=FEW, ids=[plan.key for plan in FEW])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Written:
    plan: Plan = request.param
    truth = practice_of(plan)
    return Written(plan, truth, write_messy(plan, truth, tmp_path_factory.mktemp(plan.key)))


def read_in(folder: Path, written: Written, files: Sequence[MessyFile]) -> Any:
    """The practice after every file in turn, and the answers by file."""
    practice = fresh_practice(folder)
    for payer in written.truth.payers.values():
        # Initials are for the user to name; the rest is the product's to resolve.
        last = payer.spellings[-1]
        if written.plan.initials and last.isupper() and len(last) < 6:
            practice.payers.learn(payer.name, [last], settled=True)
    answers = {file.path.name: ingest(practice, [file.path], file.payer)[0] for file in files}
    return practice, answers


def stored(practice: Practice) -> Counter[Any]:
    """Each stored line by what the clean records know of it."""
    lines = practice.tables.frame(practice.tables.table("claim_lines"))
    return Counter(
        (row["claim_id"], row["service_date"], row["payer"], row["payer_order"][0].upper(),
         row["code"], row["modifiers"], row["allowed"], row["paid"], bool(row["counts"]))
        for row in lines.to_dict("records")
    )  # fmt: skip


def clean(truth: CleanPractice) -> Counter[Any]:
    return Counter(
        (line.claim, line.served, line.payer.name, line.order, line.code, line.modifier,
         line.allowed, line.paid, line.counts)
        for line in truth.lines
    )  # fmt: skip


def rows_of(path: Path, plan: Plan) -> int:
    """The rows of a table file, every sheet's, as their own formats count them."""
    if path.suffix == ".xlsx":
        from openpyxl import load_workbook

        return sum(sheet.max_row for sheet in load_workbook(path).worksheets)
    looks = [e for system in plan.systems for e in system.exports if e.name == path.name]
    other = [*plan.fees.values(), *plan.other["roster"].values(), plan.other["quality"],
             plan.other["utilization"], plan.other["costs"]]  # fmt: skip
    known: dict[str, Any] = next((e for e in other if e["file"] == path.name), {})
    form = looks[0].encoding if looks else known.get("encoding", "utf-8")
    mark = looks[0].delimiter if looks else known.get("delimiter", ",")
    return sum(1 for _ in csv.reader(path.read_text(form).splitlines(), delimiter=mark))


def test_what_is_stored_is_what_happened_and_every_row_is_told(
    written: Written, tmp_path: Path
) -> None:
    practice, answers = read_in(tmp_path / "given", written, written.files)
    assert stored(practice) == clean(written.truth)
    for file in written.files:
        answer = answers[file.path.name]
        assert answer["status"] == "imported", answer["problem"]
        if file.path.suffix in (".csv", ".txt", ".xlsx"):
            told = answer["rows"] + len(answer["rejected"]) + len(answer["ignored"])
            headers = len({each.get("sheet") for each in answer["columns"]})
            assert told + headers == rows_of(file.path, written.plan), file.path.name


@pytest.mark.parametrize("turned", ["backwards", "shuffled"])
def test_no_order_of_the_files_changes_a_line(tmp_path: Path, turned: str) -> None:
    truth = practice_of(FEW[0])
    files = write_messy(FEW[0], truth, tmp_path / "files")
    random.Random(7).shuffle(files) if turned == "shuffled" else files.reverse()
    practice, _ = read_in(tmp_path / turned, Written(FEW[0], truth, files), files)
    found = stored(practice)
    assert found == clean(truth)
    paid = sum((line.paid for line in truth.lines), Decimal(0))
    assert sum((each[7] * count for each, count in found.items()), Decimal(0)) == paid
