"""Training curves: live for the window, and as TensorBoard event files beside the version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from torch.utils.tensorboard import SummaryWriter


class Recorder:
    """Writes each figure twice. ``send`` gets ``{"series", "step", "value", …}``, one call a point."""

    def __init__(self, folder: Path, send: Callable[[dict[str, Any]], None]) -> None:
        self._writer = SummaryWriter(str(folder))
        self._send = send
        self._steps: dict[str, int] = {}

    def point(self, series: str, value: float, step: int | None = None, **more: Any) -> None:
        """One point of a curve; without ``step`` it is the next one of its series."""
        at = self._steps.get(series, 0) if step is None else step
        self._steps[series] = at + 1
        self._writer.add_scalar(series, value, at)
        self._send({"series": series, "step": at, "value": value, **more})

    def head(self, criterion: str, values: Mapping[str, float]) -> None:
        """One tried ridge penalty of a criterion with its loss on left-out conversations."""
        self.point(f"left_out_loss/{criterion}", values["loss"], penalty=values["penalty"])

    def holdout(self, criterion: str, figures: Mapping[str, Any]) -> None:
        """The final figures on the holdout."""
        for name in ("accuracy", "macro_f1", "ece", "log_loss", "jsd"):
            value = figures.get(name)
            if isinstance(value, float):
                self.point(f"holdout_{name}/{criterion}", value, 0)

    def __enter__(self) -> Recorder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()
