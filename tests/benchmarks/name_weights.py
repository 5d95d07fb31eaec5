"""Learn the weights of ``csqm_desktop/privacy/name_model.py`` anew and print them as they stand there.

python tests/benchmarks/name_weights.py [--texts FILE]

Names are made up from the package's lists and put into the messages of ``tests/data/privacy/name_tuning``; the
decoys there, and those of the open and the generated corpora, are what no name is in. FILE holds real messages
without names worth keeping, one a line: the more of them, the better what is ordinary is known. The weights in the
package were learnt with 13,000 Chinese and 6,000 English ones by an earlier form of this program; what it prints
now comes close. The sets ``names_*`` are not used: they are for checking.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parents[2]))

from csqm_desktop.privacy import english_clues, name_clues
from csqm_desktop.privacy.first_names import FIRST_NAMES, LAST_NAMES, WORDS_TOO
from csqm_desktop.privacy.given_names import GIVEN_RANKS, POPULAR
from csqm_desktop.privacy.surnames import COMMON, COMPOUND, RARE, SELDOM
from tests import planted_messages
from tests import privacy_corpus as corpus

_FOLDER = corpus.DATA / "name_tuning"
_ROUNDS = 25
_WEIGHT_MADE, _WEIGHT_DECOY, _WEIGHT_TEXT = 0.3, 0.6, 1.0
# Said by hand, where the made-up messages tell too little, and below which score a shape is no name.
_BY_HAND: dict[str, dict[str, float]] = {
    "full_names": {"popular": 1.2, "> fame": -4.0},
    "nicknames": {"cut before": -4.0, "cut after": -3.0, "rare": -0.8},
    "given_names": {"twice": 0.9},
    "first": {"> own": 0.5, "determiner <": -3.5, "> thing": -4.0},
    "word": {"> own": 0.5, "determiner <": -3.5, "> thing": -4.0, "this <": -3.5},
    "unknown": {"> own": 0.5, "determiner <": -3.5, "> thing": -4.0},
}
_FLOORS = {"full_names": -1.1, "nicknames": -1.5, "given_names": -1.2, "first": -0.8, "word": 0.4, "unknown": -1.4}
_RANKS = (4, 4, 1)
_SURNAMES = (COMMON[:100] * 8 + COMMON[100:] * 3, SELDOM + RARE)
_CHINESE_OPENINGS = ("", "", "", "你好，", "亲，", "在吗", "急，", "麻烦了，", "上次")
_ENGLISH_OPENINGS = ("", "", "Hi, ", "ok so ", "Sorry. ", "btw ")
_CLOSINGS = ("", "", ".", "!", " thanks", " please", ", it was late", "\nbye")
_ENDINGS = ("哥", "姐", "叔", "总", "工", "经理", "师傅", "老师", "医生", "主任", "阿姨")
_SYLLABLES = "ba ko ri mo tu len dar shi wo kel nad fa zu ren ti var os lin gra pel tor en ska vi na jo"
_Sample = tuple[tuple[str, ...], bool, float]
_Span = tuple[int, int]
_Made = tuple[str, set[_Span], set[_Span]]
"""A text, where names are in it, and where anything personal is."""


def _full(draw: random.Random) -> str:
    surname = draw.choice(COMPOUND) if draw.random() < 0.04 else draw.choice(draw.choices(_SURNAMES, (9, 1))[0])
    return surname + _given(draw, draw.choice((1, 2, 2, 2)))


def _given(draw: random.Random, size: int) -> str:
    if size == 2 and draw.random() < 0.4:
        return draw.choice(sorted(POPULAR))
    return "".join(draw.choice(rank) for rank in draw.choices(GIVEN_RANKS, _RANKS, k=size))


def _nickname(draw: random.Random) -> str:
    surname, given = draw.choice(COMMON), draw.choice(GIVEN_RANKS[0] + GIVEN_RANKS[1])
    before = draw.choice((f"小{surname}", f"老{surname}", f"阿{given}", f"小{given}", f"小{surname}姐"))
    ending = draw.choice(_ENDINGS)
    return draw.choice((before, f"{surname}{ending}"))


def _given_alone(draw: random.Random) -> str:
    return _given(draw, 1) * 2 if draw.random() < 0.25 else _given(draw, 2)


def _english(draw: random.Random) -> str:
    first = draw.choice(sorted(FIRST_NAMES if draw.random() < 0.8 else WORDS_TOO)).capitalize()
    if draw.random() < 0.15:
        first = "".join(draw.choices(_SYLLABLES.split(), k=draw.choice((2, 2, 3)))).capitalize()
    name = first if draw.random() < 0.55 else f"{first} {draw.choice(sorted(LAST_NAMES)).capitalize()}"
    return draw.choice((name, name, name, name.lower(), name.upper() if " " in name else name))


def _filled(draw: random.Random, file: str, make: Callable[[random.Random], str]) -> Iterator[_Made]:
    """The messages of a file with made-up names in them."""
    for line in (_FOLDER / file).read_text(encoding="utf-8").splitlines() * _ROUNDS:
        text = draw.choice(_ENGLISH_OPENINGS if line.isascii() else _CHINESE_OPENINGS)
        spans = set()
        for number, part in enumerate(line.split("{name}")):
            if number:
                name = make(draw)
                spans.add((len(text), len(text) + len(name)))
                text += name
            text += part
        text += (
            draw.choice(("", "", ".", "!", " thanks", " please", ", it was late", "\nbye")) if line.isascii() else ""
        )
        yield text, spans, spans


def _planted() -> Iterator[_Made]:
    """The messages of the open and the generated corpora."""
    messages = corpus.messages(corpus.DATA)
    for name in planted_messages.SETS:
        messages += planted_messages.planted(name, 5, 2)
    for message in messages:
        items = {(item.start, item.end) for item in message.items}
        yield message.text, {(item.start, item.end) for item in message.items if item.kind == "name"}, items


def _chinese_places(
    shape: Callable[[str, int], Iterator[name_clues.Candidate]], text: str
) -> Iterator[tuple[_Span, tuple[str, ...]]]:
    for place in name_clues.PLACE.finditer(text):
        if not name_clues.is_thing(text, place.start()):
            yield from (((place.start(), end), clues) for end, clues in shape(text, place.start()))


def _english_places(shape: str, text: str) -> Iterator[tuple[_Span, tuple[str, ...]]]:
    return (((run.start, run.end), run.clues) for run in english_clues.runs(text) if run.shape == shape)


def _ordinary(texts: list[str]) -> Iterator[tuple[str, float]]:
    """Messages in which no name is."""
    decoys = corpus.decoys(corpus.DATA)
    for name in planted_messages.SETS:
        decoys += planted_messages.decoys(name, 5, 2)
    for file in ("chinese_decoys.txt", "english_decoys.txt"):
        decoys += (_FOLDER / file).read_text(encoding="utf-8").splitlines() * 3
    yield from ((text, _WEIGHT_DECOY) for text in decoys)
    yield from ((text, _WEIGHT_TEXT) for text in texts)


def _samples(
    places: Callable[[str], Iterator[tuple[_Span, tuple[str, ...]]]],
    made: Iterable[_Made],
    texts: list[str],
    whole: bool = True,
) -> list[_Sample]:
    """What the places of texts show; unless ``whole``, a name may lack its end: of 王师傅 the surname counts."""
    found: list[_Sample] = []
    for text, spans, taken in made:
        for (start, end), clues in places(text):
            named = any(a == start and end in ((b,) if whole else (b, b - 1, b - 2)) for a, b in spans)
            if named or not any(a < end and start < b for a, b in taken):
                found.append((clues, named, _WEIGHT_MADE))
    for text, weight in _ordinary(texts):
        found += [(clues, False, weight) for _span, clues in places(text)]
    return found


def learn(samples: list[_Sample]) -> tuple[float, dict[str, float]]:
    """The prior and the weight of each clue."""
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([dict.fromkeys(clues, 1) for clues, _, _ in samples])
    model = LogisticRegression(C=0.5, max_iter=800)
    model.fit(matrix, [name for _, name, _ in samples], sample_weight=[weight for _, _, weight in samples])
    weights = dict(zip(vectors.get_feature_names_out(), model.coef_[0], strict=True))
    return float(model.intercept_[0]), {clue: float(weight) for clue, weight in weights.items()}


def main() -> None:
    """Print the tables."""
    file = Path(sys.argv[sys.argv.index("--texts") + 1]) if "--texts" in sys.argv else None
    texts = file.read_text(encoding="utf-8").splitlines() if file else []
    draw = random.Random(1)
    for shape, messages, make in (
        (name_clues.full_names, "chinese.txt", _full),
        (name_clues.nicknames, "nicknames.txt", _nickname),
        (name_clues.given_names, "given.txt", _given_alone),
    ):
        _print(
            shape.__name__,
            _samples(
                lambda text, s=shape: _chinese_places(s, text),
                _filled(draw, messages, make),
                texts,
                shape is not name_clues.nicknames,
            ),
        )
    for kind in ("first", "word", "unknown"):
        made = chain(_filled(draw, "english.txt", _english), _planted())
        _print(kind, _samples(lambda text, k=kind: _english_places(k, text), made, texts))


def _print(shape: str, samples: list[_Sample]) -> None:
    prior, weights = learn(samples)
    weights |= _BY_HAND[shape]
    print(f"{shape}: {sum(name for _, name, _ in samples)} names, {sum(not name for _, name, _ in samples)} others")
    print(f"  {prior - _FLOORS[shape]:.1f}")
    print("  " + "; ".join(f"{clue}={weight:.1f}" for clue, weight in sorted(weights.items()) if abs(weight) >= 0.05))


if __name__ == "__main__":
    main()
