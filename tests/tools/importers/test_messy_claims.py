"""Exports as bad as real ones: the same lines under many disguises give the same figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures.intake import fresh_practice, lines, one
from tests.fixtures.messy_exports import HEADERS, LINES, TOTALS, row, text_of, us
from tools.practice import Practice

PLAIN = HEADERS["plain"].split("|")


def taken(tmp_path: Path, text: str | bytes, name: str = "claims.csv") -> tuple[Practice, Any]:
    """A practice with one file taken in, and the answer."""
    practice = fresh_practice(tmp_path / "practice")
    file = tmp_path / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return practice, one(practice, file)


def check(practice: Practice, answer: dict[str, Any], rows: int | None = None) -> None:
    """The lines, their amounts, payers, days and modifiers are the truth's."""
    assert answer["status"] == "imported", answer["problem"]
    found = lines(practice)
    assert len(found) == len(LINES), answer["rejected"]
    for name, total in zip(("billed", "allowed", "paid"), TOTALS, strict=True):
        assert sum(line[name] or 0 for line in found) == total, name
    assert sum(line["patient_responsibility"] or 0 for line in found) == TOTALS[1] - TOTALS[2]

    def known(key: str, of: Any) -> list[Any]:
        return sorted(getattr(line, of) for line in LINES)

    assert sorted(line["payer"] for line in found) == known("payer", "payer")
    assert sorted(line["code"] for line in found) == known("code", "code")
    assert sorted(line["service_date"] for line in found) == known("service_date", "day")
    assert sorted(line["modifiers"] for line in found) == known("modifiers", "modifiers")
    assert sum(line["units"] for line in found) == sum(line.units for line in LINES)
    if rows is not None:
        count = answer["rows"] + len(answer["rejected"]) + len(answer["ignored"])
        assert count == rows


@pytest.mark.parametrize("words", HEADERS, ids=list(HEADERS))
def test_columns_are_known_under_the_words_of_many_systems(tmp_path: Path, words: str) -> None:
    text = text_of(HEADERS[words].split("|"), [row(line) for line in LINES])
    practice, answer = taken(tmp_path, text)
    check(practice, answer, len(LINES))
    assert {line["claim_id"] for line in lines(practice)} == {line.claim for line in LINES}


FOREIGN = [
    *("Beleg", "Datum", "Kasse", "Ziffer", "Zusatz"),
    *("Anzahl", "Betrag", "Erlaubt", "Gezahlt", "Anteil"),
]


def test_columns_under_foreign_words_are_told_by_what_they_hold(tmp_path: Path) -> None:
    practice, answer = taken(tmp_path, text_of(FOREIGN, [row(line) for line in LINES]))
    assert answer["status"] == "imported", answer["problem"]
    told = {each["header"]: (each["field"], each["how"]) for each in answer["columns"]}
    assert told["Datum"] == ("service_date", "content")
    assert told["Ziffer"] == ("code", "content")
    assert told["Kasse"] == ("payer", "content")
    assert told["Betrag"] == ("billed", "content")
    assert told["Erlaubt"] == ("allowed", "content")
    assert told["Gezahlt"] == ("paid", "content")
    assert told["Beleg"] == (None, None)
    assert sum(line["paid"] for line in lines(practice)) == TOTALS[2]


DAYS = {
    "iso": lambda day: day.isoformat(),
    "us short year": lambda day: f"{day:%m/%d/%y}",
    "iso with time": lambda day: f"{day.isoformat()} 00:00:00",
    "us with time": lambda day: f"{day.month}/{day.day}/{day.year} 12:00:00 AM",
    "serial": lambda day: str((day - date(1899, 12, 30)).days),
    "compact": lambda day: f"{day:%Y%m%d}",
    "words": lambda day: f"{day:%d-%b-%Y}",
    "long words": lambda day: f"{day:%B} {day.day}, {day.year}",
    "range": lambda day: f"{us(day)} - {us(day)}",
    "iso t": lambda day: f"{day.isoformat()}T00:00:00Z",
}


def test_all_forms_of_a_date_may_stand_in_one_column(tmp_path: Path) -> None:
    forms = list(DAYS.values())
    rows = [row(line, forms[n % len(forms)]) for n, line in enumerate(LINES)]
    check(*taken(tmp_path, text_of(PLAIN, rows)), len(LINES))


MONEY = {
    "dollars": lambda usd: f"${usd:,.2f}",
    "padded": lambda usd: f"  $ {usd} ",
    "brackets for none": lambda usd: f"{usd}" if usd else "-",
    "blank for zero": lambda usd: f"{usd}" if usd else "$-",
    "usd": lambda usd: f"USD {usd}",
    "usd behind": lambda usd: f"{usd} USD",
    "debit": lambda usd: f"{usd} DR" if usd else "0.00",
    "four places": lambda usd: f"{usd}00",
    "text mark": lambda usd: f"'{usd}",
}


@pytest.mark.parametrize("form", MONEY, ids=list(MONEY))
def test_amounts_are_read_in_all_their_dress(tmp_path: Path, form: str) -> None:
    rows = [row(line, us, MONEY[form]) for line in LINES]
    check(*taken(tmp_path, text_of(PLAIN, rows)), len(LINES))


@pytest.mark.parametrize(
    "minus", ["-70.00", "(70.00)", "70.00-", "$(70.00)", "-$70.00", "70.00 CR", "(70.00 )"]
)
def test_a_negative_amount_is_read_in_all_its_dress(tmp_path: Path, minus: str) -> None:
    first = list(row(LINES[0]))
    back = [*first[:8], minus, first[9]]
    practice, _ = taken(tmp_path, text_of(PLAIN, [first, back]))
    assert Decimal("-70.00") in [line["paid"] for line in lines(practice)]


def test_a_comma_for_the_decimal_point_is_refused_and_said(tmp_path: Path) -> None:
    rows = [row(line, us, lambda usd: f"{usd}".replace(".", ",")) for line in LINES]
    _, answer = taken(tmp_path, text_of(PLAIN, rows))
    assert answer["status"] == "refused"
    assert "comma" in answer["problem"]


def test_days_before_months_are_refused_and_said(tmp_path: Path) -> None:
    rows = [row(line, lambda day: f"{day:%d/%m/%Y}") for line in LINES]
    _, answer = taken(tmp_path, text_of(PLAIN, rows))
    assert answer["status"] == "refused"
    assert "day/month" in answer["problem"]


CODES = {
    "apostrophe": lambda line: f"'{line.code}",
    "number": lambda line: f"{line.code}.0",
    "blanks": lambda line: f" {line.code} ",
    "lower case": lambda line: line.code.lower(),
    "hyphen": lambda line: f"{line.code}-{line.modifiers}" if line.modifiers else line.code,
    "blank": lambda line: f"{line.code} {line.modifiers}",
    "with words": lambda line: f"{line.code} - Visit in the office",
    "words in brackets": lambda line: f"{line.code} (visit)",
}


@pytest.mark.parametrize("form", CODES, ids=list(CODES))
def test_codes_are_read_as_systems_write_them(tmp_path: Path, form: str) -> None:
    inside = form in ("hyphen", "blank")
    rows = []
    for line in LINES:
        cells = list(row(line))
        cells[3] = CODES[form](line)
        cells[4] = "" if inside else cells[4]
        rows.append(cells)
    check(*taken(tmp_path, text_of(PLAIN, rows)), len(LINES))


def test_several_modifiers_inside_a_code_are_all_kept(tmp_path: Path) -> None:
    cells = list(row(LINES[0]))
    cells[3] = "99213 25,59"
    practice, _ = taken(tmp_path, text_of(PLAIN, [cells]))
    (line,) = lines(practice)
    assert (line["code"], line["modifiers"]) == ("99213", "25 59")


def test_a_code_that_lost_its_zeros_is_refused_and_said_why(tmp_path: Path) -> None:
    cells = [list(row(line)) for line in LINES[:4]]
    cells[1][3], cells[2][3] = "100", "1U"
    _, answer = taken(tmp_path, text_of(PLAIN, cells))
    reasons = {each["row"]: each["reason"] for each in answer["rejected"]}
    assert set(reasons) == {3, 4}
    assert "leading zeros" in reasons[3]


ENCODINGS = ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-8"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings_are_told_apart(tmp_path: Path, encoding: str) -> None:
    header = [*PLAIN, "Médecin"]
    rows = [[*row(line), "Dr. Núñez – north"] for line in LINES]
    check(*taken(tmp_path, text_of(header, rows).encode(encoding)), len(LINES))


@pytest.mark.parametrize("mark", [",", "\t", ";", "|", "^", "~"])
def test_separators_are_told_apart(tmp_path: Path, mark: str) -> None:
    rows = [[*row(line), "a, b; c"] for line in LINES]
    check(*taken(tmp_path, text_of([*PLAIN, "Remark code text"], rows, mark)), len(LINES))


def test_a_line_that_names_the_separator_is_no_row_of_data(tmp_path: Path) -> None:
    text = "sep=;\n" + text_of(PLAIN, [row(line) for line in LINES], ";")
    check(*taken(tmp_path, text), len(LINES) + 1)


def test_a_report_with_titles_totals_pages_and_footers_gives_its_lines(tmp_path: Path) -> None:
    page = [["Sagebrush Family Medicine"], ["Claim detail", "", "Page 1 of 2", "", "Run 1/2/2026"]]
    again = [page[0], ["Claim detail", "", "Page 2 of 2", "", "Run 1/2/2026"], [], PLAIN]
    middle = ["", "", "Subtotal", "", "", "14", "$1,960.00", "", "1,200.00", ""]
    grand = ["Grand Total:", "", "", "", "", "28", "4000.00", "2000.00", "1900.00", "100.00"]
    rows = [*page, [], PLAIN, *[row(line) for line in LINES[:12]], middle, [], *again]
    rows += [*[row(line) for line in LINES[12:]], grand, ["End of report"], [], ["* confidential"]]
    practice, answer = taken(tmp_path, text_of(rows[0], rows[1:]))
    check(practice, answer, len(rows) - 1)
    assert [each["row"] for each in answer["rejected"]] == [17, 35]
    assert all("total" in each["reason"] for each in answer["rejected"])


def test_a_header_in_two_rows_is_read_as_one(tmp_path: Path) -> None:
    upper = ["Claim", "Date of", "Payer", "Procedure", "Proc", "", "Charge", "Allowed", "Insurance",
             "Patient"]  # fmt: skip
    lower = ["Number", "Service", "Name", "Code", "Modifier", "Units", "Amount", "Amount", "Paid",
             "Responsibility"]  # fmt: skip
    body = [row(line) for line in LINES]
    text = text_of(["Claims of the year"], [upper, lower, *body[:9], upper, lower, *body[9:]])
    practice, answer = taken(tmp_path, text)
    check(practice, answer, len(LINES) + 4)
    reasons = [each["reason"] for each in answer["ignored"]]
    assert reasons.count("repeated header") == 2


def test_groups_above_the_header_belong_to_it(tmp_path: Path) -> None:
    upper = ["Claim", "", "", "Procedure", "", "", "Amount", "", "", ""]
    lower = ["Number", "Service Date", "Payer", "Code", "Modifier", "Units", "Charged", "Allowed",
             "Paid", "Patient Share"]  # fmt: skip
    text = text_of(upper, [lower, *[row(line) for line in LINES]])
    check(*taken(tmp_path, text), len(LINES) + 1)


def test_payers_may_stand_above_their_lines(tmp_path: Path) -> None:
    header = [name for name in PLAIN if name != "Payer"]
    rows: list[list[str]] = []
    for payer in dict.fromkeys(line.payer for line in LINES):
        rows.append([f"Payer: {payer}"])
        for line in LINES:
            if line.payer == payer:
                cells = list(row(line))
                rows.append([*cells[:2], *cells[3:]])
        rows.append([f"Total for {payer}", "", "", "", "", "100.00", "100.00", "50.00", "1"])
    practice, answer = taken(tmp_path, text_of(header, rows))
    check(practice, answer, len(rows))
    assert len(answer["rejected"]) == 3


def test_quoted_line_breaks_ragged_ends_and_empty_columns_do_no_harm(tmp_path: Path) -> None:
    header = ["", *PLAIN[:3], "", "", *PLAIN[3:], "Plan address", "", ""]
    rows = []
    for line in LINES:
        cells = row(line)
        rows.append(["", *cells[:3], "", "", *cells[3:], "Box 9\nDenver, CO", "", ""])
    check(*taken(tmp_path, text_of(header, rows)), len(LINES))


def test_rows_that_go_on_with_empty_cells_are_whole(tmp_path: Path) -> None:
    rows = [[*row(line), *[""] * (n % 4)] for n, line in enumerate(LINES)]
    check(*taken(tmp_path, text_of(PLAIN, rows)), len(LINES))


def test_exports_that_overlap_and_number_their_rows_give_each_line_once(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    header = ["", *PLAIN, "Export Date"]
    for name, part, made in (("a", LINES[:16], "1/2/2026"), ("b", LINES[8:], "2/2/2026")):
        rows = [[str(n), *row(line), made] for n, line in enumerate(part)]
        (tmp_path / f"{name}.csv").write_text(text_of(header, rows))
    first, second = (one(practice, tmp_path / f"{name}.csv") for name in "ab")
    assert (first["rows"], second["rows"]) == (16, 8)
    assert len(second["rejected"]) == 8
    check(practice, second)


SPELLED = (
    "Granite Peak Health Plan", "GRANITE PEAK HEALTH PLAN", "Granite Peak HP", "Granite Peak",
    "Granite Pk Hlth Plan", "Granite Peak Health Plan, Inc.", "Granite  Peak Health Pln",
    "GPHP", "Granite Peek Health Plan", "Granite Peak Health Plan (PPO)",
)  # fmt: skip


def test_a_payer_spelled_ten_ways_is_one_payer_and_its_near_spellings_are_told(
    tmp_path: Path,
) -> None:
    rows = []
    for n, spelling in enumerate(SPELLED * 3):
        cells = list(row(LINES[n % len(LINES)]))
        rows.append([f"X{n}", cells[1], spelling, *cells[3:]])
    practice, answer = taken(tmp_path, text_of(PLAIN, rows))
    assert {line["payer"] for line in lines(practice)} == {"Granite Peak Health Plan"}
    told = " ".join(answer["notes"])
    assert '"GPHP"' in told
    assert '"Granite Peek Health Plan"' in told
    assert answer["unsure_payers"] == []
