"""Masking stored messages again: nothing to change, and the personal data of a twelfth of them to change.

python tests/benchmarks/mask_again.py [--messages 1000000] [--folder DIR]

``changed``  the messages are stored as they came, as if no rule had been known: all personal data is masked
``again``    the same workspace once more: everything is read, nothing changes

The peak is the most memory that the process had in use; texts and rows are made up (``chat_rows``).
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from csqm_desktop.domain.conversation import IncomingMessage, Role
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.mask_again import MaskAgain
from csqm_desktop.store.workspace import Workspace
from tests import builders
from tests.benchmarks import chat_rows

CHUNK = 5000


def fill(folder: Path, count: int) -> None:
    """A workspace whose texts nobody has masked; a folder for vectors, so that these are looked for."""
    space = builders.workspace(folder)
    (space.model_store / "cache" / "base").mkdir(parents=True)
    batch = space.batches.start(None, folder / "csqm.sqlite3", "csv", "utf-8", {})
    writer = space.writer(batch)
    with space.database.bulk():
        rows = enumerate(chat_rows.rows(count))
        while chunk := list(islice(rows, CHUNK)):
            writer.write([_message(number, row) for number, row in chunk])
    space.close()


def _message(number: int, row: tuple[str, ...]) -> IncomingMessage:
    values = dict(zip(chat_rows.COLUMNS, row, strict=True))
    sent = datetime.fromisoformat(values["sent_at"])
    return IncomingMessage(
        row=number,
        conversation_id=values["conversation_id"],
        message_id=values["message_id"],
        sent_at=sent if sent.tzinfo else sent.replace(tzinfo=UTC),
        role=Role(values["role"]),
        sender=values["sender"],
        text=values["text"],
    )


def measure(name: str, folder: Path) -> None:
    """Once, with what it took."""
    space = Workspace.open(folder)
    started = time.perf_counter()
    result = execute(MaskAgain(space), SilentContext())
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    space.close()
    print(
        f"{name:8s} {result.read:,} messages, {result.messages:,} changed, {result.scores:,} replies stale:"
        f" {seconds:.1f} s, {result.read / seconds:,.0f} messages/s, peak {peak:.0f} MB",
        flush=True,
    )


def main() -> None:
    """Fill, mask, mask again, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as scratch:
        folder = Path(scratch) / "w"
        own = multiprocessing.get_context("spawn")
        for work, arguments in (
            (fill, (folder, asked.messages)),
            (measure, ("changed", folder)),
            (measure, ("again", folder)),
        ):
            process = own.Process(target=work, args=arguments)
            process.start()
            process.join()
            if process.exitcode:
                raise SystemExit(process.exitcode)


if __name__ == "__main__":
    main()
