"""Identifiers in prose: of the patients planted in letters, how many stay out of the workspace?

Letters, mails and exhibits are written from templates with invented patients, half of them in
wordings that the patterns were mended on, half in wordings that they were not; a last third in
other wordings, forms and formats again (`identifier_letters`). Each is read in as any document
is, and what the workspace keeps of it is then searched for what was planted.
Half of the patients also stand in a claims export, so that names without any word about a
patient can be known. The sample's contracts name no patient: whatever is covered in them is
covered wrongly.
"""

from __future__ import annotations

import hashlib
import random
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evals import identifier_letters
from evals.scoring import Report, Score, report

SEED, LETTERS = 20261123, 120
_FIRST = (
    "Adaeze", "Bartholomew", "Celestine", "Dashiell", "Eudora", "Fitzgerald", "Ghislaine",
    "Horatio", "Ingeborg", "Jedediah", "Katarzyna", "Leopoldo", "Marguerite", "Nikolai", "Ottoline",
    "Percival", "Quintessa", "Rosalind", "Sebastiano", "Theodora",
)  # fmt: skip
_LAST = (
    "Abernathy-Cole", "Brightwater", "Castellanos", "Dunwoody", "Eberhardt", "Fairweather",
    "Gutierrez", "Hollingsworth", "Iwamoto", "Jankowski", "Kirkbride", "Lindqvist", "McAllister",
    "Nakagawa", "Okonkwo", "Pemberton", "Quillfeather", "Rosenthal", "Szymanski", "Thistlewood",
)  # fmt: skip
_STREETS = ("Larkspur Lane", "Cottonwood Dr", "Juniper Street", "Elk Run Trail", "Ninth Avenue")
# What a letter may say; the words in braces are planted and looked for.
_SAID = (
    "Patient: {full}\nMember ID: {member}\nDate of birth: {born}",
    "RE: {last_first} / claim of 3 February 2026\nSubscriber no. {member}",
    "We write about {full}, a patient of ours since 2019, whose claim was denied on appeal.",
    "{full} (DOB {born}, MRN {record}) was seen for a wellness visit.",
    "The authorization for Ms. {last} was asked for on Tuesday; Ms. {last} is still waiting.",
    "Example 3. {full}, {age}, diabetes, three visits, allowed 384.12.",
    "Please call the patient's mother at {phone} or write to {mail}.",
    "The member lives at {street} and has no car.",
    "Social Security number {ssn} was printed on the remittance, which we ask you to stop.",
    "{last_first}\t{born}\t{member}\t99214\t128.10",
    "Exhibit C, sample claim: name {full}; chart {record}; charge 220.00; paid 0.00.",
    "His identification number with you is {member}; his medical record number, {record}.",
    "According to {first} {last}'s explanation of benefits nothing was paid.",
    "She was born {born} and turned 65 in the spring, so Medicare (MBI {mbi}) is primary.",
    "Attached: chart notes of {full}, account {record}.",
    "Voicemail of {full}, {phone}: asks why the portal shows a balance.",
    "Insured: {caps}   Policy number: {member}   Home phone: {phone}",
    "Contact for the family of {full}: {street}, evenings best.",
    "Pt {full} - PA needed?? see fax, dob {born}",
    "The case of {last}, {first}, closed without payment in April.",
)
# Written after the patterns and never used to mend them: the figure to publish.
_UNSEEN = (
    "Hi team - following up on {full} again. The portal still says pending.",
    "Name of member\t{full}\nPlan ID\t{member}\nDOB\t{born}",
    "We enclose the operative report for {last_first} (your reference {member}).",
    "It took eleven calls before {first} {last} got her inhaler.",
    "{full}\n{street}\nJuniper Flats, CO 80999\n\nDear {first},",
    "Enrollee {caps}, card no {member}, group 0071.",
    "Our nurse spoke with Mrs. {last} at {phone} on Monday.",
    "A 57-year-old man, {full}, had three emergency visits in May.",
    "cc: {mail} (patient), file",
    "Claimant's DOB {born}; claimant's SSN {ssn}.",
    "Case 4 - {full} - retro-eligibility, {born}, paid at 0.00",
    "Mr {last}'s wife asked us to resubmit under {mbi}.",
    "Acct {record} / {last_first} / balance 84.20 / turned over to collections",
    "Per the remark on {full}'s remittance, MRN# {record}.",
)
_FRAME = (
    "Sagebrush Family Medicine\n14 Depot Street, Juniper Flats, CO 80999\n\n"
    "Dear contracting team,\n"
    "\n{body}\n\nCode 99213 was allowed at 91.04 on 15 January 2026. Our notice address is as "
    "above; reach our office at (970) 555-0100.\n\nSincerely,\nThe practice manager\n"
)


@dataclass(frozen=True)
class Planted:
    """One identifier in one letter: its words, its kind, whether claims hold the name too, and
    whether the letter's wording was before the patterns' author."""

    words: str
    kind: str
    known: bool
    seen: bool


def run() -> Report:
    """The identifiers task over letters made from a fixed seed, and the sample's contracts."""
    from copilot.core import Copilot

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "letters").mkdir()
        letters = list(written(root / "letters", random.Random(SEED)))
        newest = identifier_letters.written(root / "letters")
        claims = root / "claims.csv"
        everyone = [*_people(), *identifier_letters.people()]
        claims.write_text(_claims([p for p in everyone if p[2]]), encoding="utf-8")
        files = [*[file for file, _ in letters], *[letter.file for letter in newest]]
        with Copilot(root / "workspace", who="evaluation") as copilot:
            for result in copilot.ingest([claims, *files]):
                assert result.status == "imported", result.problem
            root = copilot.workspace.root
            scores = [
                _score(file.stem, place, each, _kept_of(root, file))
                for file, planted in letters
                for place, each in enumerate(planted)
            ]
            scores += [
                _newest(letter.file.stem, place, each, _kept_of(root, letter.file))
                for letter in newest
                for place, each in enumerate(letter.planted)
            ]
            scores += list(_contracts(copilot))
    return report("identifiers", scores, "right in all")


def written(folder: Path, chance: random.Random) -> Iterator[tuple[Path, list[Planted]]]:
    """Letters below a folder, each with what was planted in it."""
    people = _people()
    for number in range(LETTERS):
        first, last, known = people[number % len(people)]
        words = _words(first, last, chance)
        seen = number < LETTERS // 2
        among = _SAID if seen else _UNSEEN
        said = [among[number % len(among)], chance.choice(among)]
        body = "\n\n".join(each.format(**words) for each in dict.fromkeys(said))
        file = folder / f"letter_{number:02d}.txt"
        file.write_text(_FRAME.format(body=body), encoding="utf-8")
        planted = [
            Planted(words[slot], kind, known, seen)
            for slot, kind in _KINDS.items()
            if any("{" + slot + "}" in each for each in said)
        ]
        yield file, planted


_KINDS = {
    "full": "name", "last_first": "name", "caps": "name", "last": "name", "member": "member id",
    "born": "birth date", "record": "record number", "phone": "phone", "mail": "mail",
    "street": "address", "ssn": "social security number", "mbi": "member id",
}  # fmt: skip


def _people() -> list[tuple[str, str, bool]]:
    """First name, last name, and whether the claims export names the person too."""
    pairs = zip(_FIRST, _LAST, strict=True)
    return [(first, last, place % 2 == 0) for place, (first, last) in enumerate(pairs)]


def _words(first: str, last: str, chance: random.Random) -> dict[str, str]:
    number = chance.randrange
    born = f"{number(1, 13)}/{number(1, 29)}/{number(1930, 2015)}"
    return {
        "first": first,
        "last": last,
        "full": f"{first} {last}",
        "last_first": f"{last}, {first}",
        "caps": f"{last.upper()}, {first.upper()}",
        "member": f"{chance.choice('XQWZ')}{chance.choice('ABK')}{number(10**7, 10**8)}",
        "born": born,
        "age": str(number(20, 90)),
        "record": f"{number(10**5, 10**6)}",
        "phone": f"({number(300, 990)}) 555-{number(1000, 9999)}",
        "mail": f"{first}.{last}{number(9)}@example.org".lower(),
        "street": f"{number(10, 9999)} {chance.choice(_STREETS)}",
        "ssn": f"{number(100, 665)}-{number(10, 99)}-{number(1000, 9999)}",
        "mbi": f"1EG4TE5MK{number(10, 99)}",
    }


def _claims(people: list[tuple[str, str, bool]]) -> str:
    lines = ["Patient Name,Claim ID,DOS,CPT,Billed,Paid,Payer"]
    lines += [
        f'"{last}, {first}",{1000 + n},1/5/2026,99213,150.00,70.00,Granite Peak Health Plan'
        for n, (first, last, _) in enumerate(people)
    ]
    return "\n".join(lines) + "\n"


def _kept_of(root: Path, file: Path) -> str:
    """All that the workspace's files of one letter say, in lower case."""
    source = hashlib.sha256(file.read_bytes()).hexdigest()[:16]
    return "\n".join(
        text_of(path).casefold()
        for path in sorted(root.rglob("*"))
        if path.is_file() and source in str(path)
    )


def text_of(path: Path) -> str:
    """A file's bytes as text; a Word file's parts, unpacked."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            return "\n".join(
                parts.read(n).decode("utf-8", errors="replace") for n in parts.namelist()
            )
    return path.read_bytes().decode("utf-8", errors="replace")


def _score(letter: str, place: int, planted: Planted, held: str) -> Score:
    out = float(planted.words.casefold() not in held)
    if planted.seen:
        return Score(f"{letter}.{place}", out, f"a {planted.kind} stays", {"seen wordings": out})
    parts = {f"{planted.kind} kept out": out, "unseen wordings": out}
    if planted.kind == "name":
        known = "that claims hold too" if planted.known else "met nowhere else"
        parts[f"name {known} kept out"] = out
    # The failure names the kind only: the words are a person's, though an invented one's.
    return Score(f"{letter}.{place}", out, f"a {planted.kind} stays", parts)


def _newest(letter: str, place: int, each: tuple[str, str, bool], held: str) -> Score:
    """One identifier of the last third: out when its words, or a name's last name, are."""
    words, kind, known = each
    out = float(words.casefold() not in held)
    if kind == "name":
        kind = "name that claims hold too" if known else "name met nowhere else"
    parts = {f"newest: {kind}": out, "newest wordings": out}
    return Score(f"{letter}.{place}", out, f"a {kind} stays", parts)


def _contracts(copilot: object) -> Iterator[Score]:
    """1 for each of the sample's contracts in which nothing is covered."""
    from copilot.core import Copilot
    from evals.sample_practice.generate import write_sample

    assert isinstance(copilot, Copilot)
    with tempfile.TemporaryDirectory() as folder:
        for sample in write_sample(Path(folder)):
            if sample.path.suffix in (".pdf", ".docx"):
                (result,) = copilot.ingest([sample.path], sample.payer)
                alone = float(not any("are covered" in note for note in result.notes))
                why = "words of a contract are covered"
                yield Score(sample.path.stem, alone, why, {"contracts left alone": alone})
