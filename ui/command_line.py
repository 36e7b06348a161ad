"""payer-copilot: the command line over the same core as the page.

Exit codes: 0 done; 2 bad use or bad input, one line on standard error that says which
file, row or field, and what to do; 1 anything else. `--json` prints one JSON value and
nothing else on standard output.
"""

from copilot.secure_env import secure_env

secure_env()

import argparse  # noqa: E402  (the process is made safe before anything else is imported)
import json  # noqa: E402
import sys  # noqa: E402
from collections.abc import Iterator, Sequence  # noqa: E402
from contextlib import contextmanager  # noqa: E402
from datetime import date  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any, NoReturn  # noqa: E402

PAPERS = ("contract", "amendment", "offer", "letter", "email", "guide", "other")


class _Parser(argparse.ArgumentParser):
    """An argument parser whose refusals are one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def build_parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    parser = _Parser(
        prog="payer-copilot", description="Negotiate your payer contracts with your own numbers."
    )
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)

    demo = commands.add_parser("demo", help="open the chat page on the sample practice")
    demo.add_argument("--fresh", action="store_true", help="start the sample anew")
    demo.add_argument("--prepare", action="store_true", help="set the sample up, do not serve")
    _serving(demo)

    serve = commands.add_parser("serve", help="open the chat page")
    serve.add_argument("--workspace", type=Path)
    _serving(serve)

    ingest = commands.add_parser("ingest", help="read files into a workspace")
    _workspace(ingest)
    ingest.add_argument("files", nargs="+", type=Path, metavar="FILE")
    ingest.add_argument("--payer", help="whose files these are")
    ingest.add_argument(
        "--keep-originals",
        action="store_true",
        help="keep files that name patients whole, readable by you alone, not a copy without them",
    )
    ingest.add_argument(
        "--map",
        action="append",
        default=[],
        type=_pair,
        metavar="HEADER=FIELD",
        help="read this column as this field (nothing after = : do not read it)",
    )
    ingest.add_argument(
        "--payer-is",
        action="append",
        default=[],
        type=_pair,
        metavar="SPELLING=PAYER",
        help="this spelling in the rows means this payer",
    )

    ask = commands.add_parser("ask", help="ask a question")
    _workspace(ask)
    ask.add_argument("question", nargs="?")
    ask.add_argument("--thread", help="go on with this conversation")
    ask.add_argument("--batch", type=Path, metavar="FILE.jsonl")
    ask.add_argument(
        "--yes", action="store_true", help="keep in the log what would wait for a click"
    )
    ask.add_argument(
        "--save", type=Path, metavar="OUT.xlsx|OUT.ics", help="keep duties or days as a file"
    )

    search = commands.add_parser("search", help="find passages in the guide and the contracts")
    _workspace(search)
    search.add_argument("query", nargs="?")
    search.add_argument("--payer")
    search.add_argument("--k", type=_count, default=10, help="how many passages at most")
    search.add_argument("--batch", type=Path, metavar="FILE.jsonl")

    review = commands.add_parser("review", help="read a contract's terms and what is bad in it")
    _workspace(review)
    review.add_argument("subject", metavar="FILE|PAYER")
    review.add_argument("--redline", type=Path, metavar="OUT.docx", help="mark it up in Word")
    review.add_argument("--level", choices=["opening", "target", "walk_away"], help="what to ask")
    review.add_argument("--author", help="whose marks they are; the practice by default")

    exercise = commands.add_parser("exercise", help="practice marking up a sample contract")
    exercise.add_argument("out", nargs="?", type=Path, metavar="OUT.docx", help="write it here")
    exercise.add_argument("--check", type=Path, metavar="MARKED.docx", help="see how you did")
    exercise.add_argument("--ours", action="store_true", help="write our own redline of it instead")
    _workspace(exercise, required=False)

    export = commands.add_parser("export", help="write a draft as a file")
    _workspace(export)
    export.add_argument("draft")
    export.add_argument("--to", required=True, choices=["docx", "pdf", "xlsx", "eml", "md", "ics"])
    export.add_argument("out", type=Path)
    export.add_argument("--vouch", metavar="REASON", help="answer for what nothing supports")
    export.add_argument("--yes", action="store_true", help="keep in the log that it went out")

    settings = commands.add_parser("settings", help="show or change a workspace's settings")
    _workspace(settings)
    settings.add_argument("changes", nargs="*", metavar="name=value")

    evaluate = commands.add_parser("eval", help="run the evaluations")
    evaluate.add_argument("tasks", nargs="*", metavar="TASK")
    evaluate.add_argument("--json", action="store_true")

    doctor = commands.add_parser("doctor", help="what is installed, configured, missing")
    doctor.add_argument("--workspace", type=Path)
    doctor.add_argument("--json", action="store_true")
    return parser


def _workspace(command: argparse.ArgumentParser, required: bool = True) -> None:
    command.add_argument("--workspace", type=Path, required=required, metavar="DIR")
    command.add_argument("--json", action="store_true", help="print one JSON value")
    command.add_argument("--today", type=_day, metavar="DATE", help="fix the day, YYYY-MM-DD")


def _serving(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=int, default=7860)
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--no-browser", action="store_true", help="do not open a browser")
    command.add_argument("--today", type=_day, metavar="DATE")


def _count(words: str) -> int:
    if not words.isdecimal() or int(words) < 1:
        raise argparse.ArgumentTypeError(f"{words!r} is no whole number from 1")
    return int(words)


def _pair(words: str) -> tuple[str, str]:
    left, sign, right = words.rpartition("=")
    if not sign or not left.strip():
        raise argparse.ArgumentTypeError(f"{words!r} is not of the form NAME=VALUE")
    return left.strip(), right.strip()


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{words!r} is no date; write YYYY-MM-DD") from None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    from copilot.problems import BadInput, NotKnown

    try:
        options = build_parser().parse_args(arguments)
    except SystemExit as left:
        return int(left.code or 0)
    try:
        return int(_COMMANDS[options.command](options))
    except (BadInput, NotKnown) as problem:
        print(str(problem), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 1
    except Exception as defect:  # the edge: a user never sees a traceback
        print(
            f"Something failed that should not ({type(defect).__name__}); nothing was changed. "
            "Set PAYER_COPILOT_DEBUG=1 to see where.",
            file=sys.stderr,
        )
        if _debugging():
            raise
        return 1


def _debugging() -> bool:
    import os

    return bool(os.environ.get("PAYER_COPILOT_DEBUG"))


@contextmanager
def _opened(options: argparse.Namespace, create: bool = False) -> Iterator[Any]:
    from copilot.core import Copilot

    with Copilot(
        options.workspace, options.today, f"payer-copilot {options.command}", create=create
    ) as copilot:
        yield copilot


def _print(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False))


def _ingest(options: argparse.Namespace) -> int:
    from ui.confirmed import confirmed, open_questions

    with _opened(options, create=True) as copilot:
        say = None if options.json else _progress
        results = copilot.ingest(options.files, options.payer, say, options.keep_originals)
        results, problems = confirmed(copilot, results, options)
        if any(r.status == "imported" and r.kind in PAPERS for r in results):
            copilot.finish_index(say)
    if options.json:
        _print([result.model_dump() for result in results])
    else:
        for result in results:
            print("\n".join([ingest_line(result), *open_questions(result)]))
    problems += [result.problem or f"{result.file}: refused" for result in results
                 if result.status == "refused"]  # fmt: skip
    for problem in problems:
        print(problem, file=sys.stderr)
    return 2 if problems else 0


def ingest_line(result: Any) -> str:
    """What became of one file, in one line."""
    if result.status == "refused":
        return f"{result.file}: refused"
    parts = [result.status, (result.kind or "").replace("_", " ")]
    parts += [f"for {result.payer}"] if result.payer else []
    parts += [f"{result.rows:,} rows"] if result.rows else []
    parts += [f"{result.pages} pages"] if result.pages else []
    parts += [f"{len(result.rejected):,} rows refused"] if result.rejected else []
    line = f"{result.file}: " + ", ".join(part for part in parts if part)
    return ". ".join([line, *(told.removesuffix(".") for told in result.read_notes)])


def _progress(what: str, share: float) -> None:
    if not sys.stderr.isatty():
        if " by OCR" in what:
            print(what, file=sys.stderr)
    else:
        print(f"\r{share:4.0%} {what:<60.60}", end="\n" if share >= 1 else "", file=sys.stderr)


def _ask(options: argparse.Namespace) -> int:
    from copilot.problems import BadInput
    from copilot.takeaway import save_answer
    from copilot.tracker.confirming import keep_all
    from ui.batch import ASK, ASK_AND_KEEP, batch

    with _opened(options) as copilot:
        if options.batch:
            return batch(ASK_AND_KEEP if options.yes else ASK, copilot, options.batch, _debugging())
        if not options.question:
            raise BadInput("ask", "there is no question", 'write it in quotes: ask "..."')
        copilot.wait_until_warm()
        answer = copilot.answer(options.question, options.thread)
        kept = keep_all(copilot, answer) if options.yes else []
        if options.save:
            answer.files.append(str(save_answer(copilot, answer, options.save)))
    if options.json:
        _print(answer.model_dump())
        return 0
    print(answer.answer)
    if answer.draft:
        print(f"\nSubject: {answer.draft.subject}\n\n{answer.draft.body}")
        print(f"\n[{answer.draft.checked}; draft {answer.draft.id}]\n\n{answer.draft.underneath}")
    if answer.clarify:
        print("\n".join(f"  - {choice}" for choice in answer.clarify.choices))
    for file in answer.files:
        print(f"\nWrote {file}")
    for title in kept:
        print(f"\nKept in the log: {title}")
    if answer.pending and not kept:
        print("\nNot kept yet: say the same again with --yes to keep it, or keep it in the page.")
    print(f"\nConversation {answer.thread}", file=sys.stderr)
    return 0


def _search(options: argparse.Namespace) -> int:
    from copilot.problems import BadInput
    from ui.batch import SEARCH, batch

    with _opened(options) as copilot:
        if options.batch:
            return batch(SEARCH, copilot, options.batch, _debugging())
        if not options.query:
            raise BadInput("search", "there is nothing to search for", "write it in quotes")
        copilot.wait_until_warm()
        results = copilot.search(options.query, options.payer, options.k)
    if options.json:
        _print([result.model_dump() for result in results])
        return 0
    for result in results:
        page = f", page {result.page}" if result.page else ""
        print(f"{result.source} {result.section}{page}\n    {result.quote}\n")
    return 0


def _review(options: argparse.Namespace) -> int:
    from copilot.review import review

    with _opened(options, create=True) as copilot:
        result = review(copilot, options.subject, options.redline, options.level, options.author)
    if options.json:
        _print(result)
        return 0
    for term in result["terms"]:
        where = f"{term['document']} {term['section']}".strip() if term["found"] else "not found"
        print(f"{term['name']}: {term['value'] if term['found'] else '-'} ({where})")
    for issue in result["issues"]:
        print(f"[{issue['status']}] {issue['position']}: {issue['why']}")
    for line in _redline_lines(result.get("redlines")):
        print(line)
    return 0


def _redline_lines(written: dict[str, Any] | None) -> Iterator[str]:
    """What was marked in which file, and what was not."""
    if written is None:
        return
    for file in written["files"]:
        kind = "a Word rendering of " if file["rendered"] else ""
        yield f"Wrote {file['path']}: {file['changes']} changes in {kind}{file['document']}"
    for each in written["left"]:
        yield f"Not marked: {each['title']}: {each['reason']}"
    yield f"Wrote {written['memo']}"


def _exercise(options: argparse.Namespace) -> int:
    from ui.exercise import exercise

    return exercise(options)


def _export(options: argparse.Namespace) -> int:
    from copilot.export import export
    from copilot.tracker.confirming import settle
    from copilot.tracker.log import Log
    from copilot.tracker.sent import waiting_of

    with _opened(options) as copilot:
        path = export(copilot, options.draft, options.to, options.out, options.vouch)
        waiting = waiting_of(Log(copilot.workspace), options.draft)
        kept = settle(copilot, waiting.id, keep=True) if waiting and options.yes else ""
    if options.json:
        _print({"file": str(path), "draft": options.draft, "to": options.to})
    else:
        print(f"Wrote {path}")
        if kept:
            print(f"Kept in the log: {kept}")
        elif waiting:
            print("Once it went out, export with --yes, or keep it in the page's tracker.")
    return 0


def _settings(options: argparse.Namespace) -> int:
    from copilot.problems import BadInput
    from copilot.settings import changed

    with _opened(options, create=True) as copilot:
        changes = {}
        for each in options.changes:
            name, sign, value = each.partition("=")
            if not sign:
                raise BadInput(
                    each, "this is not of the form name=value", 'write name="Our Clinic"'
                )
            changes[name.strip()] = value.strip()
        if changes:
            copilot.change_settings(changed(copilot.settings, changes))
        shown = copilot.settings.model_dump()
    if options.json:
        _print(shown)
    else:
        for name, value in {**shown.pop("profile"), **shown}.items():
            print(f"{name} = {value}")
    return 0


def _serve(options: argparse.Namespace) -> int:
    from ui.serving import serve

    return serve(options)


def _demo(options: argparse.Namespace) -> int:
    from ui.demo import demo

    return demo(options)


def _eval(options: argparse.Namespace) -> int:
    from evals.run import run

    return run(options.tasks, as_json=options.json)


def _doctor(options: argparse.Namespace) -> int:
    from copilot.doctor import examined

    found = examined(options.workspace)
    if options.json:
        _print([line.model_dump() for line in found])
        return 0
    for line in found:
        print(f"{'ok     ' if line.ok else 'missing'} {line.name}: {line.says}")
        if not line.ok and line.remedy:
            print(f"         {line.remedy}")
    return 0


_COMMANDS = {
    "ask": _ask,
    "demo": _demo,
    "doctor": _doctor,
    "eval": _eval,
    "exercise": _exercise,
    "export": _export,
    "ingest": _ingest,
    "review": _review,
    "search": _search,
    "serve": _serve,
    "settings": _settings,
}

if __name__ == "__main__":
    sys.exit(main())
