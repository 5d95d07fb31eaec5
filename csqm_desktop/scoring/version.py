"""A trained version: what it knows beyond the base model, on disk and as a function.

Files of a version folder that belong to scoring:

* ``version.json``: format, method, base fingerprint, criteria with prior and calibration;
* ``heads.safetensors``: scaling and linear heads over frozen features;
* ``network/``: only for fine-tuned methods, see ``network.py``.

Nothing is pickled. A row of probabilities holds all levels of all criteria, scorecard order, worst first.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from csqm_desktop.errors import CsqmError
from csqm_desktop.scoring.calibration import Calibrator, centred, softmax
from csqm_desktop.scoring.encoding import ENCODING_VERSION
from csqm_desktop.scoring.features import Scaling

FORMAT = 1
VERSION_FILE = "version.json"
HEADS_FILE = "heads.safetensors"
NETWORK_DIR = "network"

Floats = NDArray[np.float64]


def network_of(version: Path) -> Path:
    """The folder of a version's network: its own, or that of the version it lies in, whose heads ask the same one."""
    own = version / NETWORK_DIR
    return own if own.is_dir() else version.parent / NETWORK_DIR


@dataclass(frozen=True, slots=True)
class CriterionSpec:
    """A criterion as far as a model needs it: level keys worst first."""

    key: str
    levels: tuple[str, ...]
    weight: float = 1.0
    critical: bool = False

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> CriterionSpec:
        """From the protocol's or a version's JSON; other keys are ignored."""
        return cls(
            str(record["key"]),
            tuple(map(str, record["levels"])),
            float(record.get("weight", 1.0)),
            bool(record.get("critical", False)),
        )

    def to_record(self) -> dict[str, Any]:
        """As JSON."""
        return {"key": self.key, "levels": list(self.levels), "weight": self.weight, "critical": self.critical}


def level_slices(criteria: Sequence[CriterionSpec]) -> list[slice]:
    """The columns of each criterion in a row of probabilities."""
    ends = list(accumulate(len(c.levels) for c in criteria))
    return [slice(end - len(c.levels), end) for c, end in zip(criteria, ends, strict=True)]


@dataclass(frozen=True)
class Head:
    """One criterion's answer.

    ``weights`` (D, K) and ``bias`` (K,) give the spread of opinion; ``calibrator`` turns it (and the fine-tuned
    network's opinion) into the chance of each level to be the majority's. Without ``weights`` the criterion had
    too few labels and answers ``prior`` for every reply.
    """

    spec: CriterionSpec
    prior: Floats
    weights: Floats | None = None
    bias: Floats | None = None
    calibrator: Calibrator | None = None

    @property
    def trained(self) -> bool:
        """Whether it looks at the reply at all."""
        return self.weights is not None

    def logits(self, features: NDArray[np.floating]) -> Floats:
        """Centred log-probabilities of the spread from scaled features: (n, K)."""
        assert self.weights is not None
        assert self.bias is not None
        return centred(np.asarray(features @ self.weights.astype(np.float32), dtype=np.float64) + self.bias)


@dataclass(frozen=True)
class Prediction:
    """What a version says about n replies: ``probabilities`` of the majority's level and the ``spread``, (n, L)."""

    probabilities: Floats
    spread: Floats


SHARE_ONE = 255  # the chance that two people disagree, in 8 bits: precise to 0.002


def disagreement(spread: NDArray[np.floating], slices: Sequence[slice]) -> NDArray[np.uint8]:
    """The chance that two people would give a reply different levels, by criterion: (n, L) spread to (n, K) bytes."""
    out = np.empty((len(spread), len(slices)), dtype=np.uint8)
    for k, columns in enumerate(slices):
        part = spread[:, columns]
        out[:, k] = np.rint((1.0 - np.einsum("ij,ij->i", part, part)) * SHARE_ONE)
    return out


@dataclass(frozen=True)
class Version:
    """A loaded version. ``tuned`` says that a fine-tuned network's logits are needed to predict."""

    method: str
    base_fingerprint: str
    heads: tuple[Head, ...]
    scaling: Scaling
    tuned: bool = False
    encoding: int = ENCODING_VERSION

    @property
    def listens(self) -> bool:
        """Whether any criterion gives the fine-tuned network a say; if none does it need not be asked."""
        return self.tuned and any(
            head.trained and head.calibrator is not None and head.calibrator.hears(1) for head in self.heads
        )

    @property
    def criteria(self) -> tuple[CriterionSpec, ...]:
        """The criteria in column order."""
        return tuple(head.spec for head in self.heads)

    @property
    def slices(self) -> list[slice]:
        """The columns of each criterion."""
        return level_slices(self.criteria)

    def predict(self, raw: NDArray[np.float32], tuned_logits: Floats | None = None) -> Prediction:
        """From raw features (n, D) and, for a tuned version, the network's logits (n, L)."""
        features = self.scaling.apply(raw)
        slices = self.slices
        width = slices[-1].stop if slices else 0
        probabilities, spread = np.empty((len(raw), width)), np.empty((len(raw), width))
        for head, columns in zip(self.heads, slices, strict=True):
            if not head.trained:
                probabilities[:, columns] = spread[:, columns] = head.prior
                continue
            views = [head.logits(features)]
            calibrator = head.calibrator or Calibrator.identity(len(head.spec.levels))
            if tuned_logits is not None and len(calibrator.weights) > len(head.spec.levels):
                views.append(centred(tuned_logits[:, columns]))  # a head kept from the parent has no such view
            probabilities[:, columns] = calibrator.apply(np.concatenate(views, axis=1))
            heard = [v for i, v in enumerate(views) if calibrator.hears(i)] or views
            spread[:, columns] = np.mean([softmax(view) for view in heard], axis=0)
        return Prediction(probabilities, spread)

    def save(self, folder: Path) -> None:
        """Write ``version.json`` and ``heads.safetensors``."""
        folder.mkdir(parents=True, exist_ok=True)
        tensors: dict[str, NDArray[Any]] = {"scaling.mean": self.scaling.mean, "scaling.scale": self.scaling.scale}
        for i, head in enumerate(self.heads):
            if head.weights is not None and head.bias is not None:
                tensors[f"heads.{i}.weights"] = np.ascontiguousarray(head.weights, dtype=np.float32)
                tensors[f"heads.{i}.bias"] = np.ascontiguousarray(head.bias, dtype=np.float32)
        save_file(tensors, folder / HEADS_FILE)
        record = {
            "format": FORMAT,
            "encoding": self.encoding,
            "method": self.method,
            "tuned": self.tuned,
            "base_fingerprint": self.base_fingerprint,
            "criteria": [
                head.spec.to_record()
                | {
                    "trained": head.trained,
                    "prior": head.prior.tolist(),
                    "calibration": head.calibrator.to_record() if head.calibrator else None,
                }
                for head in self.heads
            ],
        }
        text = json.dumps(record, ensure_ascii=False, indent=1)
        (folder / VERSION_FILE).write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Version:
        """Read a version.

        Raises ``CsqmError("version_damaged")`` when files are missing or broken, ``version_outdated`` when it reads
        replies in another way than this program.
        """
        try:
            record = json.loads((folder / VERSION_FILE).read_text(encoding="utf-8"))
            if record["format"] > FORMAT or record["encoding"] != ENCODING_VERSION:
                raise CsqmError("version_outdated", version=folder.name)
            tensors = load_file(folder / HEADS_FILE)
            heads = tuple(_head(i, entry, tensors) for i, entry in enumerate(record["criteria"]))
            scaling = Scaling(tensors["scaling.mean"], tensors["scaling.scale"])
            return cls(record["method"], record["base_fingerprint"], heads, scaling, bool(record["tuned"]))
        except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
            raise CsqmError(
                "version_damaged", version=folder.name, problem=f"{type(error).__name__}: {error}"
            ) from error


def _head(number: int, entry: Mapping[str, Any], tensors: Mapping[str, NDArray[Any]]) -> Head:
    spec = CriterionSpec.from_record(entry)
    prior = np.array(entry["prior"], dtype=np.float64)
    if not entry["trained"]:
        return Head(spec, prior)
    calibration = entry.get("calibration")
    return Head(
        spec,
        prior,
        tensors[f"heads.{number}.weights"].astype(np.float64),
        tensors[f"heads.{number}.bias"].astype(np.float64),
        Calibrator.from_record(calibration) if calibration else None,
    )
