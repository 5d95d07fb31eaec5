"""What the window or command line and the worker process say to each other.

One JSON object a line in each direction. A request names an operation and carries small values; large
inputs travel as a file named in the request. Each request is answered by any number of ``progress``,
``scored`` and ``metric`` events, then by exactly one of ``done``, ``failed``, ``cancelled``.

Operations and their parameters (all paths are strings):

``hello``     [base]                                             -> device, device_name, torch, threads, bf16
``score``     base, version_dir, items, cache_dir, device        -> scored events, then counts and seconds
``rescore``   base, version_dir, criteria, cache_dir, device, stamp, out -> rescored events, then counts. From kept
              features (``scoring/feature_rows.py``): ``out`` is a folder with wanted.npy and changed.npy, each event
              names a file there (``read_block``), left.npy holds the replies that need ``score``
``train``     base, parent_dir|null, method, items, labels, criteria, out_dir, cache_dir, device, seed,
              options, active_dir|null, warm_dir|null, guesses|null -> metric events, then the version's card
``evaluate``  base, version_dir, items, labels, cache_dir, device -> the metrics table
``explain``   base, version_dir, item, cache_dir, device         -> domain.evidence.Evidence as a record
``cancel``    target: the id of the request to stop; has no answer of its own

Each may carry ``precision``: exact or fastest (see ``scoring/backends.py``).

A request about an encrypted workspace carries ``keys`` (``vault/ring.py``), added by ``ModelProcess`` for the
paths it names. They travel over standard input only.

``items`` is a JSONL file of ``ReplyInput`` records, ``labels`` one of ``LabelledReply`` records, ``guesses`` one of
``WeakLabel`` records (``reply_to_record``, ``label_to_record`` and ``weak_to_record`` write them). ``criteria`` is
``[{"key", "levels": [keys], "weight", "critical"}]``, the scorecard as far as a model needs it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from csqm_desktop.domain.conversation import ContextTurn, ReplyInput, Role
from csqm_desktop.domain.review import LabelledReply
from csqm_desktop.domain.score_columns import pack, unpack
from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.domain.weak_label import WeakLabel, WeakSource
from csqm_desktop.vault import sealed

FINAL_EVENTS = frozenset({"done", "failed", "cancelled"})


@dataclass(frozen=True, slots=True)
class Event:
    """One line from the worker: ``kind`` is progress, scored, metric, done, failed or cancelled."""

    request: int
    kind: str
    values: dict[str, Any]


def encode(record: dict[str, Any]) -> bytes:
    """One protocol line."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def decode_event(line: bytes) -> Event | None:
    """An event from a line; None when the line is not one (a library's stray output is log, not protocol)."""
    try:
        record = json.loads(line)
    except (ValueError, UnicodeDecodeError):
        return None
    if not isinstance(record, dict) or not {"id", "event"} <= record.keys():
        return None
    return Event(int(record.pop("id")), str(record.pop("event")), record)


def scored_values(
    reply_ids: Sequence[int], probabilities: np.ndarray, disagreement: np.ndarray | None = None
) -> dict[str, Any]:
    """The values of a ``scored`` event: ids, their probabilities (all criteria's levels in a row), and the chance
    that people disagree (n, K bytes)."""
    values = {"reply_ids": list(reply_ids), "probabilities": base64.b64encode(pack(probabilities)).decode()}
    if disagreement is not None:
        values["disagreement"] = base64.b64encode(disagreement.tobytes()).decode()
    return values


def disagreement_from(values: dict[str, Any]) -> np.ndarray | None:
    """The bytes (n, K) of a ``scored`` event that say how likely people disagree; None where it has none."""
    data = base64.b64decode(values.get("disagreement", ""))
    return np.frombuffer(data, dtype=np.uint8).reshape(len(values["reply_ids"]), -1) if data else None


def scored_from(values: dict[str, Any], columns: int) -> tuple[list[int], np.ndarray]:
    """Reply ids and probabilities (n, columns) of a ``scored`` event."""
    return values["reply_ids"], unpack(base64.b64decode(values["probabilities"]), columns)


def write_block(path: Path, reply_ids: np.ndarray, probabilities: np.ndarray, disagreement: np.ndarray) -> None:
    """Many scores as one file: how many, their reply ids, packed probabilities, bytes of disagreement."""
    with path.open("wb") as out:
        out.write(np.concatenate([[len(reply_ids)], reply_ids]).astype("<i8").tobytes())
        out.write(pack(probabilities))
        out.write(disagreement.tobytes())


def read_block(path: Path, columns: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Reply ids (n,), packed probabilities (n, columns), disagreement (n, K) of a file that ``write_block`` made."""
    with path.open("rb") as source:
        count = int(np.fromfile(source, dtype="<i8", count=1)[0])
        ids = np.fromfile(source, dtype="<i8", count=count)
        packed = np.fromfile(source, dtype="<u2", count=count * columns).reshape(count, columns)
        return ids, packed, np.fromfile(source, dtype=np.uint8).reshape(count, -1)


def criteria_records(scorecard: Scorecard) -> list[dict[str, Any]]:
    """The part of a scorecard that a model needs."""
    return [
        {
            "key": c.key,
            "levels": [level.key for level in c.levels],
            "weight": c.weight,
            "critical": c.critical,
        }
        for c in scorecard.criteria
    ]


def reply_to_record(reply: ReplyInput) -> dict[str, Any]:
    """A reply as one JSON object."""
    return {
        "reply_id": reply.reply_id,
        "conversation": reply.conversation,
        "role": reply.role.value,
        "text": reply.text,
        "context": [[turn.role.value, turn.text] for turn in reply.context],
        "channel": reply.channel,
        "seconds_waited": reply.seconds_waited,
        "following": [[turn.role.value, turn.text] for turn in reply.following],
        "continued": reply.continued,
    }


def reply_from_record(record: dict[str, Any]) -> ReplyInput:
    """The inverse of ``reply_to_record``."""
    return ReplyInput(
        reply_id=record["reply_id"],
        conversation=record["conversation"],
        role=Role(record["role"]),
        text=record["text"],
        context=tuple(ContextTurn(Role(role), text) for role, text in record["context"]),
        channel=record.get("channel", ""),
        seconds_waited=record.get("seconds_waited"),
        following=tuple(ContextTurn(Role(role), text) for role, text in record.get("following", ())),
        continued=bool(record.get("continued", False)),
    )


def label_to_record(label: LabelledReply) -> dict[str, Any]:
    """A reply's labels as one JSON object."""
    return {
        "reply_id": label.reply_id,
        "conversation": label.conversation,
        "counts": {key: list(counts) for key, counts in label.counts.items()},
        "labelled_at": label.labelled_at,
    }


def label_from_record(record: dict[str, Any]) -> LabelledReply:
    """The inverse of ``label_to_record``."""
    return LabelledReply(
        reply_id=record["reply_id"],
        conversation=record["conversation"],
        counts={key: tuple(counts) for key, counts in record["counts"].items()},
        labelled_at=record.get("labelled_at", 0.0),
    )


def weak_to_record(weak: WeakLabel) -> dict[str, Any]:
    """A guess with its reply as one JSON object."""
    return {
        "reply": reply_to_record(weak.reply),
        "criterion": weak.criterion,
        "spread": list(weak.spread),
        "source": weak.source.value,
        "origin": weak.origin,
    }


def weak_from_record(record: dict[str, Any]) -> WeakLabel:
    """The inverse of ``weak_to_record``."""
    return WeakLabel(
        reply_from_record(record["reply"]),
        record["criterion"],
        tuple(record["spread"]),
        WeakSource(record["source"]),
        record["origin"],
    )


def write_jsonl(path: Path, records: Iterable[dict[str, Any]]) -> int:
    """Write one JSON object a line, sealed below an encrypted workspace; returns how many."""
    count = 0
    with sealed.open_writer(path) as out:
        for record in records:
            out.write(encode(record))
            count += 1
    return count


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Read one JSON object a line."""
    with sealed.open_reader(path) as source:
        for line in source:
            yield json.loads(line)


def count_lines(path: Path) -> int:
    """How many records ``write_jsonl`` wrote."""
    with sealed.open_reader(path) as source:
        return sum(1 for _ in source)
