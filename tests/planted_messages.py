"""The generated corpus: templates of ``tests/data/privacy/generated`` filled with made-up values, as many as wanted.

``⟦kind:{value}⟧`` is what must go; a line of a decoy file must stay as it is. What opens or ends a message, and the way
two messages stand in one, are drawn as well.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

from tests import planted_values, privacy_corpus

SETS = ("first", "second", "third")
FOLDER = Path(__file__).parent / "data" / "privacy" / "generated"
_PLACE = re.compile(r"\{(\w+)\}")
_OPENINGS = ("", "", "", "", "你好，", "亲，", "在吗？", "Hi, ", "麻烦了，", "好的。", "hello ")
_ENDINGS = ("", "", "", "", "。", "！", " 谢谢", "，急", "?", "\n谢谢亲")


def planted(name: str, seed: int, rounds: int) -> list[privacy_corpus.Message]:
    """Messages with planted items, each template ``rounds`` times."""
    return privacy_corpus.parsed(_filled(FOLDER / f"{name}_items.txt", seed, rounds))


def decoys(name: str, seed: int, rounds: int) -> list[str]:
    """Messages without anything personal."""
    return [line.replace("⏎", "\n") for line in _filled(FOLDER / f"{name}_decoys.txt", seed, rounds)]


def _filled(path: Path, seed: int, rounds: int) -> list[str]:
    draw = random.Random(f"{path.name} {seed}")
    templates = path.read_text(encoding="utf-8").splitlines()
    return [_message(draw, template) for _ in range(rounds) for template in templates]


def _message(draw: random.Random, template: str) -> str:
    text = _PLACE.sub(lambda place: planted_values.MAKERS[place[1]](draw), template)
    signed = "⏎" in template  # a letter has its own opening and end
    return text if signed else draw.choice(_OPENINGS) + text + draw.choice(_ENDINGS).replace("\n", "⏎")
