"""Which code runs the encoder here: all that there is, checked against torch, the fastest remembered.

``exact`` takes the fastest of those whose vectors are torch's own. ``fastest`` may round the products to 8 bits;
those vectors have a cache of their own (``NUMERIC_CLASS``). The choice costs a second or two, once for each
machine, base model and set of packages, and is kept in ``fast/choices.json`` beside the base model.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from importlib import metadata
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from csqm_desktop.scoring import openvino_network
from csqm_desktop.scoring.device import Device
from csqm_desktop.scoring.packed import PackedBert, int8_works
from csqm_desktop.scoring.padded import PaddedNetwork

log = logging.getLogger(__name__)

Floats = NDArray[np.float32]

PRECISIONS = ("exact", "fastest")
SAME, SAME_BF16, NEAR = 0.9999, 0.998, 0.97  # least cosine to torch's vectors: exact, in 16 bits, in 8 bits
_PROBE_LENGTHS = (96, 64, 48, 48, 40, 33, 32, 32, 24, 24, 24, 17, 16, 12, 12, 9, 8, 8, 6, 5)
_SHORT = 8  # enough to see that a remembered choice still holds
_ROUNDS = 3
_TIE = 1.08
_FORMAT = 1


class Backend(Protocol):
    """Something that turns token numbers into vectors of unit length."""

    name: str

    def vectors(self, ids: Sequence[Sequence[int]]) -> Floats:
        """(n, width) for n texts."""
        ...


@dataclass(frozen=True)
class Chosen:
    """The backend in use. ``numeric`` is "" for torch's own numbers, else the class of its rounding."""

    backend: Backend
    numeric: str = ""
    tokens_per_second: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Subject:
    """What is to be run: a loaded network and how its output is pooled."""

    network: Any
    device: Device
    pooling: str
    pad_id: int
    fingerprint: str
    place: Path  # the folder of the base model; results are kept in ``fast`` beside it

    @property
    def fast(self) -> Path:
        """Where choices and converted networks are kept."""
        return self.place.parent / "fast"


def choose(subject: Subject, precision: str = "exact", only: str | None = None) -> Chosen:
    """The backend for ``precision``; ``only`` names one to be taken without measuring (benchmarks).

    Torch itself always works and is what is left when nothing else does.
    """
    makers = _makers(subject, precision)
    if only is not None:
        return _made(only, makers[only]) if only in makers else Chosen(_torch_itself(subject))
    if not makers:
        return Chosen(_torch_itself(subject))
    key = _key(subject, precision)
    known = _read(subject).get(key)
    if known is not None and (name := str(known.get("backend"))) in {*makers, "torch"}:
        speeds = dict(known.get("tokens_per_second", {}))
        if name == "torch":
            return Chosen(_torch_itself(subject), "", speeds)
        made = _try(name, makers[name], subject, _SHORT)
        if made is not None:
            return Chosen(made.backend, made.numeric, speeds)
    return _measured(subject, key, makers)


def _torch_itself(subject: Subject, dtype: torch.dtype | None = None) -> Backend:
    device = replace(subject.device, dtype=dtype or subject.device.dtype)
    return PaddedNetwork(subject.network, device, subject.pooling, subject.pad_id)


def _makers(subject: Subject, precision: str) -> dict[str, Callable[[], Backend]]:
    """What may run this network at this precision, the most promising first."""
    if subject.device.kind != "cpu":
        return {}
    makers: dict[str, Callable[[], Backend]] = {}
    fits = PackedBert.fits(subject.network)
    if fits and precision == "fastest" and int8_works():
        makers["packed int8"] = lambda: PackedBert(subject.network, subject.pooling, int8=True)
    if fits:
        makers["packed"] = lambda: PackedBert(subject.network, subject.pooling, dtype=subject.device.dtype)
    if openvino_network.installed():
        files = subject.fast / subject.fingerprint.replace(":", "-")[:32]
        makers["openvino"] = lambda: openvino_network.OpenVinoNetwork(
            subject.network, subject.pooling, subject.pad_id, files, subject.device.bf16
        )
    return makers


def _made(name: str, maker: Callable[[], Backend]) -> Chosen:
    return Chosen(maker(), "int8" if name.endswith("int8") else "")


def _try(name: str, maker: Callable[[], Backend], subject: Subject, texts: int = 0) -> Chosen | None:
    """The backend when it runs and its vectors of the last ``texts`` of the probe are what they have to be."""
    probe = _probe(subject)[-texts:]
    as_loaded = _torch_itself(subject, next(subject.network.parameters()).dtype)  # a copy in 16 bits costs memory
    try:
        made = _made(name, maker)
        cosine = float((made.backend.vectors(probe) * as_loaded.vectors(probe)).sum(axis=1).min())
    except Exception as error:  # noqa: BLE001 -- an optional package may fail in its own ways; torch is still there
        log.warning("%s does not run here: %s", name, type(error).__name__)
        return None
    least = NEAR if made.numeric else SAME_BF16 if subject.device.bf16 else SAME
    if not cosine >= least:
        log.warning("%s gives other vectors (cosine %.4f) and is not used", name, cosine)
        return None
    return made


def _measured(subject: Subject, key: str, makers: dict[str, Callable[[], Backend]]) -> Chosen:
    candidates = [Chosen(_torch_itself(subject))]
    candidates += [m for name, maker in makers.items() if (m := _try(name, maker, subject)) is not None]
    probe = _probe(subject)
    tokens = sum(map(len, probe))
    best = dict.fromkeys((c.backend.name for c in candidates), float("inf"))
    for _ in range(_ROUNDS):  # in turn, so that a busy moment hits all of them
        for candidate in candidates:
            begin = time.perf_counter()
            candidate.backend.vectors(probe)
            best[candidate.backend.name] = min(best[candidate.backend.name], time.perf_counter() - begin)
    speeds = {name: round(tokens / seconds, 1) for name, seconds in best.items()}
    quickest = min(best.values())
    # of about equal ones always the same, so that a noisy measurement does not decide
    winner = next(c for c in [*candidates[1:], candidates[0]] if best[c.backend.name] <= _TIE * quickest)
    _remember(subject, key, {"backend": winner.backend.name, "tokens_per_second": speeds})
    log.info("the encoder runs on %s: %s", winner.backend.name, speeds)
    return Chosen(winner.backend, winner.numeric, speeds)


def _probe(subject: Subject) -> list[list[int]]:
    """Token numbers of usual lengths; which tokens does not matter for speed."""
    limit = int(subject.network.config.vocab_size)
    rng = np.random.default_rng(0)
    return [[int(t) for t in rng.integers(min(5, limit - 1), limit, length)] for length in _PROBE_LENGTHS]


# -- what was found before


def _key(subject: Subject, precision: str) -> str:
    parts = [
        _FORMAT, subject.fingerprint, precision, str(subject.device.dtype), torch.get_num_threads(), _processor(),
        torch.__version__, _version("transformers"), _version("openvino"),
    ]  # fmt: skip
    return hashlib.blake2b(json.dumps(parts).encode(), digest_size=12).hexdigest()


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
        wanted = {line for line in lines if line.startswith(("model name", "flags", "Features"))}
        return "|".join(sorted(wanted))
    except OSError:
        return f"{platform.processor()} {platform.machine()} {os.cpu_count()}"


def _read(subject: Subject) -> dict[str, dict[str, Any]]:
    try:
        found = json.loads((subject.fast / "choices.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): v for k, v in found.items() if isinstance(v, dict)} if isinstance(found, dict) else {}


def _remember(subject: Subject, key: str, choice: dict[str, Any]) -> None:
    known = _read(subject) | {key: choice}
    draft = subject.fast / f"choices.{os.getpid()}.partial"
    try:
        subject.fast.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(known, indent=1), encoding="utf-8")
        draft.replace(subject.fast / "choices.json")
    except OSError:
        log.info("the choice of backend could not be kept; it is made again next time")
