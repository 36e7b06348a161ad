"""Documents: exhibits that add up by hand, no other payer in them, what is missing named."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from copilot.drafting.documents.kinds import kind_of
from copilot.drafting.wording import wordings
from copilot.export import INNER
from copilot.exports.guard import held_back
from knowledge.evidence import TOKEN, Finding, plain
from knowledge.problems import BadInput, MoreNeeded

LARKMOOR = "Larkmoor Health Plan"
BITTERROOT = "Bitterroot Mutual"


def money(shown: str) -> Decimal:
    return Decimal(re.sub(r"[$,]", "", shown))


def exhibit(said: str) -> list[list[str]]:
    """The cells of the rate exhibit in a letter, its head left out."""
    lines = said.partition("### Rate exhibit")[2].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")]
            for line in lines if line.startswith("| ")][1:]  # fmt: skip


def held(room: Any, finding: Finding, payer: str | None, inner: bool) -> list[str]:
    """What the guard has against a draft that goes to a payer, or stays in the practice."""
    draft = room.draft(finding)
    used = {match.group(2) for match in TOKEN.finditer(f"{draft.subject}\n{draft.body}")}
    figures = [each for each in room.ledger.figures() if each["id"] in used]
    reasons: list[str] = held_back(room.practice, room.words(finding), payer, (), figures, inner)
    return reasons


def test_the_exhibit_of_a_letter_adds_up_to_its_worth(room: Any) -> None:
    finding = room.ask("draft_document", purpose="proposal", payer=LARKMOOR, percent=Decimal(8))
    said = room.words(finding)
    assert room.loose(finding) == ()
    # 100 visits at 116.25; 8% more: 125.55, and 930.00 a year. Medicare 2025: 127.92 a visit,
    # so 116.25 is 90.877...% and 125.55 is 98.147...% of it.
    assert exhibit(said) == [
        ["99214", "office visit, moderate", "100", "$116.25", "90.9%", "$125.55", "98.1%",
         "$930.00"],
        ["Total", "", "", "", "", "", "", "$930.00"],
    ]  # fmt: skip
    assert "$930.00" in said.partition("### Rate exhibit")[0]
    assert finding.table is not None
    assert finding.table.rows[-1][-1].number == Decimal("930.00")  # type: ignore[union-attr]


def test_rows_of_an_exhibit_add_up_where_each_is_rounded(rooms: Any, a_claim: Any) -> None:
    # Three codes at 100.06: 8% of each is 8.0048, rounded 8.00; of all, 300.18, it is 24.01.
    days = (date(2025, 11, 3), date(2026, 3, 2), date(2026, 10, 30))
    lines = [a_claim(n, LARKMOOR, code, "100.06", days[n])
             for n, code in enumerate(("99213", "99214", "99215"))]  # fmt: skip
    with rooms(tables={"claim_lines": lines}, paper=False) as room:
        finding = room.ask("draft_document", purpose="proposal", payer=LARKMOOR,
                           percent=Decimal(8))  # fmt: skip
        *rows, total = [money(row[-1]) for row in exhibit(room.words(finding))]
    assert total == Decimal("24.01")
    assert sorted(rows) == [Decimal("8.00"), Decimal("8.00"), Decimal("8.01")]


def test_a_code_in_several_settings_shows_its_office_percent_with_a_note(
    rooms: Any, a_claim: Any
) -> None:
    # Office: 9 visits at 116.25, 90.877...% of 127.92; one by the hospital (place 22) at 80.00.
    # 8% more on each line: 98.147...% in the office. Allowed 1,126.25, worth 90.10.
    days = [date(2025, 11, 3), *[date(2026, 3, 2)] * 8, date(2026, 10, 30)]
    lines = [a_claim(n, LARKMOOR, "99214", "116.25", day) for n, day in enumerate(days[1:])]
    lines.append(a_claim(9, LARKMOOR, "99214", "80.00", days[0], place_of_service="22"))
    with rooms(tables={"claim_lines": lines}, paper=False) as room:
        finding = room.ask("draft_document", purpose="proposal", payer=LARKMOOR,
                           percent=Decimal(8))  # fmt: skip
        said = room.words(finding)
        assert room.loose(finding) == ()
    assert exhibit(said)[0] == ["99214", "office visit, moderate", "10", "$112.63", "90.9%",
                                "$121.64", "98.1%", "$90.10"]  # fmt: skip
    assert "For 99214 with lines in several settings, the percents are those" in said


def test_an_ask_in_percent_of_medicare_prices_each_code(room: Any) -> None:
    finding = room.ask("draft_document", purpose="proposal", payer=LARKMOOR,
                       percent_of_medicare=Decimal(100))  # fmt: skip
    # 100 visits x (127.92 - 116.25)
    assert exhibit(room.words(finding))[0][5:] == ["$127.92", "100.0%", "$1,167.00"]


def test_a_letter_never_asks_for_less_than_is_paid(room: Any) -> None:
    with pytest.raises(BadInput, match="below what"):
        room.ask("draft_document", purpose="proposal", payer=LARKMOOR,
                 percent_of_medicare=Decimal(80))  # fmt: skip


def test_another_percent_makes_the_exhibit_anew(room: Any) -> None:
    room.ask("draft_document", purpose="proposal", payer=LARKMOOR, percent=Decimal(8))
    changed = room.ask("revise_draft", change="make it 10%")
    said = room.words(changed)
    assert exhibit(said)[-1][-1] == "$1,162.50"  # 10% of 11,625.00
    assert "$930" not in said


def test_a_proposal_without_a_percent_asks_for_one(room: Any) -> None:
    with pytest.raises(MoreNeeded, match="How much"):
        room.ask("draft_document", purpose="proposal", payer=LARKMOOR)


@pytest.mark.parametrize("purpose", ["profile", "proposal", "agenda"])
def test_what_goes_to_a_payer_holds_nothing_of_another(room: Any, purpose: str) -> None:
    finding = room.ask("draft_document", purpose=purpose, payer=LARKMOOR, percent=Decimal(8))
    said = room.words(finding)
    assert "Bitterroot" not in said
    assert "99.00" not in said
    assert held(room, finding, LARKMOOR, inner=False) == []
    assert room.loose(finding) == ()


def test_a_profile_for_anyone_names_no_payer_and_none_of_its_figures(room: Any) -> None:
    finding = room.ask("draft_document", purpose="profile")
    said = room.words(finding)
    assert room.draft(finding).payer is None
    assert "Larkmoor" not in said and "Bitterroot" not in said
    assert "148" not in said  # Larkmoor's own report
    assert "1 evening session and 1 weekend session a week" in said  # Tuesday to 20:00, Saturday


def test_a_profile_tells_what_no_file_gives_and_leaves_it_out(rooms: Any, tables: Any) -> None:
    with rooms(tables={"claim_lines": tables["claim_lines"]}, paper=False) as room:
        finding = room.ask("draft_document", purpose="profile", payer=LARKMOOR)
        said, notes = room.words(finding), " ".join(plain(c.text) for c in finding.caveats)
    assert "Quality" not in said and "appointment" not in said and "report" not in said
    for file in ("quality report", "opening hours", "utilization report"):
        assert file in notes
    assert "40 of your members came for 100 visits" in said


def test_what_care_spared_the_plan_stands_on_its_own_report_and_list(
    rooms: Any, tables: Any
) -> None:
    # 191 - 148 = 43 per 1,000; on 500 members a month that is 21.5, said as 22 (or 21) visits.
    months = [{"payer": LARKMOOR, "month": date(2025, 11, 1), "members": 500},
              *({"payer": LARKMOOR, "month": date(2026, n, 1), "members": 500}
                for n in range(1, 11)),
              {"payer": LARKMOOR, "month": date(2025, 12, 1), "members": 500}]  # fmt: skip
    with rooms(tables={**tables, "membership": months}) as room:
        said = room.words(room.ask("draft_document", purpose="profile", payer=LARKMOOR))
    assert re.search(r"about 2[12] fewer a year .* on the 500 members", said)


def test_without_a_list_no_saving_is_claimed(room: Any) -> None:
    said = room.words(room.ask("draft_document", purpose="profile", payer=LARKMOOR))
    assert "191 per 1,000" in said
    assert "fewer a year" not in said


def test_the_briefing_holds_several_payers_and_stays_in_the_practice(room: Any) -> None:
    finding = room.ask("draft_document", purpose="briefing")
    draft, said = room.draft(finding), room.words(finding)
    assert draft.kind in INNER and draft.payer is None
    assert "Internal" in said and "Larkmoor" in said and "Bitterroot" in said
    assert held(room, finding, None, inner=True) == []
    assert held(room, finding, LARKMOOR, inner=False)  # as a letter it would be held back
    assert room.loose(finding) == ()


def test_a_briefing_after_talk_of_one_payer_is_of_all(room: Any) -> None:
    carried = room.ask("draft_document", "prepare a briefing for the board",
                       purpose="briefing", payer=BITTERROOT)  # fmt: skip
    named = room.ask("draft_document", "a board briefing on Bitterroot",
                     purpose="briefing", payer=BITTERROOT)  # fmt: skip
    assert room.draft(carried).payer is None
    assert room.draft(named).payer == BITTERROOT


@pytest.mark.parametrize("purpose", ["profile", "proposal", "agenda", "briefing", "memo"])
def test_without_any_file_nothing_is_claimed_and_the_files_are_named(
    bare: Any, purpose: str
) -> None:
    finding = bare.ask("draft_document", purpose=purpose, payer=LARKMOOR, percent=Decimal(8))
    said = bare.words(finding)
    assert "$" not in said and "figures below" not in said and "rate exhibit" not in said.lower()
    assert "exhibit can be" not in said and "members" not in said.replace("members get", "")
    assert bare.loose(finding) == ()
    assert "claims or 835 files" in " ".join(plain(c.text) for c in finding.caveats)


def test_a_memo_joins_the_findings_of_contract_and_money(room: Any) -> None:
    finding = room.ask("draft_document", purpose="memo", payer=LARKMOOR)
    said = room.words(finding)
    assert room.draft(finding).kind in INNER
    assert "[larkmoor.txt" in said.partition("### What the contract says")[2]
    assert "90.9% of 2025 Colorado Medicare" in said
    assert room.loose(finding) == ()


def test_an_agenda_has_the_day_named_and_no_point_to_stop_at(room: Any) -> None:
    finding = room.ask("draft_document", "agenda for the call with Larkmoor on December 15",
                       purpose="agenda", payer=LARKMOOR, percent=Decimal(8))  # fmt: skip
    said = room.words(finding)
    assert "Tuesday, December 15, 2026, 45 minutes" in said
    assert sum(int(n) for n in re.findall(r"^\| (\d+) \|", said, re.MULTILINE)) == 45
    # ten working days on, Christmas left out
    assert "by December 30, 2026" in said
    assert "stop" not in said.lower() and "walk" not in said.lower()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("write a one-page profile of our practice for Larkmoor", "profile"),
        ("who we are in numbers", "profile"),
        ("I need a one-pager about us", "profile"),
        ("proposal letter with the rate exhibit", "proposal"),
        ("put our request for 8% in a formal letter with a code table", "proposal"),
        ("agenda for the meeting with them", "agenda"),
        ("brief the partners on the proposal", "briefing"),
        ("a briefing for the physicians' board", "briefing"),
        ("one-page memo on the contract findings", "memo"),
    ],
)
def test_the_kind_is_told_from_the_users_words(words: str, kind: str) -> None:
    assert kind_of(None, None, words).name == kind


def test_no_kind_named_is_asked_back() -> None:
    with pytest.raises(MoreNeeded, match="Which document"):
        kind_of(None, None, "write something up for us")


@pytest.mark.parametrize(
    ("kind", "part"),
    [(kind, part) for kind in ("proposal", "talking_answers") for part in wordings(kind)],
)
def test_a_wording_holds_no_number_of_its_own(kind: str, part: str) -> None:
    for tone in wordings(kind)[part].values():
        for wording in tone:
            assert not re.search(r"\d|percent|!|—", re.sub(r"\{[a-z_]+\}", "", wording)), wording
