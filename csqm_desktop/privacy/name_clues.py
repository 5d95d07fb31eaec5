"""What tells a Chinese name from other text: the characters it would be made of, and what stands around it.

Each clue is a class, not a word: 婷 is a strong character of given names as 瑶 is; 找 and 问 lead to a person as 跟
does. ``name_model`` weighs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from csqm_desktop.privacy.given_names import GIVEN_RANKS, POPULAR
from csqm_desktop.privacy.ordinary_words import THINGS, WORDS
from csqm_desktop.privacy.surnames import COMMON, COMPOUND, NOT_A_NAME, RARE, SELDOM, SURE

Clues = tuple[str, ...]
Candidate = tuple[int, Clues]
"""Where it ends, and what speaks for or against it."""


def _classes(*groups: tuple[str, str]) -> dict[str, str]:
    return {char: name for name, chars in groups for char in chars}


_SURNAME = _classes(("rare", RARE), ("seldom", SELDOM), ("common", COMMON), ("sure", SURE))
_GIVEN = _classes(
    ("W", GIVEN_RANKS[2]),
    ("M", GIVEN_RANKS[1]),
    ("S", GIVEN_RANKS[0]),
    ("F", "的是在了我你您他她它们不没就这那什怎吗呢啊哦吧嘛呀哈跟或及也都还再请帮给把被让从对说个"),
)
_SENTENCE = ",.!?;。，！？；~～…\n\r "
_BEFORE = _classes(
    ("noun", "服员傅公婆妈爸妹弟姐哥子女友事居东客主人长理板播管工方生学家者户注师头名姓审办表"),
    (
        "cue",
        "找叫请问下让给跟和与由被帮替谢转烦系到写收查诉扬感亏代喊催求夸赞骂改换寄发知识骗及怪怨提经教带陪约托",
    ),
    ("is", "是"),
    ("greet", "好嗨喽"),
    ("of", "的"),
    ("when", "说看见得有为就才刚天前午晚次后直只都也"),
    ("stop", _SENTENCE),
    ("sign", ":：、(（【[\"'“”‘《@#-—/|]"),
)
_AFTER = _classes(
    (
        "verb",
        "说给来把别值加自打接签送让要买下告答承叫骂态服没不知反回收拒负帮代发退寄取跟被约离去住办修装处同联催刚昨今上之已早一会"
        "能在到人这那我你您他她用付预申",
    ),
    (
        "next",
        "为邀托派弄做完看想该应拿走出进每天因写提教选挑推配转交改换加关开拆量修漏落忘怕喜觉希认同愿肯敢经常总曾正立马终才却竟果真太很最更挺三两",
    ),
    ("part", "的是吗呢吧啊呀啦哦嘛就也都有和与、了"),
    ("stop", _SENTENCE),
    ("colon", ":："),
    ("sign", "()（）【】[]\"'“”‘’/|-—@\t+"),
    ("own", "电手微身订包快件账地信号"),
    ("place", "省市区县镇乡村路街道站桥港湾寺山河湖岛庄店楼苑园州厦院局厂县"),
)
_PERSON_AFTER = re.compile(
    "先生|女士|小姐|太太|老师|师傅|经理|您好|你好|同学|本人|敬上|店长|主管|主任|医生|教授|阿姨|叔叔|大[哥姐爷妈叔]|律师|教练|总监|警官|"
    "小朋友|妈妈|爸爸|宝贝|亲[启收]|收(?:$|[,，。 ])"
)
_FAME_AFTER = re.compile(
    "代言|同款|演唱|专辑|新歌|的歌|主演|电影|粉丝|联名|签名|周边|的?券|牌|旗舰|专柜|官方|系列|[款味色型]"
)
TITLES = (
    "经理|老师(?!傅)|师傅|主任|老板|医生|大夫|教授|律师|教练|阿姨|叔叔|"
    "大[哥姐叔妈爷娘伯]|同学|店长|主管|警官|总监|掌柜|奶奶|爷爷|先生|女士|小姐|太太"
)
# One more character and then a greeting or a shop: the two before are half of a name of three, as in 西西弗你好.
_THEN = re.compile("[您你]好|书店|书屋|旗舰|官方|专营|专卖|客服")
_TITLE = re.compile(TITLES)
_KIN_ENDINGS = "哥姐叔姨婶伯爷嫂"
_POST_ENDINGS = "总工导董"
_ENDINGS = _KIN_ENDINGS + _POST_ENDINGS
_NICK = "小老阿"
_BOTH_GOOD = ("SS", "SM", "MS", "MM")

_SURNAMES = "".join(sorted(_SURNAME))
_ALONE = COMMON + SELDOM  # surnames that stand before a title or after 小 and 老
_ANY_GIVEN = "".join(GIVEN_RANKS)
_GOOD_GIVEN = GIVEN_RANKS[0] + GIVEN_RANKS[1]
_FIRST = "".join(sorted({name[0] for name in COMPOUND}))
_SECOND = "".join(sorted({name[1] for name in COMPOUND}))
_TITLE_STARTS = "".join(sorted({title[0] for title in TITLES.split("|")}))
_AFTER_RARE = "小子天一雨文思大"
_POPULAR_FIRST = "".join(sorted({name[0] for name in POPULAR}))
_POPULAR_SECOND = "".join(sorted({name[1] for name in POPULAR}))
_PAIRS = (
    (_FIRST, _SECOND),
    (RARE, _GOOD_GIVEN + _AFTER_RARE),
    (COMMON + SELDOM, _ANY_GIVEN + _ENDINGS + _TITLE_STARTS),
    (_GOOD_GIVEN, _GOOD_GIVEN),
    (_POPULAR_FIRST, _POPULAR_SECOND),
    (_NICK, _ALONE + _GOOD_GIVEN),
    (RARE, _TITLE_STARTS),
)
PLACE = re.compile(
    f"[{''.join(first for first, _ in _PAIRS)}](?:"
    + "|".join(f"(?<=[{first}])(?=[{second}])" for first, second in _PAIRS)
    + ")"
)
"""Where a name could begin: one look that most texts do not get past."""


def may_hold_chinese_name(text: str) -> bool:
    """Whether a name could begin somewhere in a text."""
    return PLACE.search(text) is not None


def is_thing(text: str, start: int) -> bool:
    """Whether a brand or the like begins there, or one character before."""
    return not THINGS.isdisjoint(
        (
            text[start : start + 2],
            text[start : start + 3],
            *((text[start - 1 : start + 1], text[start - 1 : start + 2]) if start else ()),
        )
    )


def full_names(text: str, start: int) -> Iterator[Candidate]:
    """Surname with one or two characters of a given name."""
    size = 2 if text[start : start + 2] in COMPOUND else 1
    surname = "compound" if size == 2 else _SURNAME.get(text[start])
    if surname is None:
        return
    begins = text[start : start + 2]
    word = size == 1 and (begins in WORDS or begins in NOT_A_NAME)
    if size == 1 and text[start : start + 3] in NOT_A_NAME:
        return
    for end in (start + size + 2, start + size + 1):
        given = text[start + size : end]
        if end > len(text):
            continue
        looks = "".join(_GIVEN.get(char, "O" if "\u4e00" <= char <= "\u9fff" else "F") for char in given)
        if "F" in looks or looks in ("O", "OO") or (word and looks not in _BOTH_GOOD):
            continue
        clues = (surname, looks, *_around(text, start, end))
        if word:
            clues += ("word",)
        if len(given) == 2:
            clues += ("given-word",) if given in WORDS else ("popular",) if given in POPULAR else ()
        yield end, clues


def nicknames(text: str, start: int) -> Iterator[Candidate]:
    """小王, 老王哥, 阿芳; 王姐, 王总, 王师傅."""
    first, second = text[start], text[start + 1]
    if first in _NICK:
        look = _surname_alone(second) or {"S": "S", "M": "M"}.get(_GIVEN.get(second, ""))
        if look is None:
            return
        third = text[start + 2 : start + 3]
        if third and (third == second or third in _KIN_ENDINGS):
            yield start + 3, (first, look, "three", *_around(text, start, start + 3))
        cut = ("cut",) if text[start + 1 : start + 3] in WORDS else ()
        yield start + 2, (first, look, *cut, *_around(text, start, start + 2), *_begins_word(text, start))
    surname = _SURNAME.get(first)
    if surname is None:
        return
    if second in _ENDINGS and first in _ALONE:
        end = start + 2
        if second in _POST_ENDINGS and _after(text, end) == "> han":  # 高总比低好
            return
        shown = end if second in _KIN_ENDINGS else start + 1
        yield shown, (second, surname, *_around(text, start, end), *_begins_word(text, start))
    elif (title := _TITLE.match(text, start + 1)) and _after(text, title.end()) != "> fame":
        yield start + 1, ("title", surname, *_around(text, start, title.end()), *_begins_word(text, start))


def given_names(text: str, start: int) -> Iterator[Candidate]:
    """Two characters of a given name without a surname: 美玲, 朵朵."""
    given = text[start : start + 2]
    if _is_half(text, start + 2):
        return
    looks = _GIVEN.get(given[0], "F") + _GIVEN.get(given[1], "F")
    popular = given in POPULAR
    if not (popular or looks in _BOTH_GOOD):
        return
    clues = ("given", looks, *_around(text, start, start + 2), *_begins_word(text, start))
    if text[start + 2 : start + 3] in ("哥", "姐", "总", "工"):
        clues = (*clues[:3], "> person", *clues[4:])
    if given[0] == given[1]:
        clues += ("twice",)
    if popular:
        clues += ("popular",)
    yield start + 2, clues


def _is_half(text: str, end: int) -> bool:
    """Whether what ends there is half of a name of three characters."""
    char = text[end : end + 1]
    if not "\u4e00" <= char <= "\u9fff" or char in _AFTER or char in _ENDINGS or _PERSON_AFTER.match(text, end):
        return False
    return _THEN.match(text, end + 1) is not None


def _surname_alone(char: str) -> str | None:
    return _SURNAME.get(char) if char in _ALONE else None


def _begins_word(text: str, start: int) -> Clues:
    begins = text[start : start + 2]
    return ("word",) if begins in WORDS or begins in NOT_A_NAME else ()


def _around(text: str, start: int, end: int) -> Clues:
    """The classes of what stands before and after, always two, and whether a word would be cut there."""
    clues: Clues = (_before(text, start), _after(text, end))
    if start and text[start - 1 : start + 1] in WORDS:
        clues += ("cut before",)
    if text[end - 1 : end + 1] in WORDS:
        clues += ("cut after",)
    return clues


def _before(text: str, start: int) -> str:
    if start == 0:
        return "edge <"
    char = text[start - 1]
    return f"{_BEFORE.get(char) or _other(char)} <"


def _after(text: str, end: int) -> str:
    if end >= len(text):
        return "> edge"
    if _PERSON_AFTER.match(text, end):
        return "> person"
    if _FAME_AFTER.match(text, end):
        return "> fame"
    char = text[end]
    if kind := _AFTER.get(char):
        return f"> {kind}"
    return "> given" if _GIVEN.get(char, "F") != "F" else f"> {_other(char)}"


def _other(char: str) -> str:
    if "\u4e00" <= char <= "\u9fff":
        return "han"
    return "alnum" if char.isalnum() else "sign"
