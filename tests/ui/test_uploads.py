"""Files on their way in: only what was uploaded here is read, and nothing is left behind."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path
from typing import Any

import pytest

from ui.opened import Opened
from ui.page import conversation, intake
from ui.serving import free_socket, private_folders


@pytest.fixture
def opened(paper: Any, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """The paper workspace with its private folders, restored afterwards."""
    import tempfile

    monkeypatch.chdir(Path.cwd())
    monkeypatch.setenv("GRADIO_TEMP_DIR", "")
    monkeypatch.setattr(tempfile, "tempdir", None)
    return Opened(paper, private_folders(paper.root))


def upload(opened: Opened, name: str, content: str = "x") -> Path:
    """A file as Gradio leaves it: in a folder of its own below the uploads."""
    folder = opened.uploads / name.replace(".", "_")
    folder.mkdir()
    (folder / name).write_text(content)
    return folder / name


def test_the_folders_of_the_server_are_private_and_it_works_in_an_empty_one(
    opened: Opened,
) -> None:
    assert stat.S_IMODE(opened.uploads.stat().st_mode) == 0o700
    assert os.environ["GRADIO_TEMP_DIR"] == str(opened.uploads)
    assert list(Path.cwd().iterdir()) == []


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "{uploads}/../settings/key", "{uploads}", "{uploads}/none.csv", ""]
)
def test_a_path_that_was_not_uploaded_is_never_read(opened: Opened, path: str) -> None:
    given = path.format(uploads=opened.uploads)
    assert intake.uploaded(opened, [given]) == []


def test_a_link_out_of_the_uploads_is_never_read(opened: Opened) -> None:
    link = opened.uploads / "link.csv"
    link.symlink_to("/etc/passwd")
    assert intake.uploaded(opened, [str(link)]) == []


def test_reading_ends_in_one_table_with_what_was_refused_and_why(opened: Opened) -> None:
    files = [upload(opened, "claims.csv"), upload(opened, "notes.exe")]
    last = list(intake.read_files(opened, files))[-1]
    assert "1 of 2 files read" in last
    assert "row 7: the amount is no number" in last
    assert "save it as PDF" in last
    assert "2 of 3 columns are read; 1 to check" in last
    assert "by a likeness of its name" in last and "80.00" in last
    assert 'data-column="Dr &lt;b&gt;"' in last and "Dr <b>" not in last
    assert "KESTRL" in last and "12 rows; counted for no payer now" in last
    assert not any(path.is_file() for path in opened.uploads.rglob("*"))


def test_a_file_without_a_payer_waits_for_the_choice_and_is_read_with_it(opened: Opened) -> None:
    last = list(intake.read_files(opened, [upload(opened, "fees.csv")]))[-1]
    assert "Kestrel National Health" in last
    [key] = opened.waiting
    chosen = f'{{"file": "{key}", "payer": "Kestrel National Health"}}'
    again = list(intake.assigned(opened, chosen))[-1]
    assert "<td>Kestrel National Health</td>" in again
    assert opened.copilot.given[-1] == ("fees.csv", "Kestrel National Health")  # type: ignore[attr-defined]
    assert opened.waiting == {}


@pytest.mark.parametrize("wish", ["", "no json", "[]", '{"file": "other", "payer": "x"}'])
def test_a_choice_for_no_waiting_file_reads_nothing(opened: Opened, wish: str) -> None:
    list(intake.assigned(opened, wish))
    assert opened.copilot.given == []  # type: ignore[attr-defined]


def test_a_hostile_file_name_stays_words(opened: Opened) -> None:
    name = "<img src=x onerror=alert(1)>.csv"
    last = list(intake.read_files(opened, [upload(opened, name)]))[-1]
    assert "&lt;img" in last
    assert "<img" not in last


def test_stopping_an_import_ends_it_at_its_next_step(opened: Opened) -> None:
    files = [upload(opened, f"claims{at}.csv") for at in range(50)]
    opened.copilot.pause = 0.05  # type: ignore[attr-defined]
    reading = intake.read_files(opened, files)
    for _ in range(3):
        next(reading)
    reading.close()  # type: ignore[attr-defined]
    with opened.busy:
        assert len(opened.copilot.given) < 10  # type: ignore[attr-defined]


def test_one_turn_runs_at_a_time(opened: Opened) -> None:
    opened.copilot.pause = 0.2  # type: ignore[attr-defined]
    running, most, guard = 0, 0, threading.Lock()
    ask = opened.copilot.ask

    def counted(question: str, thread: str | None = None) -> Any:
        nonlocal running, most
        with guard:
            running += 1
            most = max(most, running)
        yield from ask(question, thread)
        with guard:
            running -= 1

    opened.copilot.ask = counted  # type: ignore[method-assign]
    tabs = [threading.Thread(target=lambda: list(opened.asked("q", "t5"))) for _ in range(4)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert most == 1
    assert len(opened.copilot.threads.turns("t5")) == 4


def test_a_question_that_is_too_long_is_said_to_be_and_not_cut(opened: Opened) -> None:
    [(feed, composer, _, _)] = list(conversation.ask(opened, "x" * 1_000_000, None))
    assert "1,000,000 characters" in feed[-1]["content"]
    assert len(composer) == 1_000_000


def test_a_turn_that_fails_says_why_and_keeps_the_question(opened: Opened) -> None:
    *_, (feed, composer, _, _) = conversation.ask(opened, "fail", None)
    assert "it fails on purpose; ask another one" in feed[-1]["content"]
    assert composer == "fail"


@pytest.mark.parametrize(
    "file",
    [
        {"path": "/etc/passwd"},
        {"path": "/etc/passwd", "url": "/gradio_api/file=/etc/passwd"},
        {"path": "{address}"},
        {"path": "claims.csv", "url": "{address}"},
    ],
    ids=["own path", "with an address", "an address for a path", "another address"],
)
def test_a_forged_upload_reads_no_file_and_fetches_no_address(
    site: Any, file: dict[str, str]
) -> None:
    with free_socket("127.0.0.1", 0) as listening:
        listening.settimeout(0.5)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/claims.csv"
        given = {name: value.format(address=address) for name, value in file.items()}
        reply = _send_as_an_upload(site.client, given)
        assert reply.status_code == 400
        assert "not uploaded here" in reply.text
        assert site.paper.given == []
        files = [path for path in site.opened.uploads.rglob("*") if path.is_file()]
        assert [path for path in files if path.stat().st_size] == []
        with pytest.raises(TimeoutError):
            listening.accept()


def test_a_file_that_was_uploaded_is_read(site: Any) -> None:
    origin = {"origin": "http://127.0.0.1:7860"}
    sent = {"files": ("claims.csv", b"a,b")}
    [path] = site.client.post("/gradio_api/upload", files=sent, headers=origin).json()
    reply = _send_as_an_upload(site.client, {"path": path, "orig_name": "claims.csv"})
    assert reply.status_code == 200
    told = site.client.get("/gradio_api/queue/data?session_hash=forged").text
    assert "claims.csv was read" in told
    assert site.paper.given == [("claims.csv", None)]


@pytest.mark.parametrize("body", ["", "{", "[" * 200_000, '{"data": [{"path": 5}]}'])
def test_a_request_that_cannot_be_read_starts_nothing(site: Any, body: str) -> None:
    headers = {"origin": "http://127.0.0.1:7860", "content-type": "application/json"}
    reply = site.client.post("/gradio_api/queue/join", content=body, headers=headers)
    assert reply.status_code == 400


def _send_as_an_upload(client: Any, file: dict[str, str]) -> Any:
    """Hand the page's upload event a file as the browser would; gives the reply."""
    config = client.get("/config").json()
    button = next(c["id"] for c in config["components"] if c["type"] == "uploadbutton")
    event = next(
        d["id"] for d in config["dependencies"] if [button, "upload"] in map(list, d["targets"])
    )
    forged = {**file, "meta": {"_type": "gradio.FileData"}}
    ask = {"data": [[forged]], "fn_index": event, "session_hash": "forged"}
    origin = {"origin": "http://127.0.0.1:7860"}
    return client.post("/gradio_api/queue/join", json=ask, headers=origin)


def test_columns_are_read_as_the_user_says_with_the_file_that_waits(opened: Opened) -> None:
    paper: Any = opened.copilot
    paper.sources = lambda: [{"id": "ab" * 8, "redacted": True}]
    list(intake.read_files(opened, [upload(opened, "claims.csv")]))
    assert list(opened.waiting) == ["ab" * 8]
    wish = '{"source": "abababababababab", "columns": {"CPT": "code", "Allowed Amt": ""}}'
    last = list(intake.mapped(opened, wish))[-1]
    assert paper.confirmed == [
        ("ab" * 8, {"CPT": "code", "Allowed Amt": None}, "claims.csv"),
    ]
    assert "claims.csv was read" in last and ">42<" in last
    assert not any(path.is_file() for path in opened.uploads.rglob("*"))


@pytest.mark.parametrize("wish", ["", "no json", "[]", '{"source": "x"}'])
def test_a_mapping_that_is_none_changes_nothing(opened: Opened, wish: str) -> None:
    assert list(intake.mapped(opened, wish)) == [""]


def test_closing_the_card_deletes_what_waits(opened: Opened) -> None:
    list(intake.read_files(opened, [upload(opened, "fees.csv")]))
    assert opened.waiting
    opened.drop_waiting()
    assert not opened.waiting
    assert not any(path.is_file() for path in opened.uploads.rglob("*"))
