"""Evidence by deletion: score the reply again without each of its words and see what changes.

It asks the whole version, whatever it is made of, instead of looking into it, so it says the truth about heads and
fine-tuned networks alike. A word whose deletion changes nothing because another says the same is not found.

What is known about the reply besides its words (that it repeats an earlier one, say) is kept while words are taken
out, and tried by itself: else every word of a repeated reply would seem to be what makes it bad.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.domain.conversation import ContextTurn, ReplyInput, Role
from csqm_desktop.domain.evidence import Evidence, Span
from csqm_desktop.privacy.pseudonyms import PLACEHOLDER
from csqm_desktop.scoring.encoding import FEATURES, EncodedReply, encode_reply
from csqm_desktop.scoring.engine import Check, Engine, go_on

REPLY_UNITS, CUSTOMER_UNITS = 40, 20  # texts to embed: about a second on a slow processor
_LONGEST = 1_500  # characters that are looked into; models read less than that

FACTS: dict[str, tuple[str, ...]] = {  # named for the reader: figures that are set to zero together
    "repeats": ("repeats_earlier", "repeats_often"),
    "follows_own_turn": ("follows_own_turn",),
    "asks": ("asks",),
    "link": ("link",),
}

Floats = NDArray[np.float64]
Units = list[tuple[int, int]]


def explain(engine: Engine, folder: Path, item: ReplyInput, check: Check = go_on) -> Evidence:
    """What in ``item`` moved the scores of the version in ``folder``."""
    version = engine.version(folder)
    place = _last_customer(item.context)
    question = item.context[place].text if place is not None else ""
    of_reply = units(engine.encoder.tokenizer, item.text, REPLY_UNITS)
    of_customer = units(engine.encoder.tokenizer, question, CUSTOMER_UNITS)
    changed = [replace(item, text=without(item.text, unit)) for unit in of_reply]
    if place is not None:
        changed += [_with_context(item, place, without(question, unit)) for unit in of_customer]
    whole = encode_reply(item)
    facts = {name: figures for name in FACTS if (figures := _without_fact(whole.features, name)) is not None}
    variants = [whole, *(replace(encode_reply(one), features=whole.features) for one in changed)]
    variants += [replace(whole, features=figures) for figures in facts.values()]
    expected = expected_scores(engine, folder, variants, check)
    keys = [head.spec.key for head in version.heads if head.trained]
    effects = [
        {key: round(float(effect), 4) for key, effect in zip(keys, row, strict=True)}
        for row in expected[0] - expected[1:]
    ]
    words = [Span(*unit, effects=row) for unit, row in zip([*of_reply, *of_customer], effects, strict=False)]
    return Evidence(
        tuple(words[: len(of_reply)]),
        tuple(words[len(of_reply) :]),
        question,
        {key: round(float(value), 4) for key, value in zip(keys, expected[0], strict=True)},
        dict(zip(facts, effects[len(words) :], strict=True)),
    )


def _without_fact(figures: tuple[float, ...], name: str) -> tuple[float, ...] | None:
    """The figures as if a fact were not so; None when it is not so."""
    places = [FEATURES.index(figure) for figure in FACTS[name] if figure in FEATURES]
    if not any(figures[i] for i in places):
        return None
    return tuple(0.0 if i in places else value for i, value in enumerate(figures))


def expected_scores(engine: Engine, folder: Path, replies: Sequence[EncodedReply], check: Check = go_on) -> Floats:
    """Expected score 0..1 of each trained criterion: (n, criteria). Nothing is left in the embedding cache."""
    version = engine.version(folder)
    probabilities = np.asarray(engine.predict_aside(folder, replies, check).probabilities, dtype=np.float64)
    columns = [
        probabilities[:, block] @ np.linspace(0, 1, len(head.spec.levels))
        for head, block in zip(version.heads, version.slices, strict=True)
        if head.trained
    ]
    return np.stack(columns, axis=1) if columns else np.zeros((len(probabilities), 0))


def without(text: str, unit: tuple[int, int]) -> str:
    """A text with some characters taken out."""
    return text[: unit[0]] + text[unit[1] :]


def units(tokenizer: Any, text: str, most: int) -> Units:
    """Words as (start, end): the tokenizer's pieces, put together where they cut a word in Latin letters or a number.

    Chinese has no spaces; the pieces are its most frequent words. What was masked is one word. More than ``most`` are
    put together evenly.
    """
    found: Units = []
    masked = [match.span() for match in PLACEHOLDER.finditer(text)]
    for start, end in _pieces(tokenizer, text[:_LONGEST]):
        inside = next((span for span in masked if span[0] <= start < span[1]), None)
        if inside is not None:
            if not found or found[-1] != inside:
                found.append(inside)
        elif found and _cuts_a_word(text, found[-1][1], start):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    if len(found) <= most:
        return found
    cuts = np.linspace(0, len(found), most + 1).round().astype(int)
    return [(found[a][0], found[b - 1][1]) for a, b in pairwise(cuts)]


def _pieces(tokenizer: Any, text: str) -> Units:
    if not text.strip():
        return []
    encoded = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
    out: Units = []
    for start, end in encoded["offset_mapping"]:
        while start < end and not _tells(text[start]):
            start += 1
        while start < end and not _tells(text[end - 1]):
            end -= 1
        if start < end and (not out or start >= out[-1][1]):
            out.append((int(start), int(end)))
    return out


def _tells(char: str) -> bool:
    """Letters, digits and pictures; not spaces and punctuation."""
    return char.isalnum() or unicodedata.category(char) == "So"


def _cuts_a_word(text: str, end: int, start: int) -> bool:
    if end != start:
        return False
    before, after = text[end - 1], text[start]
    return before.isascii() and before.isalnum() and after.isascii() and after.isalnum()


def _last_customer(context: Sequence[ContextTurn]) -> int | None:
    places = [i for i, turn in enumerate(context) if turn.role is Role.CUSTOMER and turn.text.strip()]
    return places[-1] if places else None


def _with_context(item: ReplyInput, place: int, text: str) -> ReplyInput:
    changed = replace(item.context[place], text=text)
    return replace(item, context=(*item.context[:place], changed, *item.context[place + 1 :]))
