"""Reading texts on a CUDA card: replies/s, achieved TFLOP/s over real tokens, and their share of the card's peak.

    python tests/benchmarks/gpu_throughput.py TEXTS [--texts 20000]

TEXTS as for ``throughput.py``. Says so and ends with 0 when there is no CUDA device.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


def peak(dtype: object) -> float:
    """The best matrix product of the card, in FLOP/s."""
    import torch

    size = 8192
    a, b = (torch.randn(size, size, device="cuda", dtype=dtype) for _ in range(2))
    best = float("inf")
    for _ in range(20):
        torch.cuda.synchronize()
        begin = time.perf_counter()
        torch.mm(a, b)
        torch.cuda.synchronize()
        best = min(best, time.perf_counter() - begin)
    return 2 * size**3 / best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--texts", dest="count", type=int, default=20_000)
    parser.add_argument("--base", type=Path, default=None, help="Base model folder (default: the shared one).")
    options = parser.parse_args()
    os.environ["HF_HUB_OFFLINE"] = "1"
    import torch

    if not torch.cuda.is_available():
        print("no CUDA device: nothing measured")
        return
    from csqm_desktop import paths
    from csqm_desktop.registry import base_model
    from csqm_desktop.scoring.device import choose_device
    from csqm_desktop.scoring.embedding import Encoder
    from tests.benchmarks.throughput import flops_of, read_texts

    device = choose_device("cuda")
    encoder = Encoder(options.base or base_model.folder(paths.shared_model_store()), device)
    texts = read_texts(options.texts, options.count, 0)
    lengths = [len(one) for one in encoder.token_ids([encoder.prefix + text for text in texts])]
    work = flops_of(lengths, encoder.network.config)
    top = peak(device.dtype)
    for _ in encoder.embed(texts[:2_000]):
        pass
    begin = time.perf_counter()
    done = sum(len(batch) for batch, _ in encoder.embed(texts))
    seconds = time.perf_counter() - begin
    print(f"{device.name}, {device.dtype}: {done / seconds:.0f} texts/s, {sum(lengths) / seconds:.0f} tokens/s")
    print(f"{work / seconds / 1e12:.1f} TFLOP/s, {work / seconds / top:.0%} of the measured {top / 1e12:.0f}")


if __name__ == "__main__":
    main()
