"""The log of one practice's negotiations: proposed, then confirmed by the user, never rewritten.

Each event is a file of its own under the workspace's log/negotiation/, numbered in order and
written in one step, so that a crash leaves all events before it whole; nothing is ever
changed or taken out. What stands is read from the events each time.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from copilot.tracker.entries import (
    Contact,
    Entry,
    Offer,
    Promise,
    entry_as_data,
    entry_from,
)
from knowledge.problems import BadInput
from knowledge.workspace import Workspace

FOLDER = "negotiation"
_WRITING = threading.RLock()


@dataclass
class _Read:
    """What the events add up to: entries by id, in the order they were confirmed."""

    waiting: dict[str, Entry]
    kept: dict[str, Entry]
    contacts: dict[str, Contact]


class Log:
    """The log of a workspace. Entries wait in `pending` until `confirm`; all else reads them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._folder = workspace.log / FOLDER

    def propose(self, entry: Entry) -> Entry:
        """Write down an entry that waits for the user's word; gives it back with its ids.

        An entry with the id of one that waits takes its place (the earlier wording stays in
        the files).
        """
        named = _with_ids(entry)
        self._write("proposed", entry=entry_as_data(named))
        return named

    def pending(self) -> tuple[Entry, ...]:
        """Entries that wait for the user's word, in the order they were proposed."""
        return tuple(self._read().waiting.values())

    def confirm(self, key: str) -> Entry:
        """Keep a waiting entry; the one it replaces is struck. BadInput where none waits."""
        with _WRITING:  # two clicks at once must not both find it waiting
            read = self._read()
            if key not in read.waiting:
                if key in read.kept:
                    return read.kept[key]
                raise _no_such(key)
            self._write("confirmed", id=key)
            return read.waiting[key]

    def withdraw(self, key: str) -> Entry:
        """Discard a waiting entry or strike a kept one; its files stay as a trace."""
        with _WRITING:
            read = self._read()
            found = read.waiting.get(key) or read.kept.get(key)
            if found is None:
                raise _no_such(key)
            self._write("withdrawn", id=key)
            return found

    def entries(self, payer: str | None = None) -> tuple[Entry, ...]:
        """Confirmed entries, of one payer or of all, oldest first."""
        return _in_order(self._read().kept.values(), payer)

    def contacts(self, payer: str | None = None) -> tuple[Contact, ...]:
        """The persons kept, as last said, by payer and name."""
        kept = self._read().contacts.values()
        return tuple(
            sorted(
                (each for each in kept if payer in (None, each.payer)),
                key=lambda each: (each.payer, each.name),
            )
        )

    def keep_contact(self, contact: Contact) -> Contact:
        """Keep a person of a payer; one of the same name there is filled up or put right."""
        kept = _merged(self._read().contacts, contact)
        self._write("contact", contact=asdict(kept))
        return kept

    def promises(self, payer: str | None = None) -> tuple[tuple[Entry, Promise], ...]:
        """Every confirmed promise with the entry it was made in, oldest first."""
        return tuple((e, promise) for e in self.entries(payer) for promise in e.promises)

    def open_promises(self, payer: str | None = None) -> tuple[tuple[Entry, Promise], ...]:
        """The promises that no later entry fulfils or gives another day."""
        done = {key for e in self.entries(payer) for key in (*e.settles, *e.renews)}
        return tuple(pair for pair in self.promises(payer) if pair[1].id not in done)

    def offers(self, payer: str | None = None) -> tuple[tuple[Entry, Offer], ...]:
        """Every ask, offer and counter with its entry, oldest first."""
        return tuple((e, offer) for e in self.entries(payer) for offer in e.offers)

    def last(self, payer: str) -> Entry | None:
        """The latest time the two sides were in touch, or None."""
        touched = [entry for entry in self.entries(payer) if entry.is_contact]
        return touched[-1] if touched else None

    def stage(self, payer: str) -> Entry | None:
        """The latest entry in which the user said where the negotiation stands, or None."""
        said = [entry for entry in self.entries(payer) if entry.stage]
        return max(said, key=lambda each: each.made) if said else None

    def _write(self, what: str, **more: Any) -> None:
        with _WRITING:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            number = max((int(file.stem) for file in self._files()), default=0) + 1
            at = datetime.now().isoformat(timespec="seconds")
            path = self._folder / f"{number:06d}.json"
            self._workspace.write_json(path, {"what": what, "at": at, **more})

    def _files(self) -> Iterator[Path]:
        return self._folder.glob("[0-9]*.json")

    def _read(self) -> _Read:
        read = _Read({}, {}, {})
        for path in sorted(self._files()):
            event = self._workspace.read_json(path, {})
            try:
                _apply(read, event)
            except (KeyError, TypeError, ValueError) as wrong:
                raise BadInput(
                    where=str(path.relative_to(self._workspace.root)),
                    what="this file of the log is damaged",
                    do="restore it from a backup of the folder; nothing else was changed",
                ) from wrong
        return read


def _apply(read: _Read, event: dict[str, Any]) -> None:
    match event["what"]:
        case "proposed":
            entry = entry_from(event["entry"])
            read.waiting[entry.id] = entry
        case "confirmed":
            entry = read.waiting.pop(event["id"])
            read.kept.pop(entry.replaces, None)
            read.kept[entry.id] = entry
            for contact in entry.contacts:
                kept = _merged(read.contacts, contact)
                read.contacts[kept.id] = kept
        case "withdrawn":
            read.waiting.pop(event["id"], None)
            read.kept.pop(event["id"], None)
        case "contact":
            contact = Contact(**event["contact"])
            read.contacts[contact.id] = contact
        case other:
            raise ValueError(other)


def _merged(known: dict[str, Contact], contact: Contact) -> Contact:
    """The contact with what was said before of the same name at that payer, new words first."""
    for each in known.values():
        if each.payer == contact.payer and each.name.casefold() == contact.name.casefold():
            said = {name: value for name, value in asdict(contact).items() if value}
            return replace(each, **{**said, "id": each.id})
    return contact if contact.id else replace(contact, id=_new("contact"))


def _in_order(entries: Iterable[Entry], payer: str | None) -> tuple[Entry, ...]:
    """By day; entries of one day in the order they were confirmed."""
    return tuple(sorted((e for e in entries if payer in (None, e.payer)), key=lambda each: each.on))


def _with_ids(entry: Entry) -> Entry:
    key = entry.id or _new("entry")
    return replace(
        entry,
        id=key,
        made=entry.made or datetime.now().isoformat(timespec="microseconds"),
        promises=tuple(
            replace(each, id=each.id or f"{key}-p{at}") for at, each in enumerate(entry.promises, 1)
        ),
        offers=tuple(
            replace(each, id=each.id or f"{key}-o{at}") for at, each in enumerate(entry.offers, 1)
        ),
        contacts=tuple(
            replace(each, id=each.id or f"{key}-c{at}") for at, each in enumerate(entry.contacts, 1)
        ),
    )


def _new(kind: str) -> str:
    return f"{kind}-{uuid.uuid4().hex[:8]}"


def _no_such(key: str) -> BadInput:
    return BadInput(f"log entry {key}", "there is no such entry", "look it up in the tracker")
