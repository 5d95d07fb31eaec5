"""Quick looks that most texts do not get past: they hold nothing that is looked for.

Each is a set of characters or a choice of fixed words, the two shapes that the regex engine searches quickly. They may
let a text through for nothing, but never hold back one in which a detector finds something.
"""

from __future__ import annotations

import re

from csqm_desktop.privacy import (
    accounts,
    bank_accounts,
    birth_dates,
    chinese_addresses,
    email,
    english_addresses,
    english_names,
    names,
    network,
    orders,
    phones,
    plates,
    registrations,
    secret_words,
)
from csqm_desktop.privacy.soft_names import PLACE as SOFT_PLACE
from csqm_desktop.privacy.words import any_of

_SIGN = re.compile(
    r"[\d@＠#＃艾①-⑨⓪➀-➈❶-❾²³¹⁰⁴-⁹₀-₉Ａ-Ｚａ-ｚ\u00ad\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
_LETTER = re.compile("[A-Za-z\u00c0-\u00de]")
_ASCII_SIGN = re.compile(r"[\d@#]")
_AT = re.compile("[@#艾]")
_WORDS = (
    "件人|货人|收件|收货|签收人|联系人|持卡人|开户|户名|姓名|入住人|乘客|代收人|取件人|提货人|申请人|"
    "投保人|乘机人|乘车人|报名人|监护人|借款人|投诉人|反馈人|保险人|患者|就诊人|法人|抬头|收款人|经办人|负责人|接收人|下单人|付款人|购买人|报修人|预约人|使用人|委托人|承租人|受益人|"
    "称呼|署名|落款|人:|人：|人 :|人 ：|账户名|帐户名|我叫|我是|本人|名字|名叫|全名|大名|姓|先生|女士|小姐|"
    "太太|面单|标签|单子|写|寄给|微信|微 信|薇信|威信|微❤|v信|V信|扣扣|企鹅号|旺旺|淘宝|天猫|抖音|"
    "小红书|闲鱼|会员名|用户|昵称|买家ID|登录名|京东|拼多多|支付宝|快手|微博|B站|wx|WX|Wx|vx|VX|Vx|v:|"
    "V:|v：|V：|wang|://|地址|号楼|栋|幢|单元|车牌|eChat|echat|ECHAT|eixin|aobao|nstagram|"
    "elegram|kype|line|Line|ikTok|iktok|acebook|ser id|ember id|ser name|sername|ogin|late|LATE|reg|"
    "Reg|REG|icence|ag number"
)
_ALL_WORDS = "|".join(
    (
        _WORDS,
        accounts.TRIGGERS,
        names.TRIGGERS,
        secret_words.TRIGGERS_WITHOUT_DIGIT,
        birth_dates.TRIGGERS,
        email.TRIGGERS,
    )
)
_WORD = any_of(_ALL_WORDS)
_ASCII_WORD = any_of("|".join(filter(str.isascii, _ALL_WORDS.split("|"))))  # all there can be in an English text
_SPELLED = re.compile(
    "[零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖路街巷弄村段道里][ "
    "\\-.,、·]?[零〇○一二三四五六七八九十幺壹贰叁肆伍陆柒捌玖]"
)
_MIXED = re.compile("[零〇○一二三四五六七八九幺](?<=\\d.)\\d")  # 13八1234五678
# Words before numbers shorter than seven digits.
_SHORT = any_of(f"{secret_words.TRIGGERS}|{bank_accounts.TRIGGERS}|{registrations.TRIGGERS}")
_SEPARATORS = r"[ .\-()/_~*、·,一]{0,3}"
# Seven digits in a row, with what people put between them; not a date by itself.
_RUN = re.compile(
    rf"\d(?<!\d\d)(?!(?<=[12])[09]\d\d([-/.])\d{{1,2}}\1\d{{1,2}}(?!{_SEPARATORS}\d)){_SEPARATORS}(?:\d{_SEPARATORS}){{5}}\d"
)


def may_hold(text: str) -> bool:
    """Whether a text as written may hold anything personal."""
    if text.isascii():  # is its own normal form, so one look is enough
        return (_ASCII_SIGN.search(text) is not None and _may_hold_number(text)) or _may_hold_told(text)
    return bool(
        _SIGN.search(text)
        or _WORD.search(text)
        or _SPELLED.search(text)
        or names.may_hold_receiver(text)
        or (SOFT_PLACE.search(text) and names.may_hold_chinese_name(text))
        or (_LETTER.search(text) and english_names.may_hold_english_name(text))
    )


def may_hold_more_than_amounts(plain: str) -> bool:
    """Whether the normal form of a text that may hold something has more than prices, sizes, dates and times."""
    return bool(
        _may_hold_number(plain) or _may_hold_told(plain) or (not plain.isascii() and _may_hold_more_in_chinese(plain))
    )


def _may_hold_told(text: str) -> bool:
    """Whether a word tells of something, so that no number need be there."""
    if text.isascii():
        return _ASCII_WORD.search(text) is not None or english_names.may_hold_english_name(text)
    return _WORD.search(text) is not None or (
        _LETTER.search(text) is not None and english_names.may_hold_english_name(text)
    )


def _may_hold_number(plain: str) -> bool:
    return bool(
        _RUN.search(plain)
        or orders.LONG.search(plain)
        or _SHORT.search(plain)
        or network.SHAPE.search(plain)
        or plates.BRITISH_GATE.search(plain)
        or bank_accounts.SHAPE.search(plain)
        or phones.LETTERED.search(plain)
        or _AT.search(plain)
        or english_addresses.may_hold_street(plain)
        or ("/" in plain and "." in plain)
    )


def _may_hold_more_in_chinese(plain: str) -> bool:
    return bool(
        _SPELLED.search(plain)
        or _MIXED.search(plain)
        or chinese_addresses.may_hold_address(plain)
        or plates.CHINESE_GATE.search(plain)
        or names.may_hold_chinese_name(plain)
    )
