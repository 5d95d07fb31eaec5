"""Importing many messages, against the limit and against what one would write instead, for the same file in one run.

python tests/benchmarks/import_million.py [--messages 1000000] [--format csv|jsonl|xlsx] [--folder DIR]

``limit``   csv.reader and executemany of the same columns into a bare table, 50,000 rows a transaction (WAL): no
            checks, no redaction, no search, no index
``pandas``  read_csv, the same redaction by Series.map, to_sql, the same full-text index
``ours``    the import job of the workspace: recognised, checked, redacted, without doubles, indexed
``again``   the same file once more
``grown``   the file with one more message: everything in it is compared with what is there

Each way runs in a process of its own; the peak is the most memory that it and all processes it started had in use at
one time, looked at ten times a second (what they share counts for each).
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks import chat_rows

COLUMNS = chat_rows.COLUMNS
WRITERS = {"csv": chat_rows.write_csv, "jsonl": chat_rows.write_json_lines, "xlsx": chat_rows.write_xlsx}


def _database(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def limit(source: Path, folder: Path) -> int:
    """A bare load."""
    connection = _database(folder / "limit.sqlite3")
    connection.execute(f"CREATE TABLE messages ({', '.join(COLUMNS)})")
    marks = ",".join("?" * len(COLUMNS))
    rows = _raw(source)
    while block := list(islice(rows, 50_000)):
        connection.execute("BEGIN")
        connection.executemany(f"INSERT INTO messages VALUES ({marks})", block)
        connection.execute("COMMIT")
    return int(connection.execute("SELECT count(*) FROM messages").fetchone()[0])


def _raw(source: Path) -> Iterator[list[str]]:
    if source.suffix == ".xlsx":
        from python_calamine import CalamineWorkbook

        yield from islice(CalamineWorkbook.from_path(str(source)).get_sheet_by_index(0).iter_rows(), 1, None)
        return
    with source.open(encoding="utf-8", newline="") as file:
        if source.suffix == ".csv":
            yield from islice(csv.reader(file), 1, None)
        else:
            yield from (list(json.loads(line).values()) for line in file)


def pandas(source: Path, folder: Path) -> int:
    """What one would write."""
    import pandas as pd

    from csqm_desktop import privacy
    from csqm_desktop.store.grams import grams

    if source.suffix == ".xlsx":
        frame = pd.read_excel(source, dtype=str, keep_default_na=False, engine="calamine")
    elif source.suffix == ".csv":
        frame = pd.read_csv(source, dtype=str, keep_default_na=False)
    else:
        frame = pd.read_json(source, lines=True, dtype=False, convert_dates=False)
    frame["text"] = frame["text"].map(lambda text: privacy.redact(text)[0])
    frame["sender"] = frame["sender"].map(privacy.redact_sender)
    connection = _database(folder / "pandas.sqlite3")
    frame.to_sql("messages", connection, index=False, chunksize=50_000)
    connection.execute("CREATE VIRTUAL TABLE found USING fts5 (grams, content = '', detail = none, columnsize = 0)")
    connection.execute("BEGIN")
    words = frame["text"].map(grams)
    connection.executemany("INSERT INTO found (rowid, grams) VALUES (?, ?)", enumerate(words, start=1))
    connection.execute("COMMIT")
    return len(frame)


def ours(source: Path, folder: Path) -> int:
    """The import job."""
    from csqm_desktop import rubrics
    from csqm_desktop.jobs.base import SilentContext, execute
    from csqm_desktop.jobs.import_chats import ImportChats
    from csqm_desktop.store.workspace import Workspace

    place = folder / "workspace"
    exists = Workspace.exists(place)
    space = Workspace.open(place) if exists else Workspace.create(place, rubrics.load("ecommerce"))
    result = execute(ImportChats(space, source), SilentContext())
    total = space.conversations.totals().messages
    space.close()
    assert total == result.added + result.unchanged, result
    return int(total)


WAYS: dict[str, Callable[[Path, Path], int]] = {
    "limit": limit, "pandas": pandas, "ours": ours, "again": ours, "grown": ours,
}  # fmt: skip


def run_way(way: str, source: Path, folder: Path) -> None:
    """One way in this process; prints its figures as JSON."""
    started = time.perf_counter()
    count = WAYS[way](source, folder)
    seconds = time.perf_counter() - started
    print(json.dumps({"count": count, "seconds": seconds, "cpu": _cpu()}))


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _watched(command: list[str]) -> tuple[str, float]:
    """What a command prints, and the peak of it and its children in MB."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    peak = 0
    while process.poll() is None:
        peak = max(peak, _memory(process.pid))
        time.sleep(0.1)
    assert process.stdout is not None
    with process.stdout as out:
        printed = out.read()
    if process.returncode:
        raise SystemExit(process.returncode)
    return printed, peak / 1e6


def _memory(pid: int) -> int:
    total = 0
    with contextlib.suppress(psutil.Error):
        first = psutil.Process(pid)
        for process in (first, *first.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                total += process.memory_info().rss
    return total


def grow(source: Path, target: Path, kind: str, count: int) -> None:
    """The same rows and one more."""
    if kind == "xlsx":
        chat_rows.write_xlsx(target, count + 1)
        return
    with source.open("rb") as file, target.open("wb") as copy:
        while block := file.read(1 << 20):
            copy.write(block)
    one = ("c-new", "m-new", "2026-12-31 08:00:00", "customer", "tb1", "还在吗", "taobao", "", "", "", "", "", "")
    line = ",".join(one) + "\r\n" if kind == "csv" else json.dumps(dict(zip(COLUMNS, one, strict=True))) + "\n"
    with target.open("a", encoding="utf-8", newline="") as copy:
        copy.write(line)


def compare(count: int, kind: str, folder: Path) -> None:
    """All ways in turn, then the ratios."""
    source, grown = folder / f"chats.{kind}", folder / f"grown.{kind}"
    WRITERS[kind](source, count)
    grow(source, grown, kind, count)
    print(f"{count:,} messages, {source.stat().st_size / 1e6:.0f} MB {kind}, {os.cpu_count()} processors")
    print(f"{'way':8} {'seconds':>8} {'CPU s':>8} {'messages/s':>11} {'peak MB':>8}")
    seconds: dict[str, float] = {}
    for way in WAYS:
        file = grown if way == "grown" else source
        command = [sys.executable, __file__, "--way", way, "--source", str(file), "--folder", str(folder)]
        printed, peak = _watched(command)
        found = json.loads(printed.splitlines()[-1])
        seconds[way] = found["seconds"]
        rate = count / found["seconds"]
        print(f"{way:8} {found['seconds']:8.1f} {found['cpu']:8.1f} {rate:11,.0f} {peak:8.0f}", flush=True)
    print(f"ours / limit          {seconds['limit'] / seconds['ours']:6.2f}   (target 0.25)")
    print(f"ours / pandas         {seconds['pandas'] / seconds['ours']:6.2f}   (target 2)")
    print(f"again / first time    {seconds['ours'] / seconds['again']:6.1f}   (target 3)")
    print(f"grown / first time    {seconds['ours'] / seconds['grown']:6.1f}")


def main() -> None:
    """Parse the arguments."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--format", choices=WRITERS, default="csv")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--source", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.way:
        run_way(chosen.way, chosen.source, chosen.folder)
        return
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        compare(chosen.messages, chosen.format, Path(folder))


if __name__ == "__main__":
    main()
