"""Order and waybill numbers: by their shape where a shop or carrier has one, else by the words before them.

Only the number goes. "订单号[order-number]还没发" still says what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from csqm_desktop.privacy.kinds import Found
from csqm_desktop.privacy.phones import is_told_phone
from csqm_desktop.privacy.words import any_of

_EDGE = r"(?<![A-Za-z0-9\-])"
_END = r"(?![A-Za-z0-9])"
_WAYBILL_SHAPE = re.compile(
    _EDGE + r"(?:SF(?:[ \-]?\d){12,15}|YT(?:[ \-]?\d){13,15}|JD[A-Z0-9]{2}\d{11}|JD\d{15,18}|"
    r"JD[A-Z]{0,3}[ ]?\d{11,14}(?:-\d{1,3}-\d{1,3}-?)?"
    r"|(?:ZTO|STO|YTO|YD|HTKY|DPK|DPL|JT|JTSD|BEST|LP|EMS|CNG|UC)[ ]?\d{10,17}|1Z ?[0-9A-Z]{3} ?[0-9A-Z]{3} "
    r"?[0-9A-Z]{2} ?\d{4} ?\d{4}"
    r"|1Z[0-9A-Z]{16}|TBA\d{12}|(?:420\d{5})?9[2-5]\d\d(?:[ ]?\d{4}){4}[ ]?\d{2})" + _END,
    re.IGNORECASE,
)
_POSTAL = re.compile(_EDGE + r"[A-Z]{2} ?(\d{3} ?\d{3} ?\d{2}) ?(\d) ?[A-Z]{2}" + _END)  # S10 of the postal union
_ORDER_SHAPE = re.compile(_EDGE + r"(?:\d{3}-\d{7}-\d{7}|\d{6}-\d{15}|ORD(?:ER)?[\-#]?\d{6,16})" + r"(?![A-Za-z0-9\-])")
_BARE_ORDER = re.compile(
    r"(?<![A-Za-z0-9.\-])(?:[1-5]\d{18}|20[12]\d(?:0[1-9]|1[0-2])\d{22}|20[12]\d(?:0[1-9]|"
    r"1[0-2])(?:0[1-9]|[12]\d|3[01])\d{10})(?![A-Za-z0-9]|\.\d)"
)

_NUMBER = (
    r"(?P<number>\d{4}(?: \d{2,4}){2,6}(?!\d)"
    r"|"
    r"[A-Za-z]{0,6}[\-_]?\d[A-Za-z0-9]*(?:[\-_][A-Za-z0-9]+){0,4})(?![A-Za-z0-9])(?!\.\d)(?P<after>\s?[元块件个笔年月%])?"
)
_FILLER = (
    r"(?P<sure>(?:\s?(?:编号|号码|号|號|#|(?:numbers?|nos?\.?|num|ids?|ref(?:erence)?|code)(?![a-z]))){1,3})?"
    r"(?:\s?(?:is|was|are|是|为|:|=|#|\(|【|\[|\"|“|,|\.|-)){0,3}\s?"
)
_ORDER_CUE = re.compile(
    r"(?:订单|訂單|单子|[这那此该]一?单|(?<![运递流面])单(?=号)|交易(?=单?号)|流水(?=号)|退款(?=编?号)|售后(?=编?号)|外卖单|"
    r"流水单|交易单|京东单|"
    r"(?<![A-Za-z])(?:orders?|purchase|transaction|refund|rma|p\.?o\.?(?=\s?(?:number|no|#)))(?![A-Za-z]))"
    + _FILLER
    + _NUMBER,
    re.IGNORECASE,
)
_WAYBILL_CUE = re.compile(
    r"(?:运单|運單|快递单|快递(?=号|\s?\d{12})|物流单|物流(?=号|\s?\d{12})|面单|包裹(?=单?号)|快件(?=单?号)|"
    r"(?P<carrier>(?:顺丰|圆通|中通|申通|韵达|极兔|京东(?=快递|物流)|邮政|德邦|百世|天天|菜鸟|安能|EMS|丰网|"
    r"丹鸟|UPS|USPS|FedEx|DHL|OnTrac|TNT|Royal Mail|Evri|Hermes)"
    r"(?:快递|速运|速递|物流|快运|单)?)|(?<![A-Za-z])(?:tracking|track|waybill|awb|parcel|consignment|shipment)(?![A-Za-z]))"
    + _FILLER
    + _NUMBER,
    re.IGNORECASE,
)
_WAYBILL_AFTER = re.compile(
    r"(?<![A-Za-z0-9.\-])([A-Za-z]{0,3}\d{12,15})(?=\s?(?:签收|派送|派件|显示|这个快递|的快递|快递|物流|包裹|运单|这个件))"
)
_CARRIER_SAYS = re.compile(
    r"(?<![A-Za-z])(?:UPS|USPS|FedEx|DHL|Royal Mail|Evri|DPD|parcel|package|shipment|tracking)"
    r"(?: [A-Za-z']+){1,4}[:,]? ([A-Za-z]{0,4}\d{10,22}[A-Za-z]{0,2})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
# Digits as carriers count them, a few words after parcels were spoken of.
_CARRIER_BEFORE = re.compile(
    r"(?:快递|物流|运单|包裹)(?!\D{0,10}(?:订单|卡号|银行|身份|电话|手机))[^\d,。;\n]{1,12}(\d{12,15})(?![\dA-Za-z])"
)
_ANNOUNCES = r"(?:编?号码?)?[\s:是为]{0,3}[A-Za-z]{0,4}-?\d{5}"  # another number, which comes next
_ORDER_AFTER = re.compile(
    r"(?<![A-Za-z0-9.\-])((?:[A-Za-z]{1,4}-?)?\d{8,28})(?=[\s,:(]{0,2}订单(?!" + _ANNOUNCES + r")|\s?(?:这个|"
    r"这笔|这单|那个|那笔|此|的|是我的|是)?(?:订单|单号)(?!金额|总额|" + _ANNOUNCES + "))"
)
_ORDER_LOOKED_AT = re.compile(
    r"(?:[查看](?:一下|下|看|询)?|这个|那个|号[是为])[\s:]?((?:[A-Za-z]{1,4}-?)?\d{12,28})(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9.\-])((?:[A-Za-z]{1,4}-?)?\d{12,28})(?=\s?这个?(?:还没|怎么还|什么时候|没有?)发)"
)
_ORDER_AFTER_ENGLISH = re.compile(
    r"(?<![A-Za-z0-9.\-])([A-Za-z]{0,4}-?\d{6,28})(?=[,.?!\s\-(]{1,3}(?:for me[?.!,]?\s)?"
    r"(?:(?:that'?s|it'?s|this is|is|was|being|which is) )?(?:my|the|our) order(?: number| no| id| #|\W|$))",
    re.IGNORECASE,
)
# What every order or waybill number has: some length, and not the look of a date.
LONG = re.compile(
    r"\d(?:(?<!\d\d)(?<!\d[-/.]\d)(?!(?<=[12])[09]\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d))[\dA-Za-z\-_]{4,}|\d{3} \d\d)"
)
_GATE_ORDER = any_of(
    "订单|訂單|单子|单号|这单|那单|此单|该单|一单|交易|流水号|退款编号|退款号|售后编号|售后号|外卖单|rder|RDER|urchase|ransaction|efund"
    "|rma|RMA|PO |PO#|P.O.|po number|po no|po #"
)
_GATE_WAYBILL = any_of(
    "运单|運單|快递|物流|面单|包裹|快件单号|快件号|顺丰|圆通|中通|申通|韵达|"
    "极兔|京东|邮政|德邦|百世|天天|菜鸟|"
    "安能|丰网|丹鸟|ackage|rack|racking|RACKING|aybill|AYBILL|awb|AWB|arcel|onsignment|hipment|EMS|ems|UPS|ups|USPS|usps|"
    "FedEx|fedex|FEDEX|Fedex|DHL|dhl|TNT|tnt|OnTrac|oyal|Evri|Hermes"
)
_ANOTHER = re.compile(r"\s?(?:和|与|及|、|,|/|&|and)\s?(\d{12,28})(?![A-Za-z0-9])")  # 订单 one and another
_DATE = re.compile(r"(?:19|20)\d\d[-/.]?(?:0?[1-9]|1[0-2])[-/.]?(?:0[1-9]|[12]\d|3[01]|[1-9])$")
_TWELVE = re.compile(r"\d{12}")
_MOBILE = re.compile(r"1[3-9]\d{9}$")
_CARRIER_NEAR = re.compile("快递|物流|包裹|顺丰|圆通|中通|申通|韵达|极兔|邮政|EMS|德邦|百世|派送|签收|揽收")
_DIGIT = re.compile(r"\d")
LOOK = r"\d[\dA-Za-z\-_]{4}|\d{4} \d\d"
BARE_LOOK = r"\d{18}"


def find_orders(plain: str) -> Iterator[Found]:
    """Numbers with a carrier's or shop's shape, then those that words announce."""
    if LONG.search(plain) is None:
        return
    yield from _shapes(plain)
    if _GATE_WAYBILL.search(plain):
        yield from _announced_waybills(plain)
        yield from _near_carriers(plain)
    if _TWELVE.search(plain):
        yield from (
            Found("order-number", *match.span(match.lastindex or 1)) for match in _ORDER_LOOKED_AT.finditer(plain)
        )
        yield from (Found("waybill-number", *match.span(1)) for match in _WAYBILL_AFTER.finditer(plain))
    if _GATE_ORDER.search(plain):
        yield from _announced_orders(plain)


def _announced_waybills(plain: str) -> Iterator[Found]:
    for match in _WAYBILL_CUE.finditer(plain):
        if _is_number(match, 10 if match["carrier"] and match["number"].isdigit() else 8):
            yield Found("waybill-number", *match.span("number"))


def _near_carriers(plain: str) -> Iterator[Found]:
    for match in _CARRIER_BEFORE.finditer(plain):
        yield Found("waybill-number", *match.span(1))
    for match in _CARRIER_SAYS.finditer(plain):
        if not _MOBILE.match(match[1]):
            yield Found("waybill-number", *match.span(1))


def _announced_orders(plain: str) -> Iterator[Found]:
    for pattern in (_ORDER_AFTER, _ORDER_AFTER_ENGLISH):
        for match in pattern.finditer(plain):
            if not is_told_phone(plain, *match.span(1)):
                yield Found("order-number", *match.span(1))
    for match in _ORDER_CUE.finditer(plain):
        if _is_number(match, 5 if match["sure"] else 6):
            kind = _kind_of_single(plain, match)
            yield Found(kind, *match.span("number"))
            if another := _ANOTHER.match(plain, match.end("number")):
                yield Found(kind, *another.span(1))


def find_bare_orders(plain: str) -> Iterator[Found]:
    """Long numbers without any word, as shops give them to orders and payments."""
    for match in _BARE_ORDER.finditer(plain):
        yield Found("order-number", *match.span())


def _shapes(plain: str) -> Iterator[Found]:
    for match in _ORDER_SHAPE.finditer(plain):
        yield Found("order-number", *match.span())
    for match in _WAYBILL_SHAPE.finditer(plain):
        yield Found("waybill-number", *match.span())
    for match in _POSTAL.finditer(plain):
        digits = match[1].replace(" ", "")
        rest = (
            11 - sum(weight * int(digit) for weight, digit in zip((8, 6, 4, 2, 3, 5, 9, 7), digits, strict=True)) % 11
        )
        if int(match[2]) == {10: 0, 11: 5}.get(rest, rest):
            yield Found("waybill-number", *match.span())


def _is_number(match: re.Match[str], fewest: int) -> bool:
    """Enough digits, and neither a date nor an amount nor, after a carrier's name, a telephone number."""
    number: str = match["number"]
    digits = len(_DIGIT.findall(number))
    if digits < fewest or match["after"] or (digits * 2 < len(number) and not match["sure"]):
        return False
    if _DATE.match(number) and not (match["sure"] and number.isdigit()):
        return False
    return not (match.groupdict().get("carrier") and _MOBILE.match(number))


def _kind_of_single(plain: str, match: re.Match[str]) -> str:
    """单号 alone is an order's, unless parcels are the subject."""
    if match[0].startswith("单") and _CARRIER_NEAR.search(plain, max(0, match.start() - 12), match.end() + 12):
        return "waybill-number"
    return "order-number"
