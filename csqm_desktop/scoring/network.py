"""The fine-tuned network: it reads single texts as the frozen encoder does, and one linear head over the features made
of its vectors (``features.py``) answers for all criteria's levels.

So it starts where the frozen heads end, each turn is read once however many replies it stands beside, and its vectors
are kept like the encoder's. A network that read reply and dialogue in one sequence was far behind on real dialogues.

On disk (``network/`` of a version) lies only what differs from the base model: ``heads.safetensors`` with either
an adapter as peft writes it (``adapter_model.safetensors``, ``adapter_config.json``) or, for full training,
``changed.safetensors`` with the tensors that were trained.
"""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import peft
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file, save_file

from csqm_desktop.errors import CsqmError
from csqm_desktop.scoring import adapters
from csqm_desktop.scoring.backends import SAME, SAME_BF16
from csqm_desktop.scoring.embedding import Encoder, length_batches, load_network
from csqm_desktop.scoring.encoding import FEATURES, EncodedReply
from csqm_desktop.scoring.feature_rows import BLOCKS
from csqm_desktop.scoring.features import FIGURE_LIMIT, raw_features
from csqm_desktop.scoring.packed import PackedBert
from csqm_desktop.scoring.padded import pad, pool
from csqm_desktop.scoring.token_states import TokenStates
from csqm_desktop.scoring.vector_cache import VectorCache
from csqm_desktop.scoring.version import CriterionSpec, level_slices

ADAPTER_FILE = "adapter_model.safetensors"
CHANGED_FILE = "changed.safetensors"
HEADS_FILE = "heads.safetensors"

Floats = NDArray[np.float64]
Check = Callable[[], None]
_PROBE = [[2, 5, 3], [2, 6, 7, 8, 3]]  # any tokens will do


class TextNetwork(torch.nn.Module):
    """A copy of the base network with heads. ``kind`` is one of ``adapters.METHODS``; see ``trainable``."""

    def __init__(self, encoder: Encoder, criteria: Sequence[CriterionSpec], kind: str) -> None:
        super().__init__()
        self.kind = kind
        self.criteria = tuple(criteria)
        self.slices = level_slices(criteria)
        self.encoder = encoder
        self.body: Any = None  # a copy of the base network, once it is known what of it will change
        self.width = encoder.width
        self.heads = Heads(encoder.width, self.slices[-1].stop)
        self.first = 0  # the lowest layer that is trained
        self.declared = 0  # how many weights of the body the method says it trains
        self._unpadded: PackedBert | None = None  # the body once nothing is trained any more

    def trainable(self, seed: int, top: int | None = None) -> TextNetwork:
        """Freeze what is not to be trained and add what the method needs; ``top`` is the number of layers it reaches.

        Raises ``CsqmError("method_unsupported")`` where the base model lacks the parts for it.
        """
        torch.manual_seed(seed)
        on_cpu = self.encoder.device.kind == "cpu"
        self.first = adapters.first_layer(self.encoder.network, self.kind, on_cpu, top)
        body = _copy_of_base(self.encoder, self.kind, self.first)
        adapted = adapters.adapt(body, self.kind, self.encoder.tokenizer, self.first)
        self.body, self.declared = adapted.body, adapted.trainable
        return self

    @property
    def layers(self) -> torch.nn.ModuleList | None:
        """The layers of the base network in order, where it has a list of them."""
        return adapters.layer_stack(adapters.base_of(self.body))

    @property
    def prompt(self) -> torch.Tensor | None:
        """What a learned prompt puts before each text, (tokens, width); None without one."""
        if self.kind != "prompt" or not isinstance(self.body, peft.PeftModel):
            return None
        out: torch.Tensor = self.body.get_prompt(1)[0]
        return out

    def pooled(self, tokens: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """One vector for each sequence in float32: (n, tokens) to (n, width)."""
        states = self.body(input_ids=tokens, attention_mask=mask).last_hidden_state
        states = states[:, states.shape[1] - tokens.shape[1] :]  # without a learned prompt before the text
        return pool(states.float(), mask, self.encoder.pooling)

    def batch(self, ids: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        """Padded tokens and mask on the network's device."""
        tokens, mask = pad(ids, self.encoder.tokenizer.pad_token_id or 0)
        device = self.encoder.device.torch
        return tokens.to(device), mask.to(device)

    def logits(self, replies: Sequence[EncodedReply], check: Check) -> Floats:
        """The network's logits of all levels: (n, L). ``check`` is called between batches."""
        return self.judge(raw_features(self, VectorCache(None, self.width), replies, check))

    def judge(self, raw: NDArray[np.float32]) -> Floats:
        """The logits (n, L) that belong to features of this network's vectors, (n, D)."""
        with torch.inference_mode():
            found = self.heads(torch.from_numpy(raw).to(self.encoder.device.torch))
        return np.asarray(found.cpu().numpy(), dtype=np.float64)

    def embed(
        self, texts: Sequence[str], check: Check | None = None
    ) -> Iterator[tuple[NDArray[np.intp], NDArray[np.float32]]]:
        """Vectors of unit length, a batch at a time: (positions in ``texts``, (n, width)), as ``Encoder.embed``."""
        ids = self.token_ids(texts)
        for batch in length_batches([len(one) for one in ids], self.encoder.batch_tokens):
            if check is not None:
                check()
            yield batch, _unit(self.vectors([ids[i] for i in batch]))

    def embed_learned(
        self, texts: Sequence[str], kept: TokenStates, check: Check
    ) -> Iterator[tuple[NDArray[np.intp], NDArray[np.float32]]]:
        """As ``embed``, for texts that are learned from or judged on: ``kept`` has what the base model's layers say."""
        if self._unpadded is None or self.first == 0:
            yield from self.embed(texts, check)
            return
        unpadded, ids = self._unpadded, self.token_ids(texts)
        tokens, budget = [len(one) for one in ids], self.encoder.batch_tokens
        states = kept.read(ids, lambda some: unpadded.states(some, self.first), budget, check)
        parts = np.split(states, np.cumsum(tokens)[:-1])
        for batch in length_batches(tokens, budget):
            check()
            yield batch, _unit(unpadded.pooled_from([parts[i] for i in batch], self.first))

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Token numbers of texts, as the frozen encoder reads them."""
        return self.encoder.token_ids([self.encoder.prefix + text for text in texts]) if texts else []

    def vectors(self, ids: list[list[int]]) -> NDArray[np.float32]:
        """The pooled vectors of a batch of token sequences as they are: (n, width)."""
        if self._unpadded is not None:
            return self._unpadded.pooled(ids)
        self.eval()
        with torch.inference_mode():
            return np.asarray(self.pooled(*self.batch(ids)).cpu().numpy(), dtype=np.float32)

    # -- on disk

    def save(self, folder: Path) -> None:
        """Write what differs from the base model."""
        folder.mkdir(parents=True, exist_ok=True)
        heads = {name: value.float().cpu().contiguous() for name, value in self.heads.state_dict().items()}
        save_file(heads, folder / HEADS_FILE)
        if self.kind != "full":
            with warnings.catch_warnings():
                # a map from which AdaLoRA took every rank is stored with none; peft suspects a lost shard
                warnings.filterwarnings("ignore", ".*LoRA tensor.*invalid shape")
                self.body.save_pretrained(str(folder), safe_serialization=True, save_embedding_layers=False)
            (folder / "README.md").unlink(missing_ok=True)  # peft's empty model card
            return
        # half precision: the change is far larger than the rounding, and a version half as large
        changed = {
            name: value.detach().half().cpu().contiguous()
            for name, value in self.body.named_parameters()
            if value.requires_grad
        }
        save_file(changed, folder / CHANGED_FILE)

    def warm_start(self, folder: Path) -> bool:
        """Go on from another version's network where it fits; returns whether it did. Call after ``trainable``."""
        try:
            heads = load_file(folder / HEADS_FILE)
            if heads["linear.weight"].shape != self.heads.linear.weight.shape:
                return False
            if self.kind == "full":
                self._restore(folder / CHANGED_FILE)
            elif not adapters.start_from(self.body, load_file(folder / ADAPTER_FILE)):
                return False
            self.heads.load_state_dict(heads)
        except (OSError, KeyError, RuntimeError, SafetensorError):
            return False
        return True

    def _restore(self, path: Path) -> None:
        changed = {name: value.float() for name, value in load_file(path).items()}
        unknown = self.body.load_state_dict(changed, strict=False).unexpected_keys
        if unknown:
            raise KeyError(f"unknown tensor {unknown[0]}")

    @classmethod
    def load(cls, folder: Path, encoder: Encoder, criteria: Sequence[CriterionSpec]) -> TextNetwork:
        """Read a trained network for scoring, adapters merged. Raises ``CsqmError("version_damaged")``."""
        try:
            network = cls(encoder, criteria, stored_kind(folder))
            network.heads.load_state_dict(load_file(folder / HEADS_FILE))
            if network.kind != "full":
                with safe_open(folder / ADAPTER_FILE, "numpy") as stored:
                    network.first = adapters.lowest_layer(encoder.network, stored.keys())
            network.body = _copy_of_base(encoder, network.kind, network.first)
            if network.kind == "full":
                network._restore(folder / CHANGED_FILE)
            else:
                network.body = _with_adapter(network.body, folder, merge=network.kind != "prompt")
        except (OSError, KeyError, ValueError, TypeError, RuntimeError, SafetensorError) as error:
            problem = f"{type(error).__name__} in {folder.name}"
            raise CsqmError("version_damaged", version=folder.parent.name, problem=problem) from error
        network.to(encoder.device.torch).eval()
        network._run_unpadded()
        if network._unpadded is None and encoder.device.bf16:
            network.body = copy.deepcopy(network.body).to(encoder.device.dtype)
        return network

    def _run_unpadded(self) -> None:
        """Use the arithmetic without padding where it gives this network's own vectors."""
        if self.encoder.device.kind != "cpu" or isinstance(self.body, peft.PeftModel) or not PackedBert.fits(self.body):
            return
        packed = PackedBert(self.body, self.encoder.pooling, dtype=self.encoder.device.dtype)
        with torch.inference_mode():
            own = self.pooled(*self.batch(_PROBE)).cpu()
        near = torch.nn.functional.cosine_similarity(torch.from_numpy(packed.pooled(_PROBE)), own)
        if float(near.min()) >= (SAME_BF16 if self.encoder.device.bf16 else SAME):
            self._unpadded = packed


def _copy_of_base(encoder: Encoder, kind: str, first: int) -> Any:
    """The base network in float32. What a method leaves alone is the encoder's own on a processor: it costs nothing."""
    if encoder.device.kind != "cpu":
        return load_network(encoder.base)  # the encoder's is rounded
    base = encoder.network
    shared = [] if kind == "full" else [base.get_input_embeddings(), *list(adapters.layer_stack(base) or ())[:first]]
    body = copy.deepcopy(base, {id(module): module for module in shared})
    kept = {id(parameter) for module in shared for parameter in module.parameters()}
    for parameter in body.parameters():
        if id(parameter) not in kept:
            parameter.requires_grad_(True)  # as it is when loaded; another network may have frozen the encoder's
    return body


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    unit = torch.nn.functional.normalize(torch.from_numpy(vectors), dim=-1)
    return np.asarray(unit.numpy(), dtype=np.float32)


def _with_adapter(body: Any, folder: Path, merge: bool) -> Any:
    with adapters.quiet():
        # peft takes the names of AdaLoRA's kept ranks for names of modules, and then uses them rightly
        warnings.filterwarnings("ignore", "The following rank_pattern keys", RuntimeWarning)
        adapted = peft.PeftModel.from_pretrained(body, str(folder), is_trainable=False)
    return adapted.merge_and_unload() if merge else adapted


def stored_kind(folder: Path) -> str:
    """The method by which a stored network was trained. Raises ``OSError`` or ``ValueError`` for a broken one."""
    if not (folder / ADAPTER_FILE).is_file():
        return "full"
    return adapters.kind_of(peft.PeftConfig.from_pretrained(str(folder)))


def delta_bytes(folder: Path) -> int:
    """The size of what a stored network adds to the base model, heads included."""
    return sum(path.stat().st_size for path in folder.glob("*.safetensors"))


class Heads(torch.nn.Module):
    """Features to logits: scaled as ``Scaling`` does, then linear."""

    mean: torch.Tensor
    scale: torch.Tensor

    def __init__(self, width: int, levels: int) -> None:
        super().__init__()
        size = BLOCKS * width + len(FEATURES)
        self.register_buffer("mean", torch.zeros(size))
        self.register_buffer("scale", torch.ones(size))
        self.linear = torch.nn.Linear(size, levels)
        torch.nn.init.zeros_(self.linear.weight)  # the first answer is the same whatever the seed
        torch.nn.init.zeros_(self.linear.bias)

    def forward(self, raw: torch.Tensor) -> torch.Tensor:
        scaled = (raw.float() - self.mean) * self.scale
        vectors, figures = scaled[:, : -len(FEATURES)], scaled[:, -len(FEATURES) :]
        out: torch.Tensor = self.linear(torch.cat([vectors, figures.clamp(-FIGURE_LIMIT, FIGURE_LIMIT)], dim=1))
        return out
