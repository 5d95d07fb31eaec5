"""Postal addresses in Chinese.

What makes an address personal are its last parts: house number, building, unit, room. Those are looked for first; then
the text before them is followed back to the province or city, or to the road or estate they belong to. A city or a
province alone, as in "浙江发货", stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from csqm_desktop.privacy.kinds import Found
from csqm_desktop.privacy.regions import CITIES, PROVINCES

_HAN = r"\u4e00-\u9fff"
_NUMBER = r"(?:\d{1,5}|[一二三四五六七八九十百零〇]{1,5})"
_LETTERED = r"(?:[A-Za-z]?-?\d{1,4}[A-Za-z]?|[A-Za-z]|[一二三四五六七八九十百]{1,4}|[东南西北])"
_ROADS = "路街道巷弄段村里组园庄屯坊桥镇乡湾坪坡寨坝沟营胡同厦院堡口环苑城圩岗塘墩埠楼区"
_PLACES = (
    "小区|社区|花园|花苑|公寓|大厦|广场|家园|新村|新城|山庄|庄园|名苑|雅苑|佳苑|嘉苑|豪庭|华庭|公馆|府邸|"
    "国际|中心|大楼|写字楼|宿舍楼?|天街|科技园|产业园|创意园|"
    r"工业园|软件园|物流园|校区|大学|学院|中学|小学|医院|酒店|宾馆|商城|百货|SOHO|soho|旺座|"
    r"[苑城府湾里园庭居墅郡邸轩阁楼庄寨座厦]|[一二三四五六七八九十\d]期|[一二三四五六七八九十\d东南西北]区"
)
# The last parts of an address, with what each is worth on its own.
_FINE = re.compile(
    rf"(?P<no>(?<=[{_ROADS}])(?<![知味难渠报频通]道)\s?[甲乙丙]?{_NUMBER}(?:[\-之]\d{{1,4}})?(?:号|號|弄)(?:院|"
    rf"楼)?(?:附\d{{1,4}}号)?(?![色码链仓线店员机球])|(?<=[村社区庄屯湾组])\s?{_NUMBER}[组社队](?![{_HAN}]*[保团]))"
    rf"|"
    rf"(?P<bare>(?<=[路街道巷弄])\s?\d{{1,5}}(?:-\d{{1,4}}){{0,2}}(?![\d.:%号號弄栋幢栋元块年月日点分秒小个公里米站路线楼层折倍]|"
    rf""
    rf""
    rf""
    rf""
    rf""
    rf""
    rf"-\d|\s?(?:元|块|分钟|公里|米|站)))"
    rf"|(?P<building>{_LETTERED}\s?(?:号楼|號樓|栋|棟|幢|座(?![位椅垫机谈])|门(?=\s?\d{{3}})|#楼|号院))"
    rf"|(?P<unit>{_LETTERED}单元)"
    rf"|(?P<floor>{_NUMBER}(?:楼(?![下上盘梯道房])|层(?![次级面架]))|\d{{1,2}}[Ff](?![A-Za-z\d]))"
    rf"|(?P<room>(?:[A-Za-z]?-?\d{{3,5}}|(?<=[楼元栋幢座层号])[一二三四五六七八九十百零〇]{{3,5}}|"
    rf"(?<=[楼元栋幢座层号])\d{{1,5}})\s?(?:室|房(?![间租])|号(?=$|[\s,。;)?!、房室门]|(?<=[楼元栋幢座层]\d{{3}}号)|(?<=[楼元栋幢座层]\d{{4}}号))|户)"
    rf"|(?<=[楼元栋幢座层门])\s?\d{{2,5}}(?:-\d{{1,4}})?(?![\d.:元块%年月登]|-\d)"
    rf"|(?<=[厦寓场心际店座])\d{{1,2}}-\d{{1,4}}(?![\d.\-])|(?<=[厦寓场心际店座])\d{{3,5}}(?![\d.:元块%年月]|-\d))"
    rf"|(?P<group>(?<=[村社])[{_HAN}]{{1,4}}组(?![{_HAN}]))"
    rf"|(?P<dashed>(?<=[园苑城府湾里庭居郡轩期区寓村馆墅邸阁际])\s?[A-Za-z]?\d{{1,3}}-\d{{1,3}}-\d{{2,4}}(?![\d\-]))"
    rf"|(?P<loose>(?<=[{_HAN}])\s?\d{{1,3}}-\d{{1,2}}-(?!20\d\d)\d{{3,4}}(?![\d\-]))"
)
_GAP = re.compile(rf"(?:[\s\-—#·、]{{0,2}}|\s?(?![^\s]*[到在了吗呢])[{_HAN}A-Za-z·\d\-]{{0,12}}\s?)$")
_REGION = re.compile("|".join(sorted((*PROVINCES, *CITIES), key=len, reverse=True)))
_ADMINISTRATIVE = re.compile(rf"[{_HAN}]{{1,9}}(?:省|市|区|县|旗|州|盟|镇|乡|街道|开发区|新区)")
_WINDOW = re.compile(rf"(?:[{_HAN}A-Za-z·\- ]|(?<!\d)\d{{1,4}}(?=[期代区里]))*$")
_CUT = re.compile(
    "[在到是的了我你您寄送住给说请]|地址|住址|改成|改为|换成|换到|搬家|发往|发至|寄往|快递员|师傅|新家|老家|"
    "公司:?(?=.*[路街道])|麻烦|帮忙|收货|收件|位于|门店|就|从|:"
)
_CUE = re.compile("地址|住址|住在|我住|住|寄到|寄往|送到|送至|发到|发往|搬到|家在|我家|新家|收货|收件|上门|门牌")
_ADMIN_END = re.compile(r"[省市区县镇乡道路街村旗州盟里]$|^[\-]?$")
_LANDMARK = re.compile(rf"[{_HAN}A-Za-z]{{1,12}}(?:{_PLACES})\s?$")
_ROAD_END = re.compile(rf"[{_HAN}]{{1,10}}[{_ROADS}]\s?$")
_ROOM_AFTER = re.compile(
    rf"[{_HAN}]{{0,8}}(?:{_PLACES}|[A-Za-z]区)\s?(?:\d{{1,2}}-)?\d{{3,5}}(?:室|房|号)?(?![\d.:元块%年月]|-\d)"
)
_FLOOR_AFTER = re.compile(rf"\s?\d{{3,4}}(?![\d.:元块%年月件个号]|-\d)|[{_HAN}]{{0,10}}\d{{1,2}}[Ff](?![A-Za-z\d])")
# An estate or a place to leave parcels right after the number.
_POINT_AFTER = re.compile(
    rf"(?=[{_HAN}])(?:[^\W\d_的在到了是请送吗呢吧我你他她放给等]{{0,8}}?(?:小区|花园|公寓|大厦|广场|家园|新村|新城|公馆|国际|[苑城府湾里园庭居墅轩阁]))?"
    r"(?:[东南西北正]门|大门口?|门口)?(?:菜鸟)?(?:驿站|快递柜|丰巢柜?|代收点|自提点|门卫室?|保安亭|物业|前台)"
    rf"|[^\W\d_的在到了是请送吗呢吧我你他她放给等]{{1,8}}?(?:小区|花园|公寓|大厦|家园|新村|公馆|广场|大学|学院|医院|酒店|宾馆|商场|商城|中学|小学|中心|大楼|写字楼|产业园|科技园|软件园|工业园)(?:[东南西北正]门|\d{{1,2}}-\d{{3,4}})?"
)
_POSTCODE = re.compile(r"(?:邮编|邮政编码|邮码|zip|postcode)\s?[:：是为]?\s?(\d{6})(?!\d)", re.IGNORECASE)
# A number before a unit or after a road or an estate: what all last parts have.
_OF_UNIT = r"[\dA-Za-z一二三四五六七八九十百零〇东南西北]"
_LONGEST = 44
LOOK = (
    rf"{_OF_UNIT}\s?(?:[号號栋棟幢座室房楼层弄组社队户]|单元|#楼)|[路街道巷弄厦寓场心际店座园苑城府湾里庭居郡轩期区村]\s?[A-Za-z]?\d"
    r"|[村社]\p{Han}{1,4}组|\d-\d{1,2}-\d{3}"
)


def find_chinese_addresses(plain: str) -> Iterator[Found]:
    """Addresses from their first known part to their last, and the postcode of a text that has one."""
    done = 0
    found = False
    for parts in _groups(plain):
        start = _start(plain, parts, done)
        if start is not None:
            found = True
            done = _end(plain, parts[-1].end(), start)
            yield Found("address", start + (plain[start] == " "), done)
    if found:
        for match in _POSTCODE.finditer(plain):
            yield Found("address", *match.span(1))


def _groups(plain: str) -> Iterator[list[re.Match[str]]]:
    """Last parts that follow each other with little between them."""
    group: list[re.Match[str]] = []
    for match in _FINE.finditer(plain):
        if group and not _GAP.match(plain, group[-1].end(), match.start()):
            yield group
            group = []
        group.append(match)
    if group:
        yield group


def _start(plain: str, parts: list[re.Match[str]], done: int) -> int | None:
    """Where the address of these parts begins, None when they are no address."""
    first = parts[0].start()
    left = max(done, first - _LONGEST)
    window = _WINDOW.search(plain, left, first)
    begin = window.start() if window else first
    for cut in _CUT.finditer(plain, begin, first):
        begin = cut.end()
    begin = _without_strangers(plain, begin, first)
    kinds = [part.lastgroup for part in parts]
    region = _REGION.search(plain, begin, first)
    if region and _fine_enough(plain, begin, first, kinds):
        return region.start()
    if _stands_alone(plain, begin, first, kinds):
        return begin
    cued = _CUE.search(plain, max(0, begin - 10), begin)
    return begin if cued and _cued_enough(kinds) else None


def _fine_enough(plain: str, begin: int, first: int, kinds: list[str | None]) -> bool:
    """Parts that make an address of a region: any but a bare floor, which needs a landmark before it."""
    if any(kind != "floor" for kind in kinds):
        return True
    return _LANDMARK.search(plain, begin, first) is not None


def _stands_alone(plain: str, begin: int, first: int, kinds: list[str | None]) -> bool:
    """Parts that are an address without a region: a road with a number, an estate with a building, or two parts."""
    if kinds[0] in ("no", "group"):
        return _ROAD_END.search(plain, begin, first) is not None and first - begin >= 2
    if len(set(kinds)) > 1 and {"building", "unit"} & set(kinds):
        return True
    if kinds[0] in ("building", "room", "dashed"):
        return first - begin >= 2 and _LANDMARK.search(plain, begin, first) is not None
    return False


def _cued_enough(kinds: list[str | None]) -> bool:
    return any(kind in ("no", "building", "unit", "room", "dashed", "loose") for kind in kinds)


def _without_strangers(plain: str, begin: int, first: int) -> int:
    """Leave out what is separated by a space and does not end like a part of an address."""
    pieces = [(match.start(), match[0]) for match in re.finditer(r"\S+", plain[begin:first])]
    if not pieces:
        return first
    start = pieces[-1][0]
    for offset, piece in reversed(pieces[:-1]):
        if not (_ADMIN_END.search(piece) or _REGION.match(piece)):
            break
        start = offset
    return begin + start


def _end(plain: str, end: int, start: int) -> int:
    """The end with a room number that follows a landmark."""
    if point := _POINT_AFTER.match(plain, end):
        return point.end()
    if not _REGION.search(plain, start, end):
        return end
    match = _ROOM_AFTER.match(plain, end) or _FLOOR_AFTER.match(plain, end)
    return match.end() if match else end
