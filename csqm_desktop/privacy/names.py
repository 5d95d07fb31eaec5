"""Personal names: after words that announce one, before titles, and beside a phone number or an address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from csqm_desktop.privacy.english_names import (
    CAPITALIZED,
    find_english_names,
    find_english_names_beside,
    may_hold_english_name,
)
from csqm_desktop.privacy.english_names import LOOK as ENGLISH_LOOK
from csqm_desktop.privacy.given_names import GIVEN_RANKS
from csqm_desktop.privacy.kinds import Found
from csqm_desktop.privacy.surnames import COMMON, COMPOUND, NOT_A_NAME, RARE, SELDOM
from csqm_desktop.privacy.words import any_of, fixed

_KIN = (
    "(?:老公|老婆|妈妈?|爸爸?|爷爷|奶奶|外婆|外公|姥姥|姥爷|婆婆|公公|岳母|岳父|丈夫|妻子|媳妇|爱人|对象|男友|女友|男朋友|女朋友|朋友|"
    "同事|同学|室友|舍友|闺蜜|邻居|儿子|女儿|孩子|弟弟?|妹妹?|哥哥?|姐姐?|表[哥姐弟妹]|姑姑|姨妈|叔叔|阿姨|舅舅|亲戚|家人|家属|助理|秘书)"
)
_SURE_SURNAME = f"(?:{'|'.join(COMPOUND)}|[{COMMON}{SELDOM}])(?!先生)"
"""A surname with which no more than a few ordinary words begin."""
_BOTH_GIVEN = re.compile(f".[{''.join(GIVEN_RANKS)}]{{2}}")
_HAN = r"\u4e00-\u9fff"
_SURNAME = f"(?:{'|'.join(COMPOUND)}|[{COMMON}{SELDOM}{RARE}])"
# Characters that are words of their own after a name, hardly ever part of one.
_NOT_GIVEN = (
    "的是在了我你您他她它们不没就这那什怎吗呢啊哦吧嘛呀哈跟与或及也都还又再要想请帮给把被让从向"
    "对电话手机地址邮货寄退换订单递说谢号码收写住买打个多几块元件"
)
_NEXT_WORD = (
    "(?!已经|昨天|今天|刚刚|刚才|先生|女士|小姐|太太|性别|身份|会员|联系|签收|以前|之前|上周|上次|上个|来自|"
    "来电|来取|来过|来拿|"
    "本人|自己|自取|下单|下午|早上|晚上|中午|可以|能否|家里|公司|微信|现在|最近|户名|有限|经理|老师|主任|"
    "拒收|代收|微博|官方|客服|名下|付款|账户|银行|卡号|用户|顾客)"
)
_GIVEN = f"(?:{_NEXT_WORD}[{_HAN}](?<![{_NOT_GIVEN}]))"
_CHINESE = f"{_SURNAME}{_GIVEN}{{1,2}}"
_PLAIN_CHINESE = f"{_SURE_SURNAME}{_GIVEN}{{1,2}}"
_MINORITY = f"[{_HAN}]{{1,10}}(?:[·•・‧][{_HAN}]{{1,12}}){{1,3}}"
_EDGE = (
    rf"(?=$|[\s,.!?;:~()\[\]/、。…|\"'“”0-9A-Za-z+]|[{_NOT_GIVEN}]|先生|女士|小姐|昨|今|上周|上次|来|有|之前|已|刚|和)"
)

_ENTRY = (
    "(?:收件人?|收货人?|户主|业主|住户|机主|车主|房主|签收人|联系人|寄件人|发件人|持卡人|开户人|开户名|户名|真实姓名|姓名|入住人|乘客|"
    "代收人|取件人|提货人|申请人|投保人|乘机人|乘车人|报名人|监护人|借款人|投诉人|反馈人|经办人|负责人|接收人|下单人|付款人|购买人|报修人|预约人|使用人|委托人|承租人|受益人|"
    "被保险人|患者|就诊人|紧急联系人|法人代表|法人|抬头人|客户姓名|收款人|称呼|署名|落款|抬头(?:是|写|为)?(?:个人)?)"
)
_ANY_ENTRY = rf"(?:{_ENTRY}|(?<=[{_HAN}])人(?=\s?:)|账户名|帐户名)"
_LATIN = rf"{CAPITALIZED}|[A-Z]{{2,}}(?:\s[A-Z]{{2,}}){{1,2}}"
_AFTER_ENTRY = re.compile(
    rf"{_ANY_ENTRY}(?:的?(?:姓名|名字|名|信息|[和及、]?电话|[和及、]?手机))?(?:请?帮?我?(?:改成|改为|改(?!为|成)|换成|变更为|更正为|写的?是?|填的?是?|"
    rf"应该是|[就还]?是|为|叫))?[\s:=,\-]{{0,3}}(?:我?{_KIN})?"
    rf"({_MINORITY}|{_CHINESE}|(?:{_LATIN})(?![A-Za-z]))"
)
_NICKNAME = re.compile(rf"{_ENTRY}(?:姓名|名字)?\s?:\s?([{_HAN}]{{2,4}})(?=$|[\s,，。;；])")
_NOT_NICKNAME = re.compile(
    r"本人|不|未|已|无|有|我|同|公司|客服|请|待|错|是|见|没|如|必|空|暂|门卫|保安|先生|女士|小姐|物业|前台|妈|"
    r"爸|家人|地址|"
    r"电话|手机|信息"
)
_SELF = re.compile(
    rf"(?:我叫|本人(?:叫|是)?|名字(?:叫|是|写的?是?|填|改成|改为)?|名叫|全名|大名|"
    rf"我姓名)[\s:,]{{0,2}}({_MINORITY}|{_CHINESE}|(?:{_LATIN})(?![A-Za-z])){_EDGE}"
)
# 我是 is followed by anything, so the name must end where the clause does.
_I_AM = re.compile(
    rf"我是[\s:,]{{0,2}}({_MINORITY}|{_CHINESE})(?=$|[\s,.!?;:~。…]|昨|今|上周|上次|之前|已|刚|"
    rf"的(?:老公|老婆|妈|爸|朋友|家))"
)
_SELF_SURNAME = re.compile(rf"(?:我|免贵|您贵|(?<![^\s,。、:;(\])]))姓({_SURNAME}){_EDGE}")
_FOR = re.compile(rf"(?:写|寄给|发给|交给|转交)[\"'“]?({_CHINESE})[\"'”]?(?=收(?!到)|签收)")
_MORE = re.compile(rf"(?:、|和|及)({_PLAIN_CHINESE})(?=$|[\s,。、!;的])")
_TITLE = re.compile(
    "[先女小太][生士姐太](?<=先生|女士|小姐|太太)(?![们姐成产效气款装鞋香内专]|手[表链机套]|包(?!裹)|[T短长][恤袖裤])"
)
_DOTTED = re.compile(
    rf"([{_HAN}]{{1,8}}(?:[·•・‧][{_HAN}]{{1,8}}){{1,3}}?)(?=先生|女士|小姐|太太|经理|老师|同学|阿姨|大哥|大姐|[,:]?\s?(?:收$|1[3-9]\d{{9}}))"
)
_NO_PART = re.compile("[是给的叫问好找和跟对请,您你转位]")
_BEFORE_TITLE = re.compile(rf"{_CHINESE}$|{_SURNAME}$")
_SEGMENT_BEFORE = re.compile(rf"(?:^|[\s,;、:.!?。)\]】/|])({_PLAIN_CHINESE}|{_MINORITY})[\s,;、:/|]{{0,3}}[(+]?$")
_SEGMENT_AFTER = re.compile(rf"[)]?[\s,;、:(/|+]{{1,3}}({_PLAIN_CHINESE}|{_MINORITY})(?=$|收?[\s,;、:.。)/|+]|收$)")

_PLACE_ENDINGS = "省市区县镇乡路街村店园城州厦楼院"
_NEIGHBOURS = ("phone", "address", "bank-card", "id-number", "passport")

# Fixed words only, so that the regex engine skips over other text quickly.
_GATE_ENTRY = any_of(
    "收件|收货|签收人|联系人|寄件人|发件人|持卡人|开户|户名|姓名|入住人|乘客|代收人|取件人|提货人|申请人|"
    "投保人|被保险人|患者|户主|业主|住户|机主|车主|房主|"
    "乘机人|乘车人|报名人|监护人|借款人|投诉人|反馈人|就诊人|法人|抬头|收款人|经办人|负责人|接收人|下单人|付款人|购买人|报修人|预约人|使用人|委托人|承租人|受益人|称呼|署名|落款|"
    "人:|人 :|账户名|帐户名"
)
_GATE_SELF = any_of("我叫|我是|本人|名字|名叫|全名|大名|我姓|免贵姓|您贵姓|写|寄给|发给|交给|转交")
_DOT = re.compile("[·•・‧]")
LOOK = "|".join(
    (
        fixed(
            "件人|货人|收件|收货|签收人|联系人|持卡人|开户|户名|姓名|入住人|乘客|代收人|取件人|提货人|申请人|投保人|保险人|患者|户主|"
            "业主|住户|机主|车主|房主|乘机人|乘车人|报名人|监护人|借款人|投诉人|反馈人|就诊人|法人|抬头|收款人|经办人|负责人|接收人|"
            "下单人|付款人|购买人|报修人|预约人|使用人|委托人|承租人|受益人|称呼|署名|落款|人:|人：|人 :|人 ：|"
            "账户名|帐户名|我叫|我是|本人|名字|名叫|全名|大名|我姓|免贵姓|您贵姓|姓|写|寄给|交给|转交|"
            "先生|女士|小姐|太太"
        ),
        "[·•・‧]",
        "(?s:发给.*收)",
        ENGLISH_LOOK,
    )
)


def find_names(plain: str) -> Iterator[Found]:
    """Names that a word or a title tells of."""
    if not plain.isascii():
        yield from _chinese(plain)
    if may_hold_english_name(plain):
        yield from find_english_names(plain)


def find_names_beside(plain: str, neighbours: Iterable[Found]) -> Iterator[Found]:
    """Names that stand alone before or after a phone number or an address, as in a pasted delivery note."""
    for item in neighbours:
        if item.kind in _NEIGHBOURS:
            before = _SEGMENT_BEFORE.search(plain, max(0, item.start - 26), item.start)
            after = _SEGMENT_AFTER.match(plain, item.end)
            yield from (Found("name", *m.span(1)) for m in (before, after) if m and _stands_for_a_person(m[1]))
        yield from find_english_names_beside(plain, item)


def _stands_for_a_person(text: str) -> bool:
    return _is_no_word(text) and text[-1] not in _PLACE_ENDINGS


def _chinese(plain: str) -> Iterator[Found]:
    patterns: tuple[re.Pattern[str], ...] = (_AFTER_ENTRY,) if _GATE_ENTRY.search(plain) else ()
    patterns += (_SELF, _I_AM, _SELF_SURNAME, _FOR) if _GATE_SELF.search(plain) else ()
    for pattern in patterns:
        for match in pattern.finditer(plain):
            if _is_no_word(match[1]):
                yield Found("name", *match.span(1))
                if (more := _MORE.match(plain, match.end(1))) and _is_no_word(more[1]):
                    yield Found("name", *more.span(1))
    for match in _NICKNAME.finditer(plain) if _AFTER_ENTRY in patterns else ():
        if not _NOT_NICKNAME.search(match[1]):
            yield Found("name", *match.span(1))
    yield from _dotted(plain)
    for title in _TITLE.finditer(plain):
        yield from _titled(plain, title.start())


def _dotted(plain: str) -> Iterator[Found]:
    """Names with a point in them, before a title or a number; what leads to them stays."""
    for match in _DOTTED.finditer(plain) if _DOT.search(plain) else ():
        parts = list(_NO_PART.finditer(match[1]))
        start = match.start(1) + (parts[-1].end() if parts else 0)
        if plain[start] not in "·•・‧":
            yield Found("name", start, match.end(1))


def _titled(plain: str, end: int) -> Iterator[Found]:
    """The longest name that ends where a title begins; a surname alone counts."""
    for start in range(max(0, end - 4), end):
        if (
            _BEFORE_TITLE.match(plain, start, end)
            and plain[end - 1] != "位"
            and _is_no_word(plain[start : end + 2])
            and not _ends_word(plain, start)
        ):
            yield Found("name", start, end)
            return


def _ends_word(plain: str, place: int) -> bool:
    """Whether the character there is the second half of an ordinary word, as in 任何先生."""
    return plain[max(0, place - 1) : place + 1] in NOT_A_NAME


def _is_no_word(text: str) -> bool:
    """Whether a piece with a surname in front does not begin with an ordinary word; 李子 is one, 李子涵 none."""
    if text[:3] in NOT_A_NAME:
        return False
    return text[:2] not in NOT_A_NAME or _BOTH_GIVEN.match(text) is not None
