"""Made-up numbers for the generated corpus: telephones, papers, cards, parcels, orders. Nobody's own."""

from __future__ import annotations

import random

Draw = random.Random


def words(text: str) -> list[str]:
    return text.split()


WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
HAN = ("零一二三四五六七八九", "〇一二三四五六七八九", "零幺二三四五六七八九", "零壹贰叁肆伍陆柒捌玖")
HIDDEN = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad")
_PREFIXES = words("130 131 133 135 136 138 139 147 150 152 157 158 159 166 173 176 177 180 182 185 187 188 189 191 198")
_AREAS = {"010": 8, "021": 8, "0571": 8, "0755": 8, "0512": 8, "028": 8, "0379": 8, "0735": 7}
CAPITALS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def digits(draw: Draw, count: int, first: str = "123456789") -> str:
    """Digits, the first of some."""
    return draw.choice(first) + "".join(draw.choices("0123456789", k=count - 1))


def grouped(text: str, size: int, between: str) -> str:
    return between.join(text[at : at + size] for at in range(0, len(text), size))


def mobile_plain(draw: Draw) -> str:
    return draw.choice(_PREFIXES) + digits(draw, 8, "0123456789")


def mobile(draw: Draw) -> str:
    """A mobile number of China in one of its disguises."""
    number = mobile_plain(draw)
    parts = (number[:3], number[3:7], number[7:])
    han = draw.choice(HAN)
    spelled = "".join(han[int(digit)] for digit in number)
    hidden = draw.choice(HIDDEN)
    ways: tuple[str, ...] = (
        number,
        number,
        f"+86{number}",
        f"+86 {number}",
        f"86-{number}",
        f"0086{number}",
        f"(+86) {' '.join(parts)}",
        " ".join(parts),
        "-".join(parts),
        "－".join(parts),
        "—".join(parts),
        ".".join(parts),
        "·".join(parts),
        "\u3000".join(parts),
        "\u00a0".join(parts),
        " ".join(number),
        number.translate(WIDE),
        number[:3] + number[3:].translate(WIDE),
        spelled,
        f"{spelled[:3]} {spelled[3:7]} {spelled[7:]}",
        number[:3] + spelled[3:7] + number[7:],
        hidden.join(number),
        hidden.join(parts),
        number[:5] + hidden + number[5:],
        "".join("⓪①②③④⑤⑥⑦⑧⑨"[int(digit)] for digit in number),
        "/".join(parts),
        "_".join(parts),
    )
    return draw.choice(ways)


def landline(draw: Draw) -> str:
    area = draw.choice(list(_AREAS))
    number = digits(draw, _AREAS[area], "2345678")
    more = digits(draw, draw.choice((3, 4)))
    ways = (
        f"{area}-{number}",
        f"{area}{number}",
        f"({area}){number}",
        f"（{area}）{number}",
        f"{area} {number}",
        f"{area}-{number}转{more}",
        f"{area}-{number}-{more}",
        f"+86-{area[1:]}-{number}",
        f"{area}—{number}",
        f"{area}-{number[:4]}-{number[4:]}",
        f"{area}-{number}分机{more}",
    )
    return draw.choice(ways)


def foreign(draw: Draw) -> str:
    def part(low: int, high: int) -> str:
        return str(draw.randint(low, high))

    area, mid, end = draw.choice(("212", "415", "646", "312", "617", "503")), part(201, 998), part(1000, 9999)
    ways = (
        f"+1 ({area}) {mid}-{end}",
        f"({area}) {mid}-{end}",
        f"{area}-{mid}-{end}",
        f"{area}.{mid}.{end}",
        f"+1{area}{mid}{end}",
        f"1-{area}-{mid}-{end}",
        f"+44 7{part(400, 999)} {part(100000, 999999)}",
        f"07{part(400, 999)} {part(100000, 999999)}",
        f"+44 20 7{part(100, 999)} {part(1000, 9999)}",
        f"+852 {draw.choice('569')}{part(100, 999)} {part(1000, 9999)}",
        f"+886 9{part(10, 88)} {part(100, 999)} {mid}",
        f"+81 90-{part(1000, 9999)}-{end}",
        f"+49 1512 {part(1000000, 9999999)}",
        f"+91 98{part(100, 999)} {part(10000, 99999)}",
        f"+61 4{part(10, 99)} {part(100, 999)} {mid}",
        f"+65 9{part(100, 999)} {end}",
        f"+55 11 9{part(1000, 9999)}-{end}",
    )
    return draw.choice(ways)


def identity(draw: Draw) -> str:
    """A mainland identity number with its check digit, as people write it."""
    area = draw.choice(words("110105 310104 440305 330106 510107 420111 320102 610113"))
    born = f"{draw.randint(1955, 2006)}{draw.randint(1, 12):02d}{draw.randint(1, 28):02d}"
    body = f"{area}{born}{draw.randint(1, 999):03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    number = body + "10X98765432"[sum(int(a) * b for a, b in zip(body, weights, strict=True)) % 11]
    spaced = f"{number[:6]} {number[6:14]} {number[14:]}"
    ways = (number, number, number.lower(), number.translate(WIDE), spaced, spaced.replace(" ", "-"))
    return draw.choice((*ways, number[:8] + draw.choice(HIDDEN) + number[8:]))


def passport(draw: Draw) -> str:
    return draw.choice(
        (draw.choice("EG") + digits(draw, 8), draw.choice(("EA", "EJ")) + digits(draw, 7), digits(draw, 9))
    )


def permit(draw: Draw) -> str:
    return draw.choice("CHM") + digits(draw, 8)


def luhn(body: str) -> str:
    """The digits with their check digit."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        number = int(digit) * (1 if place % 2 else 2)
        total += number - 9 * (number > 9)
    return body + str(-total % 10)


def card(draw: Draw) -> str:
    issuer = draw.choice(words("622202 621700 622848 622588 625965 621226 453201 520108"))
    number = luhn(issuer + digits(draw, 12 if issuer[0] == "6" and draw.random() < 0.7 else 9, "0123456789"))
    ways = (number, number, grouped(number, 4, " "), grouped(number, 4, "-"), number.translate(WIDE))
    return draw.choice((*ways, number[:4] + draw.choice(HIDDEN) + number[4:]))


def iban(draw: Draw) -> str:
    country, body = draw.choice(
        (("DE", digits(draw, 18)), ("GB", "NWBK" + digits(draw, 14)), ("NL", "INGB" + digits(draw, 10)))
    )
    number = int("".join(str(int(char, 36)) for char in f"{body}{country}00"))
    whole = f"{country}{98 - number % 97:02d}{body}"
    return draw.choice((whole, grouped(whole, 4, " ")))


def waybill(draw: Draw) -> str:
    return draw.choice(
        (waybill_shape(draw), waybill_shape(draw), "78" + digits(draw, 12), digits(draw, 15), digits(draw, 12))
    )


def waybill_shape(draw: Draw) -> str:
    return draw.choice(
        (
            "SF" + digits(draw, 13),
            "YT" + digits(draw, 13),
            "JDVA" + digits(draw, 11),
            "JT" + digits(draw, 13),
            "ZTO" + digits(draw, 12),
            f"1Z{''.join(draw.choices(CAPITALS + '0123456789', k=6))}{digits(draw, 10)}",
            "TBA" + digits(draw, 12),
            "sf" + digits(draw, 13),
        )
    )


def order(draw: Draw) -> str:
    return draw.choice(
        (
            digits(draw, 18),
            digits(draw, 12),
            digits(draw, 10),
            f"ORD-{digits(draw, 8)}",
            f"DD{digits(draw, 14)}",
            f"E2025{digits(draw, 15)}",
            order_shape(draw),
        )
    )


def order_shape(draw: Draw) -> str:
    return draw.choice((f"{digits(draw, 3)}-{digits(draw, 7)}-{digits(draw, 7)}", digits(draw, 19, "1234")))
