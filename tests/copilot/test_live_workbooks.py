"""Models as workbooks: LibreOffice works an input changed in them out as the tool does."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from copilot.exports.live_workbook import as_live_workbook
from copilot.exports.pdf import office
from knowledge.evidence import Finding
from knowledge.formulas import Worked
from knowledge.problems import BadInput
from knowledge.worksheet import Worksheet, worksheet_from
from tests.fixtures.hand_worked import GRANITE, KESTREL, hand_worked
from tools.compare_models import compare_models
from tools.model_capitation import model_capitation
from tools.model_fee_change import model_fee_change
from tools.model_risk import model_risk
from tools.model_shared_savings import model_shared_savings
from tools.plan_behavioral_health import plan_behavioral_health
from tools.practice import Practice

EDGES = {"target_pmpm": 410, "actual_pmpm": 395, "members": 2000}


@dataclass(frozen=True)
class Case:
    """A model with its arguments, an input of its workbook changed, and the arguments that
    say the same to the tool."""

    tool: Callable[..., Finding]
    given: Mapping[str, Any]
    name: str
    value: str
    same: Mapping[str, Any] = field(default_factory=dict)


CASES = {
    "raise": Case(model_fee_change, {"payer": GRANITE, "percent": 8}, "raise_asked", "10.5",
                  {"percent": "10.5"}),
    "of Medicare": Case(model_fee_change, {"payer": GRANITE, "percent_of_medicare": 115},
                        "percent_of_medicare_asked", "122.5", {"percent_of_medicare": "122.5"}),
    "some codes": Case(
        model_fee_change, {"payer": GRANITE, "percent": 8, "codes": ["99214"]}, "raise_asked",
        "-3", {"percent": -3}),
    "savings": Case(model_shared_savings, {**EDGES, "share": 50, "minimum_savings_rate": 2},
                    "actual_pmpm", "404.99", {"actual_pmpm": "404.99"}),
    "shared loss": Case(model_shared_savings, {**EDGES, "share": 40, "cap": 3, "quality_factor": 1},
                        "actual_pmpm", "455.55", {"actual_pmpm": "455.55"}),
    "re-based": Case(
        model_shared_savings, {**EDGES, "share": 50, "cap": 5, "rebasing": 100}, "reduction", "4",
        {"reduction": 4}),
    "capitation": Case(model_capitation, {"payer": GRANITE, "pmpm": 36, "members": 5},
                       "offered_pmpm", "33.33", {"pmpm": "33.33"}),
    "therapist": Case(plan_behavioral_health, {"topic": "therapist"}, "no_show", "27",
                      {"no_show": 27}),
    "collaborative care": Case(plan_behavioral_health, {"topic": "collaborative care"},
                               "cost_a_year", "151000", {"cost_a_year": 151000}),
    "two-sided": Case(model_risk, {**EDGES, "years": 1, "spread": 0, "cap": 4}, "actual_pmpm",
                      "470", {"actual_pmpm": 470}),
    "corridors": Case(
        model_risk, {**EDGES, "years": 1, "spread": 0, "arrangement": "reach professional"},
        "actual_pmpm", "480.25", {"actual_pmpm": "480.25"}),
    "models": Case(compare_models, {"payer": GRANITE, "members": 50, "pmpm": 30, "care_pmpm": 4},
                   "pmpm", "31.27", {"pmpm": "31.27"}),
}  # fmt: skip


def sheet_of(practice: Practice, tool: Callable[..., Finding], given: Mapping[str, Any]) -> Any:
    exact = {
        name: Decimal(str(value)) if name not in ("payer", "members", "years", "topic", "codes",
                                                  "arrangement") else value
        for name, value in given.items()
    }  # fmt: skip
    return worksheet_from(tool(practice, **exact).details["worksheet"])


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return hand_worked(tmp_path_factory.mktemp("practice"))


@pytest.fixture(scope="module")
def recalculated(practice: Practice, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every case's workbook with its input changed, saved anew by LibreOffice."""
    program = office()
    if program is None:
        pytest.skip("LibreOffice is not installed")
    changed, out = tmp_path_factory.mktemp("changed"), tmp_path_factory.mktemp("out")
    for key, case in CASES.items():
        path = changed / f"{key}.xlsx"
        path.write_bytes(as_live_workbook(sheet_of(practice, case.tool, case.given)))
        book = openpyxl.load_workbook(path)
        place = book.defined_names[case.name].attr_text.replace("$", "").split("!")[1]
        book["Inputs"][place] = float(case.value)
        book.save(path)
    profile = (out / "profile").as_uri()
    command = [program, "--headless", f"-env:UserInstallation={profile}", "--convert-to", "xlsx",
               "--outdir", str(out), *map(str, sorted(changed.glob("*.xlsx")))]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return out


@pytest.mark.parametrize("key", CASES)
def test_a_changed_input_gives_in_the_office_program_what_the_tool_gives(
    practice: Practice, recalculated: Path, key: str
) -> None:
    case = CASES[key]
    told: Worksheet = sheet_of(practice, case.tool, {**case.given, **case.same})
    book = openpyxl.load_workbook(recalculated / f"{key}.xlsx", data_only=True)
    rows = list(book["Result"].iter_rows(min_row=4, max_col=3, values_only=True))
    now = {str(row[0]): row[2] for row in rows if isinstance(row[2], int | float)}
    assert len(now) == len(told.results) > 0
    for result in told.results:
        assert now[result.label.lstrip("'")] == pytest.approx(float(result.answered), abs=0.0051)
    errors = [cell for page in book for row in page.iter_rows(values_only=True) for cell in row
              if isinstance(cell, str) and cell.startswith(("#", "Err:"))]  # fmt: skip
    assert errors == []


def test_our_reading_of_the_formulas_is_the_office_programs(
    practice: Practice, recalculated: Path
) -> None:
    case = CASES["therapist"]
    told = sheet_of(practice, case.tool, {**case.given, **case.same})
    book = openpyxl.load_workbook(recalculated / "therapist.xlsx", data_only=True)
    worked = Worked(told)
    for row, step in enumerate(told.steps, start=4):
        value, held = worked.step(step.name), book["Calculation"].cell(row, 2).value
        assert held == (value if isinstance(value, str) else pytest.approx(float(value)))
    grid = next(g for g in told.grids if g.title == "Month by month")
    for row in range(grid.rows):
        cash = book["Month by month"].cell(row + 4, 6).value
        assert cash == pytest.approx(float(worked.cell("cash", row)))


def test_a_workbook_that_contradicts_its_answer_is_not_written(practice: Practice) -> None:
    finding = model_fee_change(practice, payer=KESTREL, percent=Decimal(8))
    data = finding.details["worksheet"]
    data["results"][2]["answered"] = {"exact": "1.00"}
    with pytest.raises(BadInput, match="does not give what was answered"):
        as_live_workbook(worksheet_from(data))


def test_the_values_that_a_viewer_shows_before_any_recalculation_are_the_answers(
    practice: Practice, tmp_path: Path
) -> None:
    # 10% of Granite's 2,055.00 is 205.50
    sheet = sheet_of(practice, model_fee_change, {"payer": GRANITE, "percent": 10})
    path = tmp_path / "raise.xlsx"
    path.write_bytes(as_live_workbook(sheet))
    assert path.stat().st_size < 20_000
    page = openpyxl.load_workbook(path, data_only=True)["Result"]
    assert [row[2] for row in page.iter_rows(min_row=4, max_row=6, values_only=True)] == [
        2055, 2260.5, 205.5
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["=HYPERLINK(1)", "+1", "@SUM(1)"])
def test_a_label_from_outside_never_becomes_a_formula(
    practice: Practice, tmp_path: Path, words: str
) -> None:
    data = model_fee_change(practice, payer=KESTREL, percent=Decimal(8)).details["worksheet"]
    data["grids"][0]["columns"][1]["values"][0] = words
    path = tmp_path / "x.xlsx"
    path.write_bytes(as_live_workbook(worksheet_from(data)))
    assert openpyxl.load_workbook(path)["By code"]["B4"].value == f"'{words}"
