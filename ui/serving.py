"""Starts the page: one server process holds one workspace, on this computer only."""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import tempfile
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

from copilot.problems import BadInput

if TYPE_CHECKING:
    from copilot.core import Copilot

LOOPBACK = ("127.0.0.1", "localhost", "::1")
PORTS_TRIED = 40


def serve(options: argparse.Namespace) -> int:
    """Open the page on a workspace until it is stopped; gives the exit code.

    options: workspace (None: the user's own data folder), host, port, no_browser, today.
    Raises BadInput where the workspace or the address cannot be used.
    """
    checked_host(options.host)
    from copilot.core import Copilot

    workspace = options.workspace or data_folder() / "practice"
    with Copilot(workspace, options.today, "the chat page") as copilot:
        return served(copilot, options.host, options.port, not options.no_browser)


def data_folder() -> Path:
    """Where the product keeps workspaces for which no folder was named."""
    import platformdirs

    return Path(platformdirs.user_data_dir("payer-copilot", appauthor=False))


def checked_host(host: str) -> str:
    """The host, if it is this computer's own; raises BadInput for any other."""
    if host not in LOOPBACK:
        raise BadInput(
            f"--host {host}",
            "the page shows contracts and claims, so it answers on this computer only",
            f"leave --host out, or use {LOOPBACK[0]}",
        )
    return host


def served(copilot: Copilot, host: str, port: int, browser: bool) -> int:
    """Serve an opened workspace until the process is told to stop."""
    import uvicorn

    from ui.opened import Opened
    from ui.page.page import build_application
    from ui.web.access import Access
    from ui.web.site import build_site

    listening = free_socket(host, port)
    port = listening.getsockname()[1]
    uploads = private_folders(copilot.workspace.root)
    opened = Opened(copilot, uploads)
    access = Access(say=lambda words: print(words, flush=True))
    site = build_site(opened, access, port, build_application)
    config = uvicorn.Config(
        site,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="on",
        ws="none",
        timeout_graceful_shutdown=2,
    )
    shown = f"[{host}]" if ":" in host else host
    link = access.link(f"http://{shown}:{port}")
    print(f"Payer Copilot is open at {link} (Ctrl+C stops it)", flush=True)
    if browser:
        threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        opened.clear_uploads()
    return 0


def free_socket(host: str, port: int) -> socket.socket:
    """A listening socket on the port, or on the next one that is free.

    Raises BadInput where none of the following ones is.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, port + PORTS_TRIED if port else 1):
        made = socket.socket(family, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, candidate))
            made.listen(128)
        except OSError:
            made.close()
        else:
            return made
    raise BadInput(
        f"--port {port}",
        f"this port and the {PORTS_TRIED - 1} after it are in use",
        "name another one",
    )


def private_folders(root: Path) -> Path:
    """Private folders for uploads and an empty one to work in; gives that of the uploads.

    Gradio keeps uploads in a world-readable folder and hands out files of the working
    folder unless told otherwise.
    """
    uploads, empty = root / ".uploads", root / ".empty"
    for folder in (uploads, empty):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
    os.environ["GRADIO_TEMP_DIR"] = str(uploads)
    tempfile.tempdir = str(uploads)
    os.chdir(empty)
    return uploads
