"""The ways to change a little of a base network: which parts each method touches, found from the model itself.

No layer or module name of a particular architecture is assumed: the stack of layers is the list of as many equal
blocks as the configuration counts, and what is adapted are the linear maps in them. On a processor only the upper
layers are adapted, so that training can keep what the lower ones say (``training/frozen_layers.py``).
"""

from __future__ import annotations

import inspect
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import peft
import torch

from csqm_desktop.errors import CsqmError

METHODS = ("lora", "adalora", "ia3", "prompt", "full")
TOP_LAYERS = 4  # of the layers, where no graphics card is at hand: the lower ones hold language, not verdicts
LORA_RANK = 8
ADALORA_START, ADALORA_RANK = 12, 6  # ranks of each map at the start, and on average when the budget is spent
PROMPT_TOKENS = 16
_PROMPT_TEXT = "客服回复质量：是否理解、准确、解决问题。 quality of a customer service reply: does it help?"
_KEYS_AND_VALUES = frozenset(
    (
        "key",
        "value",
        "k_proj",
        "v_proj",
        "k_lin",
        "v_lin",
        "key_proj",
        "value_proj",
        "Wqkv",
        "qkv",
        "qkv_proj",
        "query_key_value",
        "in_proj",
    )
)
_PEFT_KINDS = {
    peft.PeftType.LORA: "lora",
    peft.PeftType.ADALORA: "adalora",
    peft.PeftType.IA3: "ia3",
    peft.PeftType.PROMPT_TUNING: "prompt",
}


@dataclass(frozen=True)
class Adapted:
    """A network made ready for a method: ``trainable`` is the number of weights that the method says it trains."""

    body: Any
    trainable: int
    layers: tuple[int, ...]  # positions of the layers that it changes


def layer_stack(body: torch.nn.Module) -> torch.nn.ModuleList | None:
    """The network's layers in order, or None where it has no such list (ALBERT shares one layer)."""
    count = getattr(body.config, "num_hidden_layers", 0)
    stacks = [
        (name.count("."), name, module)
        for name, module in body.named_modules()
        if isinstance(module, torch.nn.ModuleList) and len(module) == count and len({type(m) for m in module}) == 1
    ]
    return min(stacks, key=lambda found: found[:2])[2] if stacks else None


def first_layer(body: torch.nn.Module, kind: str, on_cpu: bool, top: int | None = None) -> int:
    """The lowest layer that a method changes; 0 when it is the whole network."""
    stack = layer_stack(body)
    if stack is None or kind in ("full", "prompt") or (top is None and not on_cpu):
        return 0
    return max(0, len(stack) - (top or TOP_LAYERS))


def lowest_layer(body: torch.nn.Module, names: Iterable[str]) -> int:
    """The lowest layer that tensors with these names (of an adapter) belong to; 0 when they do not tell."""
    stack = layer_stack(body)
    place = next((name for name, module in body.named_modules() if module is stack), "")
    found = [re.search(rf"(?:^|\.){re.escape(place)}\.(\d+)\.", name) for name in names] if place else []
    numbers = [int(match[1]) for match in found if match is not None]
    return min(numbers) if numbers and len(numbers) == len(found) else 0


def adapt(body: Any, kind: str, tokenizer: Any, first: int) -> Adapted:
    """Freeze what a method leaves alone and add what it trains.

    Raises ``CsqmError("method_unsupported")`` where the network lacks the parts that the method needs.
    """
    stack = layer_stack(body)
    layers = tuple(range(first, len(stack))) if stack is not None else ()
    if kind == "full":
        # the word table is most of the model and hardly moves; training it would triple a version's size
        for parameter in body.get_input_embeddings().parameters():
            parameter.requires_grad_(False)
        return Adapted(body, sum(p.numel() for p in body.parameters() if p.requires_grad), layers)
    if kind == "prompt":
        return _with_prompt(body, tokenizer)
    targets = _linears(body, stack, first)
    if not targets:
        raise _unsupported(body, kind, "it has no linear layers")
    config, trainable = _CONFIGS[kind](body, targets)
    return Adapted(_wrapped(body, config), trainable, layers)


def kind_of(config: peft.PeftConfig) -> str:
    """The method of a stored adapter. Raises ``ValueError`` for one that this program does not write."""
    try:
        return _PEFT_KINDS[config.peft_type]
    except KeyError:
        raise ValueError(f"unknown adapter {config.peft_type}") from None


def _linears(body: Any, stack: torch.nn.ModuleList | None, first: int) -> dict[str, torch.nn.Linear]:
    inside = {id(module) for layer in stack[first:] for module in layer.modules()} if stack is not None else None
    return {
        name: module
        for name, module in body.named_modules()
        if isinstance(module, torch.nn.Linear) and (inside is None or id(module) in inside)
    }


def _lora(_: Any, targets: dict[str, torch.nn.Linear]) -> tuple[peft.PeftConfig, int]:
    config = peft.LoraConfig(
        r=LORA_RANK, lora_alpha=2 * LORA_RANK, lora_dropout=0.0, target_modules=list(targets), bias="none"
    )
    return config, LORA_RANK * sum(m.in_features + m.out_features for m in targets.values())


def _adalora(_: Any, targets: dict[str, torch.nn.Linear]) -> tuple[peft.PeftConfig, int]:
    config = peft.AdaLoraConfig(
        init_r=ADALORA_START,
        target_r=ADALORA_RANK,
        lora_alpha=2 * ADALORA_START,
        lora_dropout=0.0,
        target_modules=list(targets),
        bias="none",
        tinit=1,
        tfinal=1,
        deltaT=1,
        total_step=1_000,
    )  # fmt: skip  (the steps are set when it is known how many there will be)
    return config, ADALORA_START * sum(m.in_features + m.out_features + 1 for m in targets.values())


def _ia3(body: Any, targets: dict[str, torch.nn.Linear]) -> tuple[peft.PeftConfig, int]:
    attention = [name for name in targets if name.rpartition(".")[2] in _KEYS_AND_VALUES]
    forward = [name for name, m in targets.items() if m.in_features > m.out_features and name not in attention]
    if not attention or not forward:
        raise _unsupported(body, "ia3", "its keys, values or feed-forward layers were not found")
    config = peft.IA3Config(target_modules=attention + forward, feedforward_modules=forward)
    count = sum(targets[n].out_features for n in attention) + sum(targets[n].in_features for n in forward)
    return config, count


_CONFIGS = {"lora": _lora, "adalora": _adalora, "ia3": _ia3}


def _with_prompt(body: Any, tokenizer: Any) -> Adapted:
    table = body.get_input_embeddings()
    width = int(body.config.hidden_size)
    if "inputs_embeds" not in inspect.signature(body.forward).parameters or table.weight.shape[1] != width:
        raise _unsupported(body, "prompt", "it does not read word vectors of its own width")
    config = peft.PromptTuningConfig(
        task_type=peft.TaskType.FEATURE_EXTRACTION, num_virtual_tokens=PROMPT_TOKENS, token_dim=width
    )
    start = table.weight.detach()[_prompt_ids(tokenizer)].clone()
    wrapped = _wrapped(body, config)
    with torch.no_grad():  # words that say what this is about, where peft would start from noise
        next(wrapped.prompt_encoder.parameters()).copy_(start)
    return Adapted(wrapped, PROMPT_TOKENS * width, ())


def _prompt_ids(tokenizer: Any) -> list[int]:
    ids = list(tokenizer(_PROMPT_TEXT, add_special_tokens=False)["input_ids"])
    return (ids * PROMPT_TOKENS)[:PROMPT_TOKENS]


def _wrapped(body: Any, config: peft.PeftConfig) -> Any:
    with quiet():
        wrapped = peft.get_peft_model(body, config)
    wrapped.active_peft_config.base_model_name_or_path = ""  # peft notes the folder on this computer
    return wrapped


def _unsupported(body: Any, method: str, reason: str) -> CsqmError:
    return CsqmError("method_unsupported", method=method, model=type(body).__name__, reason=reason)


@contextmanager
def quiet() -> Iterator[None]:
    """Without the warning that peft asks transformers for gradient checkpointing (off here) by its old name."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*is_gradient_checkpointing.*", FutureWarning)
        yield


def base_of(body: Any) -> Any:
    """The network inside an adapter, or the network itself."""
    return body.get_base_model() if isinstance(body, peft.PeftModel) else body


def start_from(body: Any, stored: dict[str, torch.Tensor]) -> bool:
    """Give a fresh adapter the weights of a stored one; returns whether they fit.

    AdaLoRA stores only the ranks that it kept: they become the first of the fresh ones, the others stay silent.
    """
    known = peft.get_peft_model_state_dict(body)
    if set(stored) != set(known) or not all(_fits(stored[k].shape, known[k].shape, k) for k in known):
        return False
    whole = {}
    for name, fresh in known.items():
        kept = fresh.detach().clone()
        if "lora_E" in name:
            kept.zero_()
        kept[tuple(slice(0, n) for n in stored[name].shape)] = stored[name].to(kept)
        whole[name] = kept
    peft.set_peft_model_state_dict(body, whole)
    return True


def _fits(stored: Sequence[int], fresh: Sequence[int], name: str) -> bool:
    if not any(part in name for part in ("lora_E", "lora_A", "lora_B")):
        return tuple(stored) == tuple(fresh)
    return len(stored) == len(fresh) and all(a <= b for a, b in zip(stored, fresh, strict=True))
