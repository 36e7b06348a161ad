"""Exports: checked first, written whole or not at all, and opened again by other programs."""

import copy
import email
import email.policy
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copilot.core import Copilot
from copilot.drafts import Draft
from copilot.export import WRITERS, export, formats
from copilot.exports.eml import as_eml
from copilot.exports.guard import never, patient_marks
from copilot.exports.ics import folded
from copilot.exports.lines import blocks_of
from copilot.exports.page import Page, one_line
from copilot.exports.pdf import office
from copilot.exports.xlsx import safe
from copilot.settings import Profile, Settings
from copilot.tracker.entries import Contact
from copilot.tracker.log import Log
from knowledge.evidence import Basis, Figure, Finding, Sentence
from knowledge.problems import BadInput
from tests.fixtures.hand_worked import GRANITE, hand_worked
from tools.model_fee_change import model_fee_change

TODAY = date(2026, 11, 23)
LARKMOOR, BITTERROOT = "Larkmoor Health Plan", "Bitterroot Mutual"
ASK = Figure("Increase asked for", Decimal(8), "percent", Basis("as said"), places=0)
WORTH = Figure("=Larkmoor: worth of the change", Decimal("63434.27"), "USD", Basis("new - old"))
REPLY = Figure("Day asked for an answer", date(2026, 12, 9), "date", Basis("ten working days"))
THEIRS = Figure("Bitterroot: allowed", Decimal("1980"), "USD", Basis("sum", where=BITTERROOT))
BODY = (
    f"Good morning,\n\nWe ask for {ASK.token()}, worth {WORTH.token()} a year.\n\n"
    f"- Café & <b>hours</b>\n- second line\n\nPlease answer by {REPLY.token()}.\n\n"
    "Dana  \nThe Practice"
)


@pytest.fixture
def copilot(tmp_path: Path) -> Iterator[Copilot]:
    with Copilot(tmp_path / "workspace", TODAY) as made:
        made.change_settings(Settings(profile=Profile(name="Cottonwood Family Practice")))
        made.practice.payers.learn(LARKMOOR, [], "commercial")
        made.practice.payers.learn(BITTERROOT, ["Bitterroot"], "commercial")
        finding = Finding(headline=Sentence(""), figures=(ASK, WORTH, REPLY, THEIRS))
        made.ledger("t").add(finding, "draft_email", {}, 1)
        yield made


def kept(copilot: Copilot, body: str = BODY, **more: Any) -> str:
    fields: dict[str, Any] = {"kind": "email", "payer": LARKMOOR, "subject": "Exhibit B"} | more
    draft = Draft(id=copilot.drafts.fresh_id("email"), body=body, thread="t", **fields)
    return copilot.drafts.keep(draft).id


def test_a_mail_file_opens_unsent_with_text_and_html(copilot: Copilot, tmp_path: Path) -> None:
    path = export(copilot, kept(copilot), "eml", tmp_path / "letter.eml")
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert mail["Subject"] == "Exhibit B"
    assert mail["X-Unsent"] == "1"
    assert mail["From"] is None
    plain = mail.get_body(("plain",))
    rich = mail.get_body(("html",))
    assert plain is not None
    assert rich is not None
    assert "We ask for 8%, worth $63,434 a year." in plain.get_content()
    assert "Café & <b>hours</b>" in plain.get_content()
    assert "Café &amp; &lt;b&gt;hours&lt;/b&gt;" in rich.get_content()


OWN_HEADERS = {
    "Subject", "X-Unsent", "X-Uniform-Type-Identifier", "MIME-Version", "Content-Type",
}  # fmt: skip
HOSTILE = [
    "Exhibit B\r\nBcc: someone@example.com",
    "Exhibit B\nX-Evil: 1",
    "Exhibit\u2028B",
    "Exhibit\x00B\x85",
    "=?utf-8?q?a?=",
]


@pytest.mark.parametrize("subject", HOSTILE)
def test_a_hostile_subject_makes_no_header(copilot: Copilot, tmp_path: Path, subject: str) -> None:
    key = kept(copilot, subject=subject)
    path = export(copilot, key, "eml", tmp_path / "letter.eml", vouch="test")
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert mail["Bcc"] is None
    assert mail["X-Evil"] is None
    assert set(mail.keys()) == OWN_HEADERS


def test_a_word_file_holds_the_letter(copilot: Copilot, tmp_path: Path) -> None:
    path = export(copilot, kept(copilot), "docx", tmp_path / "letter.docx")
    document = docx.Document(str(path))
    texts = [p.text for p in document.paragraphs]
    assert "Subject: Exhibit B" in texts
    assert "November 23, 2026" in texts
    assert "We ask for 8%, worth $63,434 a year." in texts
    bullets = [p.text for p in document.paragraphs if p.style and p.style.name == "List Bullet"]
    assert bullets == ["Café & <b>hours</b>", "second line"]
    assert "⟦" not in "".join(texts)


@pytest.mark.slow
@pytest.mark.skipif(office() is None, reason="LibreOffice is not installed")
def test_the_office_program_opens_the_letter(copilot: Copilot, tmp_path: Path) -> None:
    from pypdf import PdfReader

    path = export(copilot, kept(copilot), "pdf", tmp_path / "letter.pdf")
    pages = PdfReader(str(path)).pages
    assert len(pages) == 1
    assert "worth $63,434 a year" in " ".join(pages[0].extract_text().split())


def test_without_the_office_program_a_pdf_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, copilot: Copilot, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BadInput, match="apt install libreoffice"):
        export(copilot, kept(copilot), "pdf", tmp_path / "letter.pdf")
    assert not (tmp_path / "letter.pdf").exists()


def test_the_exhibit_holds_each_figure_exactly_and_no_formula(
    copilot: Copilot, tmp_path: Path
) -> None:
    path = export(copilot, kept(copilot), "xlsx", tmp_path / "exhibit.xlsx")
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert [row[1] for row in rows] == [8, 63434.27, "2026-12-09"]
    assert rows[1][0] == "'=Larkmoor: worth of the change"
    assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]


def test_the_calendar_entry_stands_on_the_day_asked_for(copilot: Copilot, tmp_path: Path) -> None:
    path = export(copilot, kept(copilot), "ics", tmp_path / "reply.ics")
    text = path.read_bytes().decode()
    assert "DTSTART;VALUE=DATE:20261209\r\n" in text
    assert "DTEND;VALUE=DATE:20261210\r\n" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_a_draft_without_a_date_makes_no_calendar_entry(copilot: Copilot, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no date"):
        export(copilot, kept(copilot, body="Good morning."), "ics", tmp_path / "reply.ics")


def test_markdown_holds_subject_and_body(copilot: Copilot, tmp_path: Path) -> None:
    path = export(copilot, kept(copilot), "md", tmp_path / "letter.md")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Exhibit B\n\nGood morning,")
    assert "⟦" not in text


def test_an_exported_draft_is_kept_as_a_new_version(copilot: Copilot, tmp_path: Path) -> None:
    key = kept(copilot)
    export(copilot, key, "md", tmp_path / "letter.md")
    assert [v.status for v in copilot.drafts.versions(key)] == ["draft", "exported"]


HELD = [
    pytest.param("We ask for 97% of the moon.", "97%", id="unowned number"),
    pytest.param("Bitterroot pays us better.", "Bitterroot", id="another payer"),
    pytest.param(f"You allowed {THEIRS.token()}.", "Bitterroot", id="another payer's figure"),
]


@pytest.mark.parametrize(("body", "named"), HELD)
def test_a_draft_is_held_back_with_the_reason_until_it_is_vouched_for(
    copilot: Copilot, tmp_path: Path, body: str, named: str
) -> None:
    key, out = kept(copilot, body=body), tmp_path / "letter.md"
    with pytest.raises(BadInput, match=re.escape(named)):
        export(copilot, key, "md", out)
    assert not out.exists()
    assert len(copilot.drafts.versions(key)) == 1
    export(copilot, key, "md", out, vouch="checked by hand")
    last = copilot.drafts.latest(key)
    assert (last.status, last.vouched) == ("vouched", "checked by hand")


def test_a_blank_reason_vouches_for_nothing(copilot: Copilot, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        export(copilot, kept(copilot, body="97% of it"), "md", tmp_path / "x.md", vouch="  ")


def test_an_inner_paper_may_name_several_payers(copilot: Copilot, tmp_path: Path) -> None:
    key = kept(copilot, body="Bitterroot is next.", kind="talking_points")
    assert export(copilot, key, "md", tmp_path / "points.md").exists()


OTHERS_PAY = [
    pytest.param("Mesa Verde Family Medicine is paid 118% of Medicare.", "Mesa Verde", id="name"),
    pytest.param("Other practices in town get 120% from you.", "Other practices", id="others"),
    pytest.param(
        "The clinic next door earns $131 for a 99214.", "clinic next door", id="next door"
    ),
]


@pytest.mark.parametrize(("body", "named"), OTHERS_PAY)
def test_another_practices_rates_never_leave_even_when_vouched_for(
    copilot: Copilot, tmp_path: Path, body: str, named: str
) -> None:
    key = kept(copilot, body=body)
    with pytest.raises(BadInput, match=f"{named}.*never exchanged"):
        export(copilot, key, "eml", tmp_path / "x.eml", vouch="they told me")
    assert not (tmp_path / "x.eml").exists()


OWN_PAY = [
    "Cottonwood Family Practice is paid 92% of Medicare.",
    "You pay other office visits at 92% of Medicare.",
    "Published files show a median of 118% for primary care practices in town.",
    "Other practices send your members to the emergency room on Saturdays.",
]


@pytest.mark.parametrize("words", OWN_PAY)
def test_our_own_rates_and_published_percentiles_are_no_exchange(
    copilot: Copilot, words: str
) -> None:
    assert never(copilot.practice, words) == []


@pytest.mark.parametrize("kind", ["strategy", "briefing", "memo", "call_script", "talking_points"])
def test_an_inner_paper_is_no_mail_to_a_payer_whoever_vouches(
    copilot: Copilot, tmp_path: Path, kind: str
) -> None:
    key = kept(copilot, body="We walk away at three.", kind=kind)
    with pytest.raises(BadInput, match="stays in the practice"):
        export(copilot, key, "eml", tmp_path / "x.eml", vouch="yes")
    assert "eml" not in formats(copilot, copilot.drafts.latest(key))


def test_a_mail_goes_to_the_person_kept_for_the_payer(copilot: Copilot, tmp_path: Path) -> None:
    log = Log(copilot.workspace)
    log.keep_contact(Contact("", BITTERROOT, "Sam Ode", email="sam@example.com"))
    log.keep_contact(Contact("", LARKMOOR, "Zoë Hart, PhD", "director", "zoe.hart@example.com"))
    path = export(copilot, kept(copilot), "eml", tmp_path / "letter.eml")
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert [(a.display_name, a.addr_spec) for a in mail["To"].addresses] == [
        ("Zoë Hart, PhD", "zoe.hart@example.com")
    ]
    assert mail["Date"] is None
    log.keep_contact(Contact("", LARKMOOR, "Ann Poe", email="ann@example.com\nBcc: x@example.com"))
    again = export(copilot, kept(copilot, facts={"addressee": "Ann Poe"}), "eml", path)
    mail = email.message_from_bytes(again.read_bytes(), policy=email.policy.default)
    assert (mail["To"], mail["Bcc"]) == (None, None)


def test_a_mail_takes_its_rate_exhibit_with_it_and_the_guard_reads_that_too(
    copilot: Copilot, tmp_path: Path
) -> None:
    # 10% of the 2,055.00 that the hand-worked claims allow; a row for each code and setting
    practice = hand_worked(tmp_path / "claims")
    found = model_fee_change(practice, payer=GRANITE, percent=Decimal(10))
    copilot.practice.payers.learn(GRANITE, [], "commercial")
    copilot.ledger("t").add(found, "model_fee_change", {}, 2)
    worth = next(f for f in found.all_figures() if f.id == found.details["worth"])
    key = kept(copilot, body=f"It is {worth.token()} a year.", payer=GRANITE)
    path = export(copilot, key, "eml", tmp_path / "letter.eml")
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    (exhibit,) = mail.iter_attachments()
    assert exhibit.get_filename() == "Rate exhibit Granite Peak.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(exhibit.get_content()), data_only=True)
    assert book.sheetnames == ["By code", "Inputs", "Calculation"]
    assert sum(row[9] for row in book["By code"].iter_rows(min_row=4, max_row=8, values_only=True)
               ) == pytest.approx(205.5)  # fmt: skip
    spoiled = copy.deepcopy(dict(found.details))
    spoiled["worksheet"]["grids"][0]["columns"][1]["values"][0] = "as Bitterroot pays"
    copilot.ledger("t").add(replace(found, details=spoiled), "model_fee_change", {}, 3)
    with pytest.raises(BadInput, match="Bitterroot"):
        export(copilot, key, "eml", tmp_path / "second.eml")


MARKS = [
    pytest.param("SSN 123-45-6789", id="social security"),
    pytest.param("DOB: 03/04/1961", id="birth date"),
    pytest.param("MRN 0048213", id="record"),
    pytest.param("Member ID: W2419955", id="member"),
    pytest.param("patient Jane Doe said", id="name"),
]


@pytest.mark.parametrize("words", MARKS)
def test_a_patients_marks_never_leave_even_when_vouched_for(
    copilot: Copilot, tmp_path: Path, words: str
) -> None:
    out = tmp_path / "letter.md"
    with pytest.raises(BadInput) as raised:
        export(copilot, kept(copilot, body=words), "md", out, vouch="yes")
    assert not out.exists()
    assert not any(part in str(raised.value) for part in ("6789", "1961", "0048213", "W24", "Doe"))


CLEAN = [
    "We saw 649 of your members in 1,467 visits.",
    "TIN ending 4471, 970-555-0142",
    "the member number on the card",
    "Patients come in the evening.",
]


@pytest.mark.parametrize("words", CLEAN)
def test_ordinary_words_are_no_patients_marks(words: str) -> None:
    assert patient_marks(words) == []


@given(st.from_regex(r"[1-8]\d{2}-\d{2}-\d{4}", fullmatch=True), st.text("ab ,.\n", max_size=20))
def test_a_social_security_number_is_found_anywhere(number: str, around: str) -> None:
    assert patient_marks(f"{around} {number} {around}")


@settings(max_examples=40, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(
    number=st.integers(11, 99),
    around=st.text("abcdefgh ,.\n", max_size=30),
)
def test_an_unowned_percent_never_leaves_unvouched(
    copilot: Copilot, tmp_path: Path, number: int, around: str
) -> None:
    key = kept(copilot, body=f"{around} {number}.7% {around}")
    with pytest.raises(BadInput):
        export(copilot, key, "md", tmp_path / "never.md")
    assert not (tmp_path / "never.md").exists()


def test_a_folder_is_not_overwritten(copilot: Copilot, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="folder"):
        export(copilot, kept(copilot), "md", tmp_path)


def test_a_link_is_not_followed(copilot: Copilot, tmp_path: Path) -> None:
    target = tmp_path / "precious.txt"
    target.write_text("keep")
    (tmp_path / "link.md").symlink_to(target)
    with pytest.raises(BadInput, match="ordinary"):
        export(copilot, kept(copilot), "md", tmp_path / "link.md")
    assert target.read_text() == "keep"


def test_a_missing_folder_is_named(copilot: Copilot, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="does not exist"):
        export(copilot, kept(copilot), "md", tmp_path / "nowhere" / "letter.md")


def test_an_unknown_format_lists_those_there_are(copilot: Copilot, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=", ".join(WRITERS)):
        export(copilot, kept(copilot), "exe", tmp_path / "letter.exe")


def test_a_file_that_was_there_is_replaced_whole(copilot: Copilot, tmp_path: Path) -> None:
    out = tmp_path / "letter.md"
    out.write_text("old " * 10_000)
    export(copilot, kept(copilot), "md", out)
    assert "old" not in out.read_text(encoding="utf-8")
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".new-")] == []


@given(st.text(max_size=200))
def test_a_line_of_a_calendar_is_folded_without_loss(words: str) -> None:
    line = one_line(words)
    cut = folded(line)
    assert cut.replace("\r\n ", "") == line
    assert all(len(part.encode()) <= 75 for part in cut.split("\r\n"))


@given(st.text(min_size=1, max_size=40))
def test_no_text_of_a_workbook_begins_as_a_formula(words: str) -> None:
    assert safe(words)[:1] not in ("=", "+", "-", "@", "\t", "\r")


@given(st.text(max_size=300))
def test_any_body_becomes_blocks(words: str) -> None:
    for block in blocks_of(words):
        assert isinstance(block.text, str)


def test_tables_and_headings_become_their_blocks() -> None:
    blocks = blocks_of("### One\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n1. x\n   - y\n")
    assert [b.kind for b in blocks] == ["heading", "table", "numbered", "bullet"]
    assert blocks[1].rows == (("a", "b"), ("1", "2"))
    assert blocks[3].level == 2


@pytest.mark.parametrize("address", [".dana@kestrel.example", "d..w@kestrel.example", "a@b..c"])
def test_an_address_that_no_mail_can_carry_is_left_out_of_the_mail(address: str) -> None:
    to = Contact("", "Kestrel", "Dana Wu", "", address, "")
    page = Page("Rates", "Hello", "Kestrel", "Sagebrush", letter=True, to=to)
    assert email.message_from_bytes(as_eml(page))["To"] is None


@pytest.mark.parametrize("words", [
    "123\u201145\u20116789", "1\u200b23-45-6789", "D\u200bOB 1/2/1980", "SSN 123456789",
    "member W88812345", "Patient Ann-Marie Smith",
])  # fmt: skip
def test_a_patients_mark_is_seen_behind_unusual_signs_and_without_its_label(words: str) -> None:
    assert patient_marks(f"A visit: {words}.")
