"""Made-up values for the generated corpus: drawn from number plans and lists, nobody's own."""

from __future__ import annotations

from collections.abc import Callable

from tests.planted_numbers import (
    CAPITALS,
    HAN,
    HIDDEN,
    Draw,
    card,
    digits,
    foreign,
    iban,
    identity,
    landline,
    mobile,
    mobile_plain,
    order,
    order_shape,
    passport,
    permit,
    waybill,
    waybill_shape,
    words,
)

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾魏薛叶阎潘杜戴"
_SELDOM = "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段汤尹黎易常武乔贺赖龚文"
_COMPOUND = ("欧阳", "司马", "上官", "诸葛", "皇甫", "慕容", "夏侯", "司徒")
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀霞刚桂兰玲建国志红梅婷雪琳浩宇欣怡梓涵轩桐思晓燕海波博佳慧嘉俊凯诗琪"
_MINORITY = ("阿迪力·买买提", "古丽娜尔·艾山", "扎西·次仁", "阿依古丽·热合曼", "帕提古丽·吐尔逊", "努尔·买买提")
_FIRST = words(
    "James Mary Robert Patricia Michael Linda David Susan Richard Jessica Thomas Sarah Karen Emily Olivia Noah Ava "
    "Priya Mohammed Chloe Hannah Daniel Hiroshi Lucas Fatima Siobhan Zoe Mateo Ingrid Oluwaseun Marie Jean-Luc"
)
_LAST = words(
    "Smith Johnson Williams Brown Jones Garcia Miller Davis Wilson Anderson Taylor Moore Jackson Martin Thompson "
    "Clark Lewis Walker Wright Patel Nguyen O'Brien Fernandez McDonald Tanaka Okafor Schmidt Rossi Kowalski"
)
_OTHER_GIVEN = "子墨轩怡然远佳慧志鹏庆春诺可馨熙一雨梓英文秀明平俊莹"
_OTHER_FIRST = words(
    "Marisol Wojciech Kwame Bethany Anneliese Desmond Keisha Rhys Tobias Dmitri Gareth Rachel Carlos Ahmed Mei Yuki"
)
_OTHER_LAST = words(
    "Adeyemi Raghunathan Haddad Svensson Whitfield Delgado Baptiste Hargreaves Lindqvist Moreau Blackwood Pemberton"
)
_REGIONS = words(
    "浙江省杭州市余杭区 广东省深圳市南山区 北京市朝阳区 上海市浦东新区 四川省成都市武侯区 江苏省苏州市工业园区 "
    "湖北省武汉市洪山区 陕西省西安市雁塔区 福建厦门思明区 山东省济南市历下区 河南郑州金水区 广西壮族自治区南宁市青秀区 "
    "重庆市渝北区 安徽合肥蜀山区 辽宁省大连市沙河口区 湖南省长沙市岳麓区"
)
_ROADS = words(
    "文一西路 科技园南路 建国路 世纪大道 天府大道 星湖街 珞喻路 高新四路 湖滨南路 "
    "经十路 人民东路 解放巷 长江大街 中山北路 枫林三路"
)
_ESTATES = words(
    "阳光花园 城市花园 绿地世纪城 翡翠湾 春江郦城 "
    "金色家园 香槟国际 和平新村 锦绣小区 龙泽苑 东方公寓 滨江一号院 海棠公馆"
)
_STREETS = tuple(
    """Maple Street
Oak Ave
Elm St
Sunset Blvd
Park Road
Church Lane
5th Avenue
Highland Dr
Main St
W 34th St
Baker Street
Lakeview Terrace
Birch Court
Old Mill Lane""".splitlines()
)
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


def _mailbox(draw: Draw) -> tuple[str, str, str]:
    user = draw.choice(
        (
            "chen.yu",
            "lucy_1988",
            "john.doe",
            "m.garcia+shop",
            f"wang{digits(draw, 4)}",
            "3" + digits(draw, 8),
            "k-tanaka",
        )
    )
    host, end = draw.choice(
        ("qq.com", "163.com", "gmail.com", "outlook.com", "yahoo.co.uk", "foxmail.com", "acme-mail.de")
    ).split(".", 1)
    return user, host, end


def email(draw: Draw) -> str:
    user, host, end = _mailbox(draw)
    ways = (
        f"{user}@{host}.{end}",
        f"{user}@{host}.{end}".upper(),
        f"{user}＠{host}.{end}",
        f"{user}@{draw.choice(HIDDEN)}{host}.{end}",
    )
    return draw.choice((ways[0], *ways))


def email_spelled(draw: Draw) -> str:
    user, host, end = _mailbox(draw)
    return draw.choice(
        (
            f"{user} at {host} dot {end.split('.')[-1]}",
            f"{user}(at){host}.{end}",
            f"{user}（at）{host}.{end}",
            f"{user}[at]{host}[dot]{end}",
            f"{user}艾特{host}.{end}",
            f"{user}@{host}点{end}",
            f"{user}@{host}。{end}",
            f"{user} AT {host} DOT {end}",
        )
    )


def zh_detail(draw: Draw) -> str:
    road, estate, house = draw.choice(_ROADS), draw.choice(_ESTATES), draw.randint(1, 1999)
    block, unit, room = draw.randint(1, 48), draw.randint(1, 6), draw.choice((101, 203, 302, 501, 1203, 1802, 2605))
    return draw.choice(
        (
            f"{road}{house}号{estate}{block}栋{unit}单元{room}室",
            f"{road}{house}号{block}号楼{room}",
            f"{road}{house}号",
            f"{estate}{block}幢{unit}单元{room}",
            f"{road}{house}弄{block}号{room}室",
            f"{road} {house}号 {estate} {block}-{unit}-{room}",
            f"{road}{house}号{estate}{draw.choice('ABC')}座{room}",
            f"{estate}{block}号楼{unit}单元{room}号",
        )
    )


def zh_estate(draw: Draw) -> str:
    estate, block, unit = draw.choice(_ESTATES), draw.randint(1, 48), draw.randint(1, 6)
    room = draw.choice((101, 203, 302, 501, 1203, 1802))
    return draw.choice(
        (
            f"{estate}{block}栋{unit}单元{room}",
            f"{estate}{block}号楼{room}室",
            f"{estate}{block}-{unit}-{room}",
            f"{estate}{draw.choice('ABCDEF')}座{room}",
            f"{estate}{block}幢{room}",
            f"{block}栋{unit}单元{room}",
            f"{estate}三号楼二单元{''.join(HAN[0][int(d)] for d in str(room))}室",
        )
    )


def zh_village(draw: Draw) -> str:
    number = draw.randint(1, 60)
    return draw.choice(
        (
            f"李庄乡王家村{number % 9 + 1}组{number}号",
            f"喜洲镇周城村{number}号",
            f"东风镇胜利村{number % 9 + 1}社",
            f"石桥镇大湾村{number % 9 + 1}组",
        )
    )


def en_address(draw: Draw) -> str:
    street, house = draw.choice(_STREETS), draw.randint(2, 9899)
    return draw.choice(
        (
            f"{house} {street}, Apt {draw.randint(1, 40)}, Springfield, IL {draw.randint(60001, 62999)}",
            f"{house} {street}",
            f"{house} {street}, Austin, TX {draw.randint(73301, 78799)}-{draw.randint(1000, 9999)}",
            f"PO Box {draw.randint(100, 9999)}",
            f"Flat {draw.randint(1, 30)}, {house % 200 + 1} {street}, London SW1A {draw.randint(1, 9)}AA",
            f"Unit {draw.randint(1, 30)}/{house % 300 + 1} {street}, Richmond VIC {draw.randint(3000, 3999)}",
            f"{house} {street} #{draw.randint(1, 30)}, Seattle WA 98{draw.randint(100, 199)}",
        )
    )


def handle(draw: Draw) -> str:
    return draw.choice(
        (
            f"wx_{digits(draw, 5)}",
            f"lily{digits(draw, 4)}",
            "abc_xyz99",
            f"Zhang{digits(draw, 6)}",
            f"mei_{digits(draw, 3)}",
        )
    )


def nick(draw: Draw) -> str:
    return draw.choice(
        (f"小鱼儿{digits(draw, 4)}", f"tb{digits(draw, 8)}", f"爱吃糖的猫_{digits(draw, 2)}", f"jane_{digits(draw, 3)}")
    )


def zh_common_name(draw: Draw) -> str:
    return draw.choice(_SURNAMES) + "".join(draw.choices(_GIVEN, k=draw.choice((1, 2, 2))))


def zh_name(draw: Draw) -> str:
    surname = draw.choice(_COMPOUND) if draw.random() < 0.1 else draw.choice(_SURNAMES + _SELDOM)
    return surname + "".join(draw.choices(_GIVEN, k=draw.choice((1, 2, 2))))


def zh_any_name(draw: Draw) -> str:
    """Seldom surnames and characters as well."""
    surname = draw.choice(_COMPOUND) if draw.random() < 0.06 else draw.choice(_SURNAMES + _SELDOM + "逄佘缪卞覃阮肖闫")
    return surname + "".join(draw.choices(_GIVEN + _OTHER_GIVEN, k=draw.choice((1, 2, 2, 2))))


def en_name(draw: Draw) -> str:
    return f"{draw.choice(_FIRST)} {draw.choice(_LAST)}"


def plate(draw: Draw) -> str:
    head = draw.choice("京沪粤浙苏川鄂鲁豫闽湘皖津渝冀辽") + draw.choice("ABCDEFGH")
    five = draw.choice(CAPITALS) + digits(draw, 4)
    return draw.choice(
        (
            head + five,
            f"{head}·{five}",
            f"{head}-{five}",
            f"{head} {five}",
            f"{head}{digits(draw, 5)}",
            f"{head}D{digits(draw, 5)}",
            f"粤Z{digits(draw, 4)}港",
            f"{head}{digits(draw, 3)}{draw.choice(CAPITALS)}{draw.choice(CAPITALS)}",
            (head + five).lower(),
            f"{head}{digits(draw, 5)}F",
        )
    )


def british_plate(draw: Draw) -> str:
    letters = draw.choices(CAPITALS, k=5)
    return f"{letters[0]}{letters[1]}{draw.choice(('12', '19', '21', '68', '70', '73'))} {''.join(letters[2:])}"


def token(draw: Draw) -> str:
    size = draw.choice((24, 32, 40))
    return "".join(draw.choices(_LETTERS, k=size - 3)) + digits(draw, 3)


def password(draw: Draw) -> str:
    return draw.choice(
        (
            f"Abc{digits(draw, 5)}",
            f"qwe!{digits(draw, 3)}#",
            digits(draw, 6),
            f"Sommer{digits(draw, 4)}!",
            f"li@{digits(draw, 5)}",
        )
    )


def birth(draw: Draw) -> str:
    year, month, day = draw.randint(1955, 2005), draw.randint(1, 12), draw.randint(1, 28)
    return draw.choice(
        (
            f"{year}年{month}月{day}日",
            f"{year}-{month:02d}-{day:02d}",
            f"{year}/{month}/{day}",
            f"{year}.{month:02d}.{day:02d}",
        )
    )


def birth_en(draw: Draw) -> str:
    year, month, day = (
        draw.randint(1955, 2005),
        draw.choice(("March", "June", "October", "Dec", "Feb")),
        draw.randint(1, 28),
    )
    return draw.choice(
        (
            f"{month} {day}, {year}",
            f"{day} {month} {year}",
            f"{draw.randint(1, 12):02d}/{day:02d}/{year}",
            f"{day}th {month} {year}",
        )
    )


def _number(low: int, high: int) -> Callable[[Draw], str]:
    return lambda draw: str(draw.randint(low, high))


def _one(text: str, separator: str = "|") -> Callable[[Draw], str]:
    choices = text.split(separator)
    return lambda draw: draw.choice(choices)


def price(draw: Draw) -> str:
    whole = draw.randint(1, 9999)
    return draw.choice(
        (
            str(whole),
            f"{whole}.{draw.randint(10, 99)}",
            f"{draw.randint(1, 99)},{draw.randint(100, 999)}.00",
            f"{draw.randint(1, 9)},{digits(draw, 3)},{digits(draw, 3)}",
        )
    )


def dimensions(draw: Draw) -> str:
    a, b, c = (draw.randint(10, 250) for _ in range(3))
    return draw.choice(
        (f"{a}x{b}x{c}cm", f"{a}*{b}*{c}", f"{a}×{b}mm", f"{a / 100:.2f}m x {b / 100:.2f}m", f"{a}-{a + b}cm")
    )


def sku(draw: Draw) -> str:
    return draw.choice(
        (
            digits(draw, 5),
            f"A{digits(draw, 4)}-{digits(draw, 2)}",
            f"SKU{digits(draw, 6)}",
            f"{digits(draw, 3)}-{digits(draw, 3)}",
            f"NK{digits(draw, 4)}BLK",
            f"FZ{digits(draw, 5)}",
        )
    )


def day(draw: Draw) -> str:
    year, month, number = draw.randint(2023, 2027), draw.randint(1, 12), draw.randint(1, 28)
    return draw.choice(
        (
            f"{year}年{month}月{number}日",
            f"{month}月{number}号",
            f"{year}-{month:02d}-{number:02d}",
            f"{year}/{month}/{number}",
            f"{month:02d}/{number:02d}/{year}",
            f"March {number}, {year}",
            f"{year}.{month:02d}.{number:02d}",
            f"{year}{month:02d}{number:02d}",
            f"{year}-{month:02d}-{number:02d} 1{number % 10}:30:05",
            "双11",
        )
    )


def ean(draw: Draw) -> str:
    body = "69" + digits(draw, 10)
    return body + str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body)) % 10)


def _hex(draw: Draw, size: int) -> str:
    return "".join(draw.choices("0123456789ABCDEF", k=size))


MAKERS: dict[str, Callable[[Draw], str]] = {
    "mobile": mobile,
    "mobile_plain": mobile_plain,
    "landline": landline,
    "foreign": foreign,
    "id": identity,
    "passport": passport,
    "permit": permit,
    "card": card,
    "iban": iban,
    "email": email,
    "email_spelled": email_spelled,
    "zh_detail": zh_detail,
    "zh_estate": zh_estate,
    "zh_village": zh_village,
    "en_address": en_address,
    "waybill": waybill,
    "waybill_shape": waybill_shape,
    "order": order,
    "order_shape": order_shape,
    "handle": handle,
    "nick": nick,
    "zh_name": zh_name,
    "zh_common_name": zh_common_name,
    "en_name": en_name,
    "zh_any_name": zh_any_name,
    "en_any_name": lambda draw: f"{draw.choice(_FIRST + _OTHER_FIRST)} {draw.choice(_LAST + _OTHER_LAST)}",
    "en_any_first": lambda draw: draw.choice(_FIRST[:-1] + _OTHER_FIRST),
    "plate": plate,
    "british_plate": british_plate,
    "token": token,
    "password": password,
    "birth": birth,
    "birth_en": birth_en,
    **{f"digits{count}": lambda draw, count=count: digits(draw, count) for count in range(1, 13)},
    "price": price,
    "dim": dimensions,
    "sku": sku,
    "date": day,
    "barcode": ean,
    "qq": lambda draw: digits(draw, draw.choice((6, 8, 9, 10))),
    "zh_surname": lambda draw: draw.choice(_SURNAMES),
    "minority": lambda draw: draw.choice(_MINORITY),
    "en_first": lambda draw: draw.choice(_FIRST),
    "en_last": lambda draw: draw.choice(_LAST),
    "region": lambda draw: draw.choice(_REGIONS),
    "url_key": _one("token|access_token|session|sign|ticket|auth|api_key"),
    "code": lambda draw: digits(draw, draw.choice((4, 6, 6))),
    "cvv": lambda draw: digits(draw, 3),
    "expiry": lambda draw: f"{draw.randint(1, 12):02d}/{draw.randint(26, 33)}",
    "birth_zh": lambda draw: f"{draw.randint(2019, 2026)}年{draw.randint(1, 12)}月{draw.randint(1, 28)}日",
    "ssn": lambda draw: f"{draw.randint(101, 660)}-{draw.randint(10, 99)}-{draw.randint(1000, 9999)}",
    "number12": lambda draw: digits(draw, 12),
    "tax": lambda draw: f"91{digits(draw, 6)}MA{_hex(draw, 8)}",
    "ipv4": lambda draw: ".".join(str(draw.randint(11, 254)) for _ in range(4)),
    "ipv6": lambda draw: "2001:db8:" + ":".join(_hex(draw, 3) + "a" for _ in range(6)),
    "mac": lambda draw: ":".join(_hex(draw, 1) + draw.choice("ABCDEF") for _ in range(6)),
    "api_key": lambda draw: draw.choice(("sk-", "ghp_", "AKIA")) + "".join(draw.choices(CAPITALS + "0123456789", k=20)),
    "amount": _number(100, 9999),
    "small": _number(1, 99),
    "small2": _number(1, 60),
    "height": _number(150, 190),
    "weight": _number(80, 180),
    "shoe": _number(35, 45),
    "mm": _number(100, 2200),
    "watt": _number(5, 240),
    "size": _one("XL|38|M|3XL|170/88A|EU 42|L"),
    "model": _one(
        "iPhone 15 Pro 256G|华为Mate 60 Pro|RTX 4090|小米14|BCD-452WDPF|KFR-35GW|i7-13700K|WH-1000XM5|SM-G9980|"
        "DW-5600|LS24A336|HR7800|E27 60W|AX3000"
    ),
    "month_year": lambda draw: f"{draw.randint(1, 12):02d}/20{draw.randint(25, 29)}",
    "time": lambda draw: draw.choice(
        (f"{draw.randint(0, 23)}:{draw.randint(0, 59):02d}", f"{draw.randint(1, 12)} pm", f"下午{draw.randint(1, 6)}点")
    ),
    "version": lambda draw: draw.choice(
        (
            f"v{draw.randint(1, 9)}.{draw.randint(0, 20)}.{draw.randint(0, 20)}",
            f"iOS {draw.randint(15, 18)}.{draw.randint(0, 5)}.1",
            "Android 14",
            f"{draw.randint(1, 20)}.{draw.randint(0, 30)}.{draw.randint(0, 2000)}",
        )
    ),
    "percent": lambda draw: f"{draw.randint(5, 95)}%",
    "percent2": lambda draw: f"{draw.randint(5, 95)}.5%",
    "coupon": lambda draw: draw.choice(
        (f"SAVE{draw.randint(10, 50)}", f"NEW{draw.randint(100, 999)}", "SPRING2026", "DOUBLE11")
    ),
    "shop": _one(
        "小米|天猫超市|Best Buy|Apple Store|王府井百货|李宁|张小泉|周大福|马可波罗|Target|Walmart|戴森|方太|John Lewis"
    ),
    "city": _one("北京|上海|深圳|杭州|成都|武汉|南京|西安|厦门|沈阳|苏州|长沙|郑州|London|New York|Hong Kong"),
    "hotline": _one(
        "12315|10086|10010|95588|95555|400-820-8820|400 610 0000|4008208820|12306|95338|1-800-275-2273|800-858-0540"
    ),
    "han_amount": _one(
        "三百五十块|一万两千件|一百二十斤|七八天|二十四小时|六七十个|四五百块|一千三百八十元|九十九朵|十三天|三四个星期"
    ),
    "isbn": _one("9787115428028|978-7-111-40701-0|0-306-40615-2|7-302-11622-9"),
    "url": _one(
        "https://item.taobao.com/item.htm?id=634567890123|https://www.example.com/products/blue-shirt|"
        "https://item.jd.com/100012043978.html|www.example.com/faq|https://www.example.com/search?q=red+shoes&page=2|"
        "https://support.example.com/hc/en-us/articles/360012345678"
    ),
}
"""What stands for ``{name}`` in a template."""
