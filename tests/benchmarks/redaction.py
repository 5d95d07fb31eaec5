"""Redaction: recall and false alarms on the test corpus, and messages per second against a plain digit scan.

python tests/benchmarks/redaction.py
"""

from __future__ import annotations

import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from csqm_desktop import privacy

DATA = Path(__file__).parents[1] / "data" / "privacy"
_WORDS = (
    "您好亲这个尺码偏大建议拍小一码发货时间明天下午快递顺丰请问有什么可以帮您退款已经处理到账please refund the order"
)


def lines(name: str) -> list[dict[str, str]]:
    """The records of a corpus file."""
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def recall() -> dict[str, tuple[int, int]]:
    """By kind: items fully masked, with the text around them left as it was, and items in all."""
    found: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for item in lines("planted.jsonl"):
        kind = item["kind"]
        total[kind] += 1
        expected = item["text"].replace(item["secret"], privacy.PLACEHOLDERS[kind])
        found[kind] += privacy.redact(item["text"]) == (expected, {kind: 1})
    return {kind: (found[kind], total[kind]) for kind in total}


def false_alarms() -> list[str]:
    """Decoys that were changed."""
    return [item["text"] for item in lines("decoys.jsonl") if privacy.redact(item["text"])[1]]


def messages(count: int, with_digits: bool) -> list[str]:
    """Made-up messages of 5 to 60 characters; with prices and sizes if wanted."""
    draw = random.Random(7)
    texts = []
    for _ in range(count):
        text = "".join(draw.choices(_WORDS, k=draw.randint(5, 60)))
        texts.append(f"{text} {draw.randint(1, 9999)}元 2026-09-{draw.randint(10, 28)}" if with_digits else text)
    return texts


def best(work: Callable[[str], object], texts: Sequence[str], rounds: int = 5) -> float:
    """Messages per second of processor time, the best of a few rounds."""
    fastest = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        for text in texts:
            work(text)
        fastest = min(fastest, time.process_time() - started)
    return len(texts) / fastest


def main() -> None:
    """Print the figures."""
    for kind, (found, total) in recall().items():
        print(f"recall {kind:10} {found}/{total} = {found / total:.1%}")
    wrong, decoys = false_alarms(), lines("decoys.jsonl")
    print(f"decoys masked     {len(wrong)}/{len(decoys)} = {len(wrong) / len(decoys):.1%} {wrong}")
    scan = re.compile(r"1[3-9]\d{9}|\d{17}[\dXx]|[\w.]+@[\w.]+")
    planted = [item["text"] for item in lines("planted.jsonl")] * 20
    for name, texts in [
        ("without digits", messages(100_000, False)),
        ("with prices and dates", messages(50_000, True)),
        ("with personal data", planted),
    ]:
        ours, plain = best(privacy.redact, texts), best(scan.search, texts)
        print(f"{name:22} {ours:>10,.0f} messages/s   plain regex scan {plain:>10,.0f}   ratio {ours / plain:.2f}")


if __name__ == "__main__":
    main()
