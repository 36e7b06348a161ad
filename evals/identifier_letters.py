"""Sixty short letters and mails that name invented patients, in wordings of their own.

The last third of the identifiers task: written without sight of the patterns, after the other
two thirds, in other words, forms and formats (letters, mails, tables, notes, portal messages;
text, Markdown, HTML and Word), with people of their own. What stands in braces is planted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

SEED = 20261124
FIRST = (
    "Anneliese", "Bronwyn", "Caspian", "Delphine", "Evander", "Fiorella", "Gideon", "Hyacinth",
    "Isidora", "Jorund", "Kerensa", "Lysander", "Mirabel", "Niamh", "Osric", "Philippa", "Ragnar",
    "Soraya", "Tobiah", "Ursula",
)  # fmt: skip
LAST = (
    "Alderwick", "Bellweather", "Cavanaugh", "De la Fuente", "Eskildsen", "Ferncastle", "Grimaldi",
    "Haverstock", "Ibarra-Wynn", "Jessamine", "Kowalczyk", "Lachlan", "Montcrieff", "Nwachukwu",
    "O'Hallorahan", "Pettigrove", "Quarrington", "Ravensdale", "Stavropoulos", "Tremblay-Voss",
)  # fmt: skip
# The first half of a slot's name, before "_", is its kind.
KINDS = {
    "name": "name",
    "born": "birth date",
    "member": "member id",
    "record": "record number",
    "phone": "phone",
    "mail": "mail",
    "street": "address",
    "ssn": "social security number",
}
LETTERS = (
    "Subject: still no answer\n\nMorning - can somebody look at {name_full}? Nothing since May.",
    "Hello, I'm writing for my patient {name_full}, born {born_long}, plan number {member_plain}.",
    "{name_full} rang again. Her number is {phone_dots}. Please ring back before noon.",
    "Appeal, second level\nBeneficiary: {name_full}\nBeneficiary no.: {member_letters}\n"
    "Born: {born_iso}",
    "| who | card | since |\n|---|---|---|\n| {name_full} | {member_suffix} | {born_dash} |",
    "We were told {name_lastfirst} has no coverage. Our front desk holds a copy of card "
    "{member_letters}.",
    "Portal message 4471: user {mail_dot} says the visit was billed twice.",
    "Re: your letter about {name_title}, who lives at {street_apt}.",
    "Chart {record_dash} was pulled for review and found complete.",
    "To whom it may concern: a child, {name_full} (date of birth {born_words}) had her shots here.",
    "Her husband, {name_full}, signed the form. His social is {ssn_spaces}.",
    "note to file / {name_lower} / called {phone_plain} / left msg",
    "Medicare number {member_mbi}: the crossover never arrived.",
    "Health First Colorado ID {member_state}, {name_full}: eligibility gap in March.",
    "Mail returned from {street_box}. Do you have a newer address for {name_full}?",
    "Grievance by {name_full}, aged {age}: waited nine weeks for a referral.",
    "{name_initial} was discharged on Sunday; we learned of it on Thursday from the family.",
    "Hi Jo, see the EOB of {name_full} attached, patient resp is wrong (should be 25.00).",
    "Dear Medical Director,\n\nI ask you to overturn the denial for {name_full}. At {age} she "
    "cannot wait.\n\nReach her daughter at {phone_plus}.",
    "Encounter list\n1. {name_lastfirst} - {born_short} - 99214\n2. see next page",
    "Peer to peer held 2/11 on {name_title}. Reviewer upheld.",
    "Wrong person credited: you applied the payment of {name_full} to acct. {record_plain}.",
    "The guardian of {name_full} may be written to at {mail_under} only.",
    "Roster error: {member_plain} appears twice, once under a birth year of 1900.",
    "Could you re-run {name_full} ({born_iso})? System said 'not found'.",
    "A man we treat, {name_full}, drove 90 miles because your directory was wrong.",
    "Name: {name_full}\nStreet: {street_plain}\nTel.: {phone_dots}\nE-mail: {mail_dot}",
    "Coverage was cancelled for {name_title} although premiums were paid through June.",
    "Sub ID {member_suffix}, dep 02, DOB {born_short}, ref auth 88120: pend or deny?",
    "Refund request - payer overpaid us on {name_lastfirst}; member's identifier {member_letters}.",
    "Social security no. on the claim form reads {ssn_plain}; it ought to be blank.",
    "Our MA, on the phone with {name_full} for an hour, heard three different reasons.",
    "Medical record {record_plain}, pages 3 to 9, enclosed on paper.",
    "{name_full}'s inhaler, {name_poss} insulin pump and two MRIs were all denied in one week.",
    "Contact: {name_full}, {street_apt}, {phone_plain}.",
    "He turned 26 on {born_long} and fell off the parents' plan.",
    "Statement to {name_caps}, account ending, balance forward 311.40.",
    "Prior auth fax cover\nPT NAME {name_caps}\nPT DOB {born_dash}\nPT ID {member_plain}",
    "Please stop mailing {name_title}; he passed away in August, says the widow.",
    "We have a signed release from {name_full}; a copy went to {mail_under} as well.",
    "Case study for the meeting: {name_full}, congestive heart failure, four admissions to none.",
    "Patient's file no. {record_dash}; seen by two clinicians; one bill.",
    "From: {mail_dot}\nTo: office@sagebrush.example\n\nMy spring claim is still open. {name_full}",
    "Twins {name_full} and sibling share one card, {member_letters}, which your edit rejects.",
    "Date of birth on your side is {born_words}, on ours {born_iso}. Which holds?",
    "She moved to {street_plain} last fall; her cards still go to {street_box}.",
    "SSN: {ssn_dash} / employer group 4410 / COBRA elected",
    "Text thread: 'hi its {name_full} can u tell my insurance im not dead lol {phone_plain}'",
    "Member services wants the birthdate of the policyholder: {born_long}.",
    "Thank-you note: {name_full} wrote that the care manager saved her a hospital stay.",
    "Ticket 20931 | {name_lastfirst} | {member_suffix} | duplicate denial CO-18",
    "{name_initial}, our diabetic on the {street_plain} route, needs transport approved.",
    "Emergency contact on file: {name_full}, {phone_plus}, sister.",
    "Enrollment form: {name_full}, b. {born_short}, Medicaid no. {member_state}.",
    "MBI on the card {member_mbi}; on your remittance another one.",
    "Complaint log, row 12: {name_caps}, waited on hold 74 minutes.",
    "Interpreter needed for {name_full} (Dari); phone {phone_dots}; appointment 12/3.",
    "Audit sample: patient {name_lastfirst}, MR {record_plain}, level of visit supported.",
    "We ask for an exception for {name_title}, {age} years old, of {street_apt}.",
    "Last one for today: {name_full}, {member_plain}, {born_dash}. Thanks! - Bea",
)  # fmt: skip
FRAMES = (
    "{body}\n",
    "Sagebrush Family Medicine\nJuniper Flats, Colorado\n\n{body}\n\nThe rate for 99213 is "
    "91.04 from January 2026.\n",
    "{body}\n\n--\nBea Marlowe, billing\nSagebrush Family Medicine | (970) 555-0100\n",
)


@dataclass(frozen=True)
class Letter:
    """One letter's file and what was planted: (words that must not stay, kind, known name)."""

    file: Path
    planted: tuple[tuple[str, str, bool], ...]


def people() -> list[tuple[str, str, bool]]:
    """First name, last name, and whether the claims export names the person too."""
    pairs = zip(FIRST, LAST, strict=True)
    return [(first, last, place % 2 == 0) for place, (first, last) in enumerate(pairs)]


def written(folder: Path) -> list[Letter]:
    """The sixty letters below a folder, each of a format in turn; the same every time."""
    chance, letters = Random(SEED), []
    everyone = people()
    for number, text in enumerate(LETTERS):
        first, last, known = everyone[number * 7 % len(everyone)]
        values = _values(first, last, chance)
        body = FRAMES[number % 3].format(body=text.format(**values))
        file = _saved(folder / f"note_{number:02d}", body, number % 5)
        slots = [slot for slot in values if "{" + slot + "}" in text and slot != "age"]
        planted = [
            (_must_go(slot, values, last), KINDS[slot.split("_")[0]], known) for slot in slots
        ]
        letters.append(Letter(file, tuple(planted)))
    return letters


def _must_go(slot: str, values: dict[str, str], last: str) -> str:
    """A name is out once the last name is; everything else once its own words are."""
    return last if slot.startswith("name") else values[slot]


def _values(first: str, last: str, chance: Random) -> dict[str, str]:
    number = chance.randrange
    born = date(number(1932, 2016), number(1, 13), number(1, 29))
    line = f"{number(1000, 9999)}"
    area = chance.choice(("303", "719", "720", "970"))
    ssn = (number(100, 665), number(10, 99), number(1000, 9999))
    house = number(10, 9900)
    return {
        "age": str(2026 - born.year),
        "name_full": f"{first} {last}",
        "name_lastfirst": f"{last}, {first}",
        "name_title": f"{chance.choice(('Mr.', 'Ms.', 'Mrs.'))} {last}",
        "name_lower": f"{first} {last}".lower(),
        "name_caps": f"{first} {last}".upper(),
        "name_initial": f"{first[0]}. {last}",
        "name_poss": f"{first} {last}'s",
        "born_long": f"{born:%B} {born.day}, {born.year}",
        "born_words": f"{born.day} {born:%B} {born.year}",
        "born_iso": born.isoformat(),
        "born_dash": f"{born:%m-%d-%Y}",
        "born_short": f"{born.month}/{born.day}/{born:%y}",
        "member_plain": f"{number(10**10, 10**11)}",
        "member_letters": f"{chance.choice(('YMH', 'XBT', 'ZGP'))}{number(10**8, 10**9)}",
        "member_suffix": f"W{number(10**8, 10**9)}-0{number(1, 6)}",
        "member_mbi": f"{number(1, 10)}EG4-TE5-MK{number(10, 99)}",
        "member_state": f"{chance.choice('YGK')}{number(10**5, 10**6)}",
        "record_dash": f"{number(100, 999)}-{number(10**4, 10**5)}",
        "record_plain": f"00{number(10**4, 10**5)}",
        "phone_dots": f"{area}.555.{line}",
        "phone_plain": f"{area}555{line}",
        "phone_plus": f"+1 {area} 555 {line}",
        "mail_dot": f"{first}.{last}@example.net".lower().replace(" ", "").replace("'", ""),
        "mail_under": f"{first[0]}_{last[:6]}{number(99)}@example.com".lower().replace("'", ""),
        "street_plain": f"{house} W. {chance.choice(('Third St', 'Alta Vista Blvd', 'Mesa Rd'))}",
        "street_apt": f"{house} {chance.choice(('Pearl', 'Xenia'))} St., Apt. {number(9)}B",
        "street_box": f"P.O. Box {number(100, 9999)}",
        "ssn_spaces": f"{ssn[0]} {ssn[1]} {ssn[2]}",
        "ssn_plain": f"{ssn[0]}{ssn[1]}{ssn[2]}",
        "ssn_dash": f"{ssn[0]}-{ssn[1]}-{ssn[2]}",
    }


def _saved(path: Path, body: str, form: int) -> Path:
    """The text as plain text (twice in five), Markdown, HTML or Word."""
    if form == 2:
        paragraphs = "".join(f"<p>{part}</p>\n" for part in body.split("\n") if part)
        file = path.with_suffix(".html")
        file.write_text(f"<html><body>{paragraphs}</body></html>", encoding="utf-8")
        return file
    if form == 3:
        from docx import Document

        paper = Document()
        for part in body.split("\n"):
            paper.add_paragraph(part)
        file = path.with_suffix(".docx")
        paper.save(str(file))
        return file
    file = path.with_suffix(".md" if form == 4 else ".txt")
    file.write_text(body, encoding="utf-8")
    return file
