"""Whether other tools' own readers take our exports: datasets, Label Studio, doccano, Argilla, openai, pandas.

    python tests/benchmarks/export_readers.py write FOLDER     # with csqm-desktop: exports of a small made-up workspace
    python tests/benchmarks/export_readers.py read FOLDER      # with the other tools, in an environment of their own

The second step needs none of csqm-desktop. Tools that are not installed are named and passed over. It ends with 1 when
a reader that is there refuses a file or finds other counts than were written.

    pip install datasets label-studio-sdk argilla openai pandas chardet pyexcel seqeval
    pip install --no-deps doccano        # its parser is all that is used
"""

from __future__ import annotations

import json
import re
import sys
import threading
import warnings
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PLACES = {
    "csv": "labels.csv", "xlsx": "labels.xlsx", "jsonl": "labels.jsonl", "parquet": "labels.parquet", "hf": "labels-hf",
    "label-studio": "labels.json", "doccano": "labels.doccano.jsonl", "argilla": "labels-argilla",
    "openai": "chats.openai.jsonl", "sharegpt": "chats.sharegpt.jsonl",
}  # fmt: skip


def write(folder: Path) -> None:
    """Export a workspace with several reviewers, odd texts, statuses, scores, in every format."""
    root = Path(__file__).resolve().parents[2]
    sys.path.insert(0, str(root))
    from csqm_desktop.domain.review import Review, Verdict
    from csqm_desktop.jobs.base import SilentContext, execute
    from csqm_desktop.jobs.export_data import ExportData
    from tests import builders

    odd = ["=1+1", 'say "hi"', "一行\n两行", "🙂 ok", "a,b;c\td", "\u2028 line"]
    chats = [
        builders.message(m, f"c{c}", text=f"{odd[(c + m) % len(odd)]} {c}.{m}", bot_version="1")
        for c in range(40)
        for m in range(1, 7)
    ]
    made = builders.workspace(folder / "workspace", *chats)
    builders.random_scores(made)
    builders.fake_version(made, "v1")
    for place, reply in enumerate(made.conversations.all_reply_ids()):
        for reviewer in ("Li", "王芳", "Ann")[: place % 4]:
            made.reviews.submit(
                builders.review(reply, reviewer, (place + len(reviewer)) % 3, place % 2, comment=odd[place % 6])
            )
        if place % 4 == 0:
            made.reviews.submit(Review(reply, "Li", Verdict.FLAGGED, comment="look at this"))
    counts = {}
    for name, place in PLACES.items():
        what = "conversations" if name in ("openai", "sharegpt") else "labels"
        counts[name] = execute(ExportData(made, what, folder / place, name), SilentContext()).rows
    made.close()
    (folder / "counts.json").write_text(json.dumps(counts), encoding="utf-8")
    print(json.dumps(counts))


# -- readers: each returns how many records the tool found


def with_datasets(folder: Path) -> int:
    from datasets import load_from_disk

    loaded = load_from_disk(str(folder / PLACES["hf"]))
    assert loaded.features["comment"].dtype == "string", loaded.features
    assert {row["reviewer"] for row in loaded} >= {"Li", "王芳"}
    assert len(loaded.filter(lambda row: row["level"] == "tone2")) > 0
    return len(loaded)


def with_datasets_jsonl(folder: Path) -> int:
    from datasets import load_dataset

    return load_dataset("json", data_files=str(folder / PLACES["jsonl"]), cache_dir=str(folder / "cache"))[
        "train"
    ].num_rows


def with_label_studio(folder: Path) -> int:
    from label_studio_sdk.label_interface import LabelInterface

    path = folder / PLACES["label-studio"]
    interface = LabelInterface(path.with_name(path.name + ".config.xml").read_text("utf-8"))
    interface.validate()
    tasks = json.loads(path.read_text("utf-8"))
    for task in tasks:
        assert interface.validate_task({"data": task["data"]}), task  # with more it calls itself without an argument
        for annotation in task["annotations"]:
            assert interface.validate_annotation(annotation), annotation
        for prediction in task["predictions"]:
            assert interface.validate_prediction(prediction), prediction
    return len(tasks)


def with_label_studio_converter(folder: Path) -> int:
    from label_studio_sdk.converter import Converter

    path = folder / PLACES["label-studio"]
    out = folder / "converted"
    converter = Converter(
        path.with_name(path.name + ".config.xml").read_text("utf-8"), str(folder), download_resources=False
    )
    converter.convert_to_json_min(str(path), str(out), is_dir=False)
    rows = json.loads(next(out.glob("*.json")).read_text("utf-8"))
    tasks = {(row["conversation_id"], row["message_id"]) for row in rows}
    levels = {level for row in rows for level in (row.get("tone"),) if level}
    assert levels == {"tone0", "tone1", "tone2"}, levels
    return len(tasks)


def with_doccano(folder: Path) -> int:
    from backend.data_import.pipeline.parsers import JSONLParser  # how doccano's wheel lays itself out

    parser = JSONLParser(encoding="utf_8")
    rows = list(parser.parse(str(folder / PLACES["doccano"])))
    assert not parser.errors, parser.errors[:3]
    assert all(row["text"] and all(isinstance(label, str) for label in row["label"]) for row in rows)
    return len(rows)


def with_argilla(folder: Path) -> int:
    """Its own settings and records, and what it would send to a server, checked by its own models."""
    server = HTTPServer(("127.0.0.1", 0), _Me)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    import argilla

    argilla.Argilla(api_url=f"http://127.0.0.1:{server.server_port}", api_key="none")
    base = folder / PLACES["argilla"]
    settings = argilla.Settings.from_json(base / ".argilla/settings.json")
    from argilla._models import DatasetModel

    DatasetModel(**json.loads((base / ".argilla/dataset.json").read_text("utf-8")))
    questions = {question.name for question in settings.questions}
    dataset = argilla.Dataset("csqm", settings=settings)
    found = json.loads((base / "records.json").read_text("utf-8"))
    records = [argilla.Record.from_dict(record, dataset=dataset) for record in found]
    for record in records:
        assert {answer.question_name for answer in record.responses} <= questions
        record.api_model()
    server.shutdown()
    return len(records)


class _Me(BaseHTTPRequestHandler):
    """What the Argilla client asks before it does anything: who am I."""

    def do_GET(self) -> None:
        body = json.dumps(
            {"id": "1" * 8 + "-1111-1111-1111-" + "1" * 12, "username": "me", "role": "owner", "first_name": "me"}
        )
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


def with_openai(folder: Path) -> int:
    """Every message against the package's own types, and the checks that its guide to chat fine-tuning makes."""
    from openai.types.chat import ChatCompletionMessageParam
    from pydantic import TypeAdapter

    adapter = TypeAdapter(ChatCompletionMessageParam)
    lines = [json.loads(line) for line in (folder / PLACES["openai"]).read_text("utf-8").splitlines()]
    for line in lines:
        assert set(line) == {"messages"}
        for message in line["messages"]:
            adapter.validate_python(message)
            assert set(message) <= {"role", "content", "name", "function_call", "weight"}
            assert isinstance(message["content"], str)
            assert message["content"]
        assert any(message["role"] == "assistant" for message in line["messages"])
    return len(lines)


def with_pandas_csv(folder: Path) -> int:
    import pandas

    return len(pandas.read_csv(folder / PLACES["csv"], encoding="utf-8-sig"))


def with_pandas_parquet(folder: Path) -> int:
    import pandas

    return len(pandas.read_parquet(folder / PLACES["parquet"]))


READERS: list[tuple[str, str, str, Callable[[Path], int]]] = [
    ("datasets", "hf", "load_from_disk", with_datasets),
    ("datasets", "jsonl", "load_dataset('json')", with_datasets_jsonl),
    ("label-studio-sdk", "label-studio", "LabelInterface.validate_*", with_label_studio),
    ("label-studio-sdk", "label-studio", "Converter.convert_to_json_min", with_label_studio_converter),
    ("doccano", "doccano", "JSONLParser", with_doccano),
    ("argilla", "argilla", "Settings.from_json, Record.from_dict", with_argilla),
    ("openai", "openai", "ChatCompletionMessageParam", with_openai),
    ("pandas", "csv", "read_csv", with_pandas_csv),
    ("pandas", "parquet", "read_parquet", with_pandas_parquet),
]


def read(folder: Path) -> int:
    """Run every reader that is installed; 1 when one fails."""
    warnings.simplefilter("ignore")
    counts = json.loads((folder / "counts.json").read_text("utf-8"))
    failed = 0
    for package, name, what, reader in READERS:
        try:
            known = f"{package} {version(package)}"
        except PackageNotFoundError:
            print(f"SKIPPED  {package:28} {name:14} not installed")
            continue
        try:
            found = reader(folder)
            verdict = "ok" if found == counts[name] else f"FOUND {found} OF {counts[name]}"
        except Exception as error:  # noqa: BLE001 -- whatever another tool raises is the finding
            verdict = "REFUSED " + re.sub(r"\s+", " ", f"{type(error).__name__}: {error}")[:300]
        failed |= verdict != "ok"
        print(f"{verdict:8} {known:28} {name:14} {what}: {counts[name]} records")
    return int(failed)


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("write", "read"):
        sys.exit(__doc__)
    place = Path(sys.argv[2])
    place.mkdir(parents=True, exist_ok=True)
    sys.exit(write(place) if sys.argv[1] == "write" else read(place))
