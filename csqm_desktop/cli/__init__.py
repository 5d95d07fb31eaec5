"""The command line: the same jobs as the window, for scripts and for people without a display.

Progress and messages go to stderr, results to stdout; with ``--json`` exactly one JSON object goes to stdout.
Exit codes: 0 done, 1 failed with a clear message, 2 wrong usage, 130 cancelled.
"""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Callable

import typer

from csqm_desktop import logs
from csqm_desktop.cli import (
    data,
    exporting,
    figures,
    importing,
    incoming,
    messages,
    originals,
    people,
    privacy_rights,
    rules,
    scoring,
    security,
    training,
    versions,
)
from csqm_desktop.cli.terminal import CANCEL, note, print_json
from csqm_desktop.cli.usage import reword
from csqm_desktop.errors import Cancelled, CsqmError

app = typer.Typer(
    name="csqm",
    help="Quality review of customer-service replies, offline: import, score, review, train, chart.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(data.app)
app.add_typer(exporting.app)
app.add_typer(figures.app)
app.add_typer(importing.app)
app.add_typer(incoming.app)
app.add_typer(messages.app)
app.add_typer(originals.app, name="originals")
app.add_typer(originals.reveal_app)
app.add_typer(people.app, name="people")
app.add_typer(privacy_rights.app)
app.add_typer(rules.app)
app.add_typer(scoring.app)
app.add_typer(security.app)
app.add_typer(training.app)
app.add_typer(versions.app, name="models")


def main() -> int:
    """Run the command line; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):  # a Windows console in another code page must not stop a report
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")
    logs.set_up()
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, _interrupt)
    try:
        code = app(standalone_mode=False)
        return code if isinstance(code, int) else 0
    except CsqmError as error:
        return _failed(error)
    except (Cancelled, typer.Abort, KeyboardInterrupt):
        note("Cancelled.")
        return 130
    except typer.Exit as way_out:
        return int(way_out.exit_code)
    except BrokenPipeError:
        return 1
    except Exception as error:  # noqa: BLE001 -- the last door: a bug of ours becomes a sentence, too
        return _usage_or_bug(error)


def _interrupt(_number: int, _frame: object) -> None:
    if CANCEL.is_set():
        raise KeyboardInterrupt  # the second Ctrl+C does not wait
    CANCEL.set()


def _failed(error: CsqmError) -> int:
    if "--json" in sys.argv:
        print_json({"error": {"code": error.code, "what": error.what, "remedy": error.remedy}})
    note(f"{error.what}\n{error.remedy}")
    return 1


def _usage_or_bug(error: Exception) -> int:
    reword(error)
    show: Callable[[], None] | None = getattr(error, "show", None)
    code: object = getattr(error, "exit_code", None)
    if show is not None and isinstance(code, int):  # click's usage errors bring their own text
        show()
        return code
    logging.getLogger(__name__).exception("unexpected error")
    return _failed(CsqmError("unexpected", reason=f"{type(error).__name__}: {error}", log=logs.log_file()))
