"""Clause positions as data, a practice's own over ours, and what the law says regardless."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.checks.law import law_notes
from knowledge.playbook_files import built_in, playbook
from knowledge.problems import BadInput
from knowledge.terms.reading import Paper, read
from knowledge.terms.term import Term
from tests.fixtures.papers import contract

CASES = [
    ("escalator", "On each anniversary of the Effective Date all rates increase by 3%.", "pass"),
    ("escalator", "There is no annual increase in the rates of this Exhibit.", "fail"),
    ("offset", "Plan may deduct an overpayment from later payments without notice.", "fail"),
    (
        "offset",
        "Plan shall not offset an overpayment until the dispute about it has been decided.",
        "pass",
    ),
    ("policies_prevail", "If a Policy conflicts with this Agreement, the Policy prevails.", "fail"),
    (
        "policies_prevail",
        "If the Manual conflicts with this Agreement, this Agreement controls.",
        "pass",
    ),
    (
        "all_products",
        "Provider shall participate in every product that Plan now or later offers.",
        "fail",
    ),
    (
        "all_products",
        "Participation in any new product needs Provider's written consent, and no product may be"
        " added without Provider's signature.",
        "pass",
    ),
    ("prior_authorization", "Authorization is not a guarantee of payment.", "fail"),
    (
        "prior_authorization",
        "Plan shall not later deny payment for a service that it authorized.",
        "pass",
    ),
    ("indemnity", "Provider shall indemnify and hold Plan harmless from all claims.", "fail"),
    (
        "indemnity",
        "Each party shall indemnify the other against loss from its own negligence.",
        "pass",
    ),
    (
        "continuity_of_care",
        "For ninety (90) days after termination Provider shall continue to treat Members in a"
        " course of treatment, and Plan pays the rates of this Agreement.",
        "pass",
    ),
    (
        "continuity_of_care",
        "After termination Provider shall continue treatment of a Member until the course of"
        " treatment is complete.",
        "fail",
    ),
]


@pytest.mark.parametrize(("name", "clause", "status"), CASES)
def test_a_clause_is_recognised_and_judged(name: str, clause: str, status: str) -> None:
    held = built_in().clauses[name]
    document = contract(f"# Provider Agreement with Plan\n\n## 4 Terms\n\n4.1 {clause}\n")
    (term,) = read(held.reader, Paper(document))
    assert term.citation is not None, f"{name} was not recognised"
    assert document.text[term.citation.start : term.citation.end] == term.citation.quote
    assert held.position.judged(term).status == status


@pytest.mark.parametrize("name", sorted(built_in().clauses))
def test_a_contract_without_the_clause_is_silent(name: str) -> None:
    document = contract(
        "# Provider Agreement\n\n## 1 Records\n\n1.1 Provider keeps records for ten years.\n"
        "\n## 2 Names\n\n2.1 Neither party uses the other's name without leave.\n"
    )
    (term,) = read(built_in().clauses[name].reader, Paper(document))
    assert term.status == "not found"
    assert "looked at" in term.note


def test_every_value_of_a_clause_fits_a_rule_of_its_position() -> None:
    import tomllib
    from importlib.resources import files

    folder = files("knowledge").joinpath("playbook", "clauses")
    for name, held in built_in().clauses.items():
        data = tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))
        for state in data["recognised"]["states"]:
            value = state["value"]
            assert any(rule.says.search(value) for rule in held.position.words), (name, value)


OWN = """
term = "telephone_line"
label = "A line for offices"
position = "A staffed telephone line"
severity = "low"
guide = "4/3"
needed = true
why = "Somebody must answer."
ask = { opening = "a line", target = "a line", walk_away = "a named contact", unit = "" }
language = "Plan staffs a telephone line for offices."
words = [ { says = "^staffed", status = "pass", reason = "somebody answers" } ]

[recognised]
looked = "the sections on service"
topic = "telephone"
states = [ { says = "telephone{~}line", value = "staffed line", score = 0.8 } ]
"""


def test_a_practice_adds_a_position_without_code(tmp_path: Path) -> None:
    (tmp_path / "line.toml").write_text(OWN, encoding="utf-8")
    book = playbook(tmp_path)
    assert book.own == ("telephone_line",)
    document = contract("# Agreement\n\n1.1 Plan keeps a telephone line for offices.\n")
    (term,) = read(book.clauses["telephone_line"].reader, Paper(document))
    assert book.of("telephone_line").judged(term).status == "pass"
    assert "telephone_line" not in built_in().clauses


def test_a_practice_s_own_position_wins_over_ours(tmp_path: Path) -> None:
    ours = Path(__file__).parents[3] / "knowledge" / "playbook" / "timely_filing.toml"
    text = ours.read_text(encoding="utf-8")
    mended = text.replace("more_than = 90", "more_than = 365").replace(
        "partial = { at_least = 90 }", "partial = { at_least = 300 }"
    )
    assert mended != text
    (tmp_path / "timely_filing.toml").write_text(mended, encoding="utf-8")
    term = Term("timely_filing_days", Decimal(180), "days", None, True, 0.9, None)
    assert playbook().of("timely_filing_days").judged(term).status == "pass"
    assert playbook(tmp_path).of("timely_filing_days").judged(term).status == "fail"


@pytest.mark.parametrize(
    "text",
    [
        "term = ",
        'term = "nobody_knows_this"',
        OWN.replace('says = "telephone{~}line"', 'says = "("'),
    ],
)
def test_a_broken_position_names_its_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=r"playbook/mine\.toml"):
        playbook(tmp_path)


def found(name: str, value: Decimal | str, party: str | None = None) -> Term:
    return Term(
        name, value, "days" if isinstance(value, Decimal) else "", None, True, 0.9, None, party
    )


def test_thirty_days_of_notice_fall_short_of_the_law_and_ninety_do_not() -> None:
    short = list(law_notes([found("amendment_notice_days", Decimal(30))], "commercial"))
    assert [note.status for note in short] == ["fail"]
    assert "C.R.S. 25-37-104" in short[0].reason and "confirm with counsel" in short[0].reason
    assert not list(law_notes([found("amendment_notice_days", Decimal(90))], "commercial"))


def test_the_law_speaks_where_the_contract_is_silent() -> None:
    gone = replace(found("gag_clause", "x"), found=False, value=None)
    (note,) = law_notes([gone], None)
    assert note.status == "silent"


def test_a_right_of_one_side_alone_falls_short_where_the_law_gives_it_to_both() -> None:
    one = [found("no_cause_termination_days", Decimal(90), "payer")]
    assert [note.status for note in law_notes(one, "commercial")] == ["fail"]
    both = [*one, found("no_cause_termination_days", Decimal(90), "provider")]
    assert not list(law_notes(both, "commercial"))


def test_a_medicare_advantage_contract_is_not_held_to_state_rules() -> None:
    assert not list(law_notes([found("amendment_notice_days", Decimal(30))], "medicare_advantage"))
