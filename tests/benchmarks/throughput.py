"""Reading texts: replies/s and GFLOP/s of every backend beside sentence-transformers and the processor's own peak.

All on the same texts, in one run, nothing cached and no duplicates:

    python tests/benchmarks/throughput.py DATA/stc3_cn_dev.jsonl.gz --texts 600 --threads 2

prints for each: texts/s (wall and per second of processor time), achieved GFLOP/s over real tokens (padding does not
count), its share of the measured matrix peak, the ratio to sentence-transformers' defaults, and the least and mean
cosine to sentence-transformers' vectors. Backends whose package is missing are named and left out. On a busy machine
give ``--threads 1`` and read the processor-time columns: they hardly depend on what else runs.

TEXTS may also be a plain text file with one text a line.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import sys
import time
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


def read_texts(path: Path, count: int, seed: int) -> list[str]:
    import numpy as np

    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as source:
            turns = (turn for line in source for turn in json.loads(line)["turns"])
            found = [" ".join(u for u in turn["utterances"] if u) for turn in turns]
    else:
        found = path.read_text(encoding="utf-8").splitlines()
    distinct = [text for text in dict.fromkeys(found) if text]
    return [distinct[i] for i in np.random.default_rng(seed).permutation(len(distinct))[:count]]


def timed(work: Callable[[], object], rounds: int) -> tuple[object, float, float]:
    """The answer, and the best wall and processor seconds."""
    wall = spent = float("inf")
    answer: object = None
    for _ in range(rounds):
        begin, used = time.perf_counter(), time.process_time()
        answer = work()
        wall, spent = min(wall, time.perf_counter() - begin), min(spent, time.process_time() - used)
    return answer, wall, spent


def peaks(threads: int) -> dict[str, tuple[float, float]]:
    """Matrix products in GFLOP/s by number format: (wall, per second of processor time), best of many."""
    import torch

    from csqm_desktop.scoring.packed import _Linear8, int8_works

    size = 2048
    flops = 2 * size**3
    a, b = torch.randn(size, size), torch.randn(size, size)
    jobs: dict[str, Callable[[], object]] = {"fp32": lambda: torch.mm(a, b)}
    a16, b16 = a.bfloat16(), b.bfloat16()
    if torch.cpu._is_avx512_bf16_supported():
        jobs["bf16"] = lambda: torch.mm(a16, b16)
    if int8_works():
        packed = _Linear8(b, torch.zeros(size))
        jobs["int8"] = lambda: packed(a)
    found = {}
    for name, job in jobs.items():
        job()
        _, wall, spent = timed(job, 25)
        found[name] = (flops / wall / 1e9, flops / spent / 1e9)
    return found


def flops_of(lengths: list[int], config: object) -> float:
    width, inner, layers = config.hidden_size, config.intermediate_size, config.num_hidden_layers  # type: ignore[attr-defined]
    return float(sum(layers * (2 * n * (4 * width**2 + 2 * width * inner) + 4 * n * n * width) for n in lengths))


def sentence_transformers(base: Path, threads: int) -> Callable[[list[str]], object] | None:
    if find_spec("sentence_transformers") is None:
        return None
    from sentence_transformers import SentenceTransformer

    try:
        from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    except ImportError:
        from sentence_transformers.models import Normalize, Pooling, Transformer
    network = Transformer(str(base))
    model = SentenceTransformer(
        modules=[network, Pooling(network.get_embedding_dimension()), Normalize()], device="cpu"
    )
    model.max_seq_length = 160
    return lambda texts: model.encode(texts, show_progress_bar=False)


def onnx_int8(encoder: object, folder: Path, threads: int) -> Callable[[list[str]], object]:
    """A second peer: what one would write with ONNX Runtime, dynamic int8, per channel, sorted and padded."""
    import numpy as np
    import onnxruntime
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    from csqm_desktop.scoring.embedding import length_batches
    from csqm_desktop.scoring.openvino_network import _Pooled
    from csqm_desktop.scoring.padded import pad

    plain, small = folder / "plain.onnx", folder / "int8.onnx"
    if not small.is_file():
        names = ["input_ids", "attention_mask"]
        axes = {name: {0: "n", 1: "t"} for name in names} | {"vectors": {0: "n"}}
        example = (torch.tensor([[0, 3, 2], [0, 2, 1]]), torch.tensor([[1, 1, 1], [1, 1, 0]]))
        torch.onnx.export(
            _Pooled(encoder.network, encoder.pooling).eval(), example, str(plain), input_names=names,
            output_names=["vectors"], dynamic_axes=axes, dynamo=False, opset_version=17,
        )  # fmt: skip
        quantize_dynamic(plain, small, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(small), options, providers=["CPUExecutionProvider"])

    def run(texts: list[str]) -> object:
        ids = encoder.token_ids([encoder.prefix + text for text in texts])
        out = np.empty((len(ids), encoder.width), dtype=np.float32)
        for batch in length_batches([len(one) for one in ids], 1024):
            tokens, mask = pad([ids[i] for i in batch], encoder.tokenizer.pad_token_id or 0)
            (out[batch],) = session.run(None, {"input_ids": tokens.numpy(), "attention_mask": mask.numpy()})
        return out

    return run


def ours(encoder: object) -> Callable[[list[str]], object]:
    import numpy as np

    def run(texts: list[str]) -> object:
        out = np.empty((len(texts), encoder.width), dtype=np.float32)
        for batch, vectors in encoder.embed(texts):
            out[batch] = vectors
        return out

    return run


def candidates(base: Path, scratch: Path, threads: int) -> dict[str, tuple[str, Callable[[list[str]], object]]]:
    """Name to (kind of peak it is measured by, what runs it)."""
    from csqm_desktop.scoring.device import choose_device
    from csqm_desktop.scoring.embedding import Encoder

    device = choose_device("cpu")
    kind = "bf16" if device.bf16 else "fp32"
    found: dict[str, tuple[str, Callable[[list[str]], object]]] = {}
    names = {"torch": kind, "packed": kind, "openvino": kind, "packed int8": "int8"}
    for name, peak in names.items():
        precision = "fastest" if peak == "int8" else "exact"
        encoder = Encoder(base, device, precision, name)
        if encoder.chosen.backend.name != name:
            print(f"{name}: not available here")
            continue
        found[f"csqm {name}"] = (peak, ours(encoder))
    if find_spec("onnxruntime") and find_spec("onnx"):
        found["onnxruntime int8"] = ("int8", onnx_int8(encoder, scratch, threads))
    else:
        print("onnxruntime: not installed")
    return found


def parts(run: Callable[[], object]) -> None:
    """Where the time of one run goes, and how fast the products are with and without what is done with them."""
    import torch
    from torch.profiler import ProfilerActivity, profile

    with profile(activities=[ProfilerActivity.CPU]) as watched:
        run()
    spent = {item.key: item.self_cpu_time_total for item in watched.key_averages()}
    total = sum(spent.values())
    print("where the time goes: " + ", ".join(
        f"{name.removeprefix('aten::')} {time / total:.0%}"
        for name, time in sorted(spent.items(), key=lambda item: -item[1])[:6]
    ))  # fmt: skip
    x, weight, bias = torch.randn(8192, 384).bfloat16(), torch.randn(1536, 384).bfloat16(), torch.zeros(1536).bfloat16()
    with torch.inference_mode():
        for after in ("none", "relu", "gelu"):
            job = lambda after=after: torch.ops.mkldnn._linear_pointwise(x, weight, bias, after, [], "none")  # noqa: E731
            job()
            _, wall, _ = timed(job, 10)
            print(f"  384 to 1,536 in 16 bits, then {after}: {2 * 8192 * 384 * 1536 / wall / 1e9:.0f} GFLOP/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--texts", dest="count", type=int, default=600)
    parser.add_argument("--base", type=Path, default=None, help="Base model folder (default: the shared one).")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--scratch", type=Path, default=Path("/tmp/csqm-throughput"))
    parser.add_argument("--parts", action="store_true", help="also say where the time of the default goes")
    options = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = str(options.threads)
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true" if options.threads > 1 else "false")
    os.environ["RAYON_NUM_THREADS"] = str(options.threads)
    os.environ["HF_HUB_OFFLINE"] = "1"
    warnings.simplefilter("ignore")
    import numpy as np
    import torch
    import transformers

    from csqm_desktop import paths
    from csqm_desktop.registry import base_model
    from csqm_desktop.worker import _keep_pages

    transformers.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    torch.set_num_threads(options.threads)
    options.scratch.mkdir(parents=True, exist_ok=True)
    base = options.base or base_model.folder(paths.shared_model_store())
    texts = read_texts(options.texts, options.count, options.seed)
    limit = peaks(options.threads)
    for name, (wall, spent) in limit.items():
        print(f"matrix peak {name}: {wall:.1f} GFLOP/s wall, {spent:.1f} per processor second")
    peer = sentence_transformers(base, options.threads)
    reference, base_wall, base_spent = None, None, None
    rows: list[tuple[str, str, float, float]] = []
    if peer is None:
        print("sentence-transformers: not installed, no ratio to it")
    else:
        peer(texts[:8])
        reference, base_wall, base_spent = timed(lambda: peer([f"query: {text}" for text in texts]), options.rounds)
        rows.append(("sentence-transformers", "fp32", base_wall, base_spent))
    _keep_pages()
    runs = candidates(base, options.scratch, options.threads)
    from csqm_desktop.scoring.embedding import Encoder

    encoder = Encoder(base, backend="torch")
    lengths = [len(one) for one in encoder.token_ids([encoder.prefix + text for text in texts])]
    work = flops_of(lengths, encoder.network.config)
    print(f"{len(texts)} texts, {sum(lengths)} tokens (mean {np.mean(lengths):.1f}), {work / 1e9:.0f} GFLOP")
    cosines = {"sentence-transformers": (1.0, 1.0)}
    for name, (kind, run) in runs.items():
        run(texts[:8])
        vectors, wall, spent = timed(lambda run=run: run(texts), options.rounds)
        if reference is None:
            reference = vectors  # torch's own, padded: the first of the candidates
        cosine = (np.asarray(vectors) * np.asarray(reference)).sum(axis=1)
        cosines[name] = (float(cosine.mean()), float(cosine.min()))
        rows.append((name, kind, wall, spent))
    print(" " * 24 + "  texts/s  GFLOP/s  of peak  ratio  GFLOP/CPU s  of peak  ratio   cos mean  cos min")
    for name, kind, wall, spent in rows:
        top = limit.get(kind, limit["fp32"])
        ratio, ratio_spent = (base_wall or wall) / wall, (base_spent or spent) / spent
        print(
            f"{name:24s}{len(texts) / wall:9.1f}{work / wall / 1e9:9.1f}{work / wall / 1e9 / top[0]:9.0%}{ratio:7.2f}"
            f"{work / spent / 1e9:12.1f}{work / spent / 1e9 / top[1]:9.0%}{ratio_spent:7.2f}"
            f"{cosines[name][0]:11.6f}{cosines[name][1]:9.5f}"
        )
    if options.parts and "csqm packed" in runs:
        parts(lambda: runs["csqm packed"][1](texts))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
