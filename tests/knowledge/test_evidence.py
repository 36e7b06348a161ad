"""How figures read, and how sentences hold them."""

from datetime import date
from decimal import Decimal

import pytest

from knowledge.evidence import Basis, Citation, Figure, Finding, Table, plain, says

B = Basis("given")

SHOWN = [
    pytest.param(Figure("a", Decimal("483681.20"), "USD", B), "$483,681", id="large money"),
    pytest.param(Figure("a", Decimal("127.915"), "USD", B), "$127.92", id="halves up"),
    pytest.param(Figure("a", Decimal("-3.2"), "USD", B), "-$3.20", id="negative money"),
    pytest.param(Figure("a", Decimal("92.25"), "percent", B), "92.3%", id="percent"),
    pytest.param(Figure("a", Decimal("-0.04"), "percent", B), "0.0%", id="no negative zero"),
    pytest.param(Figure("a", Decimal(90), "days", B), "90 days", id="days"),
    pytest.param(Figure("a", Decimal(1), "months", B), "1 month", id="one month"),
    pytest.param(Figure("a", Decimal(4685), "count", B), "4,685", id="count"),
    pytest.param(Figure("a", Decimal("148"), "per 1,000", B), "148 per 1,000", id="rate"),
    pytest.param(Figure("a", date(2027, 3, 1), "date", B), "March 1, 2027", id="date"),
]


@pytest.mark.parametrize(("figure", "shown"), SHOWN)
def test_a_figure_reads_as_people_say_it(figure: Figure, shown: str) -> None:
    assert figure.shown() == shown


def test_a_sentence_shows_its_figures_and_labels_its_citations() -> None:
    share = Figure("Share", Decimal("92.3"), "percent", B)
    clause = Citation("Agreement.pdf", "9.2", 14, 0, 5, "words")
    said = says("It pays {share} {clause}.", share=share, clause=clause)
    assert plain(said.text) == "It pays 92.3% [Agreement.pdf 9.2, p. 14]."
    assert said.figures == (share,)
    assert said.citations == (clause,)


def test_a_finding_lists_every_figure_down_to_its_inputs_once() -> None:
    part = Figure("Part", Decimal(1), "count", B)
    whole = Figure("Whole", Decimal(2), "count", Basis("sum", inputs=(part,)))
    table = Table("All", ("Name", "Count"), (("a", part), ("b", whole)))
    finding = Finding(headline=says("{w}", w=whole), table=table)
    assert [f.name for f in finding.all_figures()] == ["Whole", "Part"]


def test_the_same_computation_keeps_its_id_and_another_does_not() -> None:
    one = Figure("Share", Decimal("92.3"), "percent", B)
    again = Figure("Share", Decimal("92.3"), "percent", B)
    other = Figure("Share", Decimal("92.4"), "percent", B)
    assert one.id == again.id != other.id
