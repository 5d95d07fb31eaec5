"""The encoder through OpenVINO, where that package is installed: another way to the same vectors.

The converted network lies beside the base model (``fast/<fingerprint>.xml`` and ``.bin``) and is made again when
the base model is another one.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from csqm_desktop.scoring.padded import pad, pool

log = logging.getLogger(__name__)

Floats = NDArray[np.float32]


def installed() -> bool:
    """Whether the package is there."""
    return find_spec("openvino") is not None


class OpenVinoNetwork:
    """Token numbers to unit vectors on the CPU; ``bf16`` where the processor has the instructions."""

    name = "openvino"

    def __init__(self, network: Any, pooling: str, pad_id: int, files: Path, bf16: bool) -> None:
        import openvino

        self._pad_id = pad_id
        core = openvino.Core()
        model = _read(core, files)
        if model is None:
            model = _convert(network, pooling)
            _write(openvino, model, files)
        options = {
            "INFERENCE_NUM_THREADS": torch.get_num_threads(),
            "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_PRECISION_HINT": "bf16" if bf16 else "f32",
        }
        self._request = core.compile_model(model, "CPU", options).create_infer_request()

    def vectors(self, ids: Sequence[Sequence[int]]) -> Floats:
        """Vectors of unit length (n, width)."""
        tokens, mask = pad(ids, self._pad_id)
        answer = self._request.infer({"input_ids": tokens.numpy(), "attention_mask": mask.numpy()})
        return np.array(answer[0], dtype=np.float32)


class _Pooled(torch.nn.Module):
    def __init__(self, network: Any, pooling: str) -> None:
        super().__init__()
        self.network, self.pooling = network, pooling

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        states = self.network(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return torch.nn.functional.normalize(pool(states.float(), attention_mask, self.pooling), dim=-1)


def _convert(network: Any, pooling: str) -> Any:
    from openvino.frontend import FrontEndManager
    from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder

    example = {
        "input_ids": torch.tensor([[0, 3, 2], [0, 2, 1]]),
        "attention_mask": torch.tensor([[1, 1, 1], [1, 1, 0]]),
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer's remarks about shapes that are constant here
        # the frontend itself: ``openvino.convert_model`` around it reports its use to the maker
        frontend = FrontEndManager().load_by_framework("pytorch")
        decoder = TorchScriptPythonDecoder(_Pooled(network, pooling).eval(), example_input=example)
        model = frontend.convert(frontend.load(decoder))
    for given, name in zip(model.inputs, example, strict=True):
        given.get_tensor().set_names({name})
    model.validate_nodes_and_infer_types()
    return model


def _read(core: Any, files: Path) -> Any:
    if not files.with_suffix(".xml").is_file() or not files.with_suffix(".bin").is_file():
        return None
    try:
        return core.read_model(files.with_suffix(".xml"), files.with_suffix(".bin"))
    except RuntimeError:
        log.warning("the converted network cannot be read and is made again")
        return None


def _write(openvino: Any, model: Any, files: Path) -> None:
    draft = files.with_name(files.name + "-partial")
    try:
        files.parent.mkdir(parents=True, exist_ok=True)
        openvino.save_model(model, draft.with_suffix(".xml"), compress_to_fp16=False)
        draft.with_suffix(".bin").replace(files.with_suffix(".bin"))
        draft.with_suffix(".xml").replace(files.with_suffix(".xml"))
    except (OSError, RuntimeError):
        log.warning("the converted network could not be kept; it is made again next time")
