"""Entry points: picks window, command line, worker or reader by the first word and imports only that one."""

from __future__ import annotations

import sys


def main() -> int:
    """``csqm``: the command line; ``worker``, ``read-chats`` and ``window`` are programs of their own."""
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    if word == "worker":
        from csqm_desktop.worker import main as run_worker

        return run_worker()
    if word in ("read-chats", "redact-chats"):
        from csqm_desktop.jobs.reading_process import main as read_chats

        return read_chats(word)
    if word == "screenshots-render":
        from csqm_desktop.app import render_screenshots

        return render_screenshots(sys.argv[2:])
    if word == "window":
        return main_window(sys.argv[2:])
    from csqm_desktop.cli import main as run_command_line

    return run_command_line()


def main_window(arguments: list[str] | None = None) -> int:
    """``csqm-desktop``: the window."""
    from csqm_desktop.app import main as run_window

    return run_window(sys.argv[1:] if arguments is None else arguments)


if __name__ == "__main__":
    sys.exit(main())
