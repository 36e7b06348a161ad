"""What a scenario withholds is not there, and what comes out of it is written for a reader."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from evals.sample_practice.generate import SampleFile
from evals.scenarios.cases import scenarios
from evals.scenarios.gold import Gold
from evals.scenarios.letter_text import Text
from evals.scenarios.play import Played
from evals.scenarios.run import judge
from evals.scenarios.workspaces import chosen, take_out
from evals.scenarios.write_examples import write_pages

TARN, GRANITE = "Tarn Lake Insurance", "Granite Peak Health Plan"
ROWS = [["Claim", "Payer"], ["1", "TARN LAKE INS"], ["2", GRANITE], ["3", "Tarn Lake"]]
KINDS = (("quality", None), ("membership", None), ("contract", TARN), ("contract", GRANITE),
         ("profile", None), ("utilization", None), ("roster", GRANITE))  # fmt: skip


@pytest.mark.parametrize(
    ("evidence", "kinds"),
    [
        ("no_quality", {"membership", "contract", "profile", "roster"}),
        ("no_membership", {"quality", "contract", "profile", "utilization"}),
        ("contract_only", {"contract", "profile"}),
    ],
)
def test_the_files_withheld_are_not_chosen(evidence: str, kinds: set[str]) -> None:
    files = [SampleFile(Path(f"{kind}.csv"), payer, kind) for kind, payer in KINDS]
    kept = chosen(files, evidence, TARN)
    assert {f.kind for f in kept} == kinds
    if evidence == "contract_only":
        assert [f.payer for f in kept if f.kind == "contract"] == [TARN]


def test_evidence_of_an_unknown_name_is_refused() -> None:
    with pytest.raises(KeyError):
        chosen([SampleFile(Path("a.csv"), None, "quality")], "no_such", TARN)


def test_a_payers_rows_are_taken_out_under_every_spelling(tmp_path: Path) -> None:
    text = tmp_path / "claims.csv"
    text.write_text("\n".join(",".join(row) for row in ROWS) + "\n", encoding="utf-8")
    assert take_out(text, TARN) == 2
    assert text.read_text(encoding="utf-8").splitlines() == ["Claim,Payer", f"2,{GRANITE}"]
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(tmp_path / "claims.xlsx")
    assert take_out(tmp_path / "claims.xlsx", TARN) == 2
    left = openpyxl.load_workbook(tmp_path / "claims.xlsx").worksheets[0]
    assert [list(row) for row in left.values] == [ROWS[0], ROWS[2]]


def test_an_example_names_the_sample_the_question_and_the_check(tmp_path: Path) -> None:
    scenario = scenarios()[0]
    said = tuple(step.say for step in scenario.turns)
    text = Text("email", "About it", "Hello,\n\nSo.\n\n\n\nRegards,", date(2026, 11, 23), GRANITE,
                said=said)  # fmt: skip
    made = write_pages([judge(scenario, Played(text), Gold())], tmp_path)
    assert [path.name for path in made] == [f"01_{scenario.id}.md", "README.md"]
    page, contents = (path.read_text(encoding="utf-8") for path in made)
    assert page.startswith(
        f"# {scenario.title}\n\n> Written by the built-in copilot for the sample"
    )
    assert f"“{said[0]}”" in page and "criteria met. Not met: " in page
    assert page.endswith("Hello,\n\nSo.\n\nRegards,\n")
    assert made[0].name in contents
