"""Which processor the model runs on, and which number format is fast there."""

from __future__ import annotations

import os
from dataclasses import dataclass

import torch

from csqm_desktop.errors import CsqmError


@dataclass(frozen=True, slots=True)
class Device:
    """A processor: ``kind`` is cuda, mps or cpu; ``dtype`` what inference runs in."""

    kind: str
    name: str
    dtype: torch.dtype

    @property
    def torch(self) -> torch.device:
        """As torch names it."""
        return torch.device(self.kind)

    @property
    def bf16(self) -> bool:
        """Whether inference uses 16-bit brain floats."""
        return self.dtype is torch.bfloat16


def choose_device(wanted: str = "auto") -> Device:
    """The processor to use: the one asked for, or the fastest there is.

    Raises ``CsqmError("device_missing")`` when a processor that is not there was asked for by name.
    """
    if wanted in ("auto", "cuda") and torch.cuda.is_available():
        dtype = torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16
        return Device("cuda", torch.cuda.get_device_name(), dtype)
    if wanted in ("auto", "mps") and torch.backends.mps.is_available():
        return Device("mps", "Apple GPU", torch.float32)
    if wanted in ("auto", "cpu"):
        return Device("cpu", f"{torch.get_num_threads()} threads", _cpu_dtype())
    raise CsqmError("device_missing", device=wanted)


def _cpu_dtype() -> torch.dtype:
    # bf16 without the instructions for it is emulated and a hundred times slower
    probe = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
    native = bool(probe and probe())
    return torch.bfloat16 if native and os.environ.get("CSQM_BF16", "1") != "0" else torch.float32
