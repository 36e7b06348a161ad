"""The files inside a mail, unpacked in a child process under names that are safe on any disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge.child import run_in_child
from tools.importers.file_kind import storage_name

KEPT_AS_TEXT = (
    "The files of this mail are sources of their own; of the mail itself its text is kept."
)


@dataclass(frozen=True)
class Unpacked:
    """The files of a mail on disk, and remarks on its reading and on what was left aside."""

    files: tuple[Path, ...]
    notes: tuple[str, ...]


def unpack(mail: Path, shown: str, folder: Path) -> Unpacked:
    """The files of a mail, each in a folder of its own below the given one.

    Pictures that belong to a layout (logos) are left aside. Raises BadInput as the mail's
    reader does.
    """
    told = run_in_child(
        "knowledge.mail.reading:unpacked", str(mail.resolve()), shown, str(folder), where=shown
    )
    files = []
    for number, each in enumerate(told["files"]):
        home = folder / f"file-{number}"
        home.mkdir(mode=0o700)
        path = home / storage_name(str(each["name"]))
        Path(each["at"]).replace(path)
        files.append(path)
    notes = list(map(str, told["notes"]))
    logos = int(told["logos"])
    if logos:
        notes.append(
            f"{logos} {'picture' if logos == 1 else 'pictures'} of its layout, such as a logo,"
            f" {'is' if logos == 1 else 'are'} left aside."
        )
    return Unpacked(tuple(files), tuple(notes))
