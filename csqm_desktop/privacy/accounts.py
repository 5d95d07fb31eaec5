"""Names of accounts: WeChat, QQ, Taobao and other shops, by the words before them or by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from csqm_desktop.privacy.kinds import Found
from csqm_desktop.privacy.words import any_of, fixed

_WECHAT = re.compile(
    r"(?:微\s?信|薇信|威信|溦信|[加我的]卫星|卫星(?=\s?[号:是]|\s[A-Za-z])|[微薇威v][❤♥♡💗]|[vV]信|wechat|weixin|(?<![A-Za-z0-9])(?:vx|"
    r"wx|v(?=[\s:是为]))"
    r"|[加搜]我(?=\s?:?\s?[A-Za-z][A-Za-z0-9\-]*[\d_])|(?:[加我留+]个?|添加)\s?(?:[微薇威溦❤♥]|(?<![A-Za-z0-9].)v(?=[\s:]|"
    r"[A-Za-z][\w\-]*\d)))[❤♥♡💗]?"
    r"(?:搜索?|加|找|联系)?(?P<sure>\s?(?:同?号码|号|账号|帐号|id|account|number)){0,2}(?P<is>\s?(?:是|为|:|=|"
    r"is)){0,2}(?:[吗呗吧哈哦啊]\??)?[\s,:]{0,2}"
    r"(?P<name>[A-Za-z][A-Za-z0-9_\-]{4,24})(?![A-Za-z0-9_\-])",
    re.IGNORECASE,
)
_QQ = re.compile(
    r"(?:(?<![A-Za-z])qq|扣扣|抠抠|叩叩|企鹅号?(?=[\s:是\d])|加群|群号|(?<![A-Za-z])q\sq|(?<![A-Za-z])[qQ]号|"
    r"(?<![A-Za-z])q(?=[\s:]{0,2}\d{6}))"
    r"(?:\s?(?:号码|号|账号|帐号|id|number)){0,2}(?:\s?(?:是|为|:|=|,|"
    r"is)){0,2}\s{0,2}(?P<name>[1-9]\d{4,10})(?![A-Za-z0-9])(?!\.\d)",
    re.IGNORECASE,
)
_MORE_QQ = re.compile(r"[\s,、/]{0,2}(?:不是|或者?|和|还有|or|and)?\s?([1-9]\d{5,10})(?!\d)")
_SHOP = re.compile(
    r"(?:(?:旺旺|淘宝|天猫|京东|拼多多|抖音|小红书|闲鱼|支付宝|快手|微博|B站)\s?(?:账号|帐号|账户|号|会员名|"
    r"昵称|用户名|ID|名字|名)|"
    r"(?:阿里)?旺旺(?=\s?:)|旺旺(?=[\u4e00-\u9fffA-Za-z_]{1,20}\d{2,}(?!\d*\s?[gGmMkK克包袋元毫块个件罐箱斤]))|(?<![A-Za-z])(?:ins|"
    r"tg|telegram|推特|飞机号?|纸飞机)(?=\s?:)|"
    r"会员名|用户名|昵称|用户ID|买家ID|登录名)(?P<is>\s?(?:是|为|叫|:|=)\s?|\s)?"
    r"(?P<name>[\w\u4e00-\u9fff][\w\-\u4e00-\u9fff.]{1,23})",
    re.IGNORECASE,
)
_ANY = re.compile(
    r"[账帐]号\s?(?:是|为|:|=)?\s?(?P<name>[A-Za-z0-9_][A-Za-z0-9_\-.]{4,23}(?![A-Za-z0-9])"
    r"|(?!登|绑|注册)[\u4e00-\u9fff_]{2,12}(?<![过了有])\d{2,6}(?![A-Za-z]|[\d.]*\s?[元块个件天年月日号次分折级位gGmMkK%]))"
)
_ENGLISH = re.compile(
    r"(?<![A-Za-z])(?:taobao|wangwang|aliwangwang|instagram|telegram|snapchat|discord|twitter|skype|line|tiktok"
    r"|facebook|user ?name|"
    r"login|user id|member id)"
    r"(?:\s(?:id|name|account|handle))?\s?(?:(?:is|:|=)\s?@?|"
    r"@)(?P<name>(?:live:(?:\.cid\.)?)?[A-Za-z0-9_][\w.\-]{3,29})(?![\w\-])",
    re.IGNORECASE,
)
_SHAPE = re.compile(
    r"(?<![A-Za-z0-9_])(?:wxid_[A-Za-z0-9]{6,24}|tb_?\d{6,12}(?:_\d{1,4})?|t_\d{9,16}(?:_\d{1,4})?)(?![A-Za-z0-9_])"
)
_NOT_FIRST = frozenset("被怎忘登异改多少什么有不没错的在吗呢还也都就上注无已可要请能会原之是我你您他密绑和跟或及里发")
_WORDS = frozenset(
    re.findall(
        r"\w+",
        "please number group wechat weixin account alipay payment support failed blocked login works message "
        "thanks official "
        "service there contact friend scanned issue error applet store about iphone android",
    )
)
_MOBILE = re.compile(r"1[3-9]\d{9}$")
_LONG = 8  # digits that are an account after the bare name of a shop
_NEEDS_SIGN = re.compile(r"(?:阿里)?旺旺\s?:")  # also a maker of crackers
_TELLING = re.compile(r"[A-Za-z0-9_]")
LOOK = "|".join(
    (
        fixed(
            "加我|搜我|加微|我微|留微|个微|加薇|我薇|留薇|个薇|溦|卫星|微❤|微♥|微♡|微💗|薇❤|薇♥|v❤|V❤|v♥|V♥|v♡|V♡|v💗|V💗|"
            "加v|加V|我v|我V|个v|个V|留v|留V|+v|+V|微信|微 信|薇信|威信|v信|V信|"
            "抠抠|叩叩|扣扣|企鹅|加群|群号|账号|帐号|旺旺|淘宝|天猫|"
            "京东|拼多多|抖音|小红书|闲鱼|支付宝|快手|微博|B站|会员名|用户|昵称|买家|登录名|推特|飞机|tb|t_"
        ),
        r"[vV][\s:：是为]|[qQ][\d\s:：号]|(?i:wechat|weixin|wx|vx|qq|q q|wangwang|telegram|ins ?[:：]|tg ?[:：])",
        r"(?i:(?:taobao|instagram|snapchat|discord|twitter|skype|line|tiktok|facebook|user ?name|login|user id"
        r"|member id)"
        r"(?:\s(?:id|name|account|handle))?\s?(?:is|[:：=@]))",
    )
)


def find_accounts(plain: str) -> Iterator[Found]:
    """What follows the name of a service and looks like an account there."""
    for match in _SHAPE.finditer(plain):
        yield Found("account", *match.span())
    for gate, pattern, is_account in _SERVICES:
        for match in pattern.finditer(plain) if gate.search(plain) else ():
            if is_account(match):
                yield Found("account", *match.span("name"))
                if pattern is _QQ and (more := _MORE_QQ.match(plain, match.end())):
                    yield Found("account", *more.span(1))


def _is_handle(match: re.Match[str]) -> bool:
    """A WeChat handle: with a digit or sign in it, or letters only after words that announce one."""
    name = match["name"]
    if match[0].isupper() and match[0].isalnum():
        return False  # VXSYVE96: a reference
    if re.search(r"[\d_]", name):
        return True
    return (
        bool(match["sure"] or match["is"]) and name.lower() not in _WORDS and name.lower().split("-")[0] not in _WORDS
    )


def _is_nickname(match: re.Match[str]) -> bool:
    """A nickname: after a sign that one follows, or with letters or digits in it."""
    name = match["name"]
    if _NEEDS_SIGN.match(match[0]) and not _TELLING.search(name):
        return False
    told = bool(match["is"] and match["is"].strip())
    if _MOBILE.match(name) or (name[0] in _NOT_FIRST and not (told and _TELLING.search(name))):
        return False
    if re.search(r"[0-9_]", name) and re.search(r"[^0-9]", name):
        return True
    if name.isdigit():
        return (told and len(name) >= 5) or (len(name) >= _LONG and match[0][0] not in "会用昵登")
    return told or (bool(match["is"]) and bool(_TELLING.search(name)))


def _is_number(match: re.Match[str]) -> bool:
    """A QQ number and no mobile number."""
    return _MOBILE.match(match["name"]) is None


def _has_sign(match: re.Match[str]) -> bool:
    """A name that is no ordinary word."""
    return re.search(r"[\d_]", match["name"]) is not None


# A service's pattern is tried where one of its words is: a class of characters or fixed words are found quickly.
_SERVICES = (
    (re.compile(r"[薇威溦卫❤♥♡💗搜留添vVwW]|微(?!博)|加[我个微薇威溦vV❤♥\s]"), _WECHAT, _is_handle),
    (re.compile("[qQ扣抠叩企群]"), _QQ, _is_number),
    (
        any_of(
            "旺旺|淘宝|天猫|京东|拼多多|抖音|小红书|闲鱼|支付宝|快手|微博账|微博帐|微博号|微博昵|微博用|微博I|微博i|"
            "微博会|微博 |微博名|B站|b站|"
            "ins|Ins|INS|tg|TG|Tg|elegram|TELEGRAM|推特|飞机|会员名|用户名|昵称|用户ID|用户id|用户Id|买家ID|买家id|买家Id|登录名"
        ),
        _SHOP,
        _is_nickname,
    ),
    (re.compile("[A-Za-z]{4}"), _ENGLISH, _has_sign),
    (re.compile("[账帐]号"), _ANY, _has_sign),
)
