"""What tells a name in Latin letters from other words: lists of names, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from csqm_desktop.privacy.brands import BRANDS, OWNED_BRANDS
from csqm_desktop.privacy.english_words import EVERYDAY, THINGS
from csqm_desktop.privacy.first_names import FIRST_NAMES, LAST_NAMES, LAST_TOO, WORDS_TOO

_LETTER = "A-Za-z\u00c0-\u024f"
_WORD = re.compile(rf"[{_LETTER}]+(?:['’](?!s\b|S\b)[{_LETTER}]+|-[{_LETTER}]+)*(?:['’][sS]\b)?")
SHORTEST_CAPITALS = 3  # below that what is written in capitals is an abbreviation


def _words(text: str) -> list[str]:
    return text.split()


def _pinyin() -> re.Pattern[str]:
    finals = _words(
        "a o e ai ei ao ou an en ang eng ong i ia ie iao iu ian in iang ing iong u ua uo uai ui uan un uang ue"
    )
    heads = _words("zh ch sh b p m f d t n l g k h j q x r z c s y w")
    syllable = f"(?:{'|'.join(heads)})(?:{'|'.join(sorted(finals, key=len, reverse=True))})|an|ai|ao|en|er|ang|ou"
    return re.compile(f"(?:{syllable}){{1,2}}")


_PINYIN = _pinyin()
_PINYIN_SURNAMES = frozenset(
    _words(
        "wang zhang liu chen yang huang zhao wu zhou xu sun zhu hu guo lin luo zheng liang xie tang feng deng cao "
        "peng zeng xiao tian dong yuan cai jiang yu du ye cheng wei su lu ding ren shen yao zhong qian kong bai qin "
        "yan li he ma gao han song fan pan jin jia xia fu fang zou xiong meng qiu hou lei long shi tao duan hao gong "
        "shao mao chang wan gu lai kang yin qi ouyang sima zhuge shangguan murong situ huangfu wen niu pang yue qu "
        "zhuang tu bao ning geng "
    )
)
_PINYIN_ALONE = (
    _PINYIN_SURNAMES - EVERYDAY - frozenset(_words("he ma long song fan pan bao shi mao chang wan lai tang"))
)
_IN_ANY_CASE = FIRST_NAMES | LAST_NAMES | _PINYIN_ALONE
_KNOWN = _IN_ANY_CASE | WORDS_TOO
_NAMES_ONLY = FIRST_NAMES | LAST_NAMES
_PARTICLES = frozenset(_words("de la van der von bin al di da del du el ter dos"))
TOWNS = frozenset(_words("london york paris texas street road avenue usa uk"))
_SIGNS = {
    char: name
    for name, chars in (
        ("edge", "\n"),
        ("comma", ",，、"),
        ("stop", ".!?;。！？；…"),
        ("dash", "~-–—"),
        ("colon", ":："),
    )
    for char in chars
}


_TELLING = ("ask <", "kin <", "staff <", "be <", "title <", "greet <", "lead <", "do <", "colon <", "dash <", "join <")
_OPENINGS = ("edge <", "stop <", "greet <", "comma <", "han <")
_RUNNING_ON = ("> word", "> lead", "> title", "> to_me", "> thing")


def _by_word(**groups: str) -> dict[str, str]:
    return {word: name for name, words in groups.items() for word in words.split()}


class Word(NamedTuple):
    """A word of the text."""

    text: str
    low: str
    start: int
    end: int
    case: str
    whole: str  # in small letters, with what it owns: it's


class Run(NamedTuple):
    """Words that would be one name, where it ends, and what speaks for or against it."""

    start: int
    end: int
    shape: str
    clues: tuple[str, ...]


def runs(text: str) -> Iterator[Run]:
    """What could be names, from the first word on."""
    words = [_word(match) for match in _WORD.finditer(text)]
    last = -1
    for place, word in enumerate(words):
        if place > last and (_is_known(word) or _may_be_unknown(word)):
            last, found = _run(text, words, place)
            if found:
                yield found


def _word(match: re.Match[str]) -> Word:
    whole = match[0].replace("’", "'")
    text = whole[:-2] if whole[-2:].lower() == "'s" else whole
    case = "small" if not text[0].isupper() else "capitals" if text.isupper() and len(text) > 1 else "title"
    return Word(text, text.lower(), match.start(), match.start() + len(text), case, whole.lower())


_BEFORE = _by_word(
    this="this",
    greet=(
        "hi hello hey dear hiya yo morning afternoon evening thanks thank thx ty tks cheers bye goodbye ok "
        "okay yes no sure great sorry welcome back you much regards sincerely best love yours wishes"
    ),
    ask=(
        "ask asks asked asking tell tells told let call calls called calling named name name's contact "
        "contacted email emailed phone phoned message messaged text texted meet met saw see find found cc "
        "attn know knows want wants need needs reached transfer remember refund shout"
    ),
    lead="to with by from for under via at of on about into per",
    be="is was are were am i'm im it's its that's who's name's it he's she's",
    join=("and or but because so as when if than that only both while until since before after not where who which"),
    do="can could did does has have had will would should may do",
    kin=(
        "husband wife son daughter mum mom mother dad father brother sister partner friend flatmate roommate "
        "neighbor neighbour boss assistant boyfriend girlfriend nan grandma gran aunt uncle auntie fiance "
        "fiancee cousin housemate landlord colleague kid baby"
    ),
    staff=(
        "driver courier postman man guy lady person agent advisor adviser representative rep manager "
        "supervisor technician engineer customer passenger guest client patient traveller traveler student "
        "member subscriber user operator seller buyer sender receiver recipient consignee specialist team "
        "attendant clerk cashier"
    ),
    title="mr mrs ms miss mx dr prof sir madam madame",
    determiner=(
        "the a an your our their his her these those any some every each another no my in new old size "
        "color colour like brand st saint san santa fort mount lake port prince los las el la"
    ),
)
_AFTER = _by_word(
    verb=(
        "said says told tells promised sent called calls left signed delivered gave helped knows wants wanted "
        "needs wrote emailed replied answered ordered bought paid booked picked took packed agreed refused "
        "approved confirmed explained advised assured asked spoke came went lives forgot joined works worked "
        "handled received returned collected brought put got hung ring check text"
    ),
    aux=(
        "is was are were has had have will would can could did does do didn't doesn't isn't wasn't won't "
        "hasn't couldn't can't may might should must never also just still always already kindly who"
    ),
    more=(
        "and or here again there speaking calling please pls today yesterday tomorrow tonight now later back "
        "too instead"
    ),
    to_me=(
        "i i'm i've im thanks thank thx sorry this it we my you your how could the what when where why any "
        "yes no ok not u so"
    ),
    lead=("from at in on for to with about by of if that because since when before after as regarding re btw but"),
)


_BYTES = frozenset(
    piece.encode()
    for name in {*_IN_ANY_CASE, *map(str.capitalize, _KNOWN), *map(str.upper, _KNOWN)}
    for piece in re.findall("[A-Za-z]{2,}", name)  # of José the first three letters
    if piece == name or (len(piece) > 2 and piece.lower() not in EVERYDAY)
)
_ONLY_LETTERS = bytes(code if chr(code).isalpha() and code < 128 else 32 for code in range(256))
_TWO_LETTERS = re.compile("[A-Za-z]{2}")
_VERBS = "|".join(word for word, kind in _AFTER.items() if kind == "verb")
# The capital first: the regex engine looks for that quickly.
_CAPITAL = re.compile(
    r"[A-Z\u00c0-\u00de](?=[A-Za-z\u00c0-\u024f'’])"
    rf"(?:(?<=[A-Za-z\u00c0-\u024f,:;\-–—~(] .)|(?<=[,:;\-–—~(\n\u3001-\u9fff\uff0c\uff1a].)|(?=\S+ (?:{_VERBS})\b))"
)


def may_hold_english_name(text: str) -> bool:
    """Whether a word of the lists is in a text, or one with a capital where it could be a name."""
    if not text.isascii() and not _TWO_LETTERS.search(text):
        return False
    words = text.encode("utf-8", "surrogatepass").translate(_ONLY_LETTERS).split()  # the quickest way to all of them
    return not _BYTES.isdisjoint(words) or _CAPITAL.search(text) is not None


def _is_known(word: Word) -> bool:
    if word.case == "capitals" and len(word.text) <= SHORTEST_CAPITALS:
        return word.low in _PINYIN_SURNAMES  # alone it is none: see _run
    if _is_first(word):
        return True
    return word.low in _IN_ANY_CASE or (word.case != "small" and word.low in WORDS_TOO)


def _is_first(word: Word) -> bool:
    return word.low.partition("-")[0] in FIRST_NAMES  # Jean-Luc


def _may_be_unknown(word: Word) -> bool:
    return word.case == "title" and len(word.text) > 2 and not _is_ordinary(word)


def _is_ordinary(word: Word) -> bool:
    return (
        word.low in EVERYDAY
        or word.low in THINGS
        or word.low in TOWNS
        or word.low.endswith(("ing", "'ve", "'ll", "'t", "'re", "'d", "'m", "’ve", "’ll", "’t", "’re", "’d", "’m"))
    )


def _run(text: str, words: list[Word], place: int) -> tuple[int, Run | None]:
    """The longest name from a known word on, and the number of its last word."""
    word = words[place]
    if brand := _brand(text, words, place):
        return place + brand, None
    chinese = word.low in _PINYIN_SURNAMES
    first = last = place
    while last - place < 3 and last + 1 < len(words) and _goes_on(text, words[last], words[last + 1], word, chinese):
        last += 1
    known_first = _is_first(word) or word.low in WORDS_TOO
    if last == place and not known_first and place and _comes_before(text, words[place - 1], word, chinese):
        first -= 1
    before, after = _before(text, words, first), _after(text, words, last)
    if word.low in WORDS_TOO:
        shape = "word"
    elif known_first or (last > first and word.low in _KNOWN):
        shape = "first"
    elif before in _TELLING or after == "> verb" or words[last].low in _KNOWN:
        shape = "unknown"
    else:
        return place, None
    clues = (*_looks(words, first, last), before, after)
    if shape == "word" and before in _OPENINGS and after in _RUNNING_ON:
        clues += ("opens",)
    return last, Run(words[first].start, words[last].end, shape, clues)


def _looks(words: list[Word], first: int, last: int) -> tuple[str, ...]:
    clues: tuple[str, ...] = (words[first].case,)
    if last > first:
        second = words[last].low
        clues += ("two known" if second in _KNOWN else "two",)
    return clues


def _goes_on(text: str, left: Word, right: Word, first: Word, chinese: bool) -> bool:
    """Whether the next word is part of the name as well."""
    between = text[left.end : right.start]
    if between != " " and not (between == ". " and len(left.text) == 1) and not (chinese and between == ", "):
        return False
    if right.low in LAST_TOO and right.case == first.case == "title" and _is_first(left):
        return True
    if chinese and _PINYIN.fullmatch(right.low) and right.low not in EVERYDAY and right.case == first.case:
        return True
    if _is_ordinary(right):
        return False
    if between == ", ":
        return False
    if first.case == "small":
        return right.case == "small" and right.low in _NAMES_ONLY
    if right.case == "small":
        return right.low in _PARTICLES
    if len(right.text) == 1:
        return not text[right.end : right.end + 1].isdigit()
    return (right.case == "capitals") == (first.case == "capitals")


def _comes_before(text: str, left: Word, right: Word, chinese: bool) -> bool:
    """Whether a word that is in no list is a first name, as its last name is known."""
    between = text[left.end : right.start]
    if len(left.text) == 1 and left.text.isupper():
        return between in (". ", " ", ".") and left.text not in "AI"
    if between != " " or left.case != right.case or left.low in EVERYDAY:
        return False
    if chinese:
        return _PINYIN.fullmatch(left.low) is not None and len(left.text) > 2
    return right.case != "small" and not _is_ordinary(left)


def _brand(text: str, words: list[Word], place: int) -> int:
    """How many words beyond this one belong to a maker's or a figure's name; none where it is no such name."""
    parts = [word.low for word in words[place : place + 3]]
    if f"{parts[0]}{text[words[place].end : words[place].end + 2]}".replace("’", "'") in OWNED_BRANDS:
        return 1
    if place > 1 and " ".join(word.low for word in words[place - 2 : place + 1]) in BRANDS:  # Marks and Spencer
        return 1
    if place and f"{words[place - 1].low} {parts[0]}" in BRANDS:  # Uncle Ben's
        return 1
    for size in (3, 2):
        name = " ".join(parts[:size])
        if len(parts) >= size and (name in BRANDS or name.removesuffix("s") in BRANDS):
            return size - 1
    return 0


def _before(text: str, words: list[Word], place: int) -> str:
    start = words[place].start
    begin = words[place - 1].start + len(words[place - 1].whole) if place else 0
    sign = text[begin:start].rstrip(" \t")[-1:]
    if not sign:
        return f"{_BEFORE.get(words[place - 1].whole, 'other') if place else 'edge'} <"
    return f"{_sign(sign)} <"


def _after(text: str, words: list[Word], place: int) -> str:
    end = words[place].end
    rest = text[end : end + 3]
    if rest[:2] in ("'s", "’s"):
        return "> own"
    sign = rest.lstrip(" \t")[:1]
    if not sign:
        return "> edge"
    if place + 1 == len(words) or not sign.isalpha() or sign > "\u024f":
        return f"> {_sign(sign)}"
    following = words[place + 1]
    if following.low in THINGS and following.low not in _AFTER:
        return "> thing"
    return f"> {_AFTER.get(following.low) or ('word' if following.case == 'small' else 'title')}"


def _sign(char: str) -> str:
    if char.isdigit():
        return "number"
    if "\u4e00" <= char <= "\u9fff":
        return "han"
    return _SIGNS.get(char, "sign")
