"""Whether a method really did what its name says: counted weights, moved weights, ranks given out and taken away.

A wrapper that forgets a call turns AdaLoRA into LoRA without a word; a frozen adapter trains nothing and still gives
scores. Each run proves that it was neither, and what was found goes on the card.
"""

from __future__ import annotations

from typing import Any

import torch

from csqm_desktop.errors import CsqmError
from csqm_desktop.scoring.adapters import ADALORA_START
from csqm_desktop.scoring.network import TextNetwork

# what must move, by a part of the weights' names; all of the body where nothing is named
_MUST_MOVE = {"lora": "lora_B", "adalora": "lora_E", "ia3": "ia3_l", "prompt": "prompt_encoder"}


class SelfCheck:
    """Made before training, asked after it."""

    def __init__(self, network: TextNetwork) -> None:
        self._network = network
        self._start = {name: p.detach().clone() for name, p in network.body.named_parameters() if p.requires_grad}

    def evidence(self) -> dict[str, Any]:
        """What the method did: ``trainable``, ``total``, ``share``, ``moved``, ``largest_change``, AdaLoRA's ``ranks``.

        Raises ``CsqmError("method_did_not_act")`` with what is missing.
        """
        network = self._network
        now = {name: p.detach() for name, p in network.body.named_parameters() if p.requires_grad}
        trainable = sum(p.numel() for p in now.values())
        total = sum(p.numel() for p in network.body.parameters())
        if trainable != network.declared or set(now) != set(self._start):
            raise self._failed(f"it trains {trainable} weights where the method has {network.declared}")
        part = _MUST_MOVE.get(network.kind, "")
        watched = [name for name in now if part in name]
        changes = [float((now[name] - self._start[name]).abs().max()) for name in watched]
        moved = sum(change > 0 for change in changes)
        if not moved:
            raise self._failed(f"none of its {len(watched)} trained parts moved")
        found: dict[str, Any] = {
            "trainable": trainable,
            "total": total,
            "share": trainable / max(1, total),
            "moved": moved,
            "parts": len(watched),
            "largest_change": max(changes),
        }
        if network.kind == "adalora":
            found["ranks"] = self._ranks()
        return found

    def _ranks(self) -> dict[str, Any]:
        """How AdaLoRA shared its budget out; the masks in the weights must agree with what it says."""
        body = self._network.body
        config = body.active_peft_config
        pattern: dict[str, list[bool]] | None = config.rank_pattern
        if not pattern:
            raise self._failed("ranks were never given out")
        allocator = body.base_model.rankallocator
        kept = {name: int(sum(chosen)) for name, chosen in pattern.items()}
        alive = {n: int((p.detach() != 0).sum()) for n, p in body.named_parameters() if "lora_E" in n}
        if sum(kept.values()) > allocator.target_bgt:
            raise self._failed(f"{sum(kept.values())} ranks are left where the budget is {allocator.target_bgt}")
        if sum(alive.values()) > sum(kept.values()):
            raise self._failed(f"{sum(alive.values())} ranks still act where {sum(kept.values())} were kept")
        return {
            "start": ADALORA_START * len(alive),
            "budget": int(allocator.target_bgt),
            "kept": sum(kept.values()),
            "least": min(kept.values()),
            "most": max(kept.values()),
        }

    def _failed(self, reason: str) -> CsqmError:
        return CsqmError("method_did_not_act", method=self._network.kind, reason=reason)


def orthogonality(body: Any) -> torch.Tensor:
    """AdaLoRA's penalty: its sides stay orthogonal so that ranks can be compared. peft adds it only to its own loss."""
    penalties = []
    for name, p in body.named_parameters():
        if "lora_A" in name or "lora_B" in name:
            product = p @ p.T if "lora_A" in name else p.T @ p
            penalties.append(torch.linalg.matrix_norm(product - torch.eye(len(product), device=p.device)))
    weight = float(body.active_peft_config.orth_reg_weight)
    return weight * torch.stack(penalties).mean()
